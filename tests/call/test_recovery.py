"""The program dies after any key: started again, the same screen stands at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from prompter.call.apply import apply
from prompter.call.state import DeskState
from prompter.journal.batch import Batch
from prompter.journal.store import Journal
from tests.call.builders import Shift, bundled, seconds
from tests.call.plays import Move, Play, moves

Script = list[tuple[str, Callable[[Shift], object]]]


def keys(*names: str) -> Callable[[Shift], object]:
    return lambda shift: shift.press(*names)


HOLD: Script = [
    ("0:00", keys("Enter")),
    ("0:25", keys("F4")),
    ("0:27", keys("1")),
    ("0:28", keys("←")),
    ("0:29", keys("Enter")),
    ("0:40", keys("F5")),
    ("0:50", keys("F12")),
    ("0:55", keys("0")),
    ("1:00", keys("1")),
    ("1:50", keys("4")),
    ("1:51", keys("Esc")),
    ("2:00", keys("1")),
    ("2:01", keys("Enter")),
    ("3:10", keys("F9")),
    ("3:14", keys("2")),
    ("3:17", keys("Enter")),
    ("3:19", keys("Esc")),
    ("3:20", keys("Enter")),
    ("9:00", keys("F3")),
]

PROMISES: Script = [
    ("0:00", lambda shift: shift.desk.start(number="0555123456")),
    ("0:02", keys("Enter")),
    ("0:25", keys("F4")),
    ("0:27", keys("2")),
    ("0:50", lambda shift: shift.promise("0555123456", "Бакыт", 20)),
    ("0:52", keys("Esc")),
    ("0:59", lambda shift: shift.promise("0700123456", "Чолпон", 10)),
    ("1:05", keys("0")),
    ("1:10", lambda shift: shift.desk.start(number="0777000000")),
    ("1:12", keys("Enter")),
    ("1:20", keys("F8")),
    ("1:22", keys("2")),
    ("1:40", lambda shift: shift.promise("0777000000", "Нурлан")),
    ("1:45", lambda shift: shift.desk.write_note("Говорит быстро")),
    ("1:50", lambda shift: shift.end("hung-up")),
    ("2:00", keys("Enter")),
    ("2:05", lambda shift: shift.desk.keep_promise(shift.desk.state.promises[0].id)),
    ("2:10", lambda shift: shift.end("helped")),
    ("2:20", lambda shift: shift.desk.start("outgoing", promise=shift.desk.state.promises[0].id)),
    ("2:25", keys("1")),
    ("2:30", lambda shift: shift.desk.cancel_promise(shift.desk.state.promises[0].id, "Решилось")),
    ("2:40", lambda shift: shift.desk.write_note("Сосед", shift.desk.state.gaps[0].id)),
    ("2:50", lambda shift: shift.end("hung-up")),
]


@pytest.mark.parametrize("script", [HOLD, PROMISES], ids=["hold", "promises"])
@pytest.mark.parametrize("pause", [0, 2, 45])
def test_after_every_key(tmp_path: Path, script: Script, pause: int) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    start = shift.clock.time
    for time, press in script:
        shift.clock.time = start + seconds(time)
        press(shift)
        shift.clock.time += pause
        journal = Journal.open(shift.path)
        again = shift.sit(journal)
        assert again.view() == shift.view
        assert again.state == shift.desk.state
        assert again.recovered is (shift.desk.state.active is not None)
        journal.close()
    shift.journal.close()


def test_what_can_be_done_goes_on_where_it_was(tmp_path: Path) -> None:
    """A program that dies after each key plays the same call as one that never does."""
    plain, dying = (Shift(tmp_path / f"{name}.db", bundled()) for name in ("plain", "dying"))
    start = plain.clock.time
    for time, press in HOLD:
        for shift in (plain, dying):
            shift.clock.time = start + seconds(time)
            press(shift)
        dying.restart()
        assert dying.view == plain.view
    assert [event.body for event in dying.events()] == [event.body for event in plain.events()]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves())
def test_the_events_of_what_is_live_are_enough(tmp_path: Path, moves: list[Move]) -> None:
    """After any keys: what a start reads back leads to the calls, promises and gaps of before."""
    path, play = tmp_path / "journal.db", Play()
    path.unlink(missing_ok=True)
    journal = Journal.open(path)
    for turned in play.through(moves):
        journal.append(Batch(turned.events, live=turned.after.live()))
    journal.close()
    again = Journal.open(path)
    state = DeskState()
    for event in again.recover():
        state = apply(state, event)
    again.close()
    assert state == play.state
