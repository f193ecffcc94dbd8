"""The search on the screen: before its index is ready, after an edit, and what choosing and leaving do."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from prompter.call import events as e
from prompter.search.finder import Finder
from prompter.search.learned import FILE
from prompter.settings import Settings
from prompter.tui import clipboard as copying
from prompter.tui import search
from prompter.tui.app import PrompterApp
from prompter.tui.card import CardPane
from prompter.tui.footer import KeysPane
from prompter.tui.handbook.screen import HandbookScreen
from prompter.tui.palette import forget
from prompter.tui.screen import MainScreen
from tests.call.builders import Shift, bundled
from tests.journal.makers import query


class Sitting:
    """An operator before the program: her shift, her screen."""

    def __init__(self, shift: Shift, app: PrompterApp, pilot: Pilot[None]) -> None:
        self.shift, self.app, self.pilot = shift, app, pilot

    @property
    def screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def finding(self) -> search.Finding:
        return self.screen.finding

    @property
    def found(self) -> list[tuple[str, int | str]]:
        return [one.thing for one in self.finding.results()]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def indexed(self) -> None:
        """Until the index is made and taken."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        assert self.finding.ready

    async def look_for(self, words: str) -> None:
        await self.press(*words)
        await self.indexed()


@asynccontextmanager
async def sitting(tmp_path: Path, home: Path | None = None) -> AsyncIterator[Sitting]:
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.desk.sit("Айгуль", "f", "sales", "ru", "ru")
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), home or tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        yield Sitting(shift, app, pilot)
    shift.journal.close()


def notes(shift: Shift) -> list[str]:
    return [text for (text,) in query(shift.path, "SELECT text FROM notes ORDER BY rowid")]


# the index


async def test_what_is_typed_before_the_index_is_ready_is_found_when_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()

    class Slow(Finder):
        def __init__(self, *of: object) -> None:
            may_go_on.wait(20)
            super().__init__(*of)

    monkeypatch.setattr(search, "Finder", Slow)
    async with sitting(tmp_path) as her:
        try:
            await her.press("enter", *"менедж")
            assert not her.finding.ready
            assert (her.finding.query, her.found) == ("менедж", [])
            await her.press("enter")  # nothing was looked for yet, so nothing is missing
            assert her.finding.query == "менедж"
            assert her.shift.recorded(e.GapNoted) == []
        finally:
            may_go_on.set()
        await her.indexed()
        assert her.found[0] == ("scenario", "manager")
        card = her.screen.query_one(CardPane).part
        assert card is not None
        assert (card.preview, card.card.step) == (True, "manager.ask")


