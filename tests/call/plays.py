"""Random plays: any keys in any order with any time between them, on bases that change meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.apply import apply
from prompter.call.bases import Bases
from prompter.call.decide import Decision, Refusal, decide
from prompter.call.offers import offers
from prompter.call.state import Call, DeskState
from prompter.kb.model import Answer, KnowledgeBase, Outcome
from tests.call.builders import NOON, bundled, counter, example, with_step, without_scenario


@cache
def lean() -> KnowledgeBase:
    """The bundled base after a trainer took a scenario, a norm, an outcome and a word away."""
    base = without_scenario(bundled(), "manager")
    base = with_step(base, "inaudible.goodbye", end="helped")
    base = with_step(base, "clarify.name_deadline", do={"ru": "Назвать срок"})
    return replace(
        base,
        revision="lean",
        norms={key: norm for key, norm in base.norms.items() if key != "manager"},
        outcomes={key: one for key, one in base.outcomes.items() if key != "silence"},
        words={key: word for key, word in base.words.items() if key != "within"},
    )


@cache
def complained() -> KnowledgeBase:
    """The bundled base where the end after swearing leads to another scenario at the next call."""
    base = bundled()
    rude = replace(base.scenarios["profanity"], after={"profanity": "closing.questions"})
    return replace(base, revision="complained", scenarios={**base.scenarios, "profanity": rude})


@cache
def ticking() -> KnowledgeBase:
    """The bundled base with a hold running at every step of an interrupt, and one leading to another."""
    base = bundled()
    late = ("clarify.sorry", "clarify.contact")
    steps = {
        id_: replace(step, clock="hold", late=late) if base.step_scenario(id_).interrupt else step
        for id_, step in base.steps.items()
    }
    answers = (replace(steps["manager.ask"].answers[0], go="profanity.warn"),)
    steps["manager.ask"] = replace(steps["manager.ask"], answers=answers)
    return replace(base, revision="ticking", steps=steps)


@cache
def bare() -> KnowledgeBase:
    """The bundled base of which hardly anything is left: greeting and talk in one language, no norms."""
    base = bundled()
    kept = {id_: base.scenarios[id_] for id_ in (base.open, base.talk)}
    plain: dict[str, object] = {"clock": "", "promise": "", "late": (), "marks": ""}
    talk = (Answer({"ru": "Говорит"}, "talk"),)
    steps = {id_: replace(one, **plain) for id_, one in base.steps.items() if one.scenario in kept}
    steps = {id_: replace(one, answers=talk) if one.answers else one for id_, one in steps.items()}
    return replace(
        base,
        revision="bare",
        languages=("ru",),
        outgoing=base.open,
        departments={},
        marks={},
        norms={},
        outcomes={"over": Outcome("over", {"ru": "Конец"})},
        words={id_: word for id_, word in base.words.items() if word.source != "operator"},
        scenarios=kept,
        steps=steps,
    )


def editions() -> tuple[KnowledgeBase, ...]:
    return bundled(), ticking(), example(), lean(), complained(), bare()


class Edit(a.Action, frozen=True):
    """Not the operator's: the trainer saves another edition; an old one may be `lost` at a restart."""

    edition: int
    lost: bool = False


class Walk(a.Action, frozen=True):
    """What an operator might do next where the call stands: the `choice`th of all such keys."""

    choice: int


def moves(edits: bool = True, calls: bool = True, undo: bool = True) -> st.SearchStrategy[list[Move]]:
    """Lists of (seconds that pass, action), from the edition in force at the beginning.

    Ids of promises and gaps stand as positions.
    """
    scenarios = st.sampled_from([*bundled().scenarios, "nope"])
    outcomes = st.sampled_from([*bundled().outcomes, "nope"])
    languages = st.sampled_from(["ru", "ky", "xx"])
    position, note = st.sampled_from("001"), st.sampled_from(["note", ""])
    starting = st.builds(
        a.Start,
        call=st.just("new"),
        direction=st.sampled_from(["incoming", "outgoing"]),
        language=st.sampled_from(["", "ru", "ky"]),
        promise=position,
        scenario=st.sampled_from(["", "", *bundled().scenarios, "nope"]),
        greeted=st.booleans(),
        last_outcome=st.sampled_from(["", *bundled().outcomes]),
        last_note=st.sampled_from(["", "note"]),
    )
    rest: list[st.SearchStrategy[a.Action]] = [
        st.just(a.Say()),
        st.builds(a.Open, scenarios),
        st.builds(a.MakePromise, st.just("new"), st.sampled_from(["c1", "c2"]), st.integers(-10, 4000), note),
        st.builds(a.TakeAnswer, st.integers(-1, 99)),
        st.builds(a.ChangeTime, st.sampled_from([-1, 1])),
        st.builds(a.SetLanguage, languages),
        st.just(a.NoteGap("new")),
        st.builds(a.FillGap, st.just("note"), position),
        st.builds(a.KeepPromise, position, note),
        st.builds(a.CancelPromise, position, note),
        st.just(a.CloseStale()),
        st.just(a.SetStatus("Обед")),
    ]
    if calls:
        rest += [starting, st.builds(a.End, outcomes)]
    if undo:
        rest += [st.just(a.Undo())]
    if edits:
        rest += [st.builds(Edit, st.integers(0, len(editions()) - 1), st.booleans())]
    kinds = {True: st.builds(Walk, st.integers(0, 99)), False: st.one_of(rest)}
    one = st.sampled_from([True, True, True, False]).flatmap(kinds.__getitem__)
    time = st.sampled_from([0, 0, 0.25, 1, 3, 5, 5.5, 15, 31, 60, 121, 600, 1801, 4000])
    move = st.tuples(time, one)
    # lists are short unless told otherwise, and a call gets interesting after some ten keys
    some = st.one_of(st.lists(move, max_size=8), st.lists(move, min_size=20, max_size=40))
    edition = st.builds(Edit, st.integers(0, len(editions()) - 1))
    return st.builds(lambda first, others: [(0, first), *others], edition, some)


