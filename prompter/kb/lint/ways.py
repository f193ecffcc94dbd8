"""Ways through the steps that lead nowhere: circles that no answer leaves, interrupts of no return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prompter.kb.linking import Where
from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import RETURN, TALK
from prompter.kb.problems import Problem

_LOST = frozenset(("unknown-step", "unknown-scenario", "no-way-out", "promise-no-answer", "step-empty"))
"""After these a way is known to be wrong or missing: that it leads nowhere would be a second problem."""

_SHOWN = 5
"""Steps of a circle that are named."""

Graph = dict[str, list[str]]


def check(seen: Seen) -> Iterator[Problem]:
    """Circles and interrupts."""
    if _LOST & seen.told:
        return
    steps = {step.id: step for step in seen.sources.steps()}
    answers = {id_: _answers(step) for id_, step in steps.items()}
    yield from _circles(steps, answers)
    yield from _interrupts(seen, steps, answers)


def _answers(step: Where) -> list[str]:
    """Where the answers of a step lead: ids of steps, `talk`, `return`."""
    return [_full(step.scenario, go) for _, answer in step.answers() if (go := answer.get("go"))]


def _full(scenario: str, target: str) -> str:
    return target if "." in target or target in (TALK, RETURN) else f"{scenario}.{target}"


def _circles(steps: Mapping[str, Where], answers: Graph) -> Iterator[Problem]:
    """Steps whose answers never come to an end, to the talk, or back: only a clock or another key leaves."""
    leaving = [id_ for id_, step in steps.items() if step.data.get("end") or not answers[id_]]
    leaving += [TALK, RETURN]
    free = reached(leaving, _turned(answers))
    told: set[str] = set()
    for id_ in steps:
        path: list[str] = []
        while id_ not in free and id_ not in told:
            told.add(id_)
            path.append(id_)
            id_ = answers[id_][0]
        if id_ in path:
            yield _circle(steps, path[path.index(id_) :])


def _circle(steps: Mapping[str, Where], circle: list[str]) -> Problem:
    first = steps[circle[0]]
    names = [one.removeprefix(f"{first.scenario}.") for one in circle]
    way = " → ".join([*names[:_SHOWN], "…" if len(names) > _SHOWN else names[0]])
    return note(first.key_at(), "endless-circle", step=first.name, steps=way)


def _interrupts(seen: Seen, steps: Mapping[str, Where], answers: Graph) -> Iterator[Problem]:
    """An interrupt must be able to go back to where it broke in: slide 12 onwards, every one of them does."""
    ways = {id_: [*answers[id_], *_other_ways(step)] for id_, step in steps.items()}
    for name, source in seen.sources.scenarios.items():
        names = seen.sources.step_names(name)
        if not source.data.get("interrupt") or not names:
            continue
        opened = [f"{name}.{names[0]}"]
        if RETURN not in reached(opened, ways):
            yield note(source.key_at("interrupt"), "interrupt-no-return", scenario=name)


def _other_ways(step: Where) -> list[str]:
    named = [step.data.get("again"), *(step.data.get("late") or [])]
    return [_full(step.scenario, target) for target in named if target]


def reached(start: list[str], ways: Mapping[str, list[str]]) -> set[str]:
    """All that can be reached from `start`, itself included."""
    waiting, found = list(start), set[str]()
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += ways.get(here, ())
    return found


def _turned(ways: Graph) -> Graph:
    turned: Graph = {}
    for here, targets in ways.items():
        for target in targets:
            turned.setdefault(target, []).append(here)
    return turned
