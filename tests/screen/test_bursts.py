"""Keys in any order, many at once, faster than anything is drawn: nothing takes the program down."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from textual import events

from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from tests.call.builders import Shift, bundled

KEYS = [
    *(f"f{number}" for number in (*range(1, 10), 12)),
    *(f"ctrl+{letter}" for letter in "beiknopry"),
    *("escape", "escape", "enter", "enter", "tab", "shift+tab", "backspace", "delete", "home", "end"),
    *("up", "down", "left", "right", "pageup", "pagedown", "space", *"0123456789", *"аиж[]"),
]


def key(name: str) -> events.Key:
    """A key as the terminal gives it."""
    return events.Key(name, " " if name == "space" else name if len(name) == 1 else None)


async def press_at_once(app: PrompterApp, bursts: list[list[str]]) -> None:
    """The keys of each burst before any of them is worked on."""
    async with app.run_test(size=(80, 24)) as pilot:
        for burst in bursts:
            for name in burst:
                app.post_message(key(name))
            await pilot.pause()
        await pilot.pause()
    assert app.failure is None


async def test_keys_act_in_the_order_in_which_they_were_pressed(tmp_path: Path) -> None:
    app = app_of(tmp_path)
    await press_at_once(app, [["enter", "f4", "1", "f12", "enter", "f9"]])
    done = [event.body.TYPE for event in app.desk.journal.recover()]
    spoken, answered = done.index("language_set"), done.index("answered")
    assert answered < spoken
    call = app.desk.state.active
    assert call is not None
    assert call.frame.step == "closing.questions"
    assert "clarify.how_long" in call.said


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("opened", ["ctrl+o", "ctrl+n", "ctrl+b", "ctrl+e"])
async def test_esc_and_a_scenarios_key_right_behind_it(tmp_path: Path, opened: str, turns: int) -> None:
    app = app_of(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", opened)
        await pilot.pause()
        for name in ("escape", "f4"):
            app.post_message(key(name))
            for _ in range(turns):
                await asyncio.sleep(0)
        await pilot.pause()
        await pilot.pause()
    call = app.desk.state.active
    assert call is not None
    assert call.frame.step == "clarify.ask"


def app_of(tmp_path: Path) -> PrompterApp:
    shift = Shift(tmp_path / "journal.db", bundled())
    return PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), tmp_path)


@pytest.mark.parametrize("opened", ["f1", "ctrl+r", "ctrl+p", "ctrl+b", "ctrl+n", "ctrl+o"])
@pytest.mark.parametrize("then", ["ctrl+p", "f1", "ctrl+r", "ctrl+n"])
async def test_a_screen_that_comes_while_another_is_closed(tmp_path: Path, opened: str, then: str) -> None:
    await press_at_once(
        app_of(tmp_path), [[opened], ["escape", then], ["escape"], [then, "escape", opened, "escape"]]
    )


@pytest.mark.parametrize("seed", range(12))
async def test_any_keys_at_all(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    bursts = [chance.choices(KEYS, k=chance.choice((1, 2, 3, 8))) for _ in range(25)]
    await press_at_once(app_of(tmp_path), bursts)
