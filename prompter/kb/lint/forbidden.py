"""Phrases that bear what must not be said: slides 19 and 20 hold for the scripts as for the operators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from prompter.kb.lint.seen import Said, Seen, note
from prompter.kb.problems import Problem
from prompter.text.folding import words
from prompter.text.patterns import Expression, PatternError, expression

Need = tuple[int, int]
"""A word that a pattern needs: which pattern, which word of it."""


class _Forbidden(Struct, frozen=True, eq=False):
    """One expression in one language; `departments` as written, none for all."""

    title: str
    departments: frozenset[str]
    expression: Expression


def check(seen: Seen) -> Iterator[Problem]:
    """Every phrase in which an expression is found, inflected or not."""
    finders: dict[str, _Finder] = {}
    departments = seen.sources.departments_of()
    for said in seen.said():
        if said.language not in finders:
            finders[said.language] = _Finder(list(_expressions(seen, said.language)))
        for one in finders[said.language].maybe(said.text):
            theirs = departments.get(said.step.scenario, set())
            if not one.departments or not theirs or theirs & one.departments:
                yield from _found(seen, said, one)


def _found(seen: Seen, said: Said, one: _Forbidden) -> Iterator[Problem]:
    for start, end in one.expression.find(said.text)[:1]:
        words_said = said.text[start:end]
        place = seen.within(said.place, words_said)
        yield note(place, "forbidden-in-phrase", text=words_said, expression=one.title)


def _expressions(seen: Seen, language: str) -> Iterator[_Forbidden]:
    for name, data in seen.sources.forbidden.data.items():
        written = _patterns(data, "pattern", language)
        try:
            compiled = expression(
                written,
                int(data.get("window") or 1),
                data.get("order") != "any",
                _patterns(data, "unless", language),
            )
        except PatternError:
            continue  # told where it is written
        if written:
            title = (data.get("title") or {}).get(seen.sources.main_language) or name
            yield _Forbidden(title, frozenset(filter(None, data.get("departments") or ())), compiled)


def _patterns(data: dict[str, Any], field: str, language: str) -> list[str]:
    return [one for one in (data.get(field) or {}).get(language) or [] if one]


class _Finder:
    """Which expressions may stand in a text: each word of the base is tried once, however often it comes."""

    def __init__(self, forbidden: list[_Forbidden]) -> None:
        self._patterns = [(one, pattern) for one in forbidden for pattern in one.expression.patterns]
        self._sizes = [len(pattern.tests) for _, pattern in self._patterns]
        self._known: dict[str, tuple[Need, ...]] = {}
        self._by_beginning: dict[str, list[tuple[Need, re.Pattern[str]]]] = {}
        for number, (_, pattern) in enumerate(self._patterns):
            for place, test in enumerate(pattern.tests):
                for beginning in {_beginning(way) for way in test.pattern.split("|")}:
                    self._by_beginning.setdefault(beginning, []).append(((number, place), test))

    def maybe(self, text: str) -> list[_Forbidden]:
        """The expressions of which one pattern has all its words in the text, in whatever order."""
        met: set[Need] = set()
        for piece in text.split():
            needs = self._known.get(piece)
            met.update(self._needs(piece) if needs is None else needs)
        have: dict[int, int] = {}
        for number, _ in met:
            have[number] = have.get(number, 0) + 1
        whole = sorted(number for number, count in have.items() if count == self._sizes[number])
        return list(dict.fromkeys(self._patterns[number][0] for number in whole))

    def _needs(self, piece: str) -> tuple[Need, ...]:
        fits = {
            need
            for word in words(piece)
            for beginning in (word[:_LETTERS], _ANY)
            for need, test in self._by_beginning.get(beginning, ())
            if test.fullmatch(word)
        }
        return self._known.setdefault(piece, tuple(fits))


_LETTERS = 2
_ANY = ""


def _beginning(way: str) -> str:
    """The letters with which every word begins that fits one way of a test; none if any may."""
    letters = way.removesuffix(r"\w*")
    return letters[:_LETTERS] if letters.isalnum() else _ANY
