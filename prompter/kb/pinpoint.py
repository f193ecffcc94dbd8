"""A problem with a {word} says where the word itself stands, also deep in a text of many lines."""

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
"""Problems looked at so: nobody reads more at once."""


def pinpointed(texts: FileTexts, problems: Iterable[Problem]) -> list[Problem]:
    """The problems; those about braces at the brace instead of where its text begins.

    A text knows only where it begins, so its file is looked at once more: at so few problems that it
    costs less than to remember the place of every line.
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
