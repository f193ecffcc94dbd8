"""A drill step by step: what was said and done, what should have been, seconds against norms. Pure.

Made from the drill's events; the base is used only for titles and expected words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call import events as e
from prompter.call.apply import apply
from prompter.call.state import Call, DeskState
from prompter.kb.model import LIMIT, KnowledgeBase

HEARD, OPENED, SAID, ANSWERED, NORM, ENDED, BACK, NOTED = (
    "heard",
    "opened",
    "said",
    "answered",
    "norm",
    "ended",
    "back",
    "noted",
)
"""Kinds of a moment: caller, a scenario, a phrase, an answer, a norm, the end, an undo, a gap"""

GOOD, FAIR, BAD, PLAIN = "good", "fair", "bad", "plain"
"""How it went."""


class Moment(Struct, frozen=True):
    """One thing that happened, `at` seconds into the call.

    `id` is that of the scenario, step, norm or outcome, `text` is what was said or typed, `should` the id of
    what should have been (a scenario, or an answer's digit), `remark` the trainer's. `seconds` and `limit`
    are a norm's; `given` says how a phrase was given; `missed` are the duties missing at the end.
    """

    at: float
    kind: str
    id: str
    how: str = PLAIN
    text: str = ""
    should: str = ""
    remark: str = ""
    seconds: float = 0.0
    limit: int = 0
    given: d.PhraseGiven | None = None
    missed: tuple[str, ...] = ()


class Replayed(Struct, frozen=True):
    """One call of a drill; without a ring, the phrases of its cards. `began` is in Unix seconds."""

    rung: d.CallerRang | None
    moments: tuple[Moment, ...]
    outcome: str | None
    seconds: float
    trainee: str = ""
    began: float = 0.0


def replay(story: Sequence[e.Event], base: KnowledgeBase) -> list[Replayed]:
    """The calls of a drill in order; undone keys are shown where they were pressed."""
    rung = {event.call: event.body for event in story if isinstance(event.body, d.CallerRang)}
    trainee = next((event.body.trainee for event in story if isinstance(event.body, d.DrillBegan)), "")
    calls = [replace(_one(call, body, story, base), trainee=trainee) for call, body in rung.items()]
    began = story[0].at if story else 0.0
    cards = [
        moment
        for event in story
        if not event.call and isinstance(event.body, d.PhraseGiven)
        for moment in _Narrator(base).moments_of(event.at - began, event.body)
    ]
    if not cards:
        return calls
    return [Replayed(None, tuple(cards), None, cards[-1].at, trainee, began), *calls]


def _one(call: str, rung: d.CallerRang, story: Sequence[e.Event], base: KnowledgeBase) -> Replayed:
    state, moments = DeskState(), list[Moment]()
    narrator = _Narrator(base)
    last: Call | None = None
    for event in story:
        if event.call != call:
            continue
        state = apply(state, event)
        found = next((one for one in state.calls if one.id == call), None)
        last = found or last
        at = max(0.0, event.at - last.started) if last else 0.0
        moments += narrator.moments_of(at, event.body)
    ended = last.outcome if last else None
    seconds = max(0.0, (last.ended or last.touched) - last.started) if last else 0.0
    return Replayed(rung, tuple(moments), ended, seconds, began=last.started if last else 0.0)


class _Narrator:
    """Turns events into moments, knowing what the caller wanted last."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.wanted: d.CallerSpoke | None = None

    def moments_of(self, at: float, body: e.Body) -> list[Moment]:
        """The moments of an event, mostly one or none."""
        make = _METHODS.get(type(body))
        return [one for one in [make(self, at, body)] if one] if make else []

    def heard(self, at: float, body: d.CallerSpoke) -> Moment:
        self.wanted = body
        return Moment(at, HEARD, body.step, text=f"({body.text})" if body.heard else f"«{body.text}»")

    def opened(self, at: float, body: e.Entered) -> Moment | None:
        if body.how != "open":
            return None
        wanted, self.wanted = self.wanted, None
        if wanted is None or not wanted.meant:
            return Moment(at, OPENED, body.opened, PLAIN)
        right = wanted.meant in (body.opened, body.scenario)
        if not right:
            self.wanted = wanted
        return Moment(at, OPENED, body.opened, GOOD if right else BAD, should="" if right else wanted.meant)

    def answered(self, at: float, body: e.Answered) -> Moment | None:
        wanted = self.wanted
        if wanted is None or not wanted.answer or wanted.step != body.step:
            return None
        self.wanted = None
        right = wanted.answer == body.answer
        should = "" if right else str(wanted.answer)
        return Moment(at, ANSWERED, body.step, GOOD if right else BAD, text=str(body.answer), should=should)

    def given(self, at: float, body: d.PhraseGiven) -> Moment:
        how = {d.SAID: GOOD, d.NO: BAD}.get(body.verdict, FAIR) if body.by else PLAIN
        return Moment(at, SAID, body.step, how, body.typed, remark=body.remark, given=body)

    def judged(self, at: float, body: e.NormJudged) -> Moment:
        how = GOOD if body.met else BAD
        return Moment(at, NORM, body.norm, how, seconds=body.seconds, limit=body.limit)

    def stopped(self, at: float, body: e.ClockStopped) -> Moment | None:
        if body.kind != LIMIT:
            return None
        norm = self.base.norms.get(body.norm)
        how = BAD if body.late else GOOD
        return Moment(at, NORM, body.norm, how, seconds=body.elapsed, limit=norm.limit if norm else 0)

    def ended(self, at: float, body: e.Ended) -> Moment:
        return Moment(at, ENDED, body.outcome, BAD if body.missed else GOOD, missed=body.missed)

    def back(self, at: float, body: e.Undone) -> Moment:
        return Moment(at, BACK, "")

    def noted(self, at: float, body: e.GapNoted) -> Moment:
        return Moment(at, NOTED, body.step)


_METHODS: dict[type[e.Body], Callable[[_Narrator, float, Any], Moment | None]] = {
    d.CallerSpoke: _Narrator.heard,
    d.PhraseGiven: _Narrator.given,
    e.Entered: _Narrator.opened,
    e.Answered: _Narrator.answered,
    e.NormJudged: _Narrator.judged,
    e.ClockStopped: _Narrator.stopped,
    e.Ended: _Narrator.ended,
    e.Undone: _Narrator.back,
    e.GapNoted: _Narrator.noted,
}


def weak(calls: Sequence[Replayed]) -> list[Moment]:
    """What to drill next: what went wrong, worst first, each step or scenario once."""
    order = {BAD: 0, FAIR: 1}
    found = [one for call in calls for one in call.moments if one.how in order]
    found.sort(key=lambda one: order[one.how])
    seen: dict[tuple[str, str], Moment] = {}
    for one in found:
        seen.setdefault((one.kind, one.should or one.id), one)
    return list(seen.values())
