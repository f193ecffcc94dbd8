"""What a report counts of one call and of one promise, computed from their events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from prompter.call.state import CALLED, CANCELLED, HANDED_OVER, KEPT, KEPT_LATE, OPEN
from prompter.journal.packing import packed
from prompter.kb.model import LIMIT

REJECTED, MISSED, UNSERVED, LOST = "rejected", "missed", "unserved", "lost"
"""How a ring not answered here may end; declining one is forbidden (slide 6). An unserved one was answered on
the phone with two calls on screen; the end of a lost one was never reported."""


class Recorded(Struct, frozen=True):
    """An event as stored: `cause` as written, data not decoded into a body."""

    type: str
    at: float
    cause: Any
    data: dict[str, Any]


class Judged(Struct, frozen=True, array_like=True):
    """A norm that was met, or broken by `late` seconds."""

    norm: str
    late: float = 0.0


class CallSummary(Struct, frozen=True, array_like=True):
    """One finished call. Times are Unix seconds. Stored as an array: append new fields at the end.

    `outcome` is "" for an interrupted call, else an outcome's id; of an unanswered ring only `ring`, how it
    ended, is known. `scenarios` are those reached, in order; `requires` and `missed` the outcome's marks;
    `answered` the number of answers taken; `gaps` how often nothing fitted; `overridden` the steps whose
    answers were passed over for another scenario. `untold`: the phone ended it, its outcome is not given yet.
    """

    ended: float
    started: float = 0.0
    outcome: str = ""
    direction: str = ""
    language: str = ""
    operator: str = ""
    ring: str = ""
    scenarios: tuple[str, ...] = ()
    norms: tuple[Judged, ...] = ()
    requires: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    gaps: int = 0
    answered: int = 0
    overridden: tuple[str, ...] = ()
    untold: bool = False


class PromiseSummary(Struct, frozen=True, array_like=True):
    """One promise, stored like `CallSummary`. `state` as in `call.state`; `late` in seconds if kept late."""

    made: float
    due: float
    who: str
    norm: str
    state: str = OPEN
    late: float = 0.0
    closed: float = 0.0


def call_summary(facts: Sequence[Recorded]) -> CallSummary | None:
    """The call of these events; None while it goes on, and if it was voided."""
    undone = {packed(fact.data.get("undone")) for fact in facts if fact.type == "undone"}
    standing = [fact for fact in facts if fact.cause not in undone]
    if any(fact.type == "voided" for fact in standing):
        return None
    ring = next((fact for fact in standing if fact.type == "ring_stopped"), None)
    if ring:
        return CallSummary(ended=ring.at, ring=str(ring.data.get("how", "")))
    call = _Counting()
    for fact in _known(standing):
        count = _COUNTS.get(fact.type)
        if count:
            count(call, fact)
    return call.summary()


def _known(facts: Sequence[Recorded]) -> Sequence[Recorded]:
    """The facts that are certain. An interrupted call lasted to its last event; a clock running then was late
    as recorded, or by an unknown time. Older records counted up to the moment when the call was found, hours
    later."""
    end = next((fact for fact in facts if fact.type == "ended" and _is_interrupted(fact)), None)
    if end is None:
        return facts
    known = end.data.get("known")
    before = [fact for fact in facts if fact.cause != end.cause or (known and fact.data.get("late"))]
    return [*before, replace(end, at=max((fact.at for fact in before), default=end.at))]


def _is_interrupted(end: Recorded) -> bool:
    return not (end.data.get("outcome") or end.data.get("phone"))


class _Counting:
    """Counts a call's events one by one."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.scenarios: list[str] = []
        self.norms: list[Judged] = []
        self.overridden: list[str] = []
        self.gaps = self.answered = 0
        self.step = ""

    def summary(self) -> CallSummary | None:
        if "ended" not in self.values:
            return None
        return CallSummary(
            **self.values,
            scenarios=tuple(self.scenarios),
            norms=tuple(self.norms),
            overridden=tuple(self.overridden),
            gaps=self.gaps,
            answered=self.answered,
        )

    def started(self, fact: Recorded) -> None:
        self.values["started"] = fact.at
        for name in ("direction", "language", "operator"):
            self.values[name] = str(fact.data.get(name, ""))

    def entered(self, fact: Recorded) -> None:
        scenario = str(fact.data.get("scenario", ""))
        if scenario not in self.scenarios:
            self.scenarios.append(scenario)
        if fact.data.get("passed"):
            self.overridden.append(self.step)
        self.step = str(fact.data.get("step", ""))

    def took(self, fact: Recorded) -> None:
        self.answered += 1

    def language(self, fact: Recorded) -> None:
        self.values["language"] = str(fact.data.get("language", ""))

    def stopped(self, fact: Recorded) -> None:
        if fact.data.get("kind") == LIMIT:
            self.norms.append(Judged(str(fact.data.get("norm", "")), float(fact.data.get("late", 0))))

    def judged(self, fact: Recorded) -> None:
        over = float(fact.data.get("seconds", 0)) - float(fact.data.get("limit", 0))
        late = 0.0 if fact.data.get("met") else max(0.001, round(over, 3))
        self.norms.append(Judged(str(fact.data.get("norm", "")), late))

    def gap(self, fact: Recorded) -> None:
        self.gaps += 1

    def moved_to(self, fact: Recorded) -> None:
        """The computer's clock was set: the new time of the call's start."""
        self.values["started"] = float(fact.data.get("started", fact.at))

    def ended(self, fact: Recorded) -> None:
        self.values["ended"] = float(fact.data.get("known") or fact.at)
        self.came_out(fact)
        self.values["untold"] = bool(fact.data.get("phone")) and not fact.data.get("outcome")

    def came_out(self, fact: Recorded) -> None:
        self.values["outcome"] = str(fact.data.get("outcome", ""))
        for name in ("requires", "missed"):
            self.values[name] = tuple(map(str, fact.data.get(name, ())))
        self.values["untold"] = False


