"""Real SIP calls on loopback open, drive and close calls on the real program's screen, no key pressed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.phone.place import PORT
from tests.journal.makers import query
from tests.phone.softphone import PATIENCE, Softphone, missing
from tests.screen.seat import Seat

pytestmark = [
    pytest.mark.pty,
    pytest.mark.softphone,
    pytest.mark.skipif(bool(missing()), reason=f"there is no {missing()} here"),
]

CALLS = 50


@pytest.fixture
def seat(home: Path) -> Iterator[Seat]:
    with Seat(home) as seat:
        seat.ready().until(lambda: (home / PORT).exists() and (home / "phone.token").exists())
        yield seat


@pytest.fixture
def phone(seat: Seat, tmp_path: Path) -> Iterator[Softphone]:
    with Softphone(tmp_path / "phone") as phone:
        yield phone
    assert set(phone.outcomes) <= {"done"}


def test_a_call_is_answered_on_the_phone_and_ended_by_the_caller(seat: Seat, phone: Softphone) -> None:
    caller = phone.caller("0555123456", talk=1500, name="Asan $(id)")
    seat.see(header=r"☎ Звонят \+996 555 12-34-56", card=r"Звонят: .*Asan \$\(id\) Раньше не звонил")
    phone.command("accept")
    seat.see(header="Разговор 0:0", card="«Добр.*я Вас слушаю", no="Звонят")
    seat.see(header="Ожидание", typed="Звонок завершён")
    assert caller.wait(PATIENCE) == 0
    phone.caller("0555123456")
    seat.see(card=r"Прошлый раз \d\d:\d\d: итог не указан · русский")


def test_who_gives_up_is_told_as_missed(seat: Seat, phone: Softphone) -> None:
    phone.caller("+7 495 123-45-67".replace(" ", "").replace("-", ""), talk=800, gives_up=True)
    seat.see(header=r"☎ Звонят \+74951234567").see(typed="Без ответа: .*74951234567", header="Ожидание")
    phone.until(lambda seen: seen[-1].type == "CALL_CLOSED")
    assert "CALL_ESTABLISHED" not in phone.kinds()


def test_declining_is_forbidden(seat: Seat, phone: Softphone) -> None:
    phone.caller("0555123456")
    seat.see(header="☎ Звонят")
    phone.command("hangup")
    seat.see(typed="Звонок отклонён.*слайд 6", header="Ожидание")


def test_a_second_call_during_the_first(seat: Seat, phone: Softphone) -> None:
    phone.caller("0555123456")
    seat.see(header="☎ Звонят")
    phone.command("accept")
    seat.see(header="Разговор").press("enter", "f4", "enter").see(header="Удержание")
    second = phone.caller("0700112233", talk=1500)
    seat.see(header=r"Удержание .*☎ звонит \+996 700 11-22-33", tree="F4 Уточнить информацию ▶")
    phone.command("accept")
    seat.see(header=r"Разговор .*\+996 700 11-22-33 .*‖ ждёт \+996 555 12-34-56", card="я Вас слушаю")
    seat.see(header=r"Удержание .*\+996 555 12-34-56", typed="Второй разговор завершён", no="‖ ждёт")
    assert second.wait(PATIENCE) == 0


def test_fifty_calls_in_a_row_with_nobody_at_the_keyboard(seat: Seat, phone: Softphone, home: Path) -> None:
    phone.answers = True

    def rest() -> tuple[int, int]:
        """Open files and threads, between calls."""
        seat.see(header="Ожидание", no="☎")
        proc = Path(f"/proc/{seat.term.pid}")
        return len(os.listdir(proc / "fd")), len(os.listdir(proc / "task"))

    def ended(count: int) -> bool:
        return phone.kinds().count("CALL_CLOSED") == count

    assert phone.caller("0555123456", talk=100).wait(PATIENCE) == 0
    seat.until(lambda: ended(1))
    before = rest()
    callers = phone.caller("0555123456", talk=100, calls=CALLS - 1)
    seat.until(lambda: callers.poll() is not None and ended(CALLS), patience=5 * PATIENCE)
    assert callers.returncode == 0
    assert rest() <= before
    count = "SELECT count(*), count(DISTINCT call) FROM events WHERE type = ?"
    for kind in ("rang", "call_started", "connected", "ended"):
        assert query(home / "journal.db", count, kind) == [(CALLS, CALLS)]
    assert seat.keys == 0
