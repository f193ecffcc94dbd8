"""Moves a problem with a {word} to the word itself, even deep in a text of many lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from prompter.kb.linking import BRACES
from prompter.kb.problems import Place, Problem

_ABOUT_A_WORD = ("unknown-word", "word-not-in-language")
_LONE_BRACE = "brace-alone"
_MOST = 200
"""How many problems get an exact place; nobody reads more at once, and each costs a search through a file."""


def pinpointed(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with those about braces placed at the brace instead of where its text begins.

    Only a text's beginning is recorded, so its file is searched again: for so few problems that is cheaper
    than to remember the place of every line.
    """
    found, looked = [], 0
    for one in problems:
        wanted = one.code in (*_ABOUT_A_WORD, _LONE_BRACE) and looked < _MOST
        looked += wanted
        found.append(_at_the_brace(folder, one) if wanted else one)
    return found


def _at_the_brace(folder: Path, problem: Problem) -> Problem:
    place = problem.place
    try:
        text = (folder / place.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return problem
    start = sum(len(line) + 1 for line in text.split("\n")[: place.line - 1]) + place.col - 1
    found = _find(text, start, problem)
    if found is None:
        return problem
    before = text[:found]
    return replace(problem, place=Place(place.file, before.count("\n") + 1, len(before) - before.rfind("\n")))


def _find(text: str, start: int, problem: Problem) -> int | None:
    if problem.code == _LONE_BRACE:
        return next((one.start() for one in BRACES.finditer(text, start) if one[1] is None), None)
    word = re.compile(r"\{\s*" + re.escape(str(problem.args["name"])) + r"\s*\}")
    found = word.search(text, start)
    return found.start() if found else None
