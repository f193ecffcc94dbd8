"""The simulated caller of a drill: who rings, and what he says at each point of the call.

Pure: everything follows from the seed, the number of the call in the drill, the base, and the state of the
call. The same drill with the same keys is the same conversation, even after a restart in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from prompter.call.bases import Bases
from prompter.call.drill_events import CallerSpoke
from prompter.call.offers import Offer, offers
from prompter.call.phrases import lists_in, text_in
from prompter.call.state import Call
from prompter.kb.model import RETURN, SILENT, TALK, KnowledgeBase, Scenario, Step

CALM, CONFUSED = "calm", "confused"
"""Moods without a scenario of their own; the others are the base's (`kb.model.MOODS`)."""

DASH = "— "
"""Begins those `caller:` lines that are spoken verbatim; the others describe what is heard."""

NAMES = ("Нурлан", "Айжан", "Бакыт", "Марина", "Алексей", "Гүлнара", "Темир", "Ольга", "Азамат", "Жылдыз")
_CODES = (500, 555, 700, 705, 770, 999)

_LONG = 14
"""After this many lines a caller has had enough, and takes the shortest way out."""

REMINDS = 15.0
"""Seconds after which he repeats what he came for."""

_HOLD = (6.0, 25.0)
"""After how many seconds on hold, at random, what he asked for is found."""


class Caller(Struct, frozen=True):
    """Who rings. `meant` is the scenario that he comes with, `outburst` the one that answers his mood.

    `early`: the mood shows at once, else in the middle of something. `again`: he rings once more, to
    complain. `avoids` is what earlier callers said: he uses other words while the base has any.
    """

    key: str
    mood: str
    language: str
    meant: str
    number: str
    name: str
    outburst: str = ""
    early: bool = False
    again: bool = False
    avoids: tuple[str, ...] = ()


class CallerLine(Struct, frozen=True):
    """What the caller says, or (`heard`) what is heard of him, `after` so many seconds.

    `meant` is the scenario that answers it, or "" if the step's `answer` (from 1) does.
    """

    text: str
    meant: str = ""
    answer: int = 0
    heard: bool = False
    after: float = 0.0


# Who rings


def topics(base: KnowledgeBase, departments: Sequence[str] = ()) -> list[Scenario]:
    """The scenarios with which somebody may ring the operators of these departments (empty: all)."""
    closing = closing_scenario(base)
    apart = {base.open, base.talk, base.outgoing, closing.id if closing else ""}
    return [
        one
        for one in base.scenarios.values()
        if one.caller and one.id not in apart and _theirs(one, departments)
    ]


def _theirs(scenario: Scenario, departments: Sequence[str]) -> bool:
    return not scenario.departments or not departments or bool(set(scenario.departments) & set(departments))


def closing_scenario(base: KnowledgeBase) -> Scenario | None:
    """The scenario that brings an ordinary call to its end: no interrupt, and one of its steps ends calls."""
    apart = (base.open, base.talk, base.outgoing)
    return next(
        (
            one
            for one in base.scenarios.values()
            if not one.interrupt and one.id not in apart and any(base.steps[s].end for s in one.steps)
        ),
        None,
    )


def caller_of(
    base: KnowledgeBase,
    seed: int,
    turn: int,
    language: str,
    departments: Sequence[str] = (),
    scenario: str = "",
) -> Caller:
    """Caller number `turn` (from 0) of the drill with this seed; always with `scenario` if that is given.

    No two callers come with the same topic while others are left. With a given scenario the mood shows in
    mid-call, so that the scenario is reached.
    """
    rng = Random(f"{seed}/{turn}")
    possible = topics(base, departments)
    order = list(possible)
    Random(f"{seed}").shuffle(order)
    meant = base.scenarios[scenario] if scenario else order[turn % len(order)] if order else None
    answering = {one.mood: one.id for one in possible if one.mood}
    mood = meant.mood if meant and meant.mood else _mood(rng, answering)
    return Caller(
        key=f"{seed}/{turn}",
        mood=mood,
        language=language,
        meant=meant.id if meant else "",
        number=f"0{rng.choice(_CODES)}00{rng.randrange(10**4):04}",
        name=rng.choice(NAMES),
        outburst=meant.id if meant and meant.mood else answering.get(mood, ""),
        early=mood == SILENT or (not scenario and rng.random() < 0.4),
    )


def _mood(rng: Random, answering: dict[str, str]) -> str:
    if rng.random() < 0.4:
        return CALM
    return rng.choice([CONFUSED, *sorted(answering)])


