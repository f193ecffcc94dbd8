"""Forms and lists on the screen: what was typed arrives once, in order, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, Static

from prompter.call import actions as a
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.card import CardPane
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.screen import MainScreen
from tests.call.builders import Shift, bundled


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return Shift(tmp_path / "journal.db", bundled())


@pytest.fixture
def app(shift: Shift, tmp_path: Path) -> PrompterApp:
    return PrompterApp(shift.desk, Settings(operator="Айгуль"), tmp_path)


def burst(app: PrompterApp, *keys: str) -> None:
    """Keys that arrive in one piece, before any is worked on."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_backspace_takes_one_letter(app: PrompterApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+n", *"0555", "backspace")
        assert app.screen.query_one("#field-number", Input).value == "055"


async def test_enter_twice_starts_one_call(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+n", *"0555123456")
        burst(app, "enter", "enter")
        await pilot.pause()
        await pilot.pause()
        assert shift.desk.state.active is not None
        assert shift.desk.state.waiting is None


async def test_digits_behind_a_closing_list_start_no_call_back(app: PrompterApp, shift: Shift) -> None:
    shift.press("Enter", "F4", "2").promise().press("Enter", "F9", "2", "Enter")
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b")
        await pilot.pause()
        burst(app, "2", "2")
        await pilot.pause()
        await pilot.pause()
        assert shift.desk.state.active is None
        assert len(shift.desk.state.promises) == 1


async def test_what_is_pasted_is_cleaned(app: PrompterApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("ctrl+n")
        await pilot.pause()
        app.post_message(events.Paste("0555\x1b[31m\u202e123456\x9b2J"))
        await pilot.pause()
        value = app.screen.query_one("#field-number", Input).value
        assert not {"\x1b", "\u202e", "\x9b"} & set(value)
        assert value.startswith("0555")


async def test_after_the_preview_enter_starts_the_call(app: PrompterApp, shift: Shift) -> None:
    async with app.run_test() as pilot:
        for way in ("down", "м"):
            await pilot.press(way, "enter")
            assert shift.desk.state.active is None
            await pilot.press("enter")
            assert shift.desk.state.active is not None
            assert shift.desk.act(a.Undo()) is None


async def test_the_lit_line_stays_where_it_was_lit(app: PrompterApp, shift: Shift) -> None:
    shift.press("Enter", "F4", "Enter").at("1:59")
    async with app.run_test() as pilot:
        screen = app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        while screen.selected != ("profanity", ""):
            await pilot.press("down")
        shift.at("2:05")
        screen.draw()
        await pilot.press("enter")
        assert shift.call.frame.scenario == "profanity"


async def test_a_norm_renamed_under_the_contact_form_is_no_crash(shift: Shift, tmp_path: Path) -> None:
    from msgspec.structs import replace

    shift.press("Enter", "F4", "2")
    base = shift.base
    norms = {name: norm for name, norm in base.norms.items() if name != "callback"}
    words = {name: word for name, word in base.words.items() if word.norm != "callback"}
    shift.base = replace(base, revision="edited", norms=norms, words=words)
    shift.load_base = lambda revision: base
    shift.restart()
    app = PrompterApp(shift.desk, Settings(operator="Айгуль"), tmp_path)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press(*"0700123456", "enter")
        assert len(shift.desk.state.promises) == 1


async def test_quitting_with_unwritten_records_is_asked(app: PrompterApp, shift: Shift) -> None:
    import sqlite3

    shift.path.with_name("journal.db.waiting").mkdir()  # neither file can be written
    async with app.run_test() as pilot:
        lock = sqlite3.connect(shift.path)
        lock.execute("BEGIN IMMEDIATE")
        await pilot.press("enter", "ctrl+e", "1", "ctrl+q")
        assert app.is_running
        assert "Ctrl+Q" in app.screen_stack[0].message.message
        lock.rollback()
        lock.close()


async def test_a_title_of_two_lines_hides_no_answer(app: PrompterApp) -> None:
    async with app.run_test(size=(60, 40)) as pilot:
        menu = Menu("Перезвон выполнен? " * 4, [Item("yes", "да"), Item("no", "нет")], print, lambda: None)
        app.screen.query_one("#body").mount(menu)
        await pilot.pause()
        assert [row.plain.strip() for row in menu.render().split("\n")][-2:] == ["1  да", "2  нет"]


@pytest.mark.parametrize("size", [(60, 40), (80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["ctrl+t", "ctrl+e"])
async def test_the_phrase_stays_in_sight_over_a_list(
    app: PrompterApp, size: tuple[int, int], key: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", "f5", key)
        await pilot.pause()
        assert app.screen.query(Menu)
        card = app.screen.query_one(CardPane)
        rows = [card.render_line(y).text for y in range(card.size.height)]
        assert any("Просьба не вести" in row for row in rows), rows


@pytest.mark.parametrize(("question", "told"), [("", True), ("Тариф", False)])
async def test_a_promise_without_its_question_is_told(
    app: PrompterApp, shift: Shift, question: str, told: bool
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("enter", "f4", "2")
        await pilot.pause()
        await pilot.press(*"0555123456", "tab", *"Асан", "tab", *question, "enter")
        await pilot.pause()
        assert shift.desk.state.promises
        assert ("Вопрос не записан" in app.screen_stack[0].message.message) is told  # type: ignore[attr-defined]


async def test_an_error_goes_when_it_is_corrected(app: PrompterApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("enter", "f4", "2")
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        error = app.screen.query_one("#form-error", Static)
        assert str(error.content)
        await pilot.press("2")
        await pilot.pause()
        assert not str(error.content)
