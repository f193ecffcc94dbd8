"""The knowledge base as the program uses it: immutable, resolved, free of YAML.

Everything here is plain data made by `kb.build` or read back by `kb.revision`; it imports neither PyYAML nor
the reader, so a start from a compiled revision pays for neither.

Durations are whole seconds. A *language* is one of `KnowledgeBase.languages` ("ru", "ky").
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Texts = Mapping[str, str]
"""One text per language: titles, duties, answers. A language may be missing."""

Lists = Mapping[str, tuple[str, ...]]
"""Several texts per language: what never to say, what callers say."""

Ideas = Mapping[str, tuple[tuple[str, ...], ...]]
"""The ideas of a phrase per language, each as its synonyms: patterns as read by `text.patterns`."""

TALK = "talk"
RETURN = "return"
"""Reserved targets of `go`: the talk step; the step that an interrupt broke into."""

RESPOND, LIMIT, WAIT, PROMISE = "respond", "limit", "wait", "promise"
"""Kinds of a norm: see `Norm`."""

SILENT = "silent"
MOODS = ("rude", "shouting", "drunk", SILENT, "flirting")
"""Moods of a caller that a scenario may answer (`Scenario.mood`)."""

OPERATOR, MANAGER = "operator", "manager"
"""Who keeps a promise."""


def in_force(until: str, today: str) -> bool:
    """Whether something valid `until` a day still is `today`; both are ISO dates, "" means no end."""
    return not until or today <= until


class Authored(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the trainer wrote. Fields with their default value are omitted from a revision's file.

    None of it can be part of a reference cycle, so the garbage collector skips it: scanning 10,000 phrases
    would delay a key by 60 ms.
    """


class Wording(Authored, frozen=True):
    """One spoken text of a phrase in one language.

    `hash` identifies the text (see `kb.approvals.text_hash`); `approved`: the ledger holds exactly this text.
    `{braces}` in `text` name `Word`s.
    """

    text: str
    hash: str
    approved: bool


class Phrase(Authored, frozen=True):
    """The words of a step: one or several wordings per language, all of them shown.

    `id` is the `scenario.step` that owns the words, even if another step borrows them.
    """

    id: str
    wordings: Mapping[str, tuple[Wording, ...]]


class Answer(Authored, frozen=True):
    """What the caller does next. `go` is a resolved target: `scenario.step`, `talk` or `return`."""

    when: Texts
    go: str
    enter: bool = False
    replies: Lists = field(default_factory=dict)


class Step(Authored, frozen=True):
    """One thing to say or do, and what comes next.

    With `say` a phrase; with `do` alone a duty in the operator's own words; with `listen` nothing to say.
    `notice` is temporary information, shown up to the day `until` (`2026-12-31`); see `in_force`. `clock` and
    `promise` name norms, `marks` a mark, `end` an outcome; `again` and `late` are resolved steps
    (`scenario.step`). `must` are the ideas that a trainee has to express, if the words are the step's own. An
    empty string means "none".
    """

    id: str
    scenario: str
    title: Texts
    say: Phrase | None = None
    do: Texts = field(default_factory=dict)
    never: Lists = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    listen: bool = False
    clock: str = ""
    late: tuple[str, ...] = ()
    marks: str = ""
    once: bool = False
    again: str = ""
    promise: str = ""
    end: str = ""
    source: str = ""
    notice: Texts = field(default_factory=dict)
    until: str = ""
    must: Ideas = field(default_factory=dict)


class Scenario(Authored, frozen=True):
    """One situation. `steps` are ids (`scenario.step`) in order; the first one opens it.

    `key` is "F2" to "F9" or "". `after` maps an outcome of this number's last call to the step that the first
    opening leads to. Empty `departments` means all of them. `mood` is that of simulated callers for whom this
    scenario is right, "" for none; `caller` lines that begin with a dash are spoken verbatim.
    """

    id: str
    title: Texts
    steps: tuple[str, ...]
    key: str = ""
    interrupt: bool = False
    source: str = ""
    caller: Lists = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    mood: str = ""

    @property
    def first(self) -> str:
        """The step that opens the scenario."""
        return self.steps[0]


