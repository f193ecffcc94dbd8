"""The list of call-backs on the screen: nothing leaves it by one slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from prompter import locale
from prompter.commands.screen import show
from prompter.desk import Desk, new_id
from prompter.handover import owed
from prompter.handover_file import from_file
from prompter.journal.store import Journal
from prompter.settings import Settings
from prompter.tui import clipboard as copying
from prompter.tui.app import PrompterApp
from prompter.tui.forms.menu import Menu
from prompter.tui.keys import call_hints
from prompter.tui.norms import NormsPane
from prompter.wording.promises import listed as lines
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


async def test_a_note_is_written_and_stands_in_the_list(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("ctrl+b", "4")
        await pilot.pause()
        await pilot.press(*"занято", "enter")
        assert shift.desk.notes(shift.owed.id) == ("занято",)
        await pilot.press("ctrl+b")
        await pilot.pause()
        assert "занято" in app.screen.query_one(Menu).render().plain


async def test_every_verb_stands_in_the_narrowest_window(shift: Shift, tmp_path: Path) -> None:
    for ui in ("ru", "ky", "en"):
        locale.activate(ui)
        app = app_of(shift, tmp_path)
        async with app.run_test(size=(60, 24)) as pilot:
            await pilot.press("ctrl+b")
            await pilot.pause()
            menu = app.screen.query_one(Menu)
            verbs = menu.render().split("\n")[-1].plain.rstrip()
            assert len(verbs) <= menu.size.width
            assert all(words in verbs for _verb, words in menu.verbs)


async def test_the_card_for_the_chat_is_copied_line_by_line(
    shift: Shift, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def take(text: str, *_others: object) -> str:
        taken.append(text)
        return "xclip"

    monkeypatch.setattr(copying, "hand_over", take)
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+b", "5")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.query_one(Menu).is_mounted
    (card,) = taken
    assert card.splitlines() == [
        "Перезвонить до 14:40, обещано в 14:20",
        "Номер: +996 700 11-22-33, Бакыт",
        "Вопрос: нет интернета со вчерашнего дня",
        "Язык: русский",
        "Кто звонит: оператор",
        "Кто обещал: Айгуль",
    ]


class TestEndOfShift:
    async def test_open_ones_are_shown_before_the_program_is_left(self, shift: Shift, tmp_path: Path) -> None:
        app = app_of(shift, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert app.is_running
            assert "Бакыт" in app.screen.query_one(Menu).render().plain
            await pilot.press("ctrl+q")
        assert app.return_code == 0

    async def test_none_open_leaves_at_once(self, shift: Shift, tmp_path: Path) -> None:
        shift.desk.keep_promise(shift.owed.id)
        app = app_of(shift, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q")
        assert app.return_code == 0

    async def test_on_paper_they_stay(self, shift: Shift, tmp_path: Path) -> None:
        app = app_of(shift, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q", "1")
            (sheet,) = (tmp_path / "handover").glob("*.txt")
            assert "Бакыт" in sheet.read_text("utf-8-sig")
            assert str(sheet) in app.screen.message.message
            assert app.parting == [f"Лист для печати: {sheet}"]
            assert len(shift.desk.state.promises) == 1

    async def test_in_a_file_they_leave(self, shift: Shift, tmp_path: Path) -> None:
        app = app_of(shift, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q", "2")
            (file,) = (tmp_path / "handover").glob("*.json")
            assert [one.name for one in from_file(file.read_bytes()).promises] == ["Бакыт"]
            assert shift.desk.state.promises == ()
            assert "вернуть сюда" in app.screen.message.message
            await pilot.press("ctrl+q")
        assert app.return_code == 0
        (parting,) = app.parting
        assert f"prompter promises import {file}" in parting

    async def test_what_esc_brings_back_is_the_call(self, shift: Shift, tmp_path: Path) -> None:
        app = app_of(shift.press("Enter").end("hung-up"), tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q", "2")
            bar = {hint.key: hint.does for hint in call_hints(app.screen.seen, "", None)}
            assert bar["Esc"] == "в разговор"
            await pilot.press("escape")
            assert shift.desk.state.active
            assert shift.desk.state.promises == ()

    async def test_a_file_that_cannot_be_written_keeps_them(self, shift: Shift, tmp_path: Path) -> None:
        (tmp_path / "handover").write_text("in the way")
        app = app_of(shift, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press("ctrl+q", "2")
            assert app.screen.message.bad
            assert len(shift.desk.state.promises) == 1
        assert app.parting == []

    def test_where_the_file_is_can_be_read_when_the_screen_has_closed(
        self,
        shift: Shift,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        app = app_of(shift, tmp_path)
        monkeypatch.setattr(app, "run", lambda: app.parting.append("Лист для печати: x.txt"))
        assert show(app, shift.desk.journal, tmp_path) == 0
        assert capsys.readouterr().out == "Лист для печати: x.txt\n"


async def test_an_overdue_one_is_told_to_whoever_comes_back_from_lunch(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    rung: list[bool] = []
    async with app.run_test() as pilot:
        app.bell = lambda: rung.append(True)  # type: ignore[method-assign]
        shift.later(45 * 60)
        app.screen.draw()
        app.screen.draw()
        await pilot.pause()
        assert len(rung) == 1
        line = app.screen.query_one("#typed").part
        assert (line.bad, "просрочен" in line.message) == (True, True)
        await pilot.press("enter")
        assert shift.desk.state.active is not None


async def test_what_a_command_did_is_seen(shift: Shift, tmp_path: Path) -> None:
    app = app_of(shift, tmp_path)
    async with app.run_test() as pilot:
        journal = Journal.open(shift.path, visiting=True)
        command = Desk(shift.base, journal, shift.viewer, clock=shift.clock, ids=new_id)
        assert command.keep_promise(shift.owed.id) is None
        journal.close()
        while shift.desk.state.promises:
            await pilot.pause(0.05)


@pytest.mark.parametrize(
    ("later", "glyph", "words"),
    [(0, "○", "через 19 мин"), (16 * 60, "◑", "через 3 мин"), (19 * 60 + 21, "▲", "просрочено 21 с")],
)
async def test_its_time_is_told_in_one_way_everywhere(
    shift: Shift, tmp_path: Path, later: int, glyph: str, words: str
) -> None:
    shift.later(later)
    app = app_of(shift, tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        below = "\n".join(row.plain for row in NormsPane("norms").lines(app.screen.seen.norms, 60, 5))
        await pilot.press("ctrl+b")
        await pilot.pause()
        listed = app.screen.query_one(Menu).render().plain
    in_a_command = next(lines(owed(shift.desk), shift.desk.clock.now()))
    for text in (below, listed, in_a_command):
        assert any(glyph in row and words in row for row in text.splitlines()), text
