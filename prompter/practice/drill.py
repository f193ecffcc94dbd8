"""A drill: its kinds, its progress, who rings next, how much of a card is shown. Pure.

Everything follows from the drill's events, so that an interrupted one resumes seamlessly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call.events import Ended, Event, TimesMoved, Undone, Voided
from prompter.call.view.parts import Card, Spoken
from prompter.call.words import Filled, Fragment
from prompter.kb.model import KnowledgeBase
from prompter.practice.caller import Caller, caller_of, complaining

SHIFT_SECONDS = 600
"""The length of a shift; those who rang by then are still served."""

EXAM_CALLS = 6
"""How many callers an exam has."""

EXAM_SEED = 1
"""The exam that everybody takes, unless the trainer sets another."""

ONE_CALL = 1

_SHOWN_WORDS = 2
"""How many words of a phrase its first level shows."""

_HOW_LONG: Mapping[str, tuple[int, int]] = {
    d.SCENARIO: (ONE_CALL, 0),
    d.SHIFT: (0, SHIFT_SECONDS),
    d.EXAM: (EXAM_CALLS, 0),
    d.COACH: (ONE_CALL, 0),
    d.CARDS: (0, 0),
}
"""For each kind, the number of callers, and for how many seconds they come."""


def setup(
    kind: str, drill: str, trainee: str, language: str, seed: int, pass_mark: int = 80, **chosen: str
) -> d.DrillBegan:
    """The setup of a drill. `chosen`: level, way, scenario, coach, if not the defaults.

    `pass_mark` is required in an exam, of 100. An exam is always without hints and typed: nobody marks
    herself in it.
    """
    calls, limit = _HOW_LONG[kind]
    exam = kind == d.EXAM
    return d.DrillBegan(
        drill=drill,
        kind=kind,
        trainee=trainee,
        level=d.HIDDEN if exam else chosen.get("level") or d.VISIBLE,
        way=d.TYPED if exam else chosen.get("way") or d.ALOUD,
        language=language,
        seed=seed,
        scenario=chosen.get("scenario", ""),
        calls=calls,
        limit=limit,
        pass_mark=pass_mark if exam else 0,
        coach=chosen.get("coach", ""),
    )


class Progress(Struct, frozen=True):
    """The progress of a drill. `spoken` is what the current call's caller said, by place.

    `before` is what earlier callers said. `turns` counts the callers so far, `given` are the phrases,
    `elapsed` the seconds that the drill ran, without pauses. `rung` is the current or last caller's ring,
    `outcome` how that call ended, None while it lasts.
    """

    setup: d.DrillBegan
    began: float
    last: float
    elapsed: float = 0.0
    turns: int = 0
    spoken: tuple[d.CallerSpoke, ...] = ()
    before: tuple[str, ...] = ()
    rung: d.CallerRang | None = None
    outcome: str | None = None
    given: tuple[d.PhraseGiven, ...] = ()
    paused: bool = False
    ended: d.DrillEnded | None = None


def begin(event: Event) -> Progress:
    """The progress of a drill that begins with this event."""
    assert isinstance(event.body, d.DrillBegan)
    return Progress(event.body, event.at, event.at)


def follow(now: Progress, event: Event) -> Progress:
    """The progress after one more event of the drill."""
    body = event.body
    still = now.paused or isinstance(body, (TimesMoved, d.DrillPaused, d.DrillResumed))
    passed = 0.0 if still else event.at - now.last
    now = replace(now, last=event.at, elapsed=now.elapsed + max(0.0, passed))
    if isinstance(body, d.CallerRang):
        return replace(now, rung=body, turns=body.turn + 1, spoken=(), before=_all_spoken(now), outcome=None)
    if isinstance(body, d.CallerSpoke):
        return replace(now, spoken=(*now.spoken, body))
    if isinstance(body, d.PhraseGiven):
        return replace(now, given=(*now.given, body))
    if isinstance(body, Ended):
        return replace(now, outcome=body.outcome)
    if isinstance(body, (Undone, Voided)):
        # after the end of a call Esc brings it back; a voided one is answered anew
        return replace(now, outcome=None, turns=now.turns - isinstance(body, Voided))
    if isinstance(body, (d.DrillPaused, d.DrillResumed)):
        return replace(now, paused=isinstance(body, d.DrillPaused))
    if isinstance(body, d.DrillEnded):
        return replace(now, ended=body)
    return now


def _all_spoken(now: Progress) -> tuple[str, ...]:
    return (*now.before, *(one.text for one in now.spoken))


def progress_of(events: Iterable[Event]) -> Progress | None:
    """The progress after the events of one drill; None without its beginning."""
    found: Progress | None = None
    for event in events:
        if isinstance(event.body, d.DrillBegan):
            found = begin(event)
        elif found is not None:
            found = follow(found, event)
    return found


def over(now: Progress) -> bool:
    """Whether nobody rings any more."""
    setup_ = now.setup
    enough = bool(setup_.calls) and now.turns >= setup_.calls
    late = bool(setup_.limit) and now.elapsed >= setup_.limit
    return setup_.kind == d.CARDS or enough or late


def next_caller(now: Progress, base: KnowledgeBase, departments: tuple[str, ...]) -> Caller | None:
    """The next caller, None if there is none. In a shift one whose call was ended may ring once more."""
    if over(now):
        return None
    if now.setup.kind == d.SHIFT and now.rung and not now.rung.again and now.outcome:
        before = caller_at(now, base, departments, now.rung)
        again = complaining(base, before, now.outcome)
        if again:
            return again
    made = caller_of(base, now.setup.seed, now.turns, now.setup.language, departments, now.setup.scenario)
    return replace(made, avoids=_all_spoken(now))


def caller_at(now: Progress, base: KnowledgeBase, departments: tuple[str, ...], rung: d.CallerRang) -> Caller:
    """The caller of a ring that is in the journal."""
    turn = rung.turn - rung.again
    made = caller_of(base, now.setup.seed, turn, now.setup.language, departments, now.setup.scenario)
    if not rung.again:
        return replace(made, avoids=now.before)
    return Caller(
        f"{made.key}/again", rung.mood, rung.language, rung.meant, rung.number, rung.name, again=True
    )


# What is shown


def covered(card: Card, level: str, revealed: bool = False) -> Card:
    """The card as shown to a trainee at this level before (or after, `revealed`) she gave the phrase."""
    if level == d.VISIBLE or revealed or card.said:
        return replace(card, later=None) if level != d.VISIBLE and not revealed else card
    spoken = _hidden(card.spoken, level) if card.spoken else None
    return replace(card, spoken=spoken, others=(), lacking=(), later=None)


def _hidden(spoken: Spoken, level: str) -> Spoken:
    if level == d.HIDDEN:
        return replace(spoken, variants=((Fragment("…"),),))
    return replace(spoken, variants=tuple(_first_words(one) for one in spoken.variants))


def _first_words(text: Filled) -> Filled:
    words = "".join(fragment.text for fragment in text).split()
    return (Fragment(" ".join(words[:_SHOWN_WORDS]) + " …"),)
