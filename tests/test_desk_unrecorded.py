"""A desk whose journal takes nothing: work goes on, and what waits is recorded in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from prompter.call import events as e
from prompter.call.state import DeskState
from tests.call.builders import NOON, Shift, bundled


class TestNotRecorded:
    @pytest.fixture
    def locked(self, shift: Shift) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(shift.path, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def test_the_screen_goes_on_and_time_brings_the_events_to_disk(
        self, shift: Shift, locked: sqlite3.Connection
    ) -> None:
        shift.press("Enter").at("0:05").press("F3")
        assert shift.card.step == "inaudible.ask"
        assert shift.journal.pending == 2
        assert shift.events() == []
        locked.execute("ROLLBACK")
        shift.desk.tidy()
        assert shift.journal.pending == 0
        assert isinstance(shift.events()[0].body, e.CallStarted)

    def test_a_journal_taken_away_is_begun_anew(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").promise()
        for file in shift.path.parent.glob("journal.db*"):
            file.unlink()
        shift.desk.tidy()
        before = shift.desk.state
        shift.restart()
        assert shift.desk.state == before
        assert shift.norm.person.name == "Бакыт"
        assert shift.desk.question(shift.owed.id) == "Какой тариф?"

    @pytest.mark.parametrize("key", ["", "F5"])
    def test_a_journal_not_read_at_the_start_is_read_later(self, shift: Shift, key: str) -> None:
        """Another program holds the file for itself, as a backup does, when the operator sits down."""
        shift.press("Enter", "F4", "2").promise().press("F4").journal.close()
        with closing(sqlite3.connect(shift.path, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            shift.restart()
            assert shift.desk.state == DeskState()
            if key:
                shift.press("Enter", key)
            shift.desk.tidy()
            assert shift.desk.state.promises == ()
        before = shift.desk.state.active
        shift.desk.tidy()
        assert shift.desk.state.active == before if key else shift.card.step == "clarify.ask"
        assert shift.norm.person.name == "Бакыт"
        assert shift.desk.question(shift.owed.id) == "Какой тариф?"
        stands = shift.desk.state
        shift.restart()
        assert shift.desk.state == stands

    @contextmanager
    def restarted_unread(self, shift: Shift) -> Iterator[None]:
        """The program starts while another holds the file for itself; afterwards the desk has caught up."""
        shift.journal.close()
        with closing(sqlite3.connect(shift.path, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            shift.restart()
            yield
        shift.desk.tidy()
        assert shift.journal.recovered

    @pytest.mark.parametrize("meanwhile", [False, True])
    def test_read_later_it_follows_a_clock_that_was_set_back(self, shift: Shift, meanwhile: bool) -> None:
        shift.press("Enter", "F4", "2").promise(minutes=20).end("hung-up")
        shift.clock.time -= 7200
        with self.restarted_unread(shift):
            if meanwhile:
                shift.press("Enter", "F4", "2").promise("0700999999", "Айбек", minutes=25)
        owed = [
            (promise.made - shift.clock.time, promise.due - promise.made)
            for promise in shift.desk.state.promises
        ]
        assert owed == [(0.0, 1200.0), (0.0, 1500.0)][: 1 + meanwhile]
        stands = shift.desk.state
        shift.restart()
        assert shift.desk.state == stands

    @pytest.mark.parametrize("over", [False, True], ids=["goes on", "is over"])
    def test_calls_it_tells_of_late_are_over_if_another_was_begun(self, shift: Shift, over: bool) -> None:
        shift.press("Enter").desk.start(number="0777000000")
        shift.press("Enter", "F4", "Enter")
        left = {call.id for call in shift.desk.state.calls}
        assert len(left) == 2
        with self.restarted_unread(shift):
            shift.later("1:00").press("Enter", "F5")
            begun = shift.call.id
            if over:
                shift.end("hung-up")
        ends = {event.call: event.body for event in shift.events() if isinstance(event.body, e.Ended)}
        assert {ends[call] for call in left} == {e.Ended("", known=NOON)}
        assert shift.recorded(e.ClockStopped)
        assert (shift.desk.state.active is None) == over
        assert over or shift.call.id == begun
        assert shift.desk.state.waiting is None
        stands = shift.desk.state
        shift.restart()
        assert shift.desk.state == stands

    def test_a_call_it_tells_of_late_goes_on_if_another_was_begun_by_mistake(self, shift: Shift) -> None:
        left = shift.press("Enter", "F4").call.id
        with self.restarted_unread(shift):
            shift.press("Enter", "Esc")
            assert shift.desk.state.active is None
        assert shift.call.id == left
        stands = shift.desk.state
        shift.restart()
        assert shift.desk.state == stands

    def test_a_journal_that_began_anew_changes_nothing_on_screen(self, tmp_path: Path) -> None:
        (tmp_path / "journal.db").write_bytes(b"no journal" * 999)
        shift = Shift(tmp_path / "journal.db", bundled())
        shift.press("Enter", "F4", "2").promise().press("F4", "Enter", "F5", "0").end("hung-up").press(
            "Enter"
        )
        before = shift.desk.state
        shift.desk.tidy()
        assert shift.desk.state == before
        shift.restart()
        assert shift.desk.state == before

    def test_a_number_still_queued_is_known(self, shift: Shift, locked: sqlite3.Connection) -> None:
        shift.desk.start(number="0555123456")
        contact = shift.call.contact
        shift.press("Enter").end("hung-up").desk.start(number="0555123456")
        assert shift.call.contact == contact
