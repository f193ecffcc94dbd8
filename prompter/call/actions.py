"""What the operator can do: the typed vocabulary between keys (or a phone) and the rules.

Ids of contacts, notes, calls and promises are created at the desk before the rules are applied.
"""

from __future__ import annotations

from msgspec import Struct

from prompter.call.state import Call, Promise


class Action(Struct, frozen=True):
    """One thing done by the operator, by her phone or by time."""


class Start(Action, frozen=True):
    """A call begins. `greeted` counts the greeting as said at once.

    `scenario` is then opened in it ("" for none). During a call the current one is parked. `phone` is the
    phone's id of the call, "" for one by hand; `connected`: the phone reports it answered.
    """

    call: str
    direction: str = "incoming"
    language: str = ""
    contact: str = ""
    promise: str = ""
    scenario: str = ""
    greeted: bool = False
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""
    operator: str = ""
    phone: str = ""
    connected: bool = False


class Ring(Action, frozen=True):
    """The phone rings, or dials: what is known of the other party. The card does not change."""

    call: str
    phone: str
    direction: str = "incoming"
    language: str = ""
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""


class StopRing(Action, frozen=True):
    """The ringing stopped unanswered: `how` is missed, rejected, unserved or lost."""

    call: str
    how: str


class Connect(Action, frozen=True):
    """The call on screen, begun by a key, is this call of the phone."""

    phone: str
    contact: str = ""


class HangUp(Action, frozen=True):
    """The phone reports the end of this call: what is known of it is recorded, the rest can be added.

    `at` is the time of the report if nobody received it then, 0 for now.
    """

    call: str
    at: float = 0.0


class TellOutcome(Action, frozen=True):
    """The outcome of a call that the phone ended."""

    call: str
    outcome: str


class Open(Action, frozen=True):
    """Open a scenario in the running call; at a given step if a phrase was found rather than the scenario."""

    scenario: str
    step: str = ""


class Say(Action, frozen=True):
    """`Enter`: the words were said; then the only or the preset answer is taken; an end step ends.

    `waits`: take no answer yet, since the caller of a drill speaks first.
    """

    waits: bool = False


class TakeAnswer(Action, frozen=True):
    """A digit from 1: the caller's answer, which also marks the phrase as said."""

    digit: int


class ChangeTime(Action, frozen=True):
    """The arrows: one step more (+1) or less (-1) of the time named in the phrase on screen."""

    direction: int


class SetLanguage(Action, frozen=True):
    """Switch the call to this language."""

    language: str


class NoteGap(Action, frozen=True):
    """`0`: nothing fits what the caller said."""

    gap: str


class FillGap(Action, frozen=True):
    """The caller's words for a gap, or, without `gap`, a note about this call or the last."""

    note: str
    gap: str = ""


class MakePromise(Action, frozen=True):
    """`Enter` in the contact form: `seconds` is the time promised, `note` contains the question."""

    promise: str
    contact: str
    seconds: int
    note: str = ""


class KeepPromise(Action, frozen=True):
    """The caller was informed; if late, `note` has the reason."""

    promise: str
    note: str = ""


class CancelPromise(Action, frozen=True):
    """Nobody will call back, for the reason in `note`."""

    promise: str
    note: str


class CallPromise(Action, frozen=True):
    """Somebody is calling on this promise now, without a call on the screen."""

    promise: str


class NotePromise(Action, frozen=True):
    """A note on the promise, in `note`."""

    promise: str
    note: str


class HandOver(Action, frozen=True):
    """These promises now belong to another desk."""

    promises: tuple[str, ...]


class TakePromise(Action, frozen=True):
    """A promise of another desk now belongs to this one; `notes` came with it."""

    promise: Promise
    notes: tuple[str, ...] = ()


class End(Action, frozen=True):
    """The call is over with this outcome."""

    outcome: str


class Undo(Action, frozen=True):
    """`Esc`: undo the last key that changed the call."""


class CloseStale(Action, frozen=True):
    """Time passed: close calls that were idle for too long."""


class MoveTimes(Action, frozen=True):
    """The computer's clock was set forward `by` this many seconds: shift all times along with it.

    Except for the calls and promises in `later`, which began after that.
    """

    by: float
    later: frozenset[str] = frozenset()


class Interrupt(Action, frozen=True):
    """These calls, which a restart would have resumed, are over: another was begun meanwhile."""

    calls: tuple[Call, ...]


class SetStatus(Action, frozen=True):
    """The operator's status in «Линия 24»."""

    status: str


class LeaveSearch(Action, frozen=True):
    """A search was left without a choice; the call goes on unchanged."""

    note: str
