"""The vocabulary of the journal: everything that can be recorded about a call, a promise, a status.

An event is a fact: it contains what applying it needs, so that yesterday replays the same after today's edit
of the scripts. Times are Unix seconds (UTC), durations are seconds. Caller numbers and free text are never
here, only the ids of their rows (`contact`, `note`), so that forgetting a caller breaks no history.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import field

from prompter.call.envelope import (
    CALL,
    GAP,
    LIVE,
    PRACTICE,
    PROMISE,
    SEARCH,
    STATUS,
    Body,
    Event,
    to_data,
)
from prompter.call.promise_events import (
    PromiseCalled,
    PromiseCancelled,
    PromiseChanged,
    PromiseHandedOver,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
    PromiseNotCalled,
    PromiseNoted,
    PromiseTaken,
)

__all__ = [
    "BODIES",
    "CALL",
    "GAP",
    "LIVE",
    "PRACTICE",
    "PROMISE",
    "SEARCH",
    "STATUS",
    "Answered",
    "Body",
    "CallStarted",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "ClockSuspended",
    "Connected",
    "ContactGiven",
    "Ended",
    "Entered",
    "Event",
    "GapFilled",
    "GapNoted",
    "GapsClosed",
    "LanguageSet",
    "NormJudged",
    "NoteTaken",
    "OutcomeTold",
    "Parked",
    "PromiseCalled",
    "PromiseCancelled",
    "PromiseChanged",
    "PromiseHandedOver",
    "PromiseKept",
    "PromiseMade",
    "PromiseMoved",
    "PromiseNotCalled",
    "PromiseNoted",
    "PromiseTaken",
    "Rang",
    "Released",
    "Resumed",
    "Returned",
    "RingStopped",
    "Said",
    "SearchLeft",
    "StatusSet",
    "TimeChosen",
    "TimesMoved",
    "Undone",
    "Voided",
    "to_data",
]
"""Re-exported, so that every kind of event is available here."""


class CallStarted(Body, frozen=True):
    """A call begins. `last_outcome` is how this number's previous call ended, at `last_at`, served by
    `last_operator`; `last_note` is the newest note of its earlier calls.

    `operator` serves this one; `phone` identifies the phone's call (a fingerprint, not a number).
    """

    TYPE: ClassVar[str] = "call_started"
    direction: str
    language: str
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""
    operator: str = ""
    phone: str = ""


class Rang(Body, frozen=True):
    """The phone rings for this operator, or she dials. If it is answered the call gets this `call` id."""

    TYPE: ClassVar[str] = "rang"
    phone: str
    direction: str
    language: str
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""


class RingStopped(Body, frozen=True):
    """The ringing stopped unanswered.

    `how`: missed (the caller gave up), rejected (declined here, which the standard forbids, slide 6),
    unserved (answered with two calls on screen), lost (no further report from the phone).
    """

    TYPE: ClassVar[str] = "ring_stopped"
    how: str


class Connected(Body, frozen=True):
    """The phone reports this call answered: it is real, and its end will be reported."""

    TYPE: ClassVar[str] = "connected"
    phone: str


class ContactGiven(Body, frozen=True):
    """The caller's contact became known during the call."""

    TYPE: ClassVar[str] = "contact_given"
    contact: str


class Entered(Body, frozen=True):
    """A step is reached. The call keeps its lowest `keep` frames and this step comes on top.

    `fresh` opens a new frame (a scenario begins), else the top frame moves on within its scenario. `how` is
    start, open or answer. `said`: the words were said before in this call and are not to be repeated.
    `opened` is the scenario that the operator chose, if `how` is open; it differs from `scenario` when the
    number's last call led elsewhere. `passed` is the number of answers offered on the step that was left for
    it.
    """

    TYPE: ClassVar[str] = "entered"
    step: str
    scenario: str
    how: str
    keep: int
    fresh: bool
    said: bool = False
    opened: str = ""
    passed: int = 0


class Returned(Body, frozen=True):
    """An interrupt is over: the call keeps its lowest `keep` frames, whose answers are offered again."""

    TYPE: ClassVar[str] = "returned"
    keep: int


class Said(Body, frozen=True):
    """The phrase of a step was said, or its duty done. `named` are the times given to the caller."""

    TYPE: ClassVar[str] = "said"
    step: str
    phrase: str
    language: str
    mark: str = ""
    named: dict[str, int] = field(default_factory=dict)


class Answered(Body, frozen=True):
    """The caller's answer, counted from 1 as on screen, and where it leads."""

    TYPE: ClassVar[str] = "answered"
    step: str
    answer: int
    go: str


class TimeChosen(Body, frozen=True):
    """The operator changed the time in the phrase on screen."""

    TYPE: ClassVar[str] = "time_chosen"
    norm: str
    seconds: int


