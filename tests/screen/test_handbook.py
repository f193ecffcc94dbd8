"""The handbook over a call: it is read without touching the call, and a key of the call goes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot

from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.handbook.screen import HandbookPane, HandbookScreen
from prompter.tui.help import HelpScreen
from prompter.tui.norms import NormsPane
from prompter.tui.screen import MainScreen
from tests.call.builders import Shift, bundled
from tests.screen.seat import CTRL, Seat
from tests.screen.test_forms import burst


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return Shift(tmp_path / "journal.db", bundled())


@pytest.fixture
def app(shift: Shift, tmp_path: Path) -> PrompterApp:
    shift.desk.sit("Айгуль", "f", "sales", "ru", "ru")
    return PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), tmp_path)


def shown(app: PrompterApp) -> list[str]:
    """The pane's lines."""
    pane = app.screen.query_one(HandbookPane)
    assert pane.part is not None
    return [row.plain.rstrip() for row in pane.lines(pane.part, *pane.size)]


def step(shift: Shift) -> str:
    """The step that the call has reached."""
    return shift.desk.state.active.frame.step if shift.desk.state.active else ""


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Go on until something is true."""
    for _ in range(500):
        await pilot.pause(0.01)
        if true():
            return
    pytest.fail(f"{pilot.app.screen} stays")


async def opened(pilot: Pilot[None], *keys: str) -> None:
    """The handbook stands after these keys."""
    await pilot.press(*keys, "ctrl+r")
    await until(pilot, lambda: isinstance(pilot.app.screen, HandbookScreen))


async def test_a_call_is_not_touched(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter", "f4", "enter")
        before = shift.desk.state
        await pilot.press(*"обед10", "backspace", "backspace", "enter", "down", "pagedown")
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert shift.desk.state == before


async def test_the_clocks_stay_in_sight(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter", "f4", "enter")
        norms = app.screen.query_one(NormsPane).part
        assert norms is not None
        assert [norm.title for norm in norms] == ["Удержание"]


@pytest.mark.parametrize("key", ["ctrl+r", "escape"])
async def test_it_closes(app: PrompterApp, key: str) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, MainScreen))


async def test_a_scenarios_key_opens_it_in_the_call(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        await pilot.press("down", "enter", "f4")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await until(pilot, lambda: step(shift) == "clarify.ask")


async def test_a_list_of_the_call_opens_over_the_card(app: PrompterApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert isinstance(app.screen, MainScreen)
        assert app.screen.panels.open is not None


async def test_the_palette_acts_where_it_is_seen(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        await pilot.press("ctrl+p", *"Уточ")
        await app.workers.wait_for_complete()
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))


async def test_list_then_text_in_a_narrow_window(app: PrompterApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot)
        await pilot.press(*"кофе")
        assert any("● каждый день" in row for row in shown(app))
        await pilot.press("enter")
        assert any("Обязателен каждый рабочий день" in row for row in shown(app))
        assert not any("● каждый день" in row for row in shown(app))


async def test_list_and_text_beside_each_other(app: PrompterApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press(*"кофе")
        assert any(row.endswith("│  Кофе-брейк") for row in shown(app))
        assert any("● каждый день │" in row for row in shown(app))


async def test_a_filtered_list_of_the_other_department(shift: Shift, tmp_path: Path) -> None:
    shift.desk.sit("Бакыт", "m", "support", "ru", "ru")
    app = PrompterApp(shift.desk, Settings(operator="Бакыт", department="support"), tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot)
        await pilot.press(*"неактив")
        assert any("Неактивка" in row and "✓ можно" in row for row in shown(app))


async def test_f12_changes_the_language_of_what_is_said_instead(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        await pilot.press("f12")
        await pilot.pause()
        assert isinstance(app.screen, HandbookScreen)
        assert shift.desk.state.active is not None
        assert shift.desk.state.active.language == "ky"


@pytest.mark.parametrize("closing", ["escape", "ctrl+r"])
async def test_keys_in_one_piece_go_where_they_belong(app: PrompterApp, shift: Shift, closing: str) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("enter", "f4")
        burst(app, "ctrl+r", "down", closing, "2")
        await until(pilot, lambda: step(shift) == "clarify.contact" and isinstance(app.screen, MainScreen))


async def test_a_key_right_behind_a_scenarios_key(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        burst(app, "f4", "f8", "2")
        await until(pilot, lambda: step(shift) == "manager.contact")


@pytest.mark.parametrize("key", ["f12", "f1", "ctrl+r", "ctrl+y", "ctrl+e", "f4"])
async def test_a_key_right_behind_its_esc_acts_on_the_call(app: PrompterApp, key: str) -> None:
    acted = {
        "f12": lambda: app.desk.state.active.language == "ky",
        "f1": lambda: isinstance(app.screen, HelpScreen),
        "ctrl+r": lambda: isinstance(app.screen, HandbookScreen) and app.screen is not first,
        "ctrl+y": lambda: app.screen_stack[0].message.message != "",
        "ctrl+e": lambda: app.screen_stack[0].panels.open is not None,
        "f4": lambda: app.desk.state.active.frame.step == "clarify.ask",
    }
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        first = app.screen
        burst(app, "escape", key)
        await until(pilot, acted[key])


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that the help gets."""
    keys: list[str] = []
    close = HelpScreen.on_key

    def on_key(self: HelpScreen, event: events.Key) -> None:
        keys.append(event.key)
        close(self, event)

    monkeypatch.setattr(HelpScreen, "on_key", on_key)
    return keys


async def test_a_key_right_behind_f1_behind_its_esc_closes_the_help(
    app: PrompterApp, given: list[str]
) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        before = app.desk.state
        burst(app, "escape", "f1", "escape")
        await until(pilot, lambda: given == ["escape"] and isinstance(app.screen, MainScreen))
        assert app.desk.state == before


async def test_a_key_right_behind_f1_closes_the_help_alone(app: PrompterApp, given: list[str]) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        burst(app, "f1", "escape")
        await until(pilot, lambda: given == ["escape"] and isinstance(app.screen, HandbookScreen))


async def test_an_edit_of_the_scripts_is_seen(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        await opened(pilot, "enter")
        await pilot.press(*"кофе")
        base = shift.desk.base
        tea = replace(base.statuses["coffee"], title={"ru": "Кофе и чай"})
        shift.desk.take(replace(base, statuses={"coffee": tea}, revision="edited"))
        assert isinstance(app.screen, HandbookScreen)
        app.screen.look()
        assert any("Кофе и чай" in row for row in shown(app))


@pytest.mark.parametrize(("cols", "rows"), [(60, 40), (80, 24), (60, 24)])
async def test_any_window_shows_it(app: PrompterApp, cols: int, rows: int) -> None:
    async with app.run_test(size=(cols, rows)) as pilot:
        await opened(pilot)
        await pilot.press("down", "enter", "down", "pagedown", "escape", *"щщщ", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))


@pytest.mark.pty
def test_the_russian_layout_opens_it_in_a_terminal(tmp_path: Path) -> None:
    assert CTRL["ctrl+r"]
    with Seat(tmp_path, cols=60) as seat:
        seat.greet().press("ctrl+r").see(card="Справочник.*Кофе-брейк ● каждый день")
        seat.type("кофе").see(typed="кофе").press("enter").see(card="Обязателен каждый рабочий день")
        seat.press("f4").see(header="Разговор", card="Сказать", no="Справочник")
        seat.press("ctrl+q").see(typed="Ctrl\\+Q").press("ctrl+q")
        assert seat.term.wait_exit(20) == 0