_COUNTS = {
    "call_started": _Counting.started,
    "entered": _Counting.entered,
    "answered": _Counting.took,
    "language_set": _Counting.language,
    "clock_stopped": _Counting.stopped,
    "norm_judged": _Counting.judged,
    "gap_noted": _Counting.gap,
    "times_moved": _Counting.moved_to,
    "ended": _Counting.ended,
    "outcome_told": _Counting.came_out,
}

_STATES = {
    "promise_called": CALLED,
    "promise_not_called": OPEN,
    "promise_cancelled": CANCELLED,
    "promise_handed_over": HANDED_OVER,
}


def promise_summary(facts: Sequence[Recorded]) -> PromiseSummary | None:
    """The promise of these events; None if they do not contain its making."""
    promise: PromiseSummary | None = None
    for fact in facts:
        data = fact.data
        if fact.type in ("promise_made", "promise_taken"):
            due = float(data.get("due", 0))
            made = due - float(data.get("limit", 0)) if fact.type == "promise_taken" else fact.at
            state = str(data.get("state", OPEN))
            promise = PromiseSummary(made, due, str(data.get("who", "")), str(data.get("norm", "")), state)
        elif promise:
            promise = _changed(promise, fact)
    return promise


def _changed(promise: PromiseSummary, fact: Recorded) -> PromiseSummary:
    if fact.type in ("promise_changed", "promise_moved"):
        return replace(promise, due=float(fact.data.get("due", promise.due)))
    if fact.type == "promise_kept":
        late = float(fact.data.get("late", 0))
        return replace(promise, state=KEPT_LATE if late else KEPT, late=late, closed=fact.at)
    if fact.type in _STATES:
        state = _STATES[fact.type]
        return replace(promise, state=state, closed=fact.at if state in (CANCELLED, HANDED_OVER) else 0.0)
    return promise