async def test_an_edit_is_searched_and_an_older_index_never_comes_back(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.look_for("зюзюка")
        assert her.found == []
        older = her.finding._finder
        assert older is not None
        base = bundled()
        edited = replace(base.scenarios["manager"], caller={"ru": ("Позовите зюзюку",)})
        her.shift.desk.take(replace(base, revision="new", scenarios={**base.scenarios, "manager": edited}))
        her.screen.draw()
        await her.indexed()
        assert her.found[0] == ("scenario", "manager")
        her.screen.post_message(search.Indexed(older))
        await her.pilot.pause()
        assert her.found[0] == ("scenario", "manager")


async def test_what_is_lit_stays_lit_when_an_edit_takes_others_away(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter", "space", *["down"] * 12)
        lit = her.finding.selected
        assert lit is not None
        base = bundled()
        kept = {
            id_: one
            for id_, one in base.scenarios.items()
            if one.key or id_ in (lit.id, base.open, base.talk)
        }
        assert len(kept) <= 12 < len(base.scenarios)
        her.shift.desk.take(replace(base, revision="new", scenarios=kept))
        her.screen.draw()
        assert her.finding.selected == lit
        await her.press("enter")
        call = her.shift.desk.state.active
        assert call is not None
        assert call.frame.scenario == lit.id
        assert her.shift.recorded(e.GapNoted) == []


async def test_an_index_is_made_once_for_a_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Counted(Finder):
        def __init__(self, *of: object) -> None:
            made.append(of)
            super().__init__(*of)

    monkeypatch.setattr(search, "Finder", Counted)
    async with sitting(tmp_path) as her:
        await her.look_for("менеджер")
        her.screen.draw()
        await her.indexed()
        assert len(made) == 1


# leaving


@pytest.mark.parametrize("words", ["ыва", "менеджер"])
async def test_esc_records_the_words_and_changes_nothing(tmp_path: Path, words: str) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        before = her.shift.desk.state
        await her.look_for(words)
        await her.press("escape")
        (left,) = her.shift.recorded(e.SearchLeft)
        call = before.active
        assert call is not None
        assert isinstance(left, e.SearchLeft)
        assert left.step == call.frame.step
        assert notes(her.shift) == [words]
        assert her.shift.desk.state.active == call
        assert her.finding.search is None


async def test_few_letters_left_tell_nothing(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter", "а", "б", "escape", "space", "escape", "а", "backspace", "backspace")
        assert her.finding.search is None
        assert her.shift.recorded(e.SearchLeft) == []


async def test_the_state_is_the_same_when_read_back(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter", *"менеджер", "escape")
        state = her.shift.desk.state
        assert her.shift.sit().state.active == state.active


async def test_esc_after_a_search_takes_back_the_key_before_it(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter", "f4", *"менеджер", "escape", "escape")
        call = her.shift.desk.state.active
        assert call is not None
        assert call.frame.scenario == her.shift.base.talk


# choosing


async def test_enter_on_nothing_notes_the_words(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        await her.look_for("йщйщ")
        assert her.found == []
        await her.press("enter")
        assert len(her.shift.recorded(e.GapNoted)) == 1
        assert notes(her.shift) == ["йщйщ"]
        assert her.finding.search is None


async def test_between_calls_too(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.look_for("йщйщ")
        await her.press("enter")
        assert len(her.shift.recorded(e.SearchLeft)) == 1
        assert notes(her.shift) == ["йщйщ"]
        assert her.finding.search is None
        assert "сценари" in her.screen.message.message


async def light(her: Sitting, thing: tuple[str, str]) -> None:
    """Press `down` to a result."""
    for _ in range(her.found.index(thing)):
        await her.press("down")
    assert her.finding.selected is not None
    assert her.finding.selected.thing == thing


async def test_enter_on_a_phrase_opens_its_step(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        await her.look_for("менеджер перезвонит вам")
        await light(her, ("phrase", "manager.promise"))
        await her.press("enter")
        call = her.shift.desk.state.active
        assert call is not None
        assert (call.frame.scenario, call.frame.step) == ("manager", "manager.promise")
        assert her.finding.search is None


async def test_the_other_language_turns_the_preview_and_loses_nothing_typed(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        await her.look_for("всего доброго")
        await light(her, ("phrase", "closing.goodbye"))
        for language in ("ky", "ru"):
            await her.press("f12")
            call, card = her.shift.desk.state.active, her.screen.query_one(CardPane).part
            assert call is not None
            assert card is not None
            assert card.spoken is not None
            assert (call.language, card.spoken.language, card.preview) == (language, language, True)
            assert her.finding.query == "всего доброго"
            assert her.finding.selected is not None
            assert her.finding.selected.thing == ("phrase", "closing.goodbye")
        assert call.frame.scenario == her.shift.base.talk
        await her.press("escape", "down", "f12")  # without a query the lit line goes, as ever
        assert her.screen.selected is None


async def test_the_bar_says_what_enter_does(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:

        def enter() -> str:
            (hint, *_) = her.screen.query_one(KeysPane).part or ()
            return f"{hint.key} {hint.does}" if hint.acts else ""

        await her.look_for("менедж")
        assert enter() == "Enter закрыть просмотр"
        await her.press("enter")
        assert (her.finding.search, her.shift.desk.state.active) == (None, None)
        await her.press(*"йщйщ")
        assert enter() == "Enter записать"
        await her.press("enter", "enter", *"менедж")
        assert enter() == "Enter открыть"


async def test_enter_on_a_page_opens_the_handbook_there(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.look_for("кофе-брейк")
        await light(her, ("status", "coffee"))
        await her.press("enter")
        await her.pilot.pause()
        handbook = her.app.screen
        assert isinstance(handbook, HandbookScreen)
        assert (handbook.browsing.selected, handbook.browsing.reading) == (("status", "coffee"), True)
        assert her.finding.search is None
        assert her.shift.desk.state.active is None


async def test_a_choice_is_learned_and_can_be_forgotten(tmp_path: Path) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        await her.look_for("менедж")
        await her.press("enter")
        assert her.finding.learned.chosen == {"менедж": [("scenario", "manager")]}
        assert (tmp_path / FILE).exists()
        forget(her.screen)
        assert her.finding.learned.chosen == {}
        assert not (tmp_path / FILE).exists()


async def test_a_home_that_takes_nothing_stops_no_choice(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("no folder")
    async with sitting(tmp_path, home) as her:
        await her.press("enter")
        await her.look_for("менедж")
        await her.press("enter")
        call = her.shift.desk.state.active
        assert call is not None
        assert call.frame.scenario == "manager"
        assert her.finding.learned.chosen
        forget(her.screen)
        assert her.screen.message.bad


@pytest.mark.parametrize(
    ("words", "thing", "copied"),
    [
        ("менедж", ("scenario", "manager"), "По какому вопросу Вы желаете обратиться к менеджеру?"),
        ("я не знаю", ("expression", "dont_know"), "Я уточню данную информацию для Вас."),
    ],
)
async def test_what_is_lit_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, thing: tuple[str, str], copied: str
) -> None:
    taken = []

    def take(text: str, *_of: object) -> str:
        taken.append(text)
        return "tool"

    monkeypatch.setattr(copying, "hand_over", take)
    async with sitting(tmp_path) as her:
        await her.press("enter")
        await her.look_for(words)
        await light(her, thing)
        await her.press("ctrl+y")
        await her.app.workers.wait_for_complete()
        assert [copied in text for text in taken] == [True], taken
        assert her.finding.query == words


@pytest.mark.parametrize(
    "pasted",
    [
        "а" * 10_000,
        "🙂🙃 менеджер",
        "\x1b[31m\x07\u202eредженем",
        "(.*)+$[",
        "'; DROP TABLE notes; --",
        "[b]x[/]",
    ],
)
async def test_hostile_queries_are_words(tmp_path: Path, pasted: str) -> None:
    async with sitting(tmp_path) as her:
        await her.press("enter")
        her.screen._search_for(pasted)
        await her.indexed()
        assert len(her.finding.query) <= 200
        await her.press("down", "up", "escape")
        assert her.finding.search is None
        assert her.shift.desk.state.active is not None
