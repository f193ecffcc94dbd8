"""Phrases that say something forbidden: slides 19 and 20 apply to scripts as to operators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from prompter.kb.lint.seen import Seen, SpokenText, note
from prompter.kb.problems import Place, Problem
from prompter.text.folding import words
from prompter.text.patterns import Expression, PatternError, expression

Need = tuple[int, int]
"""A word that a pattern needs: index of the pattern, index of the word in it."""


class _Forbidden(Struct, frozen=True, eq=False):
    """One expression in one language; `departments` as written, empty for all."""

    title: str
    departments: frozenset[str]
    expression: Expression


def check(seen: Seen) -> Iterator[Problem]:
    """Every phrase or `instead` text that contains a forbidden expression."""
    finders: dict[str, _Finder] = {}
    for language, text, departments, place in (*_phrases(seen), *_instead(seen)):
        if language not in finders:
            finders[language] = _Finder(list(_expressions(seen, language)))
        for one in finders[language].maybe(text):
            shared = not one.departments or not departments or departments & one.departments
            for start, end in one.expression.find(text)[:1] if shared else ():
                said = text[start:end]
                yield note(seen.within(place(), said), "forbidden-in-phrase", text=said, expression=one.title)


_Words = tuple[str, str, set[str], Callable[[], Place]]
"""Language, text, the departments that say it (empty for all), and where it begins."""


def _phrases(seen: Seen) -> Iterator[_Words]:
    departments = seen.sources.departments_of()
    for said in seen.spoken():
        yield said.language, said.text, departments.get(said.step.scenario, set()), partial(_place, said)


def _place(said: SpokenText) -> Place:
    return said.place


def _instead(seen: Seen) -> Iterator[_Words]:
    source = seen.sources.forbidden
    for name, data in source.data.items():
        instead, departments = data.get("instead"), set(filter(None, data.get("departments") or ()))
        for language, text in instead.items() if isinstance(instead, dict) else ():
            yield language, text, departments, partial(source.at, name, "instead", language)


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
            continue  # reported where it is written
        if written:
            title = (data.get("title") or {}).get(seen.sources.main_language) or name
            yield _Forbidden(title, frozenset(filter(None, data.get("departments") or ())), compiled)


def _patterns(data: dict[str, Any], field: str, language: str) -> list[str]:
    return [one for one in (data.get(field) or {}).get(language) or [] if one]


class _Finder:
    """Finds candidate expressions for a text: each distinct word of the base is tested only once."""

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
        """The expressions with a pattern all of whose words are in the text, in any order."""
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
    """The letters that begin every word matching one alternative of a test; "" if any may."""
    letters = way.removesuffix(r"\w*")
    return letters[:_LETTERS] if letters.isalnum() else _ANY
