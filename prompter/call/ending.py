"""How a call ends: by a key, by the phone, because it was idle; and undoing a key."""

from __future__ import annotations

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.refusal import Refused
from prompter.call.state import PRETENDED, UNDO_END_SECONDS, Call
from prompter.call.turn import Turn

RINGING_SECONDS = 3 * 60
"""A ring without a reported end is over after this: no caller waits longer for an answer."""

STALE_SECONDS = 30 * 60
"""An idle call is closed as interrupted after this (design: «прервано»)."""

CONNECTED_SECONDS = 2 * 60 * 60
"""The same for a call that the phone reports connected: the phone reports its end, unless that gets lost."""


def end(turn: Turn, action: a.End) -> None:
    """The operator says how the call ended."""
    if turn.state.active is None:
        raise Refused("no-call")
    _allowed(turn, action.outcome, turn.call)
    turn.end(action.outcome)


def _allowed(turn: Turn, outcome: str, call: Call) -> None:
    if outcome not in turn.base.outcomes:
        raise Refused("vanished")
    for_promises = {one.promised for one in turn.base.outcomes.values()}
    if outcome in for_promises and not turn.state.promises_of(call.id):
        raise Refused("nothing-promised")


def undo(turn: Turn, action: a.Undo) -> None:
    """Undo the last key: even the one that ended the call, but nothing that the phone did."""
    call, last = turn.state.active, turn.state.last
    ended = last if last and last.previous and turn.now - last.ended <= UNDO_END_SECONDS else None
    if ended and ended.hung:  # nobody is on the line any more
        ended = None
    came_back = ended and call and call.back and call.touched <= ended.ended
    if ended and came_back:  # nothing was done yet in the call that waited
        turn.add(e.Parked())
        turn.add(e.Undone(ended.cause), call=ended.id)
    elif call and call.previous:
        turn.add(e.Undone(call.cause))
    elif call and call.connected:  # the phone reports a call
        raise Refused("nothing-to-undo")
    elif call:
        turn.add(e.Voided(call.cause))
        promise = turn.state.promise(call.promise)
        if promise:
            turn.add(e.PromiseNotCalled(promise.id), call=promise.call)
        turn.resume_waiting()
    elif ended:
        turn.add(e.Undone(ended.cause), call=ended.id)
    else:
        raise Refused("nothing-to-undo")


def close_stale(turn: Turn, action: a.CloseStale) -> None:
    """Idle calls, and rings that the phone no longer reports, are over."""
    waiting = turn.state.waiting
    if waiting and _stale(turn, waiting):
        turn.break_off(waiting)
    for ring in turn.state.ringing:
        if turn.now - ring.at > RINGING_SECONDS:
            turn.stop_ring(ring, "lost")
    active = turn.state.active
    if active and _stale(turn, active):
        turn.break_off(active)
        turn.resume_waiting()


def _stale(turn: Turn, call: Call) -> bool:
    real = call.connected and not call.phone.startswith(PRETENDED)
    return turn.now - call.touched > (CONNECTED_SECONDS if real else STALE_SECONDS)


def hang_up(turn: Turn, action: a.HangUp) -> None:
    """The phone ended a call: if at an end step, with its outcome, its phrase counted as said.

    Elsewhere a promise made in the call decides its outcome. After this Esc does not reopen the call.
    """
    active, waiting, last = turn.state.active, turn.state.waiting, turn.state.last
    if waiting and waiting.id == action.call:
        _hang_up_waiting(turn, waiting, _told_at(turn, action, waiting))
        return
    if last and last.id == action.call and last.previous and not last.hung:
        turn.add(e.Released(), call=last.id)
        return
    if active is None or active.id != action.call:
        raise Refused("no-call")
    known = _told_at(turn, action, active)
    step = turn.bases.step(active.frame)
    if step.end and not active.frame.said:
        turn.say(step)
    turn.end(step.end or _promised(turn, active), phone=True, known=known)


def _hang_up_waiting(turn: Turn, waiting: Call, known: float) -> None:
    step = turn.bases.step(waiting.frame)
    if step.end and not waiting.frame.said:
        turn.say_last(waiting, step)
    outcome = step.end or _promised(turn, waiting)
    turn.abandon(turn.state.waiting or waiting, outcome, phone=True, known=known)


def _promised(turn: Turn, call: Call) -> str:
    """The outcome of a call with a promise; "" without one, or if several outcomes are possible."""
    outcomes = {one.promised for one in turn.base.outcomes.values() if one.promised}
    return outcomes.pop() if len(outcomes) == 1 and turn.state.promises_of(call.id) else ""


def _told_at(turn: Turn, action: a.HangUp, call: Call) -> float:
    """When the end was reported, but not before the last key of the call; 0 for now."""
    return max(action.at, call.touched) if 0 < action.at < turn.now else 0.0


def tell_outcome(turn: Turn, action: a.TellOutcome) -> None:
    """What the phone could not know: the outcome of a call that it ended."""
    known = (*turn.state.untold, *([turn.state.last] if turn.state.last else []))
    call = next((one for one in known if one.id == action.call and one.hung), None)
    if call is None:
        raise Refused("no-call")
    _allowed(turn, action.outcome, call)
    turn.add(e.OutcomeTold(*turn.came_out(call, action.outcome)), call=call.id)
