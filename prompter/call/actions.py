"""What the operator can do: the typed vocabulary between keys (or a phone) and the rules.

Ids of contacts, notes, calls and promises are made at the desk before the rules are asked.
"""

from __future__ import annotations

from msgspec import Struct

from prompter.call.state import Call, Promise


class Action(Struct, frozen=True):
    """One thing done by the operator, by her phone or by time."""


class Start(Action, frozen=True):
    """A call begins. `greeted` counts the greeting as said at once.

    `scenario` is then opened in it ("" for none). During a call the present one is parked. `phone` is the
    phone's own call, "" for one by hand; `connected`: the phone says that it was answered.
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
    operator: str = ""
    phone: str = ""
    connected: bool = False


class Ring(Action, frozen=True):
    """The phone rings, or dials: what is known of who that is. Nothing on the card moves."""

    call: str
    phone: str
    direction: str = "incoming"
    language: str = ""
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""


class StopRing(Action, frozen=True):
    """It rings no more and was not answered: `how` is missed, rejected, unserved or lost."""

    call: str
    how: str


class Connect(Action, frozen=True):
    """The call on screen, begun by a key, is this one of the phone's."""

    phone: str
    contact: str = ""


class HangUp(Action, frozen=True):
    """The phone says that this call is over: what is known of its end is recorded, the rest can be told.

    `at` is when it said so, where nobody heard it then; 0 for just now.
    """

    call: str
    at: float = 0.0


class TellOutcome(Action, frozen=True):
    """How a call that the phone ended came out."""

    call: str
    outcome: str


class Open(Action, frozen=True):
    """Open a scenario in the running call; at a step of it where a phrase was found and not the scenario."""

    scenario: str
    step: str = ""


class Say(Action, frozen=True):
    """`Enter`: the words were said; then the only or the preset answer is taken; an end step ends.

    `waits`: no answer is taken yet, as the caller of a drill speaks first.
    """

    waits: bool = False


class TakeAnswer(Action, frozen=True):
    """A digit from 1: the caller's answer, which also marks the phrase as said."""

    digit: int


class ChangeTime(Action, frozen=True):
    """The arrows: one step more (+1) or less (-1) of the time named in the phrase on screen."""

    direction: int


class SetLanguage(Action, frozen=True):
    """The call goes on in this language."""

    language: str


class NoteGap(Action, frozen=True):
    """`0`: nothing fits what the caller said."""

    gap: str


class FillGap(Action, frozen=True):
    """The caller's words for a gap, or, with no `gap`, a note about this call or the last."""

    note: str
    gap: str = ""


class MakePromise(Action, frozen=True):
    """`Enter` in the contact form: `seconds` were named to the caller, `note` holds the question."""

    promise: str
    contact: str
    seconds: int
    note: str = ""


class KeepPromise(Action, frozen=True):
    """The caller was informed; a late one needs its reason in `note`."""

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
    """Something to know about the promise stands in `note`."""

    promise: str
    note: str


class HandOver(Action, frozen=True):
    """These promises are another desk's from now on."""

    promises: tuple[str, ...]


class TakePromise(Action, frozen=True):
    """A promise of another desk is this desk's from now on; `notes` are those that came with it."""

    promise: Promise
    notes: tuple[str, ...] = ()


class End(Action, frozen=True):
    """The call is over with this outcome."""

    outcome: str


class Undo(Action, frozen=True):
    """`Esc`: take back the last key that changed the call."""


class CloseStale(Action, frozen=True):
    """Time passed: close calls that nobody touched for too long."""


class MoveTimes(Action, frozen=True):
    """The computer's clock was set `by` so many seconds: what stands moves along with it.

    But not the calls and promises named, which began after that.
    """

    by: float
    later: frozenset[str] = frozenset()


class Interrupt(Action, frozen=True):
    """These calls, which a restart would have gone on with, are over: another was begun meanwhile."""

    calls: tuple[Call, ...]


class SetStatus(Action, frozen=True):
    """The operator's status in «Линия 24»."""

    status: str


class LeaveSearch(Action, frozen=True):
    """Words were looked for and nothing was chosen; the call goes on as it was."""

    note: str
