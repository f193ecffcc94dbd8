"""When the file cannot be used: batches wait in order, the screen is told, nothing is lost or doubled."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.store import DAY, Journal
from tests.journal.troubles import code, locked

from .makers import (
    answered,
    desks_on_disk,
    ended,
    event,
    ids_on_disk,
    live_batch,
    query,
    started,
)


def test_batches_wait_for_a_lock_and_follow_in_order(journal: Journal, path: Path) -> None:
    events = [answered(n) for n in range(5)]
    assert journal.append(live_batch(events[0]))
    with locked(path):
        assert not journal.append(live_batch(events[1], live={("call", "gone")}))
        assert code(journal) == "locked"
        assert journal.trouble
        assert not journal.trouble.recording
        assert not journal.append(live_batch(events[2]))
        assert not journal.retry()
        assert journal.pending == 2
        assert ids_on_disk(path) == [events[0].id]
    assert journal.retry()
    assert journal.pending == 0
    assert journal.trouble is None
    assert ids_on_disk(path) == [e.id for e in events[:3]]
    assert journal.recover() == events[:3]
    with locked(path):
        journal.append(live_batch(events[3]))
    assert journal.append(live_batch(events[4]))
    assert ids_on_disk(path) == [e.id for e in events]


def test_a_lock_at_the_start_is_told_and_does_not_keep_from_reading(path: Path) -> None:
    first = Journal.open(path)
    first.append(live_batch(said := answered(1)))
    first.close()
    with locked(path):
        journal = Journal.open(path)
        assert code(journal) == "locked"
        assert journal.recover() == [said]
        assert not journal.append(Batch((answered(2),)))
    assert journal.retry()
    assert code(journal) == ""
    journal.close()


def test_people_in_the_queue_are_found(journal: Journal, path: Path) -> None:
    journal.append(Batch((), (Contact("a", "1", "old", 1.0),), (Note("n", "old", 1.0),)))
    with locked(path):
        journal.append(Batch((), (Contact("a", "2", "new", 2.0),), (Note("n", "newer", 2.0),)))
        journal.append(Batch((), notes=(Note("n", "new", 3.0),)))
        journal.append(Batch((), (Contact("b0", "1", "", 3.0), Contact("b", "1", "later", 3.0))))
        journal.append(Batch((), (Contact("c", "1", "older", 0.5),)))
        assert journal.contacts(["a"]).get("a") == Contact("a", "2", "new", 2.0)
        assert journal.contact_by_number("1") == Contact("b", "1", "later", 3.0)
        assert journal.note("n") == "new"


def test_closing_keeps_what_was_queued(path: Path) -> None:
    journal = Journal.open(path)
    with locked(path):
        journal.append(Batch((waiting := answered(1),)))
    journal.close()
    assert ids_on_disk(path) == [waiting.id]


def test_a_commit_of_unknown_outcome_is_not_doubled(journal: Journal, path: Path) -> None:
    batch = live_batch(answered(1), answered(2))
    assert journal.append(batch)
    journal._queue.append(batch)  # as if the commit had failed after it reached the disk
    assert journal.append(live_batch(last := answered(3)))
    assert ids_on_disk(path) == [*(e.id for e in batch.events), last.id]


def test_a_full_disk_queues_and_a_freed_one_goes_on(journal: Journal, path: Path) -> None:
    assert journal._db
    [(pages,)] = journal._db.execute("PRAGMA page_count").fetchall()
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    big = Note("n", "ж" * 100_000, 1.0)
    assert not journal.append(Batch((one := answered(1),), notes=(big,)))
    assert code(journal) == "full"
    assert not journal.append(Batch((two := answered(2),)))
    journal._db.execute("PRAGMA max_page_count = 100000")
    assert journal.retry()
    assert code(journal) == ""
    assert ids_on_disk(path) == [one.id, two.id]
    assert journal.note("n") == big.text


def test_a_disk_that_grants_a_lock_and_takes_nothing_is_told_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(path).close()
    real = sqlite3.connect

    def refusing(*args: object, **options: object) -> sqlite3.Connection:
        db: sqlite3.Connection = real(*args, **options)  # type: ignore[call-overload]
        no, yes = sqlite3.SQLITE_DENY, sqlite3.SQLITE_OK
        db.set_authorizer(lambda action, *_: no if action == sqlite3.SQLITE_INSERT else yes)
        return db

    monkeypatch.setattr(sqlite3, "connect", refusing)
    journal = Journal.open(path)
    journal.begin()
    told = journal.trouble
    assert told
    for _ in range(3):
        journal.retry()
        assert journal.trouble == told
    monkeypatch.undo()
    assert journal.retry()
    assert journal.trouble is None
    journal.close()


def test_a_program_left_under_a_lock_was_left_in_order(path: Path) -> None:
    journal = Journal.open(path)
    journal.begin()
    with locked(path):
        journal.append(live_batch(answered(1)))
        journal.leave()
    journal.close()
    again = Journal.open(path)
    assert again.begin()
    again.close()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    journal = Journal.open(in_the_way / "journal.db")
    assert code(journal) == "unwritable"
    assert journal.desk
    assert journal.recover() == []
    first = event(answered(1).body, desk=journal.desk)
    assert not journal.append(live_batch(first))
    assert journal.contacts(["none"]).get("none") is None
    assert journal.last_call("none") is None
    assert journal.forget_older_than(1, DAY) == 0
    in_the_way.unlink()
    assert journal.append(live_batch(second := answered(2)))
    assert code(journal) == ""
    assert ids_on_disk(in_the_way / "journal.db") == [first.id, second.id]
    journal.close()


def test_a_folder_in_the_files_place_is_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    mode = path.stat().st_mode
    journal = Journal.open(path)
    assert code(journal) == "unwritable"
    assert path.is_dir()
    assert path.stat().st_mode == mode


def test_a_file_that_only_reads_is_recovered_and_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_events = Journal.open(path)
    with_events.append(live_batch(said := answered(1)))
    real = sqlite3.connect

    def reading(*args: object, **options: object) -> sqlite3.Connection:
        db = real(*args, **options)  # type: ignore[call-overload]
        db.execute("PRAGMA query_only = ON")
        return db  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", reading)
    journal = Journal.open(path)
    assert journal.recover() == [said]
    assert not journal.append(Batch((later := answered(2),)))
    assert code(journal) == "unwritable"
    monkeypatch.undo()
    assert journal.retry()
    assert ids_on_disk(path) == [said.id, later.id]
    journal.close()
    with_events.close()


def test_the_files_own_desk_id_is_taken_up_later(tmp_path: Path) -> None:
    folder, hidden = tmp_path / "desk", tmp_path / "hidden"
    path = folder / "journal.db"
    known = Journal.open(path)
    known.close()
    folder.rename(hidden)
    folder.write_text("")
    journal = Journal.open(path)
    journal.append(Batch((event(answered(1).body, desk=journal.desk), event(answered(2).body, desk="else"))))
    folder.unlink()
    hidden.rename(folder)
    assert journal.retry()
    assert journal.desk == known.desk
    assert desks_on_disk(path) == [known.desk, "else"]
    journal.close()


def test_what_could_not_be_recovered_stays_live(tmp_path: Path) -> None:
    folder, hidden = tmp_path / "desk", tmp_path / "hidden"
    path = folder / "journal.db"
    before = Journal.open(path)
    before.append(live_batch(old := started("c1")))
    before.close()
    folder.rename(hidden)
    folder.write_text("")
    journal = Journal.open(path)
    assert journal.recover() == []
    folder.unlink()
    hidden.rename(folder)
    assert journal.append(live_batch(new := started("c2")))
    assert journal.recover() == [old, new]
    journal.append(live_batch(answered(1, "c2")))
    assert set(query(path, "SELECT id FROM live")) == {("c2",)}
    journal.close()


def test_forgetting_under_a_lock_fails_quietly(journal: Journal, path: Path) -> None:
    journal.append(Batch((started("c", "a"), ended("c", "x", 2.0)), (Contact("a", "1", "A", 1.0),)))
    with locked(path):
        assert journal.forget_older_than(1, 10 * DAY) == 0
        assert code(journal) == "locked"
    assert journal.forget_older_than(1, 10 * DAY) == 1
    assert journal.retry()
    assert code(journal) == ""


@pytest.mark.skipif(os.name != "posix", reason="no file modes here")
def test_the_folder_is_made_for_its_owner_alone(journal: Journal, path: Path) -> None:
    assert path.parent.stat().st_mode & 0o777 == 0o700
