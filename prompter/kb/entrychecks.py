"""Checks of articles, statuses and forbidden expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from prompter.kb.linking import Sources
from prompter.kb.problems import Place, Problem
from prompter.kb.textchecks import borrowed_words, filled_words, main_language, named_departments
from prompter.text import patterns

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")

_CODES = {
    patterns.EMPTY: "pattern-empty",
    patterns.STAR_ALONE: "star-alone",
    patterns.STAR_INSIDE: "star-inside",
    patterns.NO_LETTERS: "pattern-without-letters",
    patterns.LONG: "pattern-too-long",
}


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of everything except `kb.yaml` and the scenarios."""
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
        for start, end in (data.get("closed") or {}).items():
            if end and not _TIME.fullmatch(end.strip()):
                yield Problem(source.at(name, "closed", start), "bad-time", {"value": end})


def _expression(sources: Sources, name: str, data: dict[str, Any]) -> Iterator[Problem]:
    source, instead = sources.forbidden, data.get("instead")
    for field in ("title", "why", "instead"):
        yield from main_language(sources, source, data.get(field), name, field)
    yield from named_departments(sources, source, data.get("departments"), name, "departments")
    for field in ("pattern", "unless"):
        for language, written in (data.get(field) or {}).items():
            for index, pattern in enumerate(written):
                if pattern:
                    yield from readable_pattern(pattern, source.at(name, field, language, index))
    for field in ("unless", "window", "order"):
        if source.wrote(name, field) and not source.wrote(name, "pattern"):
            yield Problem(source.key_at(name, field), "needs-pattern", {"field": field})
    if isinstance(instead, str):
        yield from borrowed_words(sources, "", instead, source.at(name, "instead"))
    else:
        for language, text in (instead or {}).items():
            yield from filled_words(sources, language, text, source.at(name, "instead", language))


def readable_pattern(pattern: str, place: Place) -> Iterator[Problem]:
    """Check the words by which an expression is recognised: see `text.patterns`."""
    try:
        patterns.expression([pattern])
    except patterns.PatternError as error:
        args: dict[str, str | int] = {"word": error.word, "most": patterns.MOST_WORDS}
        yield Problem(place, _CODES[error.code], args)
