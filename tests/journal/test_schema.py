"""Journals of every age are brought up to date, or left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec.json
import pytest

from prompter.journal import backups, schema
from prompter.journal.batch import Batch, Contact
from prompter.journal.counted import CallSummary, Judged
from prompter.journal.store import Journal

from .makers import answered, query

VERSIONS = [1, 2, 3, 4]
"""The schemas that came before this one. A file of each stands beside this test, and is never edited."""


def of_version(version: int, path: Path) -> Path:
    """A journal of an earlier schema."""
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.executescript((Path(__file__).parent / f"v{version}.sql").read_text("utf-8"))
    db.close()
    return path


@pytest.fixture
def v1(path: Path) -> Path:
    """A journal of the first schema."""
    return of_version(1, path)


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    """A journal of each earlier schema."""
    return of_version(request.param, path)


def test_every_earlier_schema_has_its_file() -> None:
    assert list(range(1, len(schema.STEPS))) == VERSIONS


def shape(path: Path) -> set[tuple[str, str]]:
    rows = query(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(name, " ".join(sql.split()).replace("( ", "(").replace(" )", ")")) for name, sql in rows}


def test_an_earlier_schema_reads_and_goes_on(old: Path) -> None:
    journal = Journal.open(old)
    assert journal.trouble is None
    assert journal.desk == "d0000000-0000-4000-8000-000000000001"
    assert [e.id for e in journal.recover()] == ["e2", "e3", "e5"]
    assert journal.skipped == 0
    assert journal.contact_by_number("+996555123456") == Contact("p1", "+996555123456", "Айгуль", 90.0)
    assert journal.note("n1") == "нет интернета"
    last = journal.last_call("p1")
    assert last
    assert (last.outcome, last.at, last.language) == ("call_back", 130.0, "ru")
    assert journal.append(Batch((answered(1),)))
    journal.close()
    assert query(old, "PRAGMA user_version") == [(len(schema.STEPS),)]


def test_old_and_new_files_end_with_the_same_tables(old: Path, tmp_path: Path) -> None:
    Journal.open(old).close()
    fresh = tmp_path / "fresh.db"
    Journal.open(fresh).close()
    assert shape(fresh) == shape(old)


def test_a_copy_of_the_old_file_is_kept_before_it_is_changed(old: Path) -> None:
    (version,) = query(old, "PRAGMA user_version")[0]
    before = query(old, "SELECT id, data FROM events ORDER BY seq")
    Journal.open(old).close()
    (copy,) = backups.copies(old)
    assert query(copy, "PRAGMA user_version") == [(version,)]
    assert query(copy, "SELECT id, data FROM events ORDER BY seq") == before
    assert copy.stat().st_mode & 0o077 == 0
    Journal.open(old).close()
    assert backups.copies(old) == [copy]


def test_a_file_of_which_no_copy_can_be_kept_is_left_as_it_is(old: Path) -> None:
    (version,) = query(old, "PRAGMA user_version")[0]
    old.with_name("backups").write_text("in the way")
    journal = Journal.open(old)
    assert journal.trouble
    assert journal.trouble.code == "unwritable"
    assert query(old, "PRAGMA user_version") == [(version,)]


def test_a_new_file_needs_no_copy(path: Path) -> None:
    Journal.open(path).close()
    assert backups.copies(path) == []


def test_what_reports_count_is_there_after_the_step(old: Path) -> None:
    Journal.open(old).close()
    assert query(old, "SELECT at, how FROM calls") == [(130.0, "call_back")]
    assert query(old, "SELECT promise, at FROM promises") == [("pr1", 120.0)]


def test_each_missing_step_runs_once_and_in_order(v1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE notes ADD COLUMN by TEXT NOT NULL DEFAULT ''")

    def third(db: sqlite3.Connection) -> None:
        db.execute("UPDATE notes SET by = by || 'third'")

    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS[:1], second, third])
    for _ in range(2):
        journal = Journal.open(v1)
        assert journal.trouble is None
        journal.close()
    assert query(v1, "SELECT by FROM notes") == [("third",)]
    assert query(v1, "PRAGMA user_version") == [(3,)]


def test_a_failed_step_leaves_the_file_as_it_was(v1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM notes")
        db.execute("ALTER TABLE nowhere ADD COLUMN x")

    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS[:1], second])
    journal = Journal.open(v1)
    assert journal.trouble
    assert journal.trouble.code == "failed"
    assert not journal.append(Batch((answered(1),)))
    assert query(v1, "PRAGMA user_version") == [(1,)]
    assert query(v1, "SELECT id FROM notes") == [("n1",)]
    assert [f for f in v1.parent.iterdir() if "broken" in f.name] == []


def test_a_migration_that_fails_leaves_no_copy_behind(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The retry of a full disk, every 15 s, would fill what is left of it."""

    def full(db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", [*schema.STEPS, full])
        journal = Journal.open(old)
        assert journal.trouble
        assert not journal.retry()
        assert backups.copies(old) == []
    assert journal.retry()
    assert len(backups.copies(old)) == 1
    journal.close()


def test_an_interrupted_call_of_an_older_journal_counts_to_its_last_event(path: Path) -> None:
    """It was found 15 hours later, and its hold with it."""
    of_version(4, path)
    found = 200.0 + 15 * 3600
    with closing(sqlite3.connect(path)) as db:
        insert = """
            INSERT INTO events (id, desk, stream, call, at, mode, revision, cause, type, v, data)
            VALUES (?, 1, 'call', 'c2', ?, 'live', 2, ?, ?, 1, ?)
        """
        clock = '{"norm":"hold","kind":"limit","depth":0,"elapsed":%s,"late":%s}'
        entered = '{"step":"talk.listen","scenario":"talk","how":"answer","keep":0,"fresh":true}'
        for row in (
            ("e6", 340.0, "k6", "clock_stopped", clock % (130.0, 10.0)),
            ("e7", 340.0, "k6", "entered", entered),
            ("e8", found, "k7", "clock_stopped", clock % (54000.0, 53880.0)),
            ("e9", found, "k7", "ended", '{"outcome":""}'),
        ):
            db.execute(insert, row)
        told = f'[{found},200.0,"","outgoing","ky","","",["talk"],[["hold",10.0],["hold",53880.0]]]'
        db.execute("INSERT INTO calls VALUES ('c2', ?, '', ?)", (found, told))
        db.execute("DELETE FROM live WHERE id = 'c2'")
        db.commit()
    Journal.open(path).close()
    (told,) = query(path, "SELECT told FROM calls WHERE call = 'c2'")[0]
    call = msgspec.json.decode(told, type=CallSummary)
    assert (call.ended, call.outcome, call.norms) == (340.0, "", (Judged("hold", 10.0),))
    assert query(path, "SELECT at FROM calls WHERE call = 'c2'") == [(340.0,)]


def test_a_newer_journal_is_left_untouched(v1: Path) -> None:
    db = sqlite3.connect(v1)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = v1.read_bytes()
    journal = Journal.open(v1)
    assert journal.trouble
    assert journal.trouble.code == "newer"
    assert journal.trouble.args == {"path": str(v1), "version": 99, "known": len(schema.STEPS)}
    assert not journal.trouble.recording
    assert not journal.append(Batch((said := answered(1),)))
    assert journal.recover() == [said]
    journal.close()
    assert journal.pending == 1
    assert v1.read_bytes() == before
    assert {f.name for f in v1.parent.iterdir()} == {v1.name, f"{v1.name}.waiting"}