def complaining(base: KnowledgeBase, caller: Caller, outcome: str) -> Caller | None:
    """The same person ringing again because of how the call ended; None if no scenario is for that."""
    steps = [one.after[outcome] for one in base.scenarios.values() if outcome in one.after]
    if not steps or Random(f"{caller.key}/again").random() < 0.25:
        return None
    meant = base.steps[steps[0]].scenario
    return Caller(f"{caller.key}/again", CALM, caller.language, meant, caller.number, caller.name, again=True)


# What he says


def place_of(call: Call) -> str:
    """Key of the call's position for the caller; identical again only after an undo."""
    frames = ">".join(f"{frame.step}{'+' * frame.said}" for frame in call.frames)
    done = len(call.said), len(call.opened), len(call.promises), len(call.gaps)
    return f"{frames} {'.'.join(map(str, done))}"


def lines(
    caller: Caller, earlier: Sequence[CallerSpoke], call: Call, bases: Bases, now: float
) -> tuple[CallerLine, ...]:
    """All that he says at this point, in order. `earlier` is what he said before in this call."""
    step, frame = bases.step(call.frame), call.frame
    rng = Random(f"{caller.key}/{place_of(call)}")
    base = bases.current
    if step.promise:
        return (_dictates(caller),)
    if step.id == base.talk_step:
        return _comes_with(caller, earlier, call, base, rng)
    if not (frame.said or step.listen):
        return _breaks_in(caller, earlier, call, base, rng, 0.25)
    if unheard := _unmet(earlier, call, base):
        return (_opening(caller, unheard, earlier, base, rng),)
    if burst := _breaks_in(caller, earlier, call, base, rng, 0.6):
        return burst
    return _replies(caller, earlier, call, bases, rng, now)


def moves(
    caller: Caller, earlier: Sequence[CallerSpoke], call: Call, bases: Bases, now: float
) -> tuple[CallerLine, ...]:
    """Everything that a caller could say at this point: the choices of a trainer who plays him."""
    base, step, rng = bases.current, bases.step(call.frame), Random(f"{caller.key}/{place_of(call)}")
    if step.promise:
        return (_dictates(caller),)
    found = [_reply(one, step, caller, base, rng) for one in _authored_answers(step, bases, call, now)]
    closing = closing_scenario(base)
    comes = [*([closing] if closing else []), *topics(base)]
    return (*found, *(_opening(caller, one.id, earlier, base, rng) for one in comes), _hangs_up(base, caller))


def _comes_with(
    caller: Caller, earlier: Sequence[CallerSpoke], call: Call, base: KnowledgeBase, rng: Random
) -> tuple[CallerLine, ...]:
    """In the talk: what he came for, then that nothing is left."""
    wanted = next((one for one in _agenda(caller) if not _met(one, call, base)), "")
    closing = closing_scenario(base)
    wanted = wanted or (closing.id if closing else "")
    if not wanted or len(earlier) > 2 * _LONG:
        return (_hangs_up(base, caller),)
    first = _opening(caller, wanted, earlier, base, rng)
    said = (*earlier, CallerSpoke("", call.frame.step, first.text))
    return first, _after(_opening(caller, wanted, said, base, rng), REMINDS)


def _agenda(caller: Caller) -> list[str]:
    """The scenarios that he needs, in order."""
    first = [caller.outburst] if caller.outburst and caller.early else []
    return [*first, *([caller.meant] if caller.meant not in first else [])]


def _met(scenario: str, call: Call, base: KnowledgeBase) -> bool:
    """Whether the call has been in this scenario: opened, or led to."""
    said = (base.steps[id_].scenario for id_ in call.said if id_ in base.steps)
    return (
        scenario in call.opened
        or scenario in said
        or any(frame.scenario == scenario for frame in call.frames)
    )


def _unmet(earlier: Sequence[CallerSpoke], call: Call, base: KnowledgeBase) -> str:
    """The scenario that he asked for last, if another one was opened: he repeats it, at most twice."""
    asked = [one.meant for one in earlier if one.meant]
    if not asked or asked.count(asked[-1]) > 2 or _met(asked[-1], call, base):
        return ""
    return asked[-1]


def _breaks_in(
    caller: Caller,
    earlier: Sequence[CallerSpoke],
    call: Call,
    base: KnowledgeBase,
    rng: Random,
    chance: float,
) -> tuple[CallerLine, ...]:
    """His mood, once, at a step where nobody expects it."""
    if caller.early or not caller.outburst or _met(caller.outburst, call, base):
        return ()
    if not earlier or any(one.meant == caller.outburst for one in earlier) or rng.random() >= chance:
        return ()
    return (_opening(caller, caller.outburst, earlier, base, rng),)


