"""Steps that fill more than one page of the smallest window that operators are asked to have.

The screen becomes denser in a low window, then turns pages; this counts lines at the densest. The numbers are
those of `tui/card.py` and the stylesheet, which nothing below the screen may import: a test draws every step
of the bundled base and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prompter.kb.linking import BRACES, Where
from prompter.kb.lint.seen import Seen, note
from prompter.kb.problems import Problem

WIDTH, ROOM = 60, 19
"""Cells and lines of the card in a window of 60x40."""

_FRAME = 2
_INSIDE = WIDTH - 4
"""Cells of a line within the frame."""
_DUTY = WIDTH - 11
_ANSWER = WIDTH - 6
_SAID = 1
"""The line that shows when the phrase was said, or that the arrows change a time."""
_NOTHING_FITS = 1
_ENTER = "  (Enter)"
_NAME = "Бактыгүл"
"""Stands in for a word that is filled in."""


def check(seen: Seen) -> Iterator[Problem]:
    """Every step in every language of the base, as its card would be drawn."""
    languages = [one for one in seen.sources.base.data.get("languages") or () if one]
    for step in seen.sources.steps():
        for language in () if _certainly_fits(step) else languages:
            if (rows := count(step, seen, language, languages)) > ROOM:
                yield note(step.key_at(), "does-not-fit", rows=rows, room=ROOM, language=language)
                break


def count(step: Where, seen: Seen, language: str, languages: list[str]) -> int:
    """The lines of a step's card at its densest, after its phrase was said."""
    data = step.data
    said = _variants(step, seen, language, languages)
    do = _filled(_in(data.get("do"), language, languages))
    never = _in(data.get("never"), language, languages) or ()
    rows = _FRAME + sum(rows_of(f"«{_filled(text)}»", _INSIDE) for text in said) + max(0, len(said) - 1)
    if not said:
        rows += rows_of(do, _INSIDE)
    elif do:
        rows += rows_of(do, _DUTY)
    if never:
        rows += rows_of(", ".join(f"«{one}»" for one in never), _DUTY)
    rows += rows_of(_in(data.get("notice"), language, languages), _DUTY) if data.get("notice") else 0
    rows += bool(data.get("end")) + (0 if data.get("listen") else _SAID)
    return rows if data.get("promise") else rows + _answers(step, language, languages)


def _answers(step: Where, language: str, languages: list[str]) -> int:
    answers = [one for _, one in step.answers()]
    preset = answers[0] if len(answers) == 1 else next((one for one in answers if one.get("enter")), None)
    lines = (_in(one.get("when"), language, languages) + (_ENTER if one is preset else "") for one in answers)
    return _NOTHING_FITS + sum(rows_of(line, _ANSWER) for line in lines)


def _variants(step: Where, seen: Seen, language: str, languages: list[str]) -> list[str]:
    """The words to say, including borrowed ones."""
    say = step.data.get("say")
    if isinstance(say, str):
        owner = seen.sources.resolve(step.scenario, say)
        say = seen.sources.own_words(owner) if owner else None
    texts = _in(say, language, languages) if isinstance(say, dict) else None
    return [text for text in texts or () if text]


def _in(texts: Any, language: str, languages: list[str]) -> Any:
    """The text, or texts, in this language, else in the first that has it."""
    texts = texts or {}
    return next((texts[one] for one in (language, *languages) if texts.get(one)), "")


def _filled(text: str) -> str:
    return BRACES.sub(_NAME, text) if "{" in text else text


def rows_of(text: str, width: int) -> int:
    """The number of lines of `width` cells that a text needs, wrapped between words."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(_rows(line, width) for line in text.split("\n"))


def _rows(line: str, width: int) -> int:
    rows, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > width:
            rows, used = rows + 1, 0
        used += len(word) + bool(used)
        if used > width:  # a word longer than a line is broken
            rows, used = rows + (used - 1) // width, (used - 1) % width + 1
    return rows


def _certainly_fits(step: Where) -> bool:
    """Whether the texts are too short to need counting: a wrapped line is at least half full.

    Borrowed words are always counted.
    """
    data = step.data
    if isinstance(say := data.get("say"), str):
        return False
    rows = _FRAME + 3 + 2 * len(data.get("answers") or ())
    for texts in (data.get("do"), data.get("notice")):
        rows += (
            max((1 + text.count("\n") + len(text) // _HALF for text in texts.values()), default=0)
            if texts
            else 0
        )
    for lists in (data.get("never"), say):
        rows += max((_at_most(texts) for texts in lists.values()), default=0) if lists else 0
    return rows <= ROOM


def _at_most(texts: list[str | None]) -> int:
    return sum(2 + text.count("\n") + len(text) // _HALF for text in texts if text)


_HALF = _DUTY // 2
