"""The softphone on screen: what an operator sees when it rings, and what becomes of what she was doing."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen

from prompter.call.view.parts import NOBODY, EndedCall, Header, Person, Rings
from prompter.phone import instance, place
from prompter.phone.client import tell
from prompter.phone.listener import DONE, HELD
from prompter.phone.request import PhoneEvent
from prompter.settings import Settings
from prompter.tui import messages
from prompter.tui.app import PrompterApp
from prompter.tui.card import CardPane
from prompter.tui.footer import TypedPane
from prompter.tui.handbook.screen import HandbookScreen
from prompter.tui.header import HeaderPane, Top
from prompter.tui.help import HelpScreen
from prompter.tui.phone import CallRings, PhoneTold
from prompter.tui.ringing import ringing_lines
from prompter.tui.screen import MainScreen
from tests.call.builders import NOON, Shift, bundled

NUMBER = "+996555123456"
OTHER = "+996700112233"


class Sitting:
    """An operator before the program, and her phone."""

    def __init__(self, shift: Shift, app: PrompterApp, pilot: Pilot[None]) -> None:
        self.shift, self.app, self.pilot = shift, app, pilot

    @property
    def screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def card(self) -> str:
        return "\n".join(str(row) for row in self.screen.query_one(CardPane)._rows)

    @property
    def header(self) -> str:
        return "\n".join(str(row) for row in self.screen.query_one(HeaderPane)._rows)

    @property
    def told(self) -> str:
        part = self.screen.query_one(TypedPane).part
        return part.message if part else ""

    async def phone(self, kind: str, id_: str = "1", number: str = NUMBER, **more: object) -> int:
        """The phone tells; the answer that it gets."""
        answers: list[int] = []
        event = PhoneEvent(kind, number, id_, **more)  # type: ignore[arg-type]
        self.app.post_message(PhoneTold(event, answers.append))
        await self.until(lambda: bool(answers))
        await self.pilot.pause()
        return answers[0]

    async def call(self, id_: str = "1", number: str = NUMBER) -> None:
        await self.phone("ringing", id_, number)
        await self.phone("answered", id_, number)

    async def until(self, true: object) -> None:
        while not true():  # type: ignore[operator]
            await self.pilot.pause(0.01)


@asynccontextmanager
async def sitting(folder: Path, cols: int = 80, port: int = 0) -> AsyncIterator[Sitting]:
    shift = Shift(folder / "journal.db", bundled())
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales", phone_port=port), folder)
    async with app.run_test(size=(cols, 40)) as pilot:
        one = Sitting(shift, app, pilot)
        await one.until(lambda: app._phoning is not None)
        yield one
    assert app.failure is None


async def test_it_rings_is_answered_and_ends(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        assert await one.phone("ringing", name="Асан [/x]") == DONE
        assert "☎ Звонят" in one.header
        assert "Звонят: +996 555 12-34-56  Асан [/x]" in one.card
        assert "Раньше не звонил" in one.card
        await one.phone("answered")
        assert "Разговор" in one.header
        assert "Звонят" not in one.card
        await one.phone("ended")
        assert "Ожидание" in one.header
        assert one.told.startswith("Звонок завершён")
        await one.pilot.press("ctrl+e")
        assert "+996 555 12-34-56" in one.screen.panels.open.title  # type: ignore[union-attr]
        await one.pilot.press("4")
        assert one.shift.desk.state.untold == ()
        await one.phone("ringing", "2")
        assert re.search(r"Прошлый раз \d\d:20: Тишина · русский", one.card)


async def test_what_is_not_on_disk_is_not_ok(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        one.shift.journal.close()
        one.shift.journal.path.unlink()
        tmp_path.joinpath("journal.db").mkdir()
        tmp_path.joinpath("journal.db.waiting").mkdir()
        assert await one.phone("ringing") == HELD


async def test_a_second_one_rings_during_a_hold_and_nothing_else_moves(tmp_path: Path) -> None:
    async with sitting(tmp_path, cols=120) as one:
        await one.call()
        await one.pilot.press("enter", "f4", "enter")
        card = one.card
        await one.phone("ringing", "2", OTHER)
        assert "☎ звонит +996 700 11-22-33" in one.header
        assert one.card == card
        await one.phone("answered", "2", OTHER)
        assert "‖ ждёт +996 555 12-34-56" in one.header
        await one.phone("ended", "2", OTHER)
        assert one.card == card
        assert one.told == "Второй разговор завершён"


async def test_a_call_that_was_declined_stays_told(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        await one.phone("ringing")
        await one.phone("rejected")
        assert "отклонять звонок-callback строго запрещается (слайд 6)" in one.told
        assert one.screen._message_timer is None


async def test_a_call_back_by_the_phone_asks_the_promises_question(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        one.shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up").later("5:00")
        await one.phone("ringing", outgoing=True)
        assert "☎ Набор" in one.header
        assert "Обещан перезвон до" in one.card
        assert "слушаю" not in one.card
        await one.phone("answered", outgoing=True)
        assert "«Какой тариф?»" in one.card


@pytest.mark.parametrize(("key", "over"), [("ctrl+r", HandbookScreen), ("f1", HelpScreen)])
async def test_an_answered_call_uncovers_the_screen(
    tmp_path: Path, key: str, over: type[Screen[None]]
) -> None:
    async with sitting(tmp_path) as one:
        await one.pilot.press(key)
        await one.phone("ringing")
        assert isinstance(one.app.screen, over)
        await one.phone("answered")
        await one.until(lambda: one.app.screen is one.screen)


async def test_what_was_typed_is_there_after_the_call(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        await one.call()
        await one.phone("ended")
        await one.pilot.press("ctrl+o", *"тариф")
        await one.phone("ringing", "2", OTHER)
        assert one.screen.panels.open
        await one.phone("answered", "2", OTHER)
        assert not one.screen.panels.open
        await one.pilot.press("enter")
        assert "greeting" in one.shift.call.marks
        await one.phone("ended", "2", OTHER)


async def test_a_contact_that_is_being_written_when_he_hangs_up_becomes_a_note(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        await one.call()
        await one.pilot.press("enter", "f4", "2")
        await one.until(lambda: one.screen.panels.open and one.screen.panels.open.ready)
        await one.pilot.press("tab", *"Асан")
        await one.until(lambda: one.screen.panels.written() == "Асан")
        await one.phone("ended")
        notes = [getattr(event.body, "note", "") for event in one.shift.events()]
        assert one.shift.journal.note(next(note for note in notes if note)) == "Асан"
        assert one.shift.desk.state.promises == ()


async def test_a_call_is_told_to_whatever_stands_above(tmp_path: Path) -> None:
    class Drill(Screen[None]):
        rings = 0

        def on_call_rings(self, event: CallRings) -> None:
            self.rings += 1

    async with sitting(tmp_path) as one:
        drill = Drill()
        await one.app.push_screen(drill)
        await one.phone("ringing")
        await one.until(lambda: drill.rings == 1)


async def test_what_was_kept_while_nobody_answered_is_taken_up(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        await one.call()
        kept = tmp_path / place.WAITING
        kept.write_text(f"{NOON:.0f} ended?number={NUMBER}&id=1\n")
        assert one.app._phoning
        assert one.app._phoning.take_up() == 1
        assert one.shift.desk.state.active is None
        assert not [*tmp_path.glob("phone.waiting*")]


async def test_an_end_that_was_kept_is_not_that_of_a_call_that_began_since(tmp_path: Path) -> None:
    """A phone without ids: the same number is on the line again."""
    async with sitting(tmp_path) as one:
        await one.call(id_="")
        (tmp_path / place.WAITING).write_text(f"{NOON - 60:.0f} ended?number={NUMBER}\n")
        assert one.app._phoning
        assert one.app._phoning.take_up() == 0
        assert one.shift.desk.state.active


async def test_more_than_a_few_refusals_are_told_once(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        assert one.app._phoning
        before = one.shift.desk.state, one.card
        for _ in range(5):
            one.app._phoning._refuse()
        await one.pilot.pause()
        assert (one.shift.desk.state, one.card, one.told) == (*before, "")
        for _ in range(500):
            one.app._phoning._refuse()
        await one.until(lambda: one.told.startswith("Запросы без верного ключа"))
        one.screen.tell("Записано")
        one.app._phoning._refuse()
        await one.pilot.pause()
        assert one.told == "Записано"
        assert one.shift.desk.state == before[0]


async def test_what_was_told_while_no_program_ran(home: Path) -> None:
    home.mkdir()
    tell(["ringing", "--number", NUMBER, "--id", "1"])
    async with sitting(home) as one:
        await one.until(lambda: "☎ Звонят" in one.header)
        assert one.told == "Пока программа была закрыта, телефон прислал 1 событие"


async def test_a_port_that_is_taken_is_told_and_another_one_heard(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with sitting(home, port=port) as one:
            await one.until(lambda: one.told.startswith(f"Порт {port} занят"))
            lock = instance.take(str(home))
            told = threading.Thread(target=tell, args=(["ringing", "--number", NUMBER],))
            told.start()
            await one.until(lambda: "☎ Звонят" in one.header)
            assert lock is not None


async def test_the_port_of_the_last_time_is_taken_again(home: Path) -> None:
    async with sitting(home):
        port = (home / place.PORT).read_text()
    async with sitting(home):
        assert (home / place.PORT).read_text() == port


@pytest.mark.parametrize("name", [place.PORT, place.TOKEN])
async def test_a_file_that_cannot_be_written_is_told_and_work_goes_on(home: Path, name: str) -> None:
    (home / name).mkdir(parents=True)
    async with sitting(home) as one:
        await one.until(lambda: one.told.startswith("Телефон не слышен"))
        await one.pilot.press("enter")
        assert one.shift.desk.state.active


# --- words --------------------------------------------------------------------------------------------


def lines(rings: Rings, width: int = 60) -> list[str]:
    return [str(row) for row in ringing_lines(rings, width)]


def test_who_rings() -> None:
    person = Person(NUMBER, "Асан")
    known = Rings(person, False, "ky", last_at=NOON, last_today=True, last_outcome="Тишина", due=NOON)
    first, owed, last = lines(known)
    assert first == "☎ Звонят: +996 555 12-34-56  Асан"
    assert owed.startswith("  Обещан перезвон до ")
    assert last.endswith(": Тишина · кыргызча")
    assert lines(Rings(NOBODY, False, "ru")) == ["☎ Звонят: номер скрыт"]
    assert lines(Rings(person, True, "ru", last_at=1.0))[0].startswith("☎ Набор: ")
    assert "итог не указан" in lines(Rings(person, True, "ru", last_at=1.0))[1]
    assert max(len(row) for row in lines(Rings(Person(NUMBER, "А" * 80), False, "ru"))) <= 60


def test_the_note_of_an_earlier_call_is_read_in_full_and_as_it_is() -> None:
    note = "[bold]Роутер[/x] " + "мигает красным " * 15 + "конец"
    rows = [str(row) for row in ringing_lines(Rings(Person(NUMBER, ""), False, "ru"), 60, note)]
    assert max(map(len, rows)) <= 60
    assert " ".join(" ".join(rows).split()).endswith(f"Заметка: {note}")


async def test_the_note_of_an_earlier_call_stands_until_a_scenario_is_opened(tmp_path: Path) -> None:
    async with sitting(tmp_path, cols=60) as one:
        await one.call("1")
        await one.pilot.press("ctrl+o", *"Ждёт", "enter")
        await one.phone("ended", "1")
        await one.phone("ringing", "2")
        await one.until(lambda: "Заметка: Ждёт" in one.card)
        await one.phone("answered", "2")
        await one.until(lambda: "«Ждёт»" in one.card)
        assert "Заметка: Ждёт" not in one.card
        await one.pilot.press("enter", "f4")
        await one.until(lambda: "«Ждёт»" not in one.card)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_header_has_room_for_all_of_them(width: int) -> None:
    first, second = Person(NUMBER, "Асан"), Person(OTHER, "")
    header = Header("talking", "ru", "Удержание", "running", 65.0, first, waiting=second)
    ringing = replace(header, ringing=(Person("103", ""),))
    top = Top(ringing, ("ru", "ky"), "Айгуль", "", "14:20", False)
    (row,) = HeaderPane("header").lines(top, width, 1)
    assert row.cell_length <= width
    assert "звонит" in str(row)
    assert str(row).rstrip().endswith("14:20")


def test_the_end_of_the_other_call_offers_no_key_that_would_end_this_one() -> None:
    assert "Ctrl+E" in messages.ended(EndedCall("", (), hung=True))
    assert "Ctrl+E" not in messages.ended(EndedCall("", (), hung=True), idle=False)
    assert "Esc" not in messages.ended(EndedCall("Тишина", (), hung=True))


async def test_a_third_call_opens_by_itself_once_another_is_over(tmp_path: Path) -> None:
    third = "+996777000000"
    async with sitting(tmp_path) as one:
        await one.call("1")
        await one.call("2", OTHER)
        await one.call("3", third)
        assert "третий" in one.told
        await one.pilot.press("ctrl+e", "1")
        await one.until(lambda: not one.shift.desk.state.ringing)
        assert one.shift.desk.state.waiting
        await one.until(lambda: "777" in one.header)


async def test_a_promise_that_a_key_opened_is_dialled_as_the_same_call(tmp_path: Path) -> None:
    async with sitting(tmp_path) as one:
        one.shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up")
        one.screen.draw()
        await one.pilot.press("ctrl+b", "1")
        call = one.shift.call.id
        for kind in ("ringing", "answered"):
            await one.phone(kind, outgoing=True)
            assert (one.shift.call.id, one.shift.desk.state.ringing) == (call, ())
            assert "звонит" not in one.header.lower()
        await one.phone("ended")
        assert one.shift.desk.state.active is None