def _replies(
    caller: Caller, earlier: Sequence[CallerSpoke], call: Call, bases: Bases, rng: Random, now: float
) -> tuple[CallerLine, ...]:
    """How he answers what was said to him."""
    step, base = bases.step(call.frame), bases.current
    possible = _authored_answers(step, bases, call, now)
    if not possible:
        return ()
    chosen = _chosen(possible, caller, earlier, call, bases, rng)
    reply = _reply(chosen, step, caller, base, rng)
    if step.listen:
        return (_after(reply, round(rng.uniform(*_HOLD), 1)),)
    if caller.mood == CONFUSED and caller.meant and rng.random() < 0.4 and len(earlier) < _LONG:
        again = _opening(caller, caller.meant, earlier, base, rng)
        return CallerLine(again.text, heard=again.heard), _after(reply, 3.0)
    return (reply,)


def _authored_answers(step: Step, bases: Bases, call: Call, now: float) -> list[Offer]:
    """The author's answers only: the ways out after a broken limit are the operator's to choose."""
    return [one for one in offers(bases, call.frame, now) if one.digit <= len(step.answers)]


def _chosen(
    possible: Sequence[Offer],
    caller: Caller,
    earlier: Sequence[CallerSpoke],
    call: Call,
    bases: Bases,
    rng: Random,
) -> Offer:
    base, here = bases.current, call.frame.step
    used = {one.answer for one in earlier if one.step == here}
    fresh = [one for one in possible if one.digit not in used] or list(possible)
    closing = closing_scenario(base)
    if closing and call.frame.scenario == closing.id:
        left = any(not _met(one, call, base) for one in _agenda(caller))
        fitting = [one for one in fresh if (one.go in (TALK, base.talk_step)) == left]
        return (fitting or fresh)[0]
    if len(earlier) >= _LONG:
        return min(fresh, key=lambda one: _way_out(one.go, base))
    usual = 3 if caller.mood in (CALM, CONFUSED) else 1
    weights = [usual if one.enter or (number == 0) else 1 for number, one in enumerate(fresh)]
    return rng.choices(fresh, weights)[0]


def _way_out(go: str, base: KnowledgeBase) -> int:
    """The least number of answers between here and the talk or an end."""
    seen, now, length = {go}, {go}, 0
    while now and length < 20:
        for one in now:
            if one in (TALK, RETURN, base.talk_step) or (one in base.steps and base.steps[one].end):
                return length
        now = {a.go for one in now if one in base.steps for a in base.steps[one].answers} - seen
        seen |= now
        length += 1
    return 20


def _reply(offer: Offer, step: Step, caller: Caller, base: KnowledgeBase, rng: Random) -> CallerLine:
    answer = step.answers[offer.digit - 1]
    said = lists_in(answer.replies, caller.language, base.languages)
    if said:
        return CallerLine(rng.choice(said), answer=offer.digit)
    return CallerLine(text_in(answer.when, caller.language, base.languages), answer=offer.digit, heard=True)


def _opening(
    caller: Caller, scenario: str, earlier: Sequence[CallerSpoke], base: KnowledgeBase, rng: Random
) -> CallerLine:
    """A line of somebody who needs this scenario, if possible one not said yet."""
    known = lists_in(base.scenarios[scenario].caller, caller.language, base.languages)
    spoken = [one.removeprefix(DASH) for one in known if one.startswith(DASH)]
    heard = not spoken
    before = {one.text for one in earlier}
    possible = (
        spoken or list(known) or [text_in(base.scenarios[scenario].title, caller.language, base.languages)]
    )
    fresh = [one for one in possible if one not in before] or possible
    fresh = [one for one in fresh if one not in caller.avoids] or fresh
    return CallerLine(rng.choice(fresh), meant=scenario, heard=heard)


def _dictates(caller: Caller) -> CallerLine:
    """For the contact form: his number in groups, as people say it, and his name."""
    n = caller.number
    return CallerLine(f"{n[:4]} {n[4:6]}-{n[6:8]}-{n[8:]}, {caller.name}")


def _hangs_up(base: KnowledgeBase, caller: Caller) -> CallerLine:
    """He has hung up: described by the first outcome's title."""
    first = next(iter(base.outcomes.values()))
    return CallerLine(text_in(first.title, caller.language, base.languages), heard=True)


def _after(line: CallerLine, seconds: float) -> CallerLine:
    return CallerLine(line.text, line.meant, line.answer, line.heard, seconds)
