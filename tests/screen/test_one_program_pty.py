"""One program a desk, however the one before ended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.phone.client import DONE, KEPT, tell
from prompter.phone.place import PORT, TOKEN
from tests.screen.seat import PATIENCE, Seat

pytestmark = pytest.mark.pty


def heard(seat: Seat, home: Path) -> Seat:
    """Wait until the phone is listened to."""
    seat.ready().until(lambda: (home / PORT).exists() and (home / TOKEN).exists())
    return seat


def test_a_second_start_brings_up_the_first_and_says_so(home: Path) -> None:
    with Seat(home) as first:
        heard(first, home).press("enter").see(header="Разговор")
        with Seat(home) as second:
            assert second.term.wait_exit(PATIENCE) == 0
            assert second.term.shows("Prompter уже открыт")
        first.see(typed="Prompter здесь", header="Разговор")
        assert b"\x1b[5t" in first.term.raw


def test_after_kill_9_the_next_start_goes_on_with_who_rings(home: Path) -> None:
    with Seat(home) as seat:
        heard(seat, home)
        assert tell(["ringing", "--number", "0555123456", "--id", "1"]) == DONE
        seat.see(header="☎ Звонят")
        seat.term.kill()
    assert tell(["answered", "--number", "0555123456", "--id", "1"]) == KEPT
    with Seat(home) as seat:
        heard(seat, home).see(header=r"Разговор .*\+996 555 12-34-56", card="я Вас слушаю")
        assert tell(["answered", "--number", "0555123456", "--id", "1"]) == DONE
        assert tell(["ended", "--id", "1"]) == DONE
        seat.see(header="Ожидание", typed="Звонок завершён")
