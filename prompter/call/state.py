"""The state of a desk: calls, promises, gaps, status. Immutable; changed only by `apply`.

Times are Unix seconds (UTC), durations are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

OPEN, CALLED, KEPT, KEPT_LATE, CANCELLED = "open", "called", "kept", "kept-late", "cancelled"
HANDED_OVER = "handed-over"
"""States of a promise. One handed over is at another desk."""

PENDING = (OPEN, CALLED)
"""In these somebody still has to call."""

STATUSES = 60
"""How many recent statuses are kept: more than anybody sets in a day."""

UNDO_END_SECONDS = 5
"""How long after its end a call can be undone: as long as its line is shown."""

INCOMING, OUTGOING = "incoming", "outgoing"

PRETENDED = "pretended-"
"""Prefix of `Call.phone` for a test call, which is not recorded. No phone can send it: its ids are hashed."""


class NormClock(Struct, frozen=True):
    """A norm running in a call to `deadline`; `suspended` is the time left when an interrupt came."""

    norm: str
    kind: str
    limit: int
    warn: int
    deadline: float
    suspended: float | None = None

    def left(self, now: float) -> float:
        """Seconds until the deadline; negative when it is over."""
        return self.deadline - now if self.suspended is None else self.suspended

    def moved(self, by: float) -> NormClock:
        """The clock after all clocks were set `by` seconds forward."""
        return replace(self, deadline=self.deadline + by)


class Frame(Struct, frozen=True):
    """One opened scenario and its current step.

    `revision` is the base whose words are on screen. `chosen` are the times set with the arrows, `named`
    those then given to the caller, both by norm, since the scenario was opened.
    """

    scenario: str
    step: str
    revision: str
    said: bool = False
    chosen: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    clock: NormClock | None = None


class Call(Struct, frozen=True):
    """One call. `frames` are the opened scenarios, the current one last.

    `said` maps each step to when its words were first said. `previous` is the call before its last key press
    (`cause`): undoing a key returns to it. `opened` are the scenarios opened by the operator so far,
    `promises` those made by keys not undone. `touched` is the time of the last event. `outcome` is None while
    the call goes on. `phone` is the phone's id of the call, `connected`: the phone reports it answered,
    `hung`: the phone ended it; `operator` serves it. `last_note` is the newest note of this number's earlier
    calls.
    """

    id: str
    direction: str
    language: str
    started: float
    touched: float
    cause: str
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""
    frames: tuple[Frame, ...] = ()
    said: Mapping[str, float] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    opened: tuple[str, ...] = ()
    quiet: tuple[NormClock, ...] = ()
    gaps: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    outcome: str | None = None
    missed: tuple[str, ...] = ()
    ended: float = 0.0
    back: bool = False
    operator: str = ""
    phone: str = ""
    connected: bool = False
    hung: bool = False
    previous: Call | None = None

    @property
    def frame(self) -> Frame:
        """The frame on top: what is on screen."""
        return self.frames[-1]

    def moved(self, by: float) -> Call:
        """The call, and what Esc returns to, after all clocks were set `by` seconds forward."""
        older, call = [], self.previous
        while call:  # a loop: a long call has more keys than Python allows nested calls
            older.append(call)
            call = call.previous
        previous: Call | None = None
        for one in (*reversed(older), self):
            previous = replace(_moved(one, by), previous=previous)
        assert previous is not None
        return previous


def _moved(call: Call, by: float) -> Call:
    return replace(
        call,
        started=call.started + by,
        touched=call.touched + by,
        ended=call.ended and call.ended + by,
        said={step: at + by for step, at in call.said.items()},
        frames=tuple(replace(f, clock=f.clock and f.clock.moved(by)) for f in call.frames),
        quiet=tuple(clock.moved(by) for clock in call.quiet),
    )


class Promise(Struct, frozen=True):
    """A call-back that is owed: `who` calls `contact` until `due`. `limit` is the time named, from `made`.

    `note` is the question, `notes` what was written down since; `handed` tells how often it went from one
    desk to another. `operator` promised it, "" where that is not known. `called` is when the last call to
    keep it began, 0.0 for none.
    """

    id: str
    call: str
    norm: str
    who: str
    contact: str
    note: str
    language: str
    made: float
    due: float
    limit: int
    warn: int
    state: str = OPEN
    notes: tuple[str, ...] = ()
    handed: int = 0
    operator: str = ""
    called: float = 0.0

    @property
    def is_pending(self) -> bool:
        """Whether somebody still has to call."""
        return self.state in PENDING


class Gap(Struct, frozen=True):
    """A caller's words that nothing fitted; they are still to be recorded."""

    id: str
    call: str
    step: str
    at: float


class Ringing(Struct, frozen=True):
    """A call that rings (or is dialled) since `at`, and what is known of the other party."""

    call: str
    phone: str
    direction: str
    language: str
    at: float
    contact: str = ""
    promise: str = ""
    last_outcome: str = ""
    last_at: float = 0.0
    last_operator: str = ""
    last_note: str = ""


MOST_UNTOLD = 60
"""Most calls whose outcome is still asked: more than a busy hour has."""


class DeskState(Struct, frozen=True):
    """One operator's work place. `last` is the call that ended last; `promises` are the open ones.

    `ringing` are the calls not yet answered, `untold` those ended by the phone with an outcome still to be
    added, both oldest first. `statuses` are recently set statuses with their times.
    """

    active: Call | None = None
    waiting: Call | None = None
    last: Call | None = None
    promises: tuple[Promise, ...] = ()
    gaps: tuple[Gap, ...] = ()
    status: str = ""
    statuses: tuple[tuple[str, float], ...] = ()
    ringing: tuple[Ringing, ...] = ()
    untold: tuple[Call, ...] = ()

    @property
    def calls(self) -> tuple[Call, ...]:
        """Those that exist of: active, waiting, last."""
        return tuple(call for call in (self.active, self.waiting, self.last) if call)

    def promise(self, id_: str) -> Promise | None:
        """The open promise with this id."""
        return next((p for p in self.promises if p.id == id_), None)

    def promises_of(self, call: str) -> tuple[Promise, ...]:
        """The open promises made in this call."""
        return tuple(p for p in self.promises if p.call == call)

    def live(self) -> frozenset[tuple[str, str]]:
        """Everything whose events a restart must read: ("call"|"promise"|"gap", id)."""
        ids = [*(call.id for call in (*self.calls, *self.untold)), *(ring.call for ring in self.ringing)]
        calls = {("call", id_) for id_ in ids}
        promises = {("promise", p.id) for p in self.promises}
        return frozenset(calls | promises | {("gap", g.id) for g in self.gaps})


def to_change(state: DeskState, norm: str) -> Promise | None:
    """The active call's promise whose key was undone; resubmitting the form changes it, adding none."""
    call = state.active
    made = state.promises_of(call.id) if call else ()
    return next((p for p in made if call and p.norm == norm and p.id not in call.promises), None)


def to_tell(state: DeskState) -> Call | None:
    """The call whose outcome can be added between calls: the latest without one, else the last if the phone
    ended it and its outcome was only guessed."""
    if state.untold:
        return state.untold[-1]
    return state.last if state.last and state.last.hung else None
