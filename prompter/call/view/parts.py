"""What a screen shows, as data: header, tree, card, norms. Texts are the author's, in one language each.

Times of day are Unix seconds, durations are seconds; interface words are added when drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import NamedTuple

from msgspec import Struct, field

from prompter.call.words import Filled
from prompter.kb.model import Scenario

IDLE, TALKING = "idle", "talking"
"""States of the header between and in calls; during a limit it shows that norm's title."""

CURRENT, PAUSED, DONE, POSSIBLE, PLAIN = "current", "paused", "done", "possible", "plain"
"""Marks of a tree line."""

SAY, OWN, LISTEN = "say", "own", "listen"
"""Kinds of a card: approved words; a duty in own words; nothing to say."""

RUNNING, WARNING, OVER, SUSPENDED, OPEN, OVERDUE = (
    "running",
    "warning",
    "over",
    "suspended",
    "open",
    "overdue",
)
"""States of a line along the bottom: the first four of clocks; open, warning and overdue of promises."""


class Person(NamedTuple):
    """A caller as shown on the screen; both empty if unknown."""

    number: str = ""
    name: str = ""


NOBODY = Person()


class Viewer(Struct, frozen=True):
    """Who looks: the operator, her form ("m", "f", ""), department, phrases' and interface's language.

    `zone` is the local time zone, None for the machine's own.
    """

    operator: str = ""
    gender: str = ""
    department: str = ""
    language: str = ""
    ui: str = "ru"
    zone: tzinfo | None = None
    people: Mapping[str, Person] = field(default_factory=dict)

    def has(self, departments: tuple[str, ...]) -> bool:
        """Whether she sees what is limited to these departments; without a department she sees everything."""
        return not departments or not self.department or self.department in departments


class Header(Struct, frozen=True):
    """The top line.

    `title` is a running limit's, between calls the mirrored status; `elapsed` the call's seconds so far;
    `ringing` are unanswered callers, the first of them `dialled` by the operator herself.
    """

    state: str
    language: str
    title: str = ""
    clock: str = ""
    elapsed: float = 0.0
    person: Person = NOBODY
    outgoing: bool = False
    waiting: Person | None = None
    ringing: tuple[Person, ...] = ()
    dialled: bool = False


class TreeLine(Struct, frozen=True):
    """A scenario (`step` empty) or a step of the current one. `left` is its clock's time left."""

    scenario: str
    title: str
    mark: str = PLAIN
    key: str = ""
    step: str = ""
    left: float | None = None
    clock: str = ""


class PlainTree(Struct, frozen=True):
    """The tree of a base before anything was said or opened.

    `lines` are those of the viewer's department. By a scenario's number in the base's order: `scenarios`, and
    `before`, the number of lines above it. `special` are the numbers of scenarios that have a key or are
    shown in some calls only; their lines are made anew for every picture.
    """

    scenarios: tuple[Scenario, ...]
    lines: list[TreeLine]
    before: list[int]
    number: Mapping[str, int]
    special: frozenset[int]


class Spoken(Struct, frozen=True):
    """Words in one language: one or several wordings. `draft`: not approved."""

    language: str
    variants: tuple[Filled, ...]
    draft: bool = False


class AnswerLine(Struct, frozen=True):
    """An answer: its digit, its words, the title of the step where it leads, and the target itself."""

    digit: int
    when: str
    leads: str
    enter: bool = False
    highlighted: bool = False
    go: str = ""


class Card(Struct, frozen=True):
    """The step on screen.

    `spoken` are the words to say, None if there are none to show in any language; `unapproved`: because none
    of the step's words are approved. `instead` is the call's language if it has none and `spoken` is in
    another. `others` are the other languages with approved words, `lacking` those without. `later` is the
    phrase that comes after listening. `said_at` is when it was said, in seconds into the call; `before` is
    the title of the step that was said at `before_at`, so that the scenario opened here. `missing` are the
    sources of words not given (settings, gender, clock). `promise` is the norm of the form open here, `ends`
    the outcome of an end step. `timed`: the arrows change a time, `vanished`: the step is no longer in the
    scripts. `notice` is the trainer's temporary information. `ended_how` is how another operator ended this
    number's last call: the step's words are hers alone, and are not shown. `ended_by` is her name, "" if
    unknown.
    """

    step: str
    title: str
    kind: str
    spoken: Spoken | None = None
    unapproved: bool = False
    instead: str = ""
    others: tuple[Spoken, ...] = ()
    lacking: tuple[str, ...] = ()
    later: Spoken | None = None
    said: bool = False
    said_at: float | None = None
    before: str = ""
    before_at: float = 0.0
    do: Filled = ()
    never: tuple[str, ...] = ()
    answers: tuple[AnswerLine, ...] = ()
    missing: tuple[str, ...] = ()
    source: str = ""
    promise: str = ""
    ends: str = ""
    timed: bool = False
    vanished: bool = False
    ended_by: str = ""
    ended_how: str = ""
    notice: str = ""


class NormLine(Struct, frozen=True):
    """A clock or a promise. `left` is negative when over; `limit` is the length of the bar.

    `waiting` marks a clock of the second call, whose caller is `person`.
    """

    title: str
    kind: str
    state: str
    left: float
    limit: float
    promise: str = ""
    due: float = 0.0
    who: str = ""
    person: Person = NOBODY
    called: bool = False
    waiting: bool = False


class Reminded(Struct, frozen=True):
    """A reminder of the standard: a code of `view.statuses`, a status's title, a time of day."""

    code: str
    title: str
    until: str = ""


class EndedCall(Struct, frozen=True):
    """How the last call ended, while it can be undone. `outcome` "" is an interrupted one.

    A call ended by the phone (`hung`) is not undone: its outcome can be added or changed.
    """

    outcome: str
    missed: tuple[str, ...]
    hung: bool = False


class PreviousCall(Struct, frozen=True):
    """How this number's previous call ended, and the scenario that answers it."""

    outcome: str
    at: float
    today: bool
    key: str
    title: str


class Rings(Struct, frozen=True):
    """Who rings, or is dialled (`outgoing`), and what is known of that number.

    `last_at` is when its previous call ended, 0.0 for none; `last_outcome` how, "" if unknown. `due` is until
    when it is owed a call, 0.0 if not.
    """

    person: Person
    outgoing: bool
    language: str
    last_at: float = 0.0
    last_today: bool = False
    last_outcome: str = ""
    due: float = 0.0


class DeskView(Struct, frozen=True):
    """Everything on the operator's screen.

    `enter` is what the key does now: start, said, answer, end, form or "" (nothing). `undo`: there is a key
    to undo, `gaps`: how many have no words yet, `untold`: how many calls ended by the phone have no outcome
    yet. `rings` is who rings between calls.
    """

    header: Header
    tree: tuple[TreeLine, ...]
    card: Card
    norms: tuple[NormLine, ...]
    enter: str
    undo: bool
    ended: EndedCall | None = None
    previous: PreviousCall | None = None
    gaps: int = 0
    reminder: Reminded | None = None
    untold: int = 0
    rings: Rings | None = None