Move = tuple[float, a.Action]


@dataclass(frozen=True)
class Turned:
    """One action, and the state around it."""

    action: a.Action
    before: DeskState
    after: DeskState
    decided: Decision
    events: tuple[e.Event, ...]
    bases: Bases
    now: float

    @property
    def refused(self) -> bool:
        return isinstance(self.decided, Refusal)


@dataclass
class Play:
    """The rules without a desk: actions become events, events the state."""

    state: DeskState = field(default_factory=DeskState)
    bases: Bases = field(default_factory=lambda: Bases(bundled()))
    now: float = NOON
    events: list[e.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ids = counter()

    def do(self, action: a.Action) -> Turned:
        action = self._named(action)
        before = self.state
        if isinstance(action, Edit):
            older = {} if action.lost else {base.revision: base for base in editions()}
            self.bases = Bases(editions()[action.edition], older)
            return Turned(action, before, before, (), (), self.bases, self.now)
        decided = decide(before, action, self.bases, self.now)
        events: tuple[e.Event, ...] = ()
        if not isinstance(decided, Refusal):
            cause, revision = self.ids(), self.bases.current.revision
            events = tuple(
                e.Event(self.ids(), "desk", call, self.now, e.LIVE, revision, cause, body)
                for call, body in decided
            )
        for event in events:
            self.state = apply(self.state, event)
        self.events += events
        return Turned(action, before, self.state, decided, events, self.bases, self.now)

    def _named(self, action: a.Action) -> a.Action:
        """The action with real ids: fresh ones, and those of the promise or gap at a position."""
        if isinstance(action, Walk):
            action = self._sensible(action.choice)
        promises = [promise.id for promise in self.state.promises]
        if isinstance(action, a.Start):
            return replace(action, call=self.ids(), promise=_at(promises, action.promise))
        if isinstance(action, a.MakePromise):
            return replace(action, promise=self.ids())
        if isinstance(action, a.KeepPromise | a.CancelPromise):
            return replace(action, promise=_at(promises, action.promise))
        if isinstance(action, a.NoteGap):
            return replace(action, gap=self.ids())
        if isinstance(action, a.FillGap):
            return replace(action, gap=_at([gap.id for gap in self.state.gaps], action.gap))
        return action

    def _sensible(self, choice: int) -> a.Action:
        call = self.state.active
        if call is None:
            return a.Start("new", greeted=True)
        if self.bases.step(call.frame).promise:
            return a.MakePromise("new", "c1", 600 + 60 * choice)
        answers = [a.TakeAnswer(offer.digit) for offer in offers(self.bases, call.frame, self.now)]
        interrupts = [s.id for s in self.bases.current.scenarios.values() if s.interrupt]
        keys = [*map(a.Open, interrupts), a.Say(), *answers]
        return keys[choice % len(keys)]

    def through(self, moves: list[Move]) -> Iterator[Turned]:
        """Every move in turn, a call begun after the first, which is the edition in force."""
        (_, edition), *others = moves
        yield self.do(edition)
        yield self.do(a.Start("new", greeted=True))
        for seconds, action in others:
            self.now += seconds
            yield self.do(action)


def _at(ids: list[str], position: str) -> str:
    return ids[int(position)] if position and int(position) < len(ids) else "unknown"


def calls_of(state: DeskState) -> list[Call]:
    """The calls that go on."""
    return [call for call in (state.active, state.waiting) if call]


def on_screen(call: Call | None) -> object:
    """What a key changes and `Esc` brings back: all but promises, contact and notes."""
    return call and (
        call.id,
        call.frames,
        call.language,
        call.said,
        call.marks,
        call.opened,
        call.quiet,
        call.gaps,
        call.outcome,
    )
