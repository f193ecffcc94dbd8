"""Moves a problem with a {word} to the word itself, even deep in a text of many lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from prompter.kb.filetext import FileTexts
from prompter.kb.linking import BRACES
from prompter.kb.problems import Problem

_ABOUT_A_WORD = ("unknown-word", "word-not-in-language")
_LONE_BRACE = "brace-alone"
_MOST = 200
"""How many problems get an exact place; nobody reads more at once."""


def pinpointed(texts: FileTexts, problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with those about braces placed at the brace instead of where its text begins.

    Only a text's beginning is recorded, so its file is searched again: for so few problems that is cheaper
    than to remember the place of every line.
    """
    found, looked = [], 0
    for one in problems:
        wanted = one.code in (*_ABOUT_A_WORD, _LONE_BRACE) and looked < _MOST
        looked += wanted
        found.append(_at_the_brace(texts, one) if wanted else one)
    return found


def _at_the_brace(texts: FileTexts, problem: Problem) -> Problem:
    at = _find(texts.text_from(problem.place), problem)
    return problem if at is None else replace(problem, place=texts.place_in(problem.place, at))


def _find(text: str, problem: Problem) -> int | None:
    if problem.code == _LONE_BRACE:
        return next((one.start() for one in BRACES.finditer(text) if one[1] is None), None)
    found = re.search(r"\{\s*" + re.escape(str(problem.args["name"])) + r"\s*\}", text)
    return found.start() if found else None
