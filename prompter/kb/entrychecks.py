"""What must hold of articles, statuses and forbidden expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prompter.kb.linking import Sources
from prompter.kb.problems import Place, Problem
from prompter.kb.textchecks import borrowed_words, filled_words, main_language, named_departments

MOST_WORDS = 8
"""Words of a pattern: a longer one is a sentence that nobody says twice."""


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of everything but `kb.yaml` and the scenarios."""
    yield from _articles(sources)
    yield from _statuses(sources)
    for name, data in sources.forbidden.data.items():
        yield from _expression(sources, name, data)


def _articles(sources: Sources) -> Iterator[Problem]:
    for source in sources.articles.values():
        for field in ("title", "text"):
            yield from main_language(sources, source, source.data.get(field), field)
        yield from named_departments(sources, source, source.data.get("departments"), "departments")


def _statuses(sources: Sources) -> Iterator[Problem]:
    source = sources.statuses
    for name, data in source.data.items():
        for field in ("title", "rule"):
            yield from main_language(sources, source, data.get(field), name, field)
        yield from named_departments(sources, source, data.get("forbidden"), name, "forbidden")


def _expression(sources: Sources, name: str, data: dict[str, Any]) -> Iterator[Problem]:
    source, instead = sources.forbidden, data.get("instead")
    for field in ("title", "why", "instead"):
        yield from main_language(sources, source, data.get(field), name, field)
    yield from named_departments(sources, source, data.get("departments"), name, "departments")
    for language, patterns in (data.get("pattern") or {}).items():
        for index, pattern in enumerate(patterns):
            if pattern:
                yield from _pattern(pattern, source.at(name, "pattern", language, index))
    if isinstance(instead, str):
        yield from borrowed_words(sources, "", instead, source.at(name, "instead"))
    else:
        for language, text in (instead or {}).items():
            yield from filled_words(sources, language, text, source.at(name, "instead", language))


def _pattern(pattern: str, place: Place) -> Iterator[Problem]:
    """Words, and a `*` only as some word's ending."""
    words = pattern.split()
    if len(words) > MOST_WORDS:
        yield Problem(place, "pattern-too-long", {"most": MOST_WORDS})
    for word in words:
        if not word.strip("*"):
            yield Problem(place, "star-alone")
        elif "*" in word[:-1]:
            yield Problem(place, "star-inside", {"word": word})
        elif not any(letter.isalnum() for letter in word):
            yield Problem(place, "pattern-without-letters", {"word": word})
