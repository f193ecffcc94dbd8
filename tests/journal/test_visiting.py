"""A command and a screen on one journal: each sees what the other did, neither undoes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from prompter.desk import Desk
from prompter.journal import queries, store
from prompter.journal.store import Journal
from tests.call.builders import Shift, bundled
from tests.journal.makers import query


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A screen's desk that owes one call back."""
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.press("Enter", "F4", "2").promise(minutes=20).end("hung-up")
    yield shift
    shift.journal.close()


def visitor(shift: Shift) -> Desk:
    journal = Journal.open(shift.path, visiting=True)
    ids = iter(f"v{number}" for number in range(100))
    return Desk(shift.base, journal, shift.viewer, clock=shift.clock, ids=lambda: next(ids))


def test_the_screen_follows_what_a_command_closes_and_notes(shift: Shift) -> None:
    shift.desk.hear()
    command = visitor(shift)
    assert command.note_promise(shift.owed.id, "не ответил") is None
    shift.desk.hear()
    assert shift.desk.notes(shift.owed.id) == ("не ответил",)
    assert command.keep_promise(shift.owed.id) is None
    shift.desk.hear()
    assert shift.desk.state.promises == ()
    assert shift.view.norms == ()
    shift.restart()
    assert shift.desk.state.promises == ()


def test_its_own_events_are_no_news(shift: Shift) -> None:
    visitor(shift).note_promise(shift.owed.id, "раз")
    shift.press("Enter", "F4", "2").promise("0555111222", "Чолпон", minutes=10)
    shift.desk.hear()
    assert len(shift.desk.state.promises) == 2
    assert shift.journal.news() == []


def test_what_is_written_during_a_look_is_news_once(shift: Shift) -> None:
    shift.desk.hear()
    command, news = visitor(shift), shift.journal._news
    command.note_promise(shift.owed.id, "раз")
    read = news._read

    def slowly(sql: str, *values: object) -> object:
        if sql == queries.NEWS:
            command.note_promise(shift.owed.id, "два")
        return read(sql, *values)

    news._read = slowly  # type: ignore[assignment]
    first = shift.journal.news()
    news._read = read
    assert [len(first), len(shift.journal.news()), len(shift.journal.news())] == [1, 1, 0]


def test_what_could_not_be_read_is_news_later(shift: Shift) -> None:
    shift.desk.hear()
    news = shift.journal._news
    visitor(shift).note_promise(shift.owed.id, "раз")
    read = news._read
    news._read = lambda sql, *values: None if sql == queries.NEWS else read(sql, *values)
    assert shift.journal.news() == []
    news._read = read
    assert len(shift.journal.news()) == 1


def test_a_look_without_news_reads_no_events(shift: Shift) -> None:
    shift.desk.hear()
    asked: list[str] = []
    assert shift.journal._db
    shift.journal._db.set_trace_callback(asked.append)
    shift.desk.hear()
    assert asked == ["PRAGMA data_version"]


def test_a_command_takes_nothing_back_that_the_screen_did_meanwhile(shift: Shift) -> None:
    shift.press("Enter")
    command = visitor(shift)
    shift.press("F9", "2", "Enter").later("1:00").press("Enter")
    standing = set(query(shift.path, "SELECT kind, id FROM live"))
    assert command.cancel_promise(shift.owed.id, "не нужно") is None
    owed = ("promise", shift.owed.id)
    assert set(query(shift.path, "SELECT kind, id FROM live")) == standing - {owed}


def test_a_command_does_not_count_as_a_run_of_the_program(shift: Shift) -> None:
    before = query(shift.path, "SELECT key, value FROM meta")
    visitor(shift).journal.close()
    assert query(shift.path, "SELECT key, value FROM meta") == before


def test_a_command_closes_no_call_that_a_screen_has_left(shift: Shift) -> None:
    shift.press("Enter").later(3600)
    count = len(shift.events())
    assert visitor(shift).state.active is not None
    assert len(shift.events()) == count


def test_a_command_leaves_a_broken_file_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"no database at all " * 100)
    journal = Journal.open(path, visiting=True)
    assert journal.trouble
    assert journal.trouble.code == "failed"
    assert [file.name for file in tmp_path.iterdir()] == ["journal.db"]


def test_what_a_command_cannot_write_is_not_left_for_later(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_VISIT_SECONDS", 0.01)
    command = visitor(shift)
    lock = sqlite3.connect(shift.path)
    lock.execute("BEGIN IMMEDIATE")
    command.keep_promise(shift.owed.id)
    assert command.journal.trouble
    command.journal.close()
    lock.rollback()
    lock.close()
    assert not shift.path.with_name("journal.db.waiting").exists()


def test_a_command_sees_what_waits_beside_the_journal_and_leaves_it_there(shift: Shift) -> None:
    lock = sqlite3.connect(shift.path)
    lock.execute("BEGIN IMMEDIATE")
    assert shift.desk.note_promise(shift.owed.id, "в ожидании") is None
    lock.rollback()
    lock.close()
    command = visitor(shift)
    assert command.notes(shift.owed.id) == ("в ожидании",)
    command.journal.close()
    assert shift.path.with_name("journal.db.waiting").exists()
    shift.desk.tidy()
    assert shift.journal.pending == 0
    shift.desk.hear()
    assert shift.desk.notes(shift.owed.id) == ("в ожидании",)
