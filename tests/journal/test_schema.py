"""Journals of every age are brought up to date, or left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from prompter.journal import schema
from prompter.journal.batch import Batch, Contact
from prompter.journal.store import Journal

from .makers import answered, query

V1 = (Path(__file__).parent / "v1.sql").read_text("utf-8")


@pytest.fixture
def v1(path: Path) -> Path:
    """A journal of the first schema."""
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.executescript(V1)
    db.close()
    return path


def shape(path: Path) -> set[tuple[str, str]]:
    rows = query(path, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(name, " ".join(sql.split()).replace("( ", "(").replace(" )", ")")) for name, sql in rows}


def test_the_first_schema_reads_and_goes_on(v1: Path) -> None:
    journal = Journal.open(v1)
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
    assert query(v1, "PRAGMA user_version") == [(len(schema.STEPS),)]


def test_old_and_new_files_end_with_the_same_tables(v1: Path, tmp_path: Path) -> None:
    Journal.open(v1).close()
    fresh = tmp_path / "fresh.db"
    Journal.open(fresh).close()
    assert shape(fresh) == shape(v1)


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