class Norm(Authored, frozen=True):
    """A named limit of the company's standard.

    kind `limit`: a clock with a breach (hold); `respond`: quiet, judged only at the key that opens a scenario
    using it, counted from the mark `since`; `wait`: a pause, no bell, no breach; `promise`: outlives the
    call, kept by `who`. `step` is how far the arrows change it, 0 if fixed. `asked` are search queries for
    it, `source` the slide.
    """

    id: str
    title: Texts
    kind: str
    limit: int
    warn: int = 0
    step: int = 0
    since: str = ""
    who: str = OPERATOR
    asked: Lists = field(default_factory=dict)
    source: str = ""


class Outcome(Authored, frozen=True):
    """How a call ended. `requires` are marks; `promised` replaces it if a promise was made."""

    id: str
    title: Texts
    requires: tuple[str, ...] = ()
    promised: str = ""


class Word(Authored, frozen=True):
    """What a {brace} is replaced by.

    `source` is `settings` (the operator's name), `gender` (`forms[language]["m"|"f"]`), `clock`
    (`forms[language]["05:00"]`: whole words from that local time on) or `operator` (a duration that she sets
    with the arrows: `norm` and `default`, shown as whole minutes).
    """

    id: str
    source: str
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    norm: str = ""
    default: int = 0


class Article(Authored, frozen=True):
    """Reference text. In `text` a line that begins with "- " is a list item.

    `asked` are search queries for it. Empty `departments` means all of them. `until` is the last day
    (`2026-12-31`) on which it is shown, "" if there is none.
    """

    id: str
    title: Texts
    text: Texts
    asked: Lists = field(default_factory=dict)
    departments: tuple[str, ...] = ()
    source: str = ""
    until: str = ""


class Status(Authored, frozen=True):
    """A status of the telephone line (slides 2 and 6).

    `daily`: to be used every working day, with a reminder after `remind` seconds of it (0 never). `forbidden`
    are the departments that must not use it, even if `daily`; empty means none. `after_call`: operators
    return to it after a call. `closed` are the hours in which it is not set, "10:00" to "12:00".
    """

    id: str
    title: Texts
    daily: bool = False
    remind: int = 0
    after_call: bool = False
    closed: Mapping[str, str] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    rule: Texts = field(default_factory=dict)
    asked: Lists = field(default_factory=dict)
    source: str = ""


class Forbidden(Authored, frozen=True):
    """An expression that operators must not use or, without a `pattern`, a manner of speaking.

    `pattern` is read by `text.patterns`: up to `window` other words between its words, in any order unless
    `ordered`; `unless` are the exceptions. What to say instead is `instead`, or the words of the step
    `phrase` (`scenario.step`, "" for none).
    """

    id: str
    title: Texts
    why: Texts
    pattern: Lists = field(default_factory=dict)
    window: int = 1
    ordered: bool = True
    unless: Lists = field(default_factory=dict)
    instead: Texts = field(default_factory=dict)
    phrase: str = ""
    departments: tuple[str, ...] = ()
    source: str = ""


class Practice(Authored, frozen=True):
    """How drills are marked: the pass mark of an exam, of 100, and the weights of the parts of a mark.

    Parts not named weigh what `practice.callmark.WEIGHTS` says.
    """

    pass_mark: int = 80
    weights: Mapping[str, int] = field(default_factory=dict)


class KnowledgeBase(Authored, frozen=True):
    """Everything the trainer wrote, checked and resolved. `revision` is the hash that identifies it.

    Maps are in display order. `approvers` may approve texts in their language; anybody may if a language has
    none.
    """

    revision: str
    company: str
    languages: tuple[str, ...]
    open: str
    outgoing: str
    talk: str
    show_drafts: bool
    departments: Mapping[str, Texts]
    marks: Mapping[str, Texts]
    norms: Mapping[str, Norm]
    outcomes: Mapping[str, Outcome]
    words: Mapping[str, Word]
    scenarios: Mapping[str, Scenario]
    steps: Mapping[str, Step]
    articles: Mapping[str, Article] = field(default_factory=dict)
    statuses: Mapping[str, Status] = field(default_factory=dict)
    forbidden: Mapping[str, Forbidden] = field(default_factory=dict)
    practice: Practice = Practice()
    approvers: Lists = field(default_factory=dict)

    def step_scenario(self, step: str) -> Scenario:
        """The scenario that owns a step id."""
        return self.scenarios[self.steps[step].scenario]

    @property
    def greeting_step(self) -> str:
        """The step that is ready between calls."""
        return self.scenarios[self.open].first

    @property
    def talk_step(self) -> str:
        """The step where a call rests in between scenarios."""
        return self.scenarios[self.talk].first
