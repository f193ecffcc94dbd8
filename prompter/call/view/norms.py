"""The lines along the bottom: clocks of this call, then call-backs owed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from prompter.call.bases import Bases
from prompter.call.phrases import text_in
from prompter.call.state import CALLED, Call, DeskState, NormClock, Promise
from prompter.call.view.parts import (
    OPEN,
    OVER,
    OVERDUE,
    RUNNING,
    SUSPENDED,
    WARNING,
    NormLine,
    Person,
    Viewer,
)
from prompter.kb.model import LIMIT, PROMISE


def clock_state(clock: NormClock, now: float) -> str:
    """running, warning, over or suspended. Only a limit warns or is over."""
    if clock.suspended is not None:
        return SUSPENDED
    left = clock.left(now)
    if clock.kind != LIMIT or left > clock.warn:
        return RUNNING
    return WARNING if left > 0 else OVER


def norm_lines(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> tuple[NormLine, ...]:
    """Running clocks first, then overdue promises, then open ones, each by deadline."""
    clocks = list(_clocks(state.active, bases, viewer, now)) if state.active else []
    if state.waiting:
        person = viewer.people.get(state.waiting.contact, Person())
        waiting = _clocks(state.waiting, bases, viewer, now)
        clocks += [replace(clock, waiting=True, person=person) for clock in waiting if clock.kind == LIMIT]
    promises = sorted((_promise(p, bases, viewer, now) for p in state.promises), key=lambda n: n.due)
    overdue = [line for line in promises if line.state == OVERDUE]
    return (*clocks, *overdue, *(line for line in promises if line.state != OVERDUE))


def _clocks(call: Call, bases: Bases, viewer: Viewer, now: float) -> Iterator[NormLine]:
    """The current frame's clock first, then those under it, then the quiet ones.

    A pause or a quiet norm that ran out disappears: nobody broke anything.
    """
    framed = [frame.clock for frame in reversed(call.frames) if frame.clock]
    for clock in (*framed, *call.quiet):
        left = clock.left(now)
        if left <= 0 and clock.kind != LIMIT:
            continue
        norm = bases.norm(clock.norm)
        title = text_in(norm.title, viewer.ui, bases.current.languages) if norm else clock.norm
        yield NormLine(title, clock.kind, clock_state(clock, now), left, clock.limit)


def _promise(promise: Promise, bases: Bases, viewer: Viewer, now: float) -> NormLine:
    norm = bases.norm(promise.norm)
    left = promise.due - now
    state = OVERDUE if left <= 0 else WARNING if left <= promise.warn else OPEN
    return NormLine(
        title=text_in(norm.title, viewer.ui, bases.current.languages) if norm else promise.norm,
        kind=PROMISE,
        state=state,
        left=left,
        limit=promise.limit,
        promise=promise.id,
        due=promise.due,
        who=promise.who,
        person=viewer.people.get(promise.contact, Person()),
        called=promise.state == CALLED,
    )
