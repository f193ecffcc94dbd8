"""A shift to play calls on: bases, a clock that is set by hand, ids that count, keys at seconds of a call."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.decide import Refusal
from prompter.call.state import Call, Promise
from prompter.call.view.parts import Card, DeskView, NormLine, Viewer
from prompter.call.view.tree import listed
from prompter.call.words import Filled
from prompter.desk import Desk
from prompter.journal.rows import COLUMNS, from_row
from prompter.journal.store import Journal
from prompter.kb.build import load_sources
from prompter.kb.model import KnowledgeBase
from tests.journal.makers import query
from tests.kb.bases import KB, TALK, write

ROOT = Path(__file__).parents[2]
ZONE = timezone(timedelta(hours=6))
NOON = datetime(2026, 3, 2, 14, 20, tzinfo=ZONE).timestamp()
"""When shifts begin: 14:20 of an ordinary Monday in Bishkek."""

AIGUL = Viewer(operator="Айгуль", gender="f", language="ru", ui="ru", zone=ZONE)


@cache
def bundled() -> KnowledgeBase:
    """The base that ships with the program."""
    return load_sources(ROOT / "scripts_kb")[0]


@cache
def example() -> KnowledgeBase:
    """The worked base of the tests."""
    return load_sources(ROOT / "tests" / "kb" / "example")[0]


def seconds(time: str | float) -> float:
    """`"1:05"` as seconds; a number is seconds already."""
    if not isinstance(time, str):
        return time
    minutes, _, rest = time.partition(":")
    return int(minutes) * 60 + int(rest)


def text_of(filled: Filled) -> str:
    """A filled text as it reads."""
    return "".join(fragment.text for fragment in filled)


def phrase_of(card: Card) -> str:
    """The first wording on a card, "" where there are none to say."""
    return text_of(card.spoken.variants[0]) if card.spoken else ""


@dataclass
class HandClock:
    """A clock that stands where it was set. `ahead`: what somebody did to the computer's own meanwhile."""

    time: float = NOON
    ahead: float = 0.0

    def now(self) -> float:
        return self.time

    def follow(self) -> float:
        by, self.ahead = self.ahead, 0.0
        self.time += by
        return by


def counter(prefix: str = "id") -> Callable[[], str]:
    """Ids that count."""
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers)}"


