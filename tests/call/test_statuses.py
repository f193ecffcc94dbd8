"""The mirrored status: what may be set, what is reminded of, and that calls never wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call.view.statuses import BACK, CLOSED, UNUSED, reminders, statuses
from prompter.kb.model import KnowledgeBase
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.forms.menu import Menu
from tests.call.builders import AIGUL, NOON, ZONE, Shift, bundled
from tests.kb.bases import problems_of, write

HOUR = 3600.0


def at(clock: str) -> float:
    """A time of day of the shift's day."""
    hour, minute = map(int, clock.split(":"))
    return datetime.fromtimestamp(NOON, ZONE).replace(hour=hour, minute=minute, second=0).timestamp()


def peak() -> KnowledgeBase:
    """The bundled base, with no coffee from 10 to 12."""
    base = bundled()
    coffee = replace(base.statuses["coffee"], closed={"10:00": "12:00"})
    return replace(base, statuses={**base.statuses, "coffee": coffee})


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A desk of sales, at nine."""
    shift = Shift(tmp_path / "journal.db", peak(), viewer=replace(AIGUL, department="sales"))
    shift.clock.time = at("09:00")
    yield shift
    shift.journal.close()


def set_(shift: Shift, status: str) -> Shift:
    assert shift.desk.act(a.SetStatus(status)) is None
    return shift


def told(shift: Shift) -> list[tuple[str, str]]:
    desk = shift.desk
    found = reminders(desk.state, desk.base, desk.viewer, shift.clock.time)
    return [(one.code, one.title) for one in found]


def test_the_forbidden_ones_stand_last_with_their_rule(shift: Shift) -> None:
    desk = shift.desk
    lines = statuses(desk.state, desk.base, desk.viewer, shift.clock.time)
    assert [one.allowed for one in lines] == sorted((one.allowed for one in lines), reverse=True)
    busy = next(one for one in lines if one.id == "busy")
    assert not busy.allowed
    assert "нарушение" in busy.rule
    everybody = statuses(desk.state, desk.base, replace(desk.viewer, department="support"), shift.clock.time)
    assert all(one.allowed for one in everybody)


def test_who_mirrors_nothing_is_reminded_of_nothing(shift: Shift) -> None:
    shift.press("Enter").end("hung-up").later(8 * HOUR)
    assert told(shift) == []
    assert shift.view.reminder is None


def test_back_on_the_usual_status_after_a_call(shift: Shift) -> None:
    set_(shift, "client").later(60).press("Enter").later(60)
    assert told(shift) == []
    shift.end("hung-up").later(10)
    assert told(shift) == [(BACK, "Ожидание")]
    set_(shift, "waiting")
    assert told(shift) == []
    set_(shift.later(10), "reports")  # chosen after the call
    assert told(shift) == []


def test_what_every_day_asks_for_is_reminded_late_in_the_shift(shift: Shift) -> None:
    set_(shift, "waiting").later(4 * HOUR)
    assert told(shift) == [(UNUSED, "Обед")]
    set_(shift, "lunch").later(HOUR)
    set_(shift, "waiting")
    assert told(shift) == [(UNUSED, "Кофе-брейк")]
    set_(shift, "coffee")
    set_(shift.later(600), "waiting")
    assert told(shift) == []


def test_no_coffee_in_peak_hours(shift: Shift) -> None:
    set_(shift, "coffee")
    shift.clock.time = at("09:59")
    assert told(shift) == []
    shift.clock.time = at("10:00")
    assert told(shift)[0] == (CLOSED, "Кофе-брейк")
    shift.clock.time = at("12:00")
    assert (CLOSED, "Кофе-брейк") not in told(shift)


def test_hours_over_midnight(shift: Shift) -> None:
    coffee = replace(peak().statuses["coffee"], closed={"22:00": "02:00"})
    shift.desk.take(replace(peak(), statuses={"coffee": coffee}, revision="night"))
    set_(shift, "coffee")
    for clock, closed in (("21:59", False), ("22:00", True), ("01:59", True), ("02:00", False)):
        desk = shift.desk
        (line,) = statuses(desk.state, desk.base, desk.viewer, at(clock))
        assert bool(line.closed) == closed, clock


def test_a_restart_knows_what_was_set_today(shift: Shift) -> None:
    set_(shift, "lunch")
    set_(shift.later(HOUR), "waiting")
    shift.restart()
    assert shift.desk.state.status == "waiting"
    shift.later(6 * HOUR)
    assert told(shift) == [(UNUSED, "Кофе-брейк")]


def test_yesterday_s_lunch_is_none_of_today(shift: Shift) -> None:
    set_(shift, "lunch").later(24 * HOUR)
    set_(shift, "waiting").later(4 * HOUR)
    assert told(shift) == [(UNUSED, "Обед")]


@pytest.mark.parametrize(
    ("end", "codes"), [("12:00", []), ("9:30", []), ("25:00", ["bad-time"]), ("noon", ["bad-time"])]
)
def test_hours_that_are_none_are_told(tmp_path: Path, end: str, codes: list[str]) -> None:
    status = f"coffee:\n  title:\n    ru: Кофе\n  closed:\n    '9:00': '{end}'\n"
    write(tmp_path)
    (tmp_path / "statuses.yaml").write_text(status, "utf-8")
    assert [one.code for one in problems_of(tmp_path) if one.severity == "error"] == codes


async def test_ctrl_t_and_a_digit(shift: Shift, tmp_path: Path) -> None:
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("ctrl+t")
        await pilot.pause()
        shown = " ".join(app.screen.query_one(Menu).render().plain.split())
        assert "не учёт" in shown
        assert "запрещён" in shown
        await pilot.press("2")
        assert shift.desk.state.status == "client"
        assert shift.view.header.title == "Работа с абонентом"
        await pilot.press("enter")
        assert shift.desk.state.active is not None


async def test_a_forbidden_one_says_why_and_is_not_set(shift: Shift, tmp_path: Path) -> None:
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("ctrl+t", "8")
        await pilot.pause()
        assert shift.desk.state.status == ""
        assert "нарушение" in app.screen.message.message


def test_without_a_department_what_not_all_may_use_is_not_freely_allowed(shift: Shift) -> None:
    desk = shift.desk
    lines = statuses(desk.state, desk.base, replace(desk.viewer, department=""), shift.clock.time)
    busy = next(one for one in lines if one.id == "busy")
    assert busy.allowed
    assert busy.barred_to == ("Отдел продаж",)
    assert "нарушение" in busy.rule
    marked = [bool(one.barred_to) for one in lines]
    assert marked == sorted(marked)


async def test_without_a_department_the_list_says_not_for_all_and_that_there_is_more(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled(), viewer=replace(AIGUL, department=""))
    app = PrompterApp(shift.desk, Settings(operator="Айгуль"), tmp_path)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+t")
        await pilot.pause()
        menu = app.screen.query_one(Menu)
        rows = menu.render().plain.splitlines()
        lines = [row for row in rows if row.rstrip().endswith(("↑", "↓"))]
        assert [row.rstrip()[-1] for row in lines] == ["↓"]
        await pilot.press("up")
        assert [sign for sign in "↑↓" if sign in menu.render().plain] == ["↑"]
        await pilot.press(*["up"] * (len(menu.items) - 1 - [one.value for one in menu.items].index("busy")))
        shown = menu.render().plain
        assert "✗ Отбой (занят)  не всем" in shown
        assert "Запрещён отделам: Отдел продаж" in shown
        await pilot.press("enter")
        assert shift.desk.state.status == "busy"
        assert "Отдел продаж" in app.screen.message.message
    shift.journal.close()
