"""The vocabulary of the journal: everything that can be recorded about a call, a promise, a status.

An event is a fact: it carries what applying it needs, so that yesterday replays the same after
today's edit of the scripts. Times are Unix seconds (UTC), durations are seconds. Caller numbers and
free text are never here, only the ids of their rows (`contact`, `note`), so that forgetting a caller
breaks no history.
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
"""From the modules beside this one: here is every kind of event."""


class CallStarted(Body, frozen=True):
    """A call begins. `last_outcome` is how this number's previous call ended, at `last_at`, `last_operator`
    who served it.

    `operator` is who serves it; `phone` tells the phone's calls apart (a fingerprint, no number).
    """

    TYPE: ClassVar[str] = "call_started"
    direction: str
    language: str
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    operator: str = ""
    phone: str = ""


class Rang(Body, frozen=True):
    """The phone rings for this operator, or she dials. If it is answered the call bears this `call`."""

    TYPE: ClassVar[str] = "rang"
    phone: str
    direction: str
    language: str
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""


class RingStopped(Body, frozen=True):
    """It rings no more, unanswered.

    `how`: missed (the caller gave up), rejected (declined here, which the standard forbids, slide 6),
    unserved (answered with two calls on screen), lost (the phone told no more).
    """

    TYPE: ClassVar[str] = "ring_stopped"
    how: str


class Connected(Body, frozen=True):
    """The phone says that this call was answered: it is real, and the phone will tell its end."""

    TYPE: ClassVar[str] = "connected"
    phone: str


class ContactGiven(Body, frozen=True):
    """The caller's contact became known during the call."""

    TYPE: ClassVar[str] = "contact_given"
    contact: str


class Entered(Body, frozen=True):
    """A step is reached. The call keeps its lowest `keep` frames and this step comes on top.

    `fresh` opens a new frame (a scenario begins), else the top frame moves on within its scenario.
    `how` is start, open or answer. `said` is true where the words were said before in this call
    and are not to be repeated. `opened` is the scenario that the operator chose, where `how` is open;
    it differs from `scenario` when the number's last call led elsewhere. `passed` is how many answers were
    offered on the step that was left for it.
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
    """An interrupt is over: the call keeps its lowest `keep` frames, whose answers wait again."""

    TYPE: ClassVar[str] = "returned"
    keep: int


class Said(Body, frozen=True):
    """The phrase of a step was said, or its duty done. `named` are times told to the caller."""

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
    """A clock's step was left after `elapsed` running seconds; `late` by so many, or 0."""

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
    """The caller's words were written down for a gap."""

    TYPE: ClassVar[str] = "gap_filled"
    gap: str
    note: str


class GapsClosed(Body, frozen=True):
    """A trainer is done with these: `gaps` are ids of gaps, or of events that a search was left.

    The `reason` speaks of the scripts, not of a caller, and is kept as long as the event.
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

    `outcome` is "" for a call that nobody touched for too long (interrupted), and for one that the phone
    ended (`phone`) before its outcome was known: `outcome_told` brings it. What is counted of the call ends
    at `known`: of an interrupted one nothing is known since then, and the phone may have told an end when
    nobody heard it. 0 where the call ended just when this was recorded, and in older records.
    """

    TYPE: ClassVar[str] = "ended"
    outcome: str
    requires: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    phone: bool = False
    known: float = 0.0


class Released(Body, frozen=True):
    """The phone ended a call that a key had ended before: nothing of it can be taken back any more."""

    TYPE: ClassVar[str] = "released"


class OutcomeTold(Body, frozen=True):
    """How a call that the phone had ended came out, told afterwards; in the place of what `ended` said."""

    TYPE: ClassVar[str] = "outcome_told"
    outcome: str
    requires: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class Undone(Body, frozen=True):
    """The key press with this `cause` was taken back."""

    TYPE: ClassVar[str] = "undone"
    undone: str


class Voided(Body, frozen=True):
    """The key that started the call was taken back, or it was a pretended one: there was no call."""

    TYPE: ClassVar[str] = "voided"
    undone: str


class TimesMoved(Body, frozen=True):
    """The computer's clock was set: by its new time the call began at `started`, its other times move along.

    Not by how much: two programs on one journal may both record it.
    """

    TYPE: ClassVar[str] = "times_moved"
    started: float


class StatusSet(Body, frozen=True):
    """The operator's status in «Линия 24», as she mirrors it."""

    STREAM: ClassVar[str] = STATUS
    TYPE: ClassVar[str] = "status_set"
    status: str


class SearchLeft(Body, frozen=True):
    """A search was left without a choice. `note` holds what was typed, `step` is where the call stood."""

    STREAM: ClassVar[str] = SEARCH
    TYPE: ClassVar[str] = "search_left"
    note: str
    step: str = ""


BODIES: dict[str, type[Body]] = {body.TYPE: body for body in Body.__subclasses__()}
"""Every event type by its recorded name."""