@dataclass
class Shift:
    """A desk, and keys pressed on it at seconds since the current call was answered.

    `at("0:06").press("F3")` reads as the tables of the acceptance stories do. Keys that are refused
    fail the test; `refused` presses one that must be.
    """

    path: Path
    base: KnowledgeBase
    viewer: Viewer = AIGUL
    clock: HandClock = field(default_factory=HandClock)
    ids: Callable[[], str] = field(default_factory=counter)
    answered: float = NOON
    load_base: Callable[[str], KnowledgeBase | None] = lambda revision: None

    def __post_init__(self) -> None:
        self.journal = Journal.open(self.path)
        self.desk = self.sit()

    def sit(self, journal: Journal | None = None) -> Desk:
        """A desk on the journal, as a start of the program makes it."""
        return Desk(
            self.base,
            journal or self.journal,
            self.viewer,
            clock=self.clock,
            ids=self.ids,
            load_base=self.load_base,
        )

    def restart(self) -> None:
        """The program dies and is started again: nothing of the old one is asked."""
        self.journal = Journal.open(self.path)
        self.desk = self.sit()

    # keys

    def at(self, time: str | float) -> Shift:
        """It is so late in the call now."""
        self.clock.time = self.answered + seconds(time)
        return self

    def later(self, time: str | float) -> Shift:
        """So much time passes."""
        self.clock.time += seconds(time)
        return self

    def answer(self) -> Shift:
        """A call is answered now: seconds count from here."""
        self.answered = self.clock.time
        return self

    def press(self, *keys: str) -> Shift:
        """Keys, one after the other."""
        for key in keys:
            refusal = self._press(key)
            assert refusal is None, f"{key} refused: {refusal}"
        return self

    def refused(self, key: str) -> str:
        """The code with which a key is refused."""
        before = self.desk.state, len(self.events())
        refusal = self._press(key)
        assert refusal is not None, f"{key} was not refused"
        assert (self.desk.state, len(self.events())) == before
        return refusal.code

    def _press(self, key: str) -> Refusal | None:
        desk = self.desk
        if desk.state.active is None and key == "Enter":
            self.answer()
            return desk.start(greeted=True)
        if key.startswith("F") and key != "F12":
            hers = listed(self.base, self.viewer, desk.state.active)
            scenario = next(s.id for s in hers if s.key == key)
            if desk.state.active:
                return desk.act(a.Open(scenario))
            self.answer()
            return desk.start(scenario=scenario, greeted=True)
        if key == "0":
            return desk.note_gap()
        if key == "F12":
            spoken = desk.state.active.language if desk.state.active else ""
            return desk.act(a.SetLanguage(next(one for one in self.base.languages if one != spoken)))
        return desk.act(_PLAIN[key] if key in _PLAIN else a.TakeAnswer(int(key)))

    def end(self, outcome: str) -> Shift:
        """`Ctrl+E` and the digit of an outcome."""
        assert self.desk.act(a.End(outcome)) is None
        return self

    def promise(self, number: str = "0700123456", name: str = "Бакыт", minutes: int = 30) -> Shift:
        """The contact form, submitted."""
        assert self.desk.make_promise(number, name, "Какой тариф?", minutes * 60) is None
        return self

    # what is seen

    @property
    def view(self) -> DeskView:
        return self.desk.view()

    @property
    def card(self) -> Card:
        return self.view.card

    @property
    def phrase(self) -> str:
        return phrase_of(self.card)

    @property
    def do(self) -> str:
        return text_of(self.card.do)

    @property
    def offered(self) -> dict[int, str]:
        """Digit -> title of the target."""
        return {line.digit: line.leads for line in self.card.answers}

    @property
    def highlighted(self) -> set[int]:
        return {line.digit for line in self.card.answers if line.highlighted}

    @property
    def norms(self) -> list[tuple[str, str, float]]:
        """The bar: title, state, seconds left."""
        return [(line.title, line.state, line.left) for line in self.view.norms]

    @property
    def norm(self) -> NormLine:
        (line,) = self.view.norms
        return line

    @property
    def tree(self) -> dict[str, str]:
        """Scenario or step -> its mark."""
        return {line.step or line.scenario: line.mark for line in self.view.tree}

    # what is known

    @property
    def call(self) -> Call:
        assert self.desk.state.active is not None
        return self.desk.state.active

    @property
    def last(self) -> Call:
        assert self.desk.state.last is not None
        return self.desk.state.last

    @property
    def owed(self) -> Promise:
        (promise,) = self.desk.state.promises
        return promise

    def events(self) -> list[e.Event]:
        """Everything on disk, in order."""
        return [from_row(row) for row in query(self.path, f"SELECT {COLUMNS} FROM events ORDER BY seq")]

    def recorded(self, kind: type[e.Body]) -> list[e.Body]:
        """The recorded bodies of one type."""
        return [event.body for event in self.events() if isinstance(event.body, kind)]


_PLAIN: Mapping[str, a.Action] = {
    "Enter": a.Say(),
    "Esc": a.Undo(),
    "←": a.ChangeTime(-1),
    "→": a.ChangeTime(1),
}

GREETING = """\
title:
  ru: Приветствие
key: F2
steps:
  hello:
    title:
      ru: Поздороваться
    say:
      ru: Добрый день
    marks: greeting
    answers:
      - when:
          ru: Клиент говорит
        go: talk
"""

RUDE = """\
title:
  ru: Брань
key: F5
interrupt: true
after:
  done: complaint.explain
steps:
  stop:
    title:
      ru: Завершить
    say:
      ru: Всего доброго
    end: done
"""

COMPLAINT = """\
title:
  ru: Жалоба
steps:
  explain:
    title:
      ru: Объяснить
    say:
      ru: Я {ended} с Вами разговор.
    answers:
      - when:
          ru: Понял
        go: talk
"""

ENDED = """\
  ended:
    from: gender
    ru:
      m: завершил
      f: завершила
"""


def complaining(folder: Path) -> KnowledgeBase:
    """A small base in which a caller whose last call was ended rudely gets an explanation."""
    texts = {"kb": KB + ENDED, "hello": GREETING, "talk": TALK, "rude": RUDE, "complaint": COMPLAINT}
    return load_sources(write(folder, **texts))[0]


def with_step(base: KnowledgeBase, id_: str, **changes: object) -> KnowledgeBase:
    """The base with one step changed, as an edit of the trainer's would, under a revision of its own."""
    step = replace(base.steps[id_], **changes)
    return replace(base, steps={**base.steps, id_: step}, revision=f"{base.revision}, {id_} edited")


def without_scenario(base: KnowledgeBase, id_: str) -> KnowledgeBase:
    """The base after a scenario was deleted."""
    scenarios = {key: one for key, one in base.scenarios.items() if key != id_}
    steps = {key: one for key, one in base.steps.items() if one.scenario != id_}
    return replace(base, scenarios=scenarios, steps=steps, revision=f"{base.revision} without {id_}")
