"""A trainee before the screens of practice: her keys, what she sees, a clock in hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace
from textual.pilot import Pilot

from prompter.call import drill_events as d
from prompter.call import events as e
from prompter.drilling import Drill
from prompter.journal.store import Journal
from prompter.settings import Settings
from prompter.tui.card import CardPane
from prompter.tui.footer import TypedPane
from prompter.tui.practice.app import PracticeApp
from prompter.tui.practice.callerpane import CallerPane
from prompter.tui.practice.lesson import Lessons, Wish
from prompter.tui.practice.screen import PracticeScreen
from tests.call.builders import AIGUL, HandClock, bundled, text_of

SALES = replace(AIGUL, department="sales")


class Room:
    """One start of `prompter practice`."""

    def __init__(self, app: PracticeApp, pilot: Pilot[None], clock: HandClock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock

    @property
    def screen(self) -> PracticeScreen:
        found = self.app.screen
        assert isinstance(found, PracticeScreen), found
        return found

    @property
    def drill(self) -> Drill:
        return self.screen.drill

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def later(self, seconds: float) -> None:
        """So much time passes."""
        self.clock.time += seconds
        self.screen.tick()
        await self.pilot.pause()

    async def settled(self) -> None:
        """Until the index of the search stands and nothing is on its way."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def phrase(self) -> str:
        """The phrase as the card shows it."""
        shown = self.screen.query_one(CardPane).part
        assert shown is not None
        return text_of(shown.card.spoken.variants[0]) if shown.card.spoken else ""

    @property
    def caller(self) -> str:
        """What the caller said last."""
        heard = self.screen.query_one(CallerPane).part
        return heard.text if heard else ""

    @property
    def told(self) -> str:
        shown = self.app.screen.query_one(TypedPane).part
        return shown.message if shown else ""

    def bodies(self, kind: type[e.Body]) -> list[e.Body]:
        return [event.body for event in self.drill.desk.events if isinstance(event.body, kind)]


@asynccontextmanager
async def room(
    folder: Path, wish: Wish, size: tuple[int, int] = (80, 24), settings: Settings | None = None
) -> AsyncIterator[Room]:
    """The screens, on a journal in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    journal = Journal.open(folder / "journal.db")
    mine = settings or Settings(operator="Айгуль", department="sales", form="f")
    lessons = Lessons(bundled, journal, mine, SALES, folder)
    clock = HandClock()
    lessons.clock = clock
    app = PracticeApp(lessons, wish)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Room(app, pilot, clock)
    journal.close()


ASK = "По какому вопросу Вы желаете обратиться к менеджеру?"


def one(level: str = d.VISIBLE, way: str = d.ALOUD, scenario: str = "manager", seed: int = 4) -> Wish:
    return Wish(d.SCENARIO, scenario, "Айгуль", level, way, seed)


async def greeted(sitting: Room) -> None:
    """The phone was answered, the greeting given, and the caller said what he wants."""
    await sitting.press("enter")
    if sitting.drill.waits_for_phrase:
        await sitting.press("enter", "1")
    await sitting.later(1)
    assert sitting.caller
