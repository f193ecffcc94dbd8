"""The table of what is not over: what this program may strike off, and what it remembers of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from prompter.journal.live import LiveRows

OURS, THEIRS = ("call", "ours"), ("promise", "theirs")


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE live (kind TEXT, id TEXT)")
    yield db
    db.close()


def rows(db: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(db.execute("SELECT kind, id FROM live"))


def test_what_another_wrote_stays(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO live VALUES (?, ?)", THEIRS)
    live = LiveRows(visiting=False)
    live.replace(db, frozenset({OURS}))
    live.replace(db, frozenset())
    assert rows(db) == {THEIRS}


def test_what_was_read_is_struck_off_unless_it_must_be_kept(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO live VALUES (?, ?)", THEIRS)
    live = LiveRows(visiting=False)
    live.read([THEIRS])
    live.keep = True
    live.replace(db, frozenset())
    assert rows(db) == {THEIRS}
    live.keep = False
    live.replace(db, frozenset())
    assert rows(db) == set()


def test_a_long_shift_is_not_remembered_call_by_call(db: sqlite3.Connection) -> None:
    live = LiveRows(visiting=False)
    for number in range(100):
        live.replace(db, frozenset({("call", str(number))}))
    assert live.known == rows(db) == {("call", "99")}


def test_a_visitor_does_not_bring_back_what_the_screen_struck_off(db: sqlite3.Connection) -> None:
    visitor = LiveRows(visiting=True)
    visitor.read([THEIRS])
    visitor.replace(db, frozenset({THEIRS, OURS}))
    assert rows(db) == {OURS}
