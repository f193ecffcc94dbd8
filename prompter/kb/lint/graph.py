"""The steps of a base as a graph: which step leads to which, and what can be reached from where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prompter.kb.linking import Where, other_targets
from prompter.kb.lint.seen import Seen
from prompter.kb.model import RETURN, TALK

Graph = Mapping[str, list[str]]
"""Ids of steps, `talk` and `return`, each with its targets."""

_LOST = frozenset(("unknown-step", "unknown-scenario", "no-way-out", "promise-no-answer", "step-empty"))


def lost(seen: Seen) -> bool:
    """Whether a link is known to be wrong or missing: a dead end would then be a second problem."""
    return bool(_LOST & seen.codes)


def answers_of(step: Where) -> list[str]:
    """The targets of a step's answers."""
    return [_full(step.scenario, go) for _, answer in step.answers() if (go := answer.get("go"))]


def ways_of(step: Where) -> list[str]:
    """All targets of a step: by an answer, when the time is over, when it was said before."""
    return answers_of(step) + [_full(step.scenario, target) for target, _ in other_targets(step)]


def reached(start: Iterable[str], ways: Graph) -> set[str]:
    """Everything reachable from `start`, including itself."""
    waiting, found = list(start), set[str]()
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += ways.get(here, ())
    return found


def turned(ways: Graph) -> Graph:
    """The graph with every edge reversed."""
    back: dict[str, list[str]] = {}
    for here, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(here)
    return back


def _full(scenario: str, target: str) -> str:
    return target if "." in target or target in (TALK, RETURN) else f"{scenario}.{target}"
