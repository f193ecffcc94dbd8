"""What reports count: kept as it happens, the same as when it is built from the events."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec.json
import pytest

from prompter.journal import projections as projecting
from prompter.journal.counted import CallSummary, Judged, PromiseSummary
from prompter.journal.packing import packed
from tests.call.builders import NOON, Shift, bundled
from tests.journal.makers import query


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    shift = Shift(tmp_path / "journal.db", bundled())
    yield shift
    shift.journal.close()


def calls(shift: Shift) -> list[CallSummary]:
    """The rows of calls, the one that ended first first."""
    rows = query(shift.path, "SELECT told FROM calls ORDER BY at")
    return [msgspec.json.decode(told, type=CallSummary) for (told,) in rows]


def owing(shift: Shift) -> list[PromiseSummary]:
    rows = query(shift.path, "SELECT told FROM promises ORDER BY at")
    return [msgspec.json.decode(told, type=PromiseSummary) for (told,) in rows]


def differences(shift: Shift) -> int:
    with closing(sqlite3.connect(shift.path, isolation_level=None)) as db:
        db.create_function("packed", 1, packed, deterministic=True)
        return projecting.differences(db)


def test_a_call_is_counted_when_it_ends(shift: Shift) -> None:
    shift.press("Enter", "F4").later(5).press("Enter").later(130).press("1", "Enter")
    assert calls(shift) == []
    shift.press("F9", "2").later(5).press("Enter")
    (call,) = calls(shift)
    assert (call.started, call.ended) == (NOON, NOON + 140)
    assert (call.outcome, call.direction, call.language) == ("helped", "incoming", "ru")
    assert call.scenarios == ("greeting", "talk", "clarify", "closing")
    assert call.norms == (Judged("hold", 10.0),)
    assert (call.missed, call.gaps, call.overridden) == ((), 0, ())
    assert differences(shift) == 0


def test_a_quiet_norm_counts_by_its_judgement(shift: Shift) -> None:
    shift.press("Enter").later(6).press("F3").end("hung-up")
    shift.later(60).press("Enter").later(17).press("F3").end("hung-up")
    assert [call.norms for call in calls(shift)] == [(Judged("silence"),), (Judged("silence", 2.0),)]


def test_what_the_outcome_required_and_did_not_get(shift: Shift) -> None:
    shift.press("Enter").end("helped")
    assert calls(shift)[0].missed == ("questions", "farewell")


def test_what_was_taken_back_does_not_count(shift: Shift) -> None:
    shift.press("Enter", "0", "Esc", "F5", "Esc").end("hung-up")
    (call,) = calls(shift)
    assert (call.gaps, call.scenarios) == (0, ("greeting", "talk"))


def test_an_end_that_is_taken_back_is_no_end_until_the_next(shift: Shift) -> None:
    shift.press("Enter").end("hung-up").press("Esc")
    assert calls(shift) == []
    shift.press("F9", "2", "Enter")
    assert [call.outcome for call in calls(shift)] == ["helped"]
    assert differences(shift) == 0


def test_a_call_begun_by_mistake_never_was(shift: Shift) -> None:
    shift.press("Enter", "Esc")
    assert calls(shift) == []
    assert differences(shift) == 0


def test_offered_answers_that_were_passed_over(shift: Shift) -> None:
    shift.press("Enter", "F4", "F9").end("hung-up")
    assert calls(shift)[0].overridden == ("clarify.ask",)


def test_an_interrupt_passes_over_nothing(shift: Shift) -> None:
    shift.press("Enter", "F4", "F5").end("hung-up")
    assert calls(shift)[0].overridden == ()


def test_a_promise_by_its_states(shift: Shift) -> None:
    for minutes, number in ((20, "0700000001"), (20, "0700000002"), (20, "0700000003")):
        shift.press("Enter", "F4", "2").promise(number, minutes=minutes).end("hung-up")
    kept, late, cancelled = shift.desk.state.promises
    assert {one.state for one in owing(shift)} == {"open"}
    shift.desk.keep_promise(kept.id)
    shift.desk.cancel_promise(cancelled.id, "не нужно")
    shift.later(21 * 60)
    shift.desk.keep_promise(late.id, "много звонков")
    assert [(one.state, one.late) for one in owing(shift)] == [
        ("kept", 0.0),
        ("kept-late", 60.0),
        ("cancelled", 0.0),
    ]
    assert differences(shift) == 0


def test_a_clock_that_was_set_changes_no_length(shift: Shift) -> None:
    shift.press("Enter").later(60)
    shift.clock.ahead = 3600
    shift.desk.tidy()
    shift.later(60).end("hung-up")
    (call,) = calls(shift)
    assert call.ended - call.started == 120


def test_a_call_that_was_left_over_night_counts_to_its_last_event(shift: Shift) -> None:
    shift.press("Enter", "F4").later(5).press("Enter").later(20).press("0")
    shift.restart()
    shift.later(15 * 3600).desk.tidy()
    (call,) = calls(shift)
    assert (call.started, call.ended, call.outcome) == (NOON, NOON + 25, "")
    assert call.norms == ()  # nobody knows how long the hold went on
    assert query(shift.path, "SELECT at FROM calls") == [(NOON + 25,)]
    assert differences(shift) == 0


def test_a_hold_that_was_late_before_the_call_was_left_is_broken_by_so_much(shift: Shift) -> None:
    shift.press("Enter", "F4").later(5).press("Enter").later(150).press("0").later(3 * 3600)
    shift.desk.tidy()
    assert calls(shift)[0].norms == (Judged("hold", 30.0),)
    assert differences(shift) == 0


def test_rows_can_be_thrown_away_and_built_again(shift: Shift) -> None:
    shift.press("Enter", "F4", "2").promise().end("hung-up").later(60).press("Enter", "F5", "2", "Enter")
    before = query(shift.path, "SELECT * FROM calls"), query(shift.path, "SELECT * FROM promises")
    with closing(sqlite3.connect(shift.path)) as db:
        db.create_function("packed", 1, packed, deterministic=True)
        db.execute("UPDATE calls SET told = '{}'")
        db.execute("DELETE FROM promises")
        db.commit()
        assert projecting.differences(db) == 2 * 2 + 1
        projecting.build(db)
        db.commit()
    assert (query(shift.path, "SELECT * FROM calls"), query(shift.path, "SELECT * FROM promises")) == before


def test_practice_never_enters(shift: Shift) -> None:
    from prompter.call.events import PRACTICE
    from prompter.desk import Desk

    drill = Desk(shift.base, shift.journal, shift.viewer, clock=shift.clock, ids=shift.ids, mode=PRACTICE)
    assert drill.start(greeted=True) is None
    shift.desk, live = drill, shift.desk
    shift.end("hung-up")
    shift.desk = live
    assert query(shift.path, "SELECT count(*) FROM events WHERE type = 'ended'") == [(1,)]
    assert calls(shift) == []
    with closing(sqlite3.connect(shift.path)) as db:
        projecting.build(db)
        assert db.execute("SELECT count(*) FROM calls").fetchone() == (0,)


def test_a_call_with_a_damaged_record_is_left_out(shift: Shift) -> None:
    shift.press("Enter").end("hung-up")
    with closing(sqlite3.connect(shift.path)) as db:
        db.execute("UPDATE events SET data = 'no json' WHERE type = 'entered'")
        projecting.build(db)
        assert db.execute("SELECT count(*) FROM calls").fetchone() == (0,)
