"""Every way through the base that ships with the program, walked as an operator could."""

from __future__ import annotations

from collections import deque
from functools import cache

import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.bases import Bases
from prompter.call.decide import Refusal
from prompter.call.offers import offers
from prompter.call.state import DeskState
from prompter.call.view import view
from prompter.call.view.card import ready_card
from prompter.kb.model import KnowledgeBase, Scenario
from tests.call.builders import AIGUL, NOON, bundled
from tests.call.plays import Play

LATE = 3 * 60
"""Longer than any limit of a call: the late answers are offered then."""

Place = tuple[tuple[tuple[str, bool], ...], bool]
"""The frames of a call (step, and whether its words were said), and whether it made a promise."""

OVER: Place = ((), False)


def place(state: DeskState) -> Place:
    call = state.active
    if call is None:
        return OVER
    frames = tuple((frame.step, frame.said) for frame in call.frames)
    return frames, bool(state.promises_of(call.id))


def theirs(base: KnowledgeBase, department: str) -> list[Scenario]:
    """The scenarios that an operator of this department opens."""
    operator = replace(AIGUL, department=department)
    return [scenario for scenario in base.scenarios.values() if operator.has(scenario.departments)]


def openings(base: KnowledgeBase, department: str) -> list[a.Start]:
    """Every way into every scenario: by its key, and by what the number's last call was."""
    scenarios = theirs(base, department)
    by_key = [a.Start("new", scenario=one.id, greeted=True) for one in scenarios]
    back = [
        a.Start("new", scenario=one.id, greeted=True, last_outcome=outcome)
        for one in scenarios
        for outcome in one.after
    ]
    plain = [a.Start("new", direction=direction) for direction in ("incoming", "outgoing")]
    return [*plain, *by_key, *back]


def ways(play: Play, department: str = "") -> list[a.Action]:
    """Every key that leads on from here."""
    call = play.state.active
    if call is None:
        return []
    if play.bases.step(call.frame).promise:
        return [a.MakePromise("new", "contact", 600)]
    digits = (a.TakeAnswer(offer.digit) for offer in offers(play.bases, call.frame, play.now))
    resting = call.frame.step == play.bases.current.talk_step
    opening = (a.Open(one.id) for one in theirs(play.bases.current, department)) if resting else ()
    return [a.Say(), *digits, *opening]


class Walked:
    """All places of the calls that can come of the openings, and how they hang together."""

    def __init__(self, base: KnowledgeBase, department: str = "") -> None:
        self.bases = Bases(base)
        self.department = department
        self.states: dict[Place, DeskState] = {}
        self.leads: dict[Place, set[Place]] = {}
        self.outcomes: set[str] = set()
        self.queue: deque[DeskState] = deque()
        for opening in openings(base, department):
            play = Play(bases=self.bases)
            assert not play.do(opening).refused
            self.reach(play.state)
        while self.queue:
            self.walk(self.queue.popleft())

    def reach(self, state: DeskState) -> None:
        here = place(state)
        if here != OVER and here not in self.states:
            self.states[here] = state
            self.leads[here] = set()
            self.queue.append(state)

    def walk(self, state: DeskState) -> None:
        for now in (NOON, NOON + LATE):
            for action in ways(Play(state, self.bases, now), self.department):
                play = Play(state, self.bases, now)
                turned = play.do(action)
                if isinstance(turned.decided, Refusal):
                    assert isinstance(action, a.Say)
                    assert turned.decided.code in ("choose-answer", "choose-when", "listen")
                    continue
                self.outcomes |= {x.body.outcome for x in turned.events if isinstance(x.body, e.Ended)}
                self.leads[place(state)].add(place(play.state))
                self.reach(play.state)


@cache
def walked() -> Walked:
    return Walked(bundled())


def test_every_step_is_reached() -> None:
    reached = {step for frames, _ in walked().states for step, _ in frames}
    assert reached == set(bundled().steps)


@pytest.mark.parametrize("department", bundled().departments)
def test_an_operator_reaches_all_steps_of_her_department_and_no_others(department: str) -> None:
    base = bundled()
    reached = {step for frames, _ in Walked(base, department).states for step, _ in frames}
    assert reached == {step for scenario in theirs(base, department) for step in scenario.steps}
    assert reached < set(base.steps)


def test_every_phrase_and_duty_can_be_said() -> None:
    said = {step for frames, _ in walked().states for step, said in frames if said}
    ending = {event.step for event in all_said()}
    speakable = {step.id for step in bundled().steps.values() if not step.listen}
    assert said | ending == speakable


def all_said() -> list[e.Said]:
    """What is said in the last key of a call, and in those whose answer leads on at once."""
    found = []
    for state in walked().states.values():
        for action in ways(Play(state, walked().bases, NOON)):
            play = Play(state, walked().bases, NOON)
            found += [event.body for event in play.do(action).events if isinstance(event.body, e.Said)]
    return found


def test_every_place_leads_back_to_the_talk_or_to_an_end() -> None:
    rest = ((bundled().talk_step, False),)
    good: set[Place] = {OVER, (rest, False), (rest, True)}
    while True:
        more = {here for here, targets in walked().leads.items() if targets & good} - good
        if not more:
            break
        good |= more
    assert set(walked().states) - good == set()


def test_every_outcome_is_reached_by_steps_or_by_hand() -> None:
    base = bundled()
    written = {step.end for step in base.steps.values() if step.end}
    promised = {base.outcomes[end].promised for end in written} - {""}
    assert walked().outcomes == written | promised
    for outcome in base.outcomes:
        play = Play(bases=walked().bases)
        play.do(a.Start("new", greeted=True))
        if outcome in promised:
            assert play.do(a.End(outcome)).decided == Refusal("nothing-promised")
            play.do(a.Open("clarify"))
            play.do(a.TakeAnswer(2))
            play.do(a.MakePromise("p", "c", 600))
        play.do(a.End(outcome))
        assert play.state.last is not None
        assert play.state.last.outcome == outcome


def test_an_ending_by_the_script_fulfils_what_its_outcome_requires() -> None:
    """Whoever follows the script from a greeting to its end has missed no duty."""
    for state in walked().states.values():
        call = state.active
        assert call is not None
        if "greeting" not in call.marks or call.last_outcome:
            continue
        for action in ways(Play(state, walked().bases, NOON)):
            events = Play(state, walked().bases, NOON).do(action).events
            assert [x.body.missed for x in events if isinstance(x.body, e.Ended) and x.body.missed] == []


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("language", ["ru", "ky"])
def test_every_card_is_drawn_in_every_language(language: str, drafts: bool) -> None:
    base = replace(bundled(), show_drafts=drafts)
    bases = Bases(base)
    viewer = replace(AIGUL, ui=language, language=language)
    for state in walked().states.values():
        call = state.active
        assert call is not None
        state = replace(state, active=replace(call, language=language))
        for now in (NOON, NOON + LATE):
            seen = view(state, bases, viewer, now)
            card = seen.card
            assert "{" not in str(seen)
            assert card.title
            assert card.missing == ()
            assert card.kind == "listen" or card.spoken or card.do
            assert all(line.when or line.highlighted for line in card.answers)
            assert all(line.leads for line in card.answers)
            assert [line.digit for line in card.answers] == list(range(1, len(card.answers) + 1))
            assert len(card.answers) <= 9


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_every_step_can_be_previewed(language: str) -> None:
    for step in bundled().steps:
        card = ready_card(bundled(), step, replace(AIGUL, ui=language, language=language), NOON)
        assert (card.step, card.missing) == (step, ())
        assert "{" not in str(card)
        assert all(line.leads for line in card.answers)
