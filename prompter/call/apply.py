"""`apply(state, event) -> state`: what each event means. Never looks at the knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from prompter.call import events as e
from prompter.call.state import (
    CALLED,
    CANCELLED,
    HANDED_OVER,
    KEPT,
    KEPT_LATE,
    MOST_UNTOLD,
    OPEN,
    STATUSES,
    Call,
    DeskState,
    Frame,
    Gap,
    NormClock,
    Promise,
    Ringing,
)


def apply(state: DeskState, event: e.Event) -> DeskState:
    """The state after the event. Total: an event for no call of this state changes nothing."""
    body = event.body
    if type(body) in _DESK:
        state = _DESK[type(body)](state, event, body)
    change = _CALL.get(type(body))
    call = _find(state, event.call)
    if change is None or call is None:
        return state
    if type(body) not in _ASIDE and call.cause != event.cause:
        call = replace(call, previous=call, cause=event.cause, back=False)
    return _put(state, replace(change(call, event, body), touched=event.at))


def _find(state: DeskState, id_: str) -> Call | None:
    return next((call for call in state.calls if call.id == id_), None)


def _put(state: DeskState, call: Call) -> DeskState:
    """The state with this call where it belongs: active, waiting or last."""
    waits = state.waiting is not None and state.waiting.id == call.id
    if call.outcome is None:
        return replace(state, waiting=call) if waits else replace(state, active=call)
    if call.hung and not call.outcome and all(one.id != call.id for one in state.untold):
        state = replace(state, untold=(*state.untold, replace(call, previous=None))[-MOST_UNTOLD:])
    if waits:
        return replace(state, waiting=None, last=call)
    active = None if state.active and state.active.id == call.id else state.active
    return replace(state, active=active, last=call)


# Changes of a call. Each takes (call, event, body) and returns the new call.


def _entered(call: Call, event: e.Event, body: e.Entered) -> Call:
    if body.fresh:
        frame = Frame(body.scenario, body.step, event.revision, said=body.said)
        frames = (*call.frames[: body.keep], frame)
    else:
        top = replace(call.frame, step=body.step, revision=event.revision, said=body.said, clock=None)
        frames = (*call.frames[: body.keep], top)
    if body.how != "open":
        return replace(call, frames=frames)
    opened = call.opened if body.opened in call.opened else (*call.opened, body.opened)
    return replace(call, frames=frames, opened=opened, quiet=())


def _returned(call: Call, event: e.Event, body: e.Returned) -> Call:
    return replace(call, frames=call.frames[: body.keep])


def _said(call: Call, event: e.Event, body: e.Said) -> Call:
    frame = replace(call.frame, said=True, named={**call.frame.named, **body.named})
    said = call.said if body.step in call.said else {**call.said, body.step: event.at}
    marks = call.marks | {body.mark} if body.mark else call.marks
    return replace(call, frames=(*call.frames[:-1], frame), said=said, marks=marks)


def _same(call: Call, event: e.Event, body: e.Body) -> Call:
    return call


def _time_chosen(call: Call, event: e.Event, body: e.TimeChosen) -> Call:
    frame = replace(call.frame, chosen={**call.frame.chosen, body.norm: body.seconds})
    return replace(call, frames=(*call.frames[:-1], frame))


def _with_clock(call: Call, depth: int, change: Callable[[NormClock | None], NormClock | None]) -> Call:
    frame = call.frames[depth]
    frame = replace(frame, clock=change(frame.clock))
    return replace(call, frames=(*call.frames[:depth], frame, *call.frames[depth + 1 :]))


def _clock_started(call: Call, event: e.Event, body: e.ClockStarted) -> Call:
    clock = NormClock(body.norm, body.kind, body.limit, body.warn, body.deadline)
    if body.depth < 0:
        return replace(call, quiet=(*(c for c in call.quiet if c.norm != body.norm), clock))
    return _with_clock(call, body.depth, lambda _: clock)


def _clock_stopped(call: Call, event: e.Event, body: e.ClockStopped) -> Call:
    return _with_clock(call, body.depth, lambda _: None)


def _clock_suspended(call: Call, event: e.Event, body: e.ClockSuspended) -> Call:
    return _with_clock(call, body.depth, lambda c: c and replace(c, suspended=body.left))


def _clock_resumed(call: Call, event: e.Event, body: e.ClockResumed) -> Call:
    return _with_clock(call, body.depth, lambda c: c and replace(c, suspended=None, deadline=body.deadline))


def _contact_given(call: Call, event: e.Event, body: e.ContactGiven) -> Call:
    return replace(call, contact=body.contact)


def _language_set(call: Call, event: e.Event, body: e.LanguageSet) -> Call:
    return replace(call, language=body.language)


def _call_gap(call: Call, event: e.Event, body: e.GapNoted) -> Call:
    return replace(call, gaps=(*call.gaps, body.gap))


def _call_promise(call: Call, event: e.Event, body: e.PromiseMade | e.PromiseChanged) -> Call:
    return replace(call, promises=(*call.promises, body.promise))


def _ended(call: Call, event: e.Event, body: e.Ended) -> Call:
    return replace(call, outcome=body.outcome, missed=body.missed, ended=event.at, quiet=(), hung=body.phone)


def _connected(call: Call, event: e.Event, body: e.Connected) -> Call:
    return replace(call, phone=body.phone, connected=True)


def _released(call: Call, event: e.Event, body: e.Released) -> Call:
    return replace(call, previous=None)


_CALL: dict[type[e.Body], Callable[[Call, e.Event, Any], Call]] = {
    e.Entered: _entered,
    e.Returned: _returned,
    e.Said: _said,
    e.Answered: _same,
    e.TimeChosen: _time_chosen,
    e.ClockStarted: _clock_started,
    e.ClockStopped: _clock_stopped,
    e.ClockSuspended: _clock_suspended,
    e.ClockResumed: _clock_resumed,
    e.NormJudged: _same,
    e.ContactGiven: _contact_given,
    e.LanguageSet: _language_set,
    e.GapNoted: _call_gap,
    e.NoteTaken: _same,
    e.GapFilled: _same,
    e.PromiseMade: _call_promise,
    e.PromiseChanged: _call_promise,
    e.Ended: _ended,
    e.Connected: _connected,
    e.Released: _released,
}

_ASIDE = (e.ContactGiven, e.NoteTaken, e.GapFilled, e.Connected, e.Released)
"""Facts that Esc does not undo."""


# Changes of the desk outside its calls. Each takes (state, event, body) and returns the new state.


def _call_started(state: DeskState, event: e.Event, body: e.CallStarted) -> DeskState:
    call = Call(
        id=event.call,
        direction=body.direction,
        language=body.language,
        started=event.at,
        touched=event.at,
        cause=event.cause,
        contact=body.contact,
        promise=body.promise,
        last_outcome=body.last_outcome,
        last_at=body.last_at,
        last_operator=body.last_operator,
        last_note=body.last_note,
        operator=body.operator,
        phone=body.phone,
    )
    return replace(_without_ring(state, event.call), active=call)


def _rang(state: DeskState, event: e.Event, body: e.Rang) -> DeskState:
    ring = Ringing(
        call=event.call,
        phone=body.phone,
        direction=body.direction,
        language=body.language,
        at=event.at,
        contact=body.contact,
        promise=body.promise,
        last_outcome=body.last_outcome,
        last_at=body.last_at,
        last_operator=body.last_operator,
        last_note=body.last_note,
    )
    return replace(state, ringing=(*state.ringing, ring))


def _without_ring(state: DeskState, call: str) -> DeskState:
    return replace(state, ringing=tuple(ring for ring in state.ringing if ring.call != call))


def _ring_stopped(state: DeskState, event: e.Event, body: e.RingStopped) -> DeskState:
    return _without_ring(state, event.call)


def _ring_language(state: DeskState, event: e.Event, body: e.LanguageSet) -> DeskState:
    """The ready greeting for the ringing call switches language."""
    rings = (replace(r, language=body.language) if r.call == event.call else r for r in state.ringing)
    return replace(state, ringing=tuple(rings)) if state.ringing else state


def _outcome_told(state: DeskState, event: e.Event, body: e.OutcomeTold) -> DeskState:
    last = state.last
    if last and last.id == event.call:
        last = replace(last, outcome=body.outcome, missed=body.missed)
    return replace(state, last=last, untold=tuple(c for c in state.untold if c.id != event.call))


def _parked(state: DeskState, event: e.Event, body: e.Parked) -> DeskState:
    if not state.active or state.active.id != event.call:
        return state
    return replace(state, active=None, waiting=state.active)


def _resumed(state: DeskState, event: e.Event, body: e.Resumed) -> DeskState:
    if not state.waiting or state.waiting.id != event.call:
        return state
    return replace(state, active=replace(state.waiting, touched=event.at, back=True), waiting=None)


def _undone(state: DeskState, event: e.Event, body: e.Undone) -> DeskState:
    call = _find(state, event.call)
    if call is None or call.previous is None or call.cause != body.undone:
        return state
    back = replace(
        call.previous, contact=call.contact, phone=call.phone, connected=call.connected, touched=event.at
    )
    if state.last and state.last.id == call.id:
        state = replace(state, last=None)
    return _put(_without_gaps(state, set(call.gaps) - set(back.gaps)), back)


def _voided(state: DeskState, event: e.Event, body: e.Voided) -> DeskState:
    state = _without_ring(state, event.call)
    call = _find(state, event.call)
    if call is None:
        return state
    state = _without_gaps(state, set(call.gaps))
    return replace(state, waiting=None) if call is state.waiting else replace(state, active=None)


def _times_moved(state: DeskState, event: e.Event, body: e.TimesMoved) -> DeskState:
    call = _find(state, event.call)
    return _put(state, call.moved(body.started - call.started)) if call else state


def _without_gaps(state: DeskState, ids: set[str]) -> DeskState:
    return replace(state, gaps=tuple(g for g in state.gaps if g.id not in ids)) if ids else state


def _gap_noted(state: DeskState, event: e.Event, body: e.GapNoted) -> DeskState:
    return replace(state, gaps=(*state.gaps, Gap(body.gap, event.call, body.step, event.at)))


def _gap_filled(state: DeskState, event: e.Event, body: e.GapFilled) -> DeskState:
    return _without_gaps(state, {body.gap})


def _promise_made(state: DeskState, event: e.Event, body: e.PromiseMade) -> DeskState:
    return _owing(state, event.call, body, made=event.at)


def _owing(desk: DeskState, call: str, body: e.PromiseMade | e.PromiseTaken, /, **more: Any) -> DeskState:
    """The desk with one more promise; a known one was recorded twice, by another window too."""
    if desk.promise(body.promise):
        return desk
    promise = Promise(
        id=body.promise,
        call=call,
        norm=body.norm,
        who=body.who,
        contact=body.contact,
        note=body.note,
        language=body.language,
        due=body.due,
        limit=body.limit,
        warn=body.warn,
        operator=body.operator,
        **more,
    )
    return replace(desk, promises=(*desk.promises, promise))


def _with_promise(desk: DeskState, id_: str, /, **changes: Any) -> DeskState:
    """The desk with one promise changed; it is removed when closed."""
    changed = (replace(p, **changes) if p.id == id_ else p for p in desk.promises)
    return replace(desk, promises=tuple(p for p in changed if p.is_pending))


def _promise_changed(state: DeskState, event: e.Event, body: e.PromiseChanged) -> DeskState:
    made = body.due - body.limit
    changes: dict[str, Any] = {"contact": body.contact, "note": body.note, "made": made}
    return _with_promise(state, body.promise, due=body.due, limit=body.limit, **changes)


def _promise_moved(state: DeskState, event: e.Event, body: e.PromiseMoved) -> DeskState:
    promise = state.promise(body.promise)
    if promise is None:
        return state
    by = body.due - promise.due
    called = promise.called and promise.called + by
    return _with_promise(state, body.promise, due=body.due, made=promise.made + by, called=called)


def _promise_called(state: DeskState, event: e.Event, body: e.PromiseCalled) -> DeskState:
    return _with_promise(state, body.promise, state=CALLED, called=event.at)


def _promise_not_called(state: DeskState, event: e.Event, body: e.PromiseNotCalled) -> DeskState:
    return _with_promise(state, body.promise, state=OPEN, called=0.0)


def _promise_kept(state: DeskState, event: e.Event, body: e.PromiseKept) -> DeskState:
    return _with_promise(state, body.promise, state=KEPT_LATE if body.late else KEPT)


def _promise_cancelled(state: DeskState, event: e.Event, body: e.PromiseCancelled) -> DeskState:
    return _with_promise(state, body.promise, state=CANCELLED)


def _promise_noted(state: DeskState, event: e.Event, body: e.PromiseNoted) -> DeskState:
    promise = state.promise(body.promise)
    return _with_promise(state, body.promise, notes=(*promise.notes, body.note)) if promise else state


def _promise_handed_over(state: DeskState, event: e.Event, body: e.PromiseHandedOver) -> DeskState:
    return _with_promise(state, body.promise, state=HANDED_OVER)


def _promise_taken(state: DeskState, event: e.Event, body: e.PromiseTaken) -> DeskState:
    made = body.due - body.limit
    return _owing(state, event.call, body, made=made, state=body.state, handed=body.handed)


def _status_set(state: DeskState, event: e.Event, body: e.StatusSet) -> DeskState:
    statuses = (*state.statuses, (body.status, event.at))[-STATUSES:]
    return replace(state, status=body.status, statuses=statuses)


_DESK: dict[type[e.Body], Callable[[DeskState, e.Event, Any], DeskState]] = {
    e.CallStarted: _call_started,
    e.Rang: _rang,
    e.RingStopped: _ring_stopped,
    e.LanguageSet: _ring_language,
    e.OutcomeTold: _outcome_told,
    e.Parked: _parked,
    e.Resumed: _resumed,
    e.Undone: _undone,
    e.Voided: _voided,
    e.TimesMoved: _times_moved,
    e.GapNoted: _gap_noted,
    e.GapFilled: _gap_filled,
    e.PromiseMade: _promise_made,
    e.PromiseChanged: _promise_changed,
    e.PromiseMoved: _promise_moved,
    e.PromiseCalled: _promise_called,
    e.PromiseNotCalled: _promise_not_called,
    e.PromiseKept: _promise_kept,
    e.PromiseCancelled: _promise_cancelled,
    e.PromiseNoted: _promise_noted,
    e.PromiseHandedOver: _promise_handed_over,
    e.PromiseTaken: _promise_taken,
    e.StatusSet: _status_set,
}
