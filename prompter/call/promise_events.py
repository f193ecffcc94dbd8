"""What can happen to a promise. Its people and words are rows of their own, as in every event."""

from __future__ import annotations

from typing import ClassVar

from prompter.call.envelope import PROMISE, Body


class PromiseMade(Body, frozen=True):
    """Somebody will call back: `who`, whom (`contact`), about what (`note`), until `due`.

    `operator` promised it, "" if unknown.
    """

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_made"
    promise: str
    norm: str
    who: str
    contact: str
    language: str
    limit: int
    warn: int
    due: float
    note: str = ""
    operator: str = ""


class PromiseChanged(Body, frozen=True):
    """The form of a promise was submitted again in the same call."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_changed"
    promise: str
    contact: str
    limit: int
    due: float
    note: str = ""


class PromiseMoved(Body, frozen=True):
    """The computer's clock was set: by its new time the same moment is `due`."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_moved"
    promise: str
    due: float


class PromiseCalled(Body, frozen=True):
    """The promised call was begun."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_called"
    promise: str


class PromiseNotCalled(Body, frozen=True):
    """The call begun on the promise was undone: nobody called yet."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_not_called"
    promise: str


class PromiseKept(Body, frozen=True):
    """The caller was informed, `late` seconds late, with the reason in `note`."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_kept"
    promise: str
    late: float = 0.0
    note: str = ""


class PromiseCancelled(Body, frozen=True):
    """Nobody will call back, for the reason in `note`."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_cancelled"
    promise: str
    note: str


class PromiseNoted(Body, frozen=True):
    """A note on the promise: nobody answered, call after six."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_noted"
    promise: str
    note: str


class PromiseHandedOver(Body, frozen=True):
    """It now belongs to another desk: handed over for the `handed`th time."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_handed_over"
    promise: str
    handed: int


class PromiseTaken(Body, frozen=True):
    """Another desk's promise now belongs to this one: its data, who promised it (`operator`), and how often
    it was `handed` over."""

    STREAM: ClassVar[str] = PROMISE
    TYPE: ClassVar[str] = "promise_taken"
    promise: str
    norm: str
    who: str
    contact: str
    language: str
    limit: int
    warn: int
    due: float
    handed: int
    state: str
    note: str = ""
    operator: str = ""
