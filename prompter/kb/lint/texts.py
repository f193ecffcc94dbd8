"""Every text in a base with its language and use: the input of the lints of letters and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from prompter.kb.linking import Sources
from prompter.kb.problems import Place
from prompter.kb.read import Path, Source

SPOKEN, SHOWN, HEARD, PATTERN, NAMED = "spoken", "shown", "heard", "pattern", "named"
"""Uses: said to callers; read by operators; callers' own words, verbatim; for recognising; persons."""

_USES = {
    "say": SPOKEN,
    "caller": HEARD,
    "asked": HEARD,
    "replies": HEARD,
    "pattern": PATTERN,
    "unless": PATTERN,
    "must": PATTERN,
    "approvers": NAMED,
}
_WITHOUT_LANGUAGE = ("company", "source")


class Text(Struct, frozen=True, gc=False):
    """One text and its location. `field` is the field that holds it; `language` is "" for a name or slide."""

    text: str
    language: str
    field: str
    use: str
    source: Source
    path: Path

    @property
    def place(self) -> Place:
        """Where the text begins."""
        return self.source.at(*self.path)


def gathered(sources: Sources) -> list[Text]:
    """All texts, file by file."""
    languages = frozenset(filter(None, sources.base.data.get("languages") or ()))
    found: list[Text] = []
    for source in files(sources):
        _gather(source.data, "", (), source, languages, found)
    return found


def files(sources: Sources) -> Iterator[Source]:
    """Every file that was read."""
    yield sources.base
    yield from sources.scenarios.values()
    yield from sources.articles.values()
    yield sources.statuses
    yield sources.forbidden


def _gather(
    data: dict[str, Any], field: str, path: Path, source: Source, languages: frozenset[str], found: list[Text]
) -> None:
    for name, value in data.items():
        if name in languages:
            _add(value, name, field, (*path, name), source, found)
        elif isinstance(value, dict):
            _gather(value, name, (*path, name), source, languages, found)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    _gather(item, name, (*path, name, index), source, languages, found)
        elif name in _WITHOUT_LANGUAGE and isinstance(value, str):
            found.append(Text(value, "", name, SHOWN, source, (*path, name)))


def _add(value: Any, language: str, field: str, path: Path, source: Source, found: list[Text]) -> None:
    if isinstance(value, str):
        found.append(Text(value, language, field, _USES.get(field, SHOWN), source, path))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _add(item, language, field, (*path, index), source, found)
    elif isinstance(value, dict):  # the forms of a word
        for name, item in value.items():
            _add(item, language, field, (*path, name), source, found)
