"""The journal's tables and the steps that lead to them from every older version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from prompter.journal import backups
from prompter.journal import projections as projecting
from prompter.journal.packing import packed

TABLES = frozenset({"events", "contacts", "notes", "meta", "live"})


class NotAJournal(Exception):
    """The file is a database, but not one of ours."""


class NewerJournal(Exception):
    """The file was written by a newer program; `version` is its schema."""

    def __init__(self, version: int) -> None:
        super().__init__(f"schema {version}")
        self.version = version


FIRST = (
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        desk TEXT NOT NULL,
        stream TEXT NOT NULL,
        call TEXT NOT NULL,
        at REAL NOT NULL,
        mode TEXT NOT NULL,
        revision TEXT NOT NULL,
        cause TEXT NOT NULL,
        type TEXT NOT NULL,
        v INTEGER NOT NULL,
        data TEXT NOT NULL
    )
    """,
    "CREATE INDEX events_call ON events (call)",
    """
    CREATE INDEX events_promise ON events (json_extract(data, '$.promise'))
    WHERE stream = 'promise'
    """,
    """
    CREATE INDEX events_gap ON events (json_extract(data, '$.gap'))
    WHERE type = 'gap_noted'
    """,
    """
    CREATE INDEX events_contact ON events (json_extract(data, '$.contact'))
    WHERE type IN ('call_started', 'contact_given')
    """,
    "CREATE TABLE contacts (id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, at REAL NOT NULL)",
    "CREATE INDEX contacts_number ON contacts (number)",
    "CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL, at REAL NOT NULL)",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE live (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))",
)


def first(db: sqlite3.Connection) -> None:
    """From an empty file to version 1."""
    for statement in FIRST:
        db.execute(statement)


def second(db: sqlite3.Connection) -> None:
    """To version 2: find the last status without reading the whole journal."""
    db.execute("CREATE INDEX events_status ON events (seq) WHERE stream = 'status'")


def third(db: sqlite3.Connection) -> None:
    """To version 3: find drills without reading the whole journal."""
    db.execute(
        "CREATE INDEX events_practice ON events (json_extract(data, '$.drill')) WHERE stream = 'practice'"
    )


FOURTH = (
    "ALTER TABLE events RENAME TO earlier",
    # Reuse index names so that new and migrated files have the same schema.
    "DROP INDEX events_call",
    "DROP INDEX events_promise",
    "DROP INDEX events_gap",
    "DROP INDEX events_contact",
    "DROP INDEX events_status",
    "DROP INDEX events_practice",
    "CREATE TABLE names (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE)",
    """
    CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id BLOB NOT NULL UNIQUE,
        desk INTEGER NOT NULL,
        stream TEXT NOT NULL,
        call BLOB NOT NULL,
        at REAL NOT NULL,
        mode TEXT NOT NULL,
        revision INTEGER NOT NULL,
        cause BLOB NOT NULL,
        type TEXT NOT NULL,
        v INTEGER NOT NULL,
        data TEXT NOT NULL
    )
    """,
    "INSERT INTO names (name) SELECT packed(desk) FROM earlier UNION SELECT packed(revision) FROM earlier",
    """
    INSERT INTO events (seq, id, desk, stream, call, at, mode, revision, cause, type, v, data)
    SELECT
        seq, packed(id), (SELECT id FROM names WHERE name = packed(desk)), stream, packed(call), at, mode,
        (SELECT id FROM names WHERE name = packed(revision)), packed(cause), type, v, data
    FROM earlier ORDER BY seq
    """,
    "DROP TABLE earlier",
    "CREATE INDEX events_call ON events (call)",
    """
    CREATE INDEX events_promise ON events (json_extract(data, '$.promise'))
    WHERE stream = 'promise'
    """,
    """
    CREATE INDEX events_gap ON events (json_extract(data, '$.gap'))
    WHERE type = 'gap_noted'
    """,
    """
    CREATE INDEX events_contact ON events (json_extract(data, '$.contact'))
    WHERE type IN ('call_started', 'contact_given')
    """,
    "CREATE INDEX events_status ON events (seq) WHERE stream = 'status'",
    "CREATE INDEX events_practice ON events (json_extract(data, '$.drill')) WHERE stream = 'practice'",
    """
    CREATE TABLE calls (
        call BLOB PRIMARY KEY,
        at REAL NOT NULL,
        how TEXT NOT NULL,
        told TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX calls_at ON calls (at)",
    """
    CREATE TABLE promises (
        promise TEXT PRIMARY KEY,
        at REAL NOT NULL,
        told TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX promises_at ON promises (at)",
)


def fourth(db: sqlite3.Connection) -> None:
    """To version 4: events take half the space, and what reports count is stored as it happens."""
    for statement in FOURTH:
        db.execute(statement)
    projecting.build(db)


def fifth(db: sqlite3.Connection) -> None:
    """To version 5: interrupted calls last to their last event, not to the moment they were found."""
    interrupted = db.execute(
        "SELECT call FROM calls WHERE how = ''"
    ).fetchall()  # and rings, which stay as they are
    projecting.count(db, [call for (call,) in interrupted])


STEPS: list[Callable[[sqlite3.Connection], None]] = [first, second, third, fourth, fifth]
"""Step n leads from version n to n + 1. Published steps are never edited: add one.

A step must use `execute` only: `executescript` would commit half a migration.
"""


def version_of(db: sqlite3.Connection) -> int:
    """The schema version of the file; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def prepare(db: sqlite3.Connection) -> None:
    """Bring the file to this program's schema, or leave it untouched.

    Raises `NewerJournal`, `NotAJournal`, or `sqlite3.Error`.
    """
    db.create_function("packed", 1, packed, deterministic=True)
    version = version_of(db)
    if version > len(STEPS):
        raise NewerJournal(version)
    if version == 0 and _tables(db):
        raise NotAJournal("a database of some other program")
    db.execute("PRAGMA journal_mode = WAL")
    # What was forgotten about a caller must not stay readable in the file's free pages.
    db.execute("PRAGMA secure_delete = ON")
    if version and (missing := TABLES - _tables(db)):
        raise NotAJournal(f"no table {min(missing)}")
    if version < len(STEPS):
        copy = backups.make(db, f"before-{len(STEPS)}") if version else None
        try:
            _migrate(db)
        except BaseException:
            if copy:  # the file is unchanged: another copy with each try would fill the disk
                copy.unlink(missing_ok=True)
            raise


def _migrate(db: sqlite3.Connection) -> None:
    with db:
        db.execute("BEGIN IMMEDIATE")
        # Read again: another program may have migrated while this one waited for the lock.
        for step in STEPS[version_of(db) :]:
            step(db)
        db.execute(f"PRAGMA user_version = {len(STEPS)}")


def _tables(db: sqlite3.Connection) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {name for (name,) in db.execute(query)}