class ClockStarted(Body, frozen=True):
    """A norm runs. `depth` is its frame's index; -1 is a quiet `respond` norm of the call itself."""

    TYPE: ClassVar[str] = "clock_started"
    norm: str
    kind: str
    depth: int
    limit: int
    warn: int
    deadline: float


class ClockStopped(Body, frozen=True):
    """A clock's step was left after `elapsed` running seconds, `late` seconds late, or 0."""

    TYPE: ClassVar[str] = "clock_stopped"
    norm: str
    kind: str
    depth: int
    elapsed: float
    late: float


class ClockSuspended(Body, frozen=True):
    """An interrupt broke in; `left` seconds remain (negative when over)."""

    TYPE: ClassVar[str] = "clock_suspended"
    norm: str
    depth: int
    left: float


class ClockResumed(Body, frozen=True):
    """The interrupt is over; the clock runs on to `deadline`."""

    TYPE: ClassVar[str] = "clock_resumed"
    norm: str
    depth: int
    deadline: float


class NormJudged(Body, frozen=True):
    """A `respond` norm was judged by the key that opened its scenario."""

    TYPE: ClassVar[str] = "norm_judged"
    norm: str
    limit: int
    seconds: float
    met: bool


class LanguageSet(Body, frozen=True):
    """The call goes on in another language."""

    TYPE: ClassVar[str] = "language_set"
    language: str


class GapNoted(Body, frozen=True):
    """Nothing fitted what the caller said at `step`; the words may be added later."""

    TYPE: ClassVar[str] = "gap_noted"
    gap: str
    step: str


class GapFilled(Body, frozen=True):
    """The caller's words were recorded for a gap."""

    TYPE: ClassVar[str] = "gap_filled"
    gap: str
    note: str


class GapsClosed(Body, frozen=True):
    """A trainer closed these: `gaps` are ids of gaps, or of events of abandoned searches.

    The `reason` is about the scripts, not a caller, and is kept as long as the event.
    """

    STREAM: ClassVar[str] = GAP
    TYPE: ClassVar[str] = "gaps_closed"
    gaps: tuple[str, ...]
    by: str
    reason: str


class NoteTaken(Body, frozen=True):
    """A free note about the call."""

    TYPE: ClassVar[str] = "note_taken"
    note: str


class Parked(Body, frozen=True):
    """The call waits while another one is served."""

    TYPE: ClassVar[str] = "parked"


class Resumed(Body, frozen=True):
    """The waiting call is served again."""

    TYPE: ClassVar[str] = "resumed"


class Ended(Body, frozen=True):
    """The call is over. `missed` are the required marks that were not made.

    `outcome` is "" for a call that was idle for too long (interrupted), and for one that the phone ended
    (`phone`) before its outcome was known: `outcome_told` adds it. The call counts as ended at `known`:
    nothing is known of an interrupted one since then, and a phone's end may be received later. 0 if the call
    ended when this was recorded, and in older records.
    """

    TYPE: ClassVar[str] = "ended"
    outcome: str
    requires: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    phone: bool = False
    known: float = 0.0


class Released(Body, frozen=True):
    """The phone ended a call that a key had ended before: it can no longer be undone."""

    TYPE: ClassVar[str] = "released"


class OutcomeTold(Body, frozen=True):
    """The outcome of a call that the phone had ended, added later; replaces the one in `ended`."""

    TYPE: ClassVar[str] = "outcome_told"
    outcome: str
    requires: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class Undone(Body, frozen=True):
    """The key press with this `cause` was undone."""

    TYPE: ClassVar[str] = "undone"
    undone: str


class Voided(Body, frozen=True):
    """The key that started the call was undone, or it was a test call: there was no call."""

    TYPE: ClassVar[str] = "voided"
    undone: str


class TimesMoved(Body, frozen=True):
    """The computer's clock was set: by its new time the call began at `started`; its other times shift along.

    Not a difference: two programs on one journal may both record it.
    """

    TYPE: ClassVar[str] = "times_moved"
    started: float


class StatusSet(Body, frozen=True):
    """The operator's status in «Линия 24», as she mirrors it."""

    STREAM: ClassVar[str] = STATUS
    TYPE: ClassVar[str] = "status_set"
    status: str


class SearchLeft(Body, frozen=True):
    """A search was left without a choice. `note` is what was typed, `step` is where the call was."""

    STREAM: ClassVar[str] = SEARCH
    TYPE: ClassVar[str] = "search_left"
    note: str
    step: str = ""


BODIES: dict[str, type[Body]] = {body.TYPE: body for body in Body.__subclasses__()}
"""Every event type by its recorded name."""
