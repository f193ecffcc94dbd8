"""What a base has names for: what an editor may offer where one of them is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from prompter.kb.linking import Sources

Told = dict[str, str]
"""Names, in the order they were written, and what each stands for in the base's main language."""


class Norm(Struct, frozen=True):
    """A norm's kind (`limit`, `promise` …), "" where it cannot be read, and what it stands for."""

    kind: str
    told: str


class Names(Struct, frozen=True):
    """Every name of a base. `steps` and `phrases` are `scenario.step`; a phrase has words of its own.

    `keys` are those that open a scenario.
    """

    languages: tuple[str, ...] = ()
    departments: Told = {}
    marks: Told = {}
    outcomes: Told = {}
    norms: dict[str, Norm] = {}
    scenarios: Told = {}
    steps: Told = {}
    phrases: Told = {}
    keys: frozenset[str] = frozenset()


def names_of(sources: Sources) -> Names:
    """The names of the sources as they were written, also where they do not fit together."""
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
            name: Norm((held or {}).get("kind") or "", _text((held or {}).get("title"), main))
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


def _section(sources: Sources, section: str) -> Told:
    return {name: _text(held, sources.main_language) for name, held in _held(sources, section)}


def _text(texts: Mapping[str, str] | None, main: str) -> str:
    """The text in the main language, else in any; "" where there is none."""
    return (texts.get(main) or next(iter(texts.values()), "")) if texts else ""
