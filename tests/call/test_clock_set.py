"""Somebody sets the computer's clock in the middle of things: what runs and what is owed tell the truth."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.apply import apply
from prompter.call.decide import Refusal, decide
from prompter.call.state import DeskState
from prompter.clock import SystemClock, running_seconds
from prompter.journal.batch import Batch
from prompter.journal.store import Journal
from prompter.locale.formats import clock_time
from tests.call.builders import NOON, Shift
from tests.call.plays import Move, Play, moves

HOUR, DAY = 3600.0, 86400.0
JUMPS = [-DAY, -HOUR, -1801.0, 1801.0, HOUR, DAY]


def set_clock(shift: Shift, by: float) -> None:
    shift.clock.ahead = by
    shift.desk.tidy()


@pytest.mark.parametrize("by", JUMPS)
class TestInACall:
    def test_a_hold_has_as_long_as_before(self, shift: Shift, by: float) -> None:
        shift.press("Enter", "F4", "Enter").later("0:40")
        before = shift.norms, shift.view.header
        set_clock(shift, by)
        assert (shift.norms, shift.view.header) == before
        shift.later("1:20").press("1")
        (stopped,) = shift.recorded(e.ClockStopped)[-1:]
        assert isinstance(stopped, e.ClockStopped)
        assert (stopped.elapsed, stopped.late) == (120.0, 0.0)

    def test_what_an_interrupt_suspended_goes_on_with_what_was_left(self, shift: Shift, by: float) -> None:
        shift.press("Enter", "F4", "Enter").later("0:40").press("F5")
        set_clock(shift, by)
        shift.later("0:10").press("1")
        assert shift.norm.left == 80.0

    def test_a_call_back_is_owed_in_as_long_at_another_time_of_day(self, shift: Shift, by: float) -> None:
        shift.press("Enter", "F4", "2").promise(minutes=20).later("1:00")
        owed = shift.norm
        set_clock(shift, by)
        assert shift.norm == replace(owed, due=owed.due + by)

    def test_nobody_is_cut_off(self, shift: Shift, by: float) -> None:
        shift.press("Enter").desk.start(number="0777000000")
        before = shift.desk.state
        set_clock(shift, by)
        assert shift.desk.state.active is not None
        assert shift.desk.state.active.moved(-by) == before.active
        assert shift.desk.state.waiting is not None

    def test_esc_takes_back_what_was_pressed_before(self, shift: Shift, by: float) -> None:
        shift.press("Enter", "F4", "Enter").later("0:30").press("1")
        set_clock(shift, by)
        shift.later("0:10").press("Esc")
        assert shift.norms == [("Удержание", "running", 80.0)]

    def test_an_end_can_be_taken_back_for_as_long_as_ever(self, shift: Shift, by: float) -> None:
        shift.press("Enter").end("hung-up")
        set_clock(shift, by)
        shift.later("0:05").press("Esc").later("0:01").end("hung-up")
        set_clock(shift, by)
        assert shift.later("0:06").refused("Esc") == "nothing-to-undo"

    def test_a_restart_knows_of_it(self, shift: Shift, by: float) -> None:
        shift.press("Enter", "F4", "2").promise().press("F4", "Enter").later("0:30")
        set_clock(shift, by)
        before, view = shift.desk.state, shift.view
        shift.restart()
        assert (shift.desk.state, shift.view) == (before, view)


def test_an_evening_without_calls_needs_no_record(shift: Shift) -> None:
    set_clock(shift, HOUR)
    assert shift.events() == []


@pytest.mark.parametrize("back", [HOUR, DAY])
def test_a_clock_set_back_while_nothing_ran_makes_nobody_wait_longer(shift: Shift, back: float) -> None:
    shift.press("Enter", "F4", "2").promise(minutes=20).press("F4", "Enter").later("0:30")
    shift.clock.time -= back
    shift.restart()
    lefts = {norm.kind: norm.left for norm in shift.view.norms}
    assert lefts == {"limit": 120.0, "promise": 20 * 60.0}  # as they stood when the last key was pressed
    assert shift.view.header.elapsed == 0.0
    shift.later("0:10").restart()
    assert {norm.kind: norm.left for norm in shift.view.norms} == {"limit": 110.0, "promise": 19 * 60 + 50.0}


def test_midnight_is_a_moment_as_any_other(shift: Shift) -> None:
    shift.clock.time += 9.5 * HOUR  # 23:50
    shift.answer().press("Enter", "F4", "2").promise(minutes=30).press("F4", "Enter").later("1:40")
    set_clock(shift, 2.0)
    shift.later("15:00").restart()
    hold, owed = shift.view.norms
    assert (hold.state, hold.left) == ("over", 120 - 1000.0)
    assert (owed.state, owed.left, owed.due) == ("open", 800.0, NOON + 9.5 * HOUR + 1802)


def test_two_programs_on_one_journal_move_a_promise_once(shift: Shift) -> None:
    shift.press("Enter", "F4", "2").promise(minutes=20).press("F9", "2", "Enter").later("1:00")
    other = shift.sit(Journal.open(shift.path))
    set_clock(shift, HOUR)
    other.act(a.MoveTimes(HOUR))
    shift.restart()
    assert shift.norm.left == 19 * 60.0


def test_a_call_of_a_thousand_keys(shift: Shift) -> None:
    shift.press("Enter", "F4", "1")
    for _ in range(1100):
        shift.desk.act(a.ChangeTime(-1))
        shift.desk.act(a.ChangeTime(1))
    set_clock(shift, HOUR)
    assert shift.view.header.elapsed == 0.0


class Machine:
    """A computer whose time passes, that sleeps, and whose clock people set."""

    def __init__(self) -> None:
        self.wall, self.running = NOON, 5.0
        self.clock = SystemClock(lambda: self.wall, lambda: self.running)

    def pass_(self, seconds: float) -> None:
        self.wall += seconds
        self.running += seconds


@given(st.lists(st.tuples(st.integers(0, 90_000), st.sampled_from([0, 0, *JUMPS, 1, -1])), max_size=30))
def test_the_desks_time_runs_evenly_and_follows_what_is_set(steps: list[tuple[int, float]]) -> None:
    machine = Machine()
    followed = real = machine.clock.now()
    for seconds, jump in steps:
        machine.pass_(seconds)
        machine.wall += jump
        real, followed = real + seconds, followed + seconds
        assert machine.clock.now() == followed
        followed += (by := machine.clock.follow())
        assert machine.clock.now() == followed
        assert abs(machine.clock.now() - machine.wall) < 2
        assert by == 0 or abs(by) >= 2
        assert machine.clock.follow() == 0


def test_a_sleep_between_two_looks_is_no_set_clock() -> None:
    looks = iter([5.0, 5.0, 5.0 + HOUR])  # at the start, then around the look at the time of day
    clock = SystemClock(lambda: NOON, lambda: next(looks))
    clock._wall = lambda: NOON + HOUR  # the look that came after the sleep
    assert clock.follow() == 0.0


@pytest.mark.skipif(not Path("/proc/uptime").exists(), reason="nothing to compare with")
def test_the_counting_clock_counts_sleep_as_the_system_does() -> None:
    def uptime() -> float:
        return float(Path("/proc/uptime").read_text().split()[0])

    before = uptime()
    counted = running_seconds()
    assert before <= counted < uptime() + 0.02  # it is told in hundredths


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be set here")
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def test_a_machine_carried_to_another_zone(zone: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    for name, shown in (("UTC", "00:00"), ("KGT-6", "06:00"), ("EST5", "19:00")):
        zone.setenv("TZ", name)
        assert clock.follow() == 0.0
        assert clock_time(0.0) == shown


def moved(state: DeskState, by: float) -> DeskState:
    """The state as it would stand by another clock."""
    return replace(
        state,
        active=state.active and state.active.moved(by),
        waiting=state.waiting and state.waiting.moved(by),
        last=state.last and state.last.moved(by),
        promises=tuple(replace(p, made=p.made + by, due=p.due + by) for p in state.promises),
        gaps=(),
        statuses=tuple((status, 0.0) for status, _at in state.statuses),  # what the clock showed then
    )


def jumping(play: Play, moves: list[Move], jumps: list[float]) -> Iterator[float]:
    """Play the moves; before each the clock is set. Yields by how much it is off by then."""
    off = 0.0
    for number, _turned in enumerate(play.through(moves)):
        yield off
        by = jumps[number % len(jumps)]
        off, play.now = off + by, play.now + by
        facts = decide(play.state, a.MoveTimes(by), play.bases, play.now)
        assert not isinstance(facts, Refusal)
        events = tuple(
            e.Event(f"set{number}.{n}", "desk", call, play.now, e.LIVE, "", f"set{number}", body)
            for n, (call, body) in enumerate(facts)
        )
        play.events += events
        for event in events:
            play.state = apply(play.state, event)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves(), st.lists(st.sampled_from([0.0, *JUMPS]), min_size=1, max_size=9))
def test_whatever_is_pressed_the_same_comes_of_it(
    tmp_path: Path, moves: list[Move], jumps: list[float]
) -> None:
    honest, fooled = Play(), Play()
    for _turned, off in zip(honest.through(moves), jumping(fooled, moves, jumps), strict=True):
        assert moved(fooled.state, -off) == moved(honest.state, 0.0)
    path = tmp_path / "journal.db"
    path.unlink(missing_ok=True)
    journal = Journal.open(path)
    journal.append(Batch(fooled.events, live=fooled.state.live()))
    state = DeskState()
    for event in journal.recover():
        state = apply(state, event)
    journal.close()
    assert state == fooled.state
