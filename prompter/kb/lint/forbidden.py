"""Phrases that bear what must not be said: slides 19 and 20 hold for the scripts as for the operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from prompter.kb.lint.seen import Said, Seen, note
from prompter.kb.problems import Problem
from prompter.text.folding import words
from prompter.text.patterns import Expression, Pattern, PatternError, expression

Need = tuple[int, int, int]
"""A word that a pattern needs: expression, pattern in it, word in that."""


class _Forbidden(Struct, frozen=True):
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
        self._forbidden = forbidden
        self._tests = [
            ((number, at, place), test)
            for number, one in enumerate(forbidden)
            for at, pattern in enumerate(one.expression.patterns)
            for place, test in enumerate(pattern.tests)
        ]
        self._known: dict[str, tuple[Need, ...]] = {}

    def maybe(self, text: str) -> list[_Forbidden]:
        """The expressions of which one pattern has all its words in the text, in whatever order."""
        met: set[Need] = set()
        for piece in text.split():
            needs = self._known.get(piece)
            met.update(self._needs(piece) if needs is None else needs)
        if not met:
            return []
        found = dict.fromkeys(number for number, at, _ in sorted(met) if self._whole(number, at, met))
        return [self._forbidden[number] for number in found]

    def _needs(self, piece: str) -> tuple[Need, ...]:
        folded = words(piece)
        fits = tuple(need for need, test in self._tests if any(map(test.fullmatch, folded)))
        self._known[piece] = fits
        return fits

    def _whole(self, number: int, at: int, met: set[Need]) -> bool:
        pattern: Pattern = self._forbidden[number].expression.patterns[at]
        return all((number, at, place) in met for place in range(len(pattern.tests)))
