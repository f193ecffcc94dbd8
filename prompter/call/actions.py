"""What the operator can do: the typed vocabulary between keys (or a phone) and the rules.

Ids of contacts, notes, calls and promises are made at the desk before the rules are asked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done by the operator, by her phone or by time."""


@dataclass(frozen=True, slots=True)
class Start(Action):
    """A call begins. `greeted` counts the greeting as said at once.

    `scenario` is then opened in it ("" for none). During a call the present one is parked.
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


@dataclass(frozen=True, slots=True)
class Open(Action):
    """Open a scenario in the running call."""

    scenario: str


@dataclass(frozen=True, slots=True)
class Say(Action):
    """`Enter`: the words were said; then the only or the preset answer is taken; an end step ends."""


@dataclass(frozen=True, slots=True)
class TakeAnswer(Action):
    """A digit from 1: the caller's answer, which also marks the phrase as said."""

    digit: int


@dataclass(frozen=True, slots=True)
class ChangeTime(Action):
    """The arrows: one step more (+1) or less (-1) of the time named in the phrase on screen."""

    direction: int


@dataclass(frozen=True, slots=True)
class SetLanguage(Action):
    """The call goes on in this language."""

    language: str


@dataclass(frozen=True, slots=True)
class NoteGap(Action):
    """`0`: nothing fits what the caller said."""

    gap: str


@dataclass(frozen=True, slots=True)
class FillGap(Action):
    """The caller's words for a gap, or, with no `gap`, a note about this call or the last."""

    note: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class MakePromise(Action):
    """`Enter` in the contact form: `seconds` were named to the caller, `note` holds the question."""

    promise: str
    contact: str
    seconds: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeepPromise(Action):
    """The caller was informed; a late one needs its reason in `note`."""

    promise: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CancelPromise(Action):
    """Nobody will call back, for the reason in `note`."""

    promise: str
    note: str


@dataclass(frozen=True, slots=True)
class End(Action):
    """The call is over with this outcome."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Undo(Action):
    """`Esc`: take back the last key that changed the call."""


@dataclass(frozen=True, slots=True)
class CloseStale(Action):
    """Time passed: close calls that nobody touched for too long."""


@dataclass(frozen=True, slots=True)
class SetStatus(Action):
    """The operator's status in «Линия 24»."""

    status: str
