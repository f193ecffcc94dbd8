"""The list of call-backs on the screen: nothing leaves it by one slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.forms.menu import Menu
from tests.call.builders import Shift, bundled


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    """A desk that owes Бакыт a call back."""
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.press("Enter", "F4", "2")
    assert shift.desk.make_promise("0700112233", "Бакыт", "нет интернета со вчерашнего дня", 20 * 60) is None
    return shift.press("Enter", "F9", "2", "Enter").later(60)


def app_of(shift: Shift, home: Path) -> PrompterApp:
    return PrompterApp(shift.desk, Settings(operator="Айгуль"), home)


async def test_done_is_asked_first(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b", "2", "2")
        assert app.screen.query_one(Menu).title == "Перезвоны"
        assert len(shift.desk.state.promises) == 1
        await pilot.press("2", "1")
        assert shift.desk.state.promises == ()


async def test_a_late_one_asks_why(shift: Shift, tmp_path: Path) -> None:
    shift.later(30 * 60)
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b", "2", "1")
        await pilot.pause()
        assert app.screen.query_one(Input).has_focus
        await pilot.press("enter")
        assert len(shift.desk.state.promises) == 1
        await pilot.press(*"занято", "enter")
        assert shift.desk.state.promises == ()


async def test_the_question_is_read_in_full_in_the_list_and_in_the_call(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("ctrl+b")
        await pilot.pause()
        told = " ".join(app.screen.query_one(Menu).render().plain.split())
        assert "«нет интернета со вчерашнего дня»" in told
        await pilot.press("1")
        await pilot.pause()
        card = app.screen.query_one("#card")
        shown = " ".join(card.render_line(y).text for y in range(card.size.height))
        assert "«нет интернета со вчерашнего дня»" in " ".join(shown.split())
        assert shift.desk.state.promises[0].state == "called"


async def test_ctrl_c_does_not_close_the_program(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running
        assert "Ctrl+Q" in app.screen.message.message


async def test_the_one_that_was_called_is_asked_about_by_name(shift: Shift, tmp_path: Path) -> None:
    shift.press("Enter", "F4", "2")
    assert shift.desk.make_promise("0555405060", "Гульмира", "", 25 * 60) is None
    shift.press("Enter", "F9", "2", "Enter").later(60)
    called = next(
        p for p in shift.desk.state.promises if shift.desk.viewer.people[p.contact].name == "Гульмира"
    )
    assert shift.desk.start("outgoing", promise=called.id) is None
    shift.end("hung-up").later(60)
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b", "2")
        await pilot.pause()
        assert "Гульмира" in app.screen.query_one(Menu).title
        await pilot.press("1")
        assert called.id not in {p.id for p in shift.desk.state.promises}


async def test_enter_in_the_list_dials_nobody(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b", "enter")
        await pilot.pause()
        assert shift.desk.state.active is None
