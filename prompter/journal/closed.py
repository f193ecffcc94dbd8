"""Closed call-backs: how each ended and why, from its events."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from prompter.call.apply import apply
from prompter.call.events import Event, PromiseCancelled, PromiseHandedOver, PromiseKept, PromiseTaken
from prompter.call.state import CANCELLED, HANDED_OVER, KEPT, KEPT_LATE, DeskState, Promise


class ClosedPromise(Struct, frozen=True):
    """A promise as it stood before it was closed `at`.

    `how` is KEPT, KEPT_LATE (by `late` seconds), CANCELLED or HANDED_OVER; `reason` is a note's id, "" for
    none.
    """

    promise: Promise
    at: float
    how: str
    late: float = 0.0
    reason: str = ""


def closed_promises(events: Iterable[Event]) -> list[ClosedPromise]:
    """Those that these events close, in that order; without one that was handed over and came back."""
    state, closed = DeskState(), dict[str, ClosedPromise]()
    for event in events:
        body = event.body
        if isinstance(body, PromiseTaken):
            closed.pop(body.promise, None)
        elif isinstance(body, PromiseKept | PromiseCancelled | PromiseHandedOver):
            promise = state.promise(body.promise)
            if promise:
                closed[promise.id] = _closed(promise, event.at, body)
        state = apply(state, event)
    return list(closed.values())


def _closed(
    promise: Promise, at: float, body: PromiseKept | PromiseCancelled | PromiseHandedOver
) -> ClosedPromise:
    if isinstance(body, PromiseHandedOver):
        return ClosedPromise(promise, at, HANDED_OVER)
    if isinstance(body, PromiseCancelled):
        return ClosedPromise(promise, at, CANCELLED, reason=body.note)
    return ClosedPromise(promise, at, KEPT_LATE if body.late else KEPT, body.late, body.note)
