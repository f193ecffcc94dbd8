"""Dead ends among the steps: circles that no answer leaves, interrupts that never return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prompter.kb.linking import Where
from prompter.kb.lint.graph import Graph, answers_of, lost, reached, turned, ways_of
from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import RETURN, TALK
from prompter.kb.problems import Problem

_SHOWN = 5
"""How many steps of a circle are named."""


def check(seen: Seen) -> Iterator[Problem]:
    """Circles and interrupts."""
    if lost(seen):
        return
    steps = {step.id: step for step in seen.sources.steps()}
    yield from _circles(steps, {id_: answers_of(step) for id_, step in steps.items()})
    yield from _interrupts(seen, {id_: ways_of(step) for id_, step in steps.items()})


def _circles(steps: Mapping[str, Where], answers: Graph) -> Iterator[Problem]:
    """Steps whose answers never reach an end, the talk, or the way back: only a clock or a key leaves."""
    leaving = [id_ for id_, step in steps.items() if step.data.get("end") or not answers[id_]]
    free = reached([*leaving, TALK, RETURN], turned(answers))
    visited: set[str] = set()
    for id_ in steps:
        path: list[str] = []
        while id_ in answers and id_ not in free and id_ not in visited:
            visited.add(id_)
            path.append(id_)
            id_ = answers[id_][0]
        if id_ in path:
            yield _circle(steps, path[path.index(id_) :])


def _circle(steps: Mapping[str, Where], circle: list[str]) -> Problem:
    first = steps[circle[0]]
    names = [one.removeprefix(f"{first.scenario}.") for one in circle]
    way = " → ".join([*names[:_SHOWN], "…" if len(names) > _SHOWN else names[0]])
    return note(first.key_at(), "endless-circle", step=first.name, steps=way)


def _interrupts(seen: Seen, ways: Graph) -> Iterator[Problem]:
    """An interrupt must be able to return to where it broke in."""
    for name, source in seen.sources.scenarios.items():
        names = seen.sources.step_names(name)
        if source.data.get("interrupt") and names and RETURN not in reached([f"{name}.{names[0]}"], ways):
            yield note(source.key_at("interrupt"), "interrupt-no-return", scenario=name)
