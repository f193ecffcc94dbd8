"""The rules of a promise after it was made: called, noted, kept, cancelled, handed over, taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.refusal import Refused
from prompter.call.state import OPEN, Promise
from prompter.call.turn import Turn


def _promise(turn: Turn, id_: str) -> Promise:
    promise = turn.state.promise(id_)
    if promise is None:
        raise Refused("no-promise")
    return promise


def _call(turn: Turn, action: a.CallPromise) -> None:
    promise = _promise(turn, action.promise)
    if promise.state == OPEN:
        turn.add(e.PromiseCalled(promise.id), call=promise.call)


def _note(turn: Turn, action: a.NotePromise) -> None:
    promise = _promise(turn, action.promise)
    if not action.note:
        raise Refused("empty")
    turn.add(e.PromiseNoted(promise.id, action.note), call=promise.call)


def _keep(turn: Turn, action: a.KeepPromise) -> None:
    promise = _promise(turn, action.promise)
    late = max(0.0, (promise.called or turn.now) - promise.due)  # kept in time even if marked later
    if late and not action.note:
        raise Refused("reason-needed")
    turn.add(e.PromiseKept(promise.id, round(late, 3), action.note), call=promise.call)


def _cancel(turn: Turn, action: a.CancelPromise) -> None:
    promise = _promise(turn, action.promise)
    if not action.note:
        raise Refused("reason-needed")
    turn.add(e.PromiseCancelled(promise.id, action.note), call=promise.call)


def _hand_over(turn: Turn, action: a.HandOver) -> None:
    for id_ in action.promises:
        promise = _promise(turn, id_)
        turn.add(e.PromiseHandedOver(promise.id, promise.handed + 1), call=promise.call)


def _take(turn: Turn, action: a.TakePromise) -> None:
    """A promise already known here is not duplicated."""
    theirs = action.promise
    if turn.state.promise(theirs.id):
        return
    taken = e.PromiseTaken(
        promise=theirs.id,
        norm=theirs.norm,
        who=theirs.who,
        contact=theirs.contact,
        language=theirs.language,
        limit=theirs.limit,
        warn=theirs.warn,
        due=theirs.due,
        handed=theirs.handed,
        state=theirs.state,
        note=theirs.note,
        operator=theirs.operator,
    )
    turn.add(taken, call="")  # the call in which it was made is in the other desk's journal
    for note in action.notes:
        turn.add(e.PromiseNoted(theirs.id, note), call="")


RULES: Mapping[type[a.Action], Callable[[Turn, Any], None]] = {
    a.CallPromise: _call,
    a.NotePromise: _note,
    a.KeepPromise: _keep,
    a.CancelPromise: _cancel,
    a.HandOver: _hand_over,
    a.TakePromise: _take,
}
"""The rule of each action on an open promise."""
