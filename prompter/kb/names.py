"""The names in a base, for completion in an editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from prompter.kb.linking import Sources

Titles = dict[str, str]
"""Names in the order they were written, with their titles in the base's main language."""


class NamedNorm(Struct, frozen=True):
    """A norm's kind (`limit`, `promise` …; "" if unreadable) and its title."""

    kind: str
    title: str


class Names(Struct, frozen=True):
    """Every name in a base. `steps` and `phrases` are `scenario.step`; a phrase has words of its own.

    `keys` are those that open a scenario.
    """

    languages: tuple[str, ...] = ()
    departments: Titles = {}
    marks: Titles = {}
    outcomes: Titles = {}
    norms: dict[str, NamedNorm] = {}
    scenarios: Titles = {}
    steps: Titles = {}
    phrases: Titles = {}
    keys: frozenset[str] = frozenset()


def names_of(sources: Sources) -> Names:
    """The names in the sources as written, even if the files do not agree."""
    main = sources.main_language
    scenarios = {name: _text(one.data.get("title"), main) for name, one in sources.scenarios.items()}
    steps = {one.id: (one, _text(one.data.get("title"), main)) for one in sources.steps()}
    shown = {
        name: " · ".join(filter(None, (scenarios[one.scenario], title)))
        for name, (one, title) in steps.items()
    }
    return Names(
        languages=tuple(filter(None, sources.base.data.get("languages") or ())),
        departments=_section(sources, "departments"),
        marks=_section(sources, "marks"),
        outcomes={name: _text((held or {}).get("title"), main) for name, held in _held(sources, "outcomes")},
        norms={
            name: NamedNorm((held or {}).get("kind") or "", _text((held or {}).get("title"), main))
            for name, held in _held(sources, "norms")
        },
        scenarios=scenarios,
        steps=shown,
        phrases={
            name: shown[name] for name, (one, _) in steps.items() if isinstance(one.data.get("say"), dict)
        },
        keys=frozenset(filter(None, map(sources.key_of, sources.scenarios))),
    )


def _held(sources: Sources, section: str) -> list[tuple[str, Any]]:
    named = sources.named(section)
    return [(name, named.get(name)) for name in sources.names(section)]


def _section(sources: Sources, section: str) -> Titles:
    return {name: _text(held, sources.main_language) for name, held in _held(sources, section)}


def _text(texts: Mapping[str, str] | None, main: str) -> str:
    """The text in the main language, else in any; "" if there is none."""
    return (texts.get(main) or next(iter(texts.values()), "")) if texts else ""
