"""Forgetting who called: numbers, names and the text of notes go, what happened stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec.json

_OF_NUMBER = "SELECT id FROM contacts WHERE number = :number"


def _field(name: str, of: str = "data") -> str:
    """A field of an event as SQL; NULL in a damaged event, which must not hide the others."""
    return f"CASE WHEN json_valid({of}) THEN json_extract({of}, '$.{name}') END"


_ABOUT = f"""
    WITH theirs (call, promise) AS (
        SELECT call, {_field("promise")} FROM events
        WHERE {_field("contact")} IN ({_OF_NUMBER})
    )
    SELECT DISTINCT {_field("note")} FROM events WHERE {_field("note")} <> '' AND (
        call IN (SELECT call FROM theirs WHERE call <> '')
        OR stream = 'promise' AND {_field("promise")} IN (SELECT promise FROM theirs)
    )
"""
"""The notes of this number's calls and promises. Scans every event, but is rarely asked."""

_OWED = f"""
    SELECT count(*) FROM live JOIN events e
    ON e.stream = 'promise' AND json_extract(e.data, '$.promise') = live.id
    WHERE live.kind = 'promise' AND {_field("contact", "e.data")} IN ({_OF_NUMBER})
"""

_OLD_CONTACTS = """
    UPDATE contacts SET number = '', name = ''
    WHERE at < ? AND (number <> '' OR name <> '') AND id NOT IN (SELECT value FROM json_each(?))
"""

_OLD_NOTES = """
    UPDATE notes SET text = ''
    WHERE at < ? AND text <> '' AND id NOT IN (SELECT value FROM json_each(?))
"""


def forget_older(db: sqlite3.Connection, before: float, keep: Iterable[str] = ()) -> int:
    """Empty contacts and notes last written before this moment (Unix seconds), except the ids in `keep`.

    Returns how many were emptied. Raises `sqlite3.Error`.
    """
    limits = (before, msgspec.json.encode(list(keep)).decode())
    with db:
        db.execute("BEGIN IMMEDIATE")
        count = sum(db.execute(query, limits).rowcount for query in (_OLD_CONTACTS, _OLD_NOTES))
    if count:
        # The write-ahead log holds the old pages: empty it too.
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count


def is_owed(db: sqlite3.Connection, number: str) -> bool:
    """Whether somebody at this number is owed a call back. Raises `sqlite3.Error`."""
    return bool(db.execute(_OWED, {"number": number}).fetchone()[0])


def forget_number(db: sqlite3.Connection, number: str) -> tuple[int, int]:
    """Empty everything known of a number: itself, names, notes of its calls. Returns (contacts, notes).

    What happened stays, anonymously. Raises `sqlite3.Error`.
    """
    with db:
        db.execute("BEGIN IMMEDIATE")
        notes = [id_ for (id_,) in db.execute(_ABOUT, {"number": number})]
        values = (msgspec.json.encode(notes).decode(),)
        emptied = "UPDATE notes SET text = '' WHERE text <> '' AND id IN (SELECT value FROM json_each(?))"
        words = db.execute(emptied, values).rowcount
        people = db.execute("UPDATE contacts SET number = '', name = '' WHERE number = ?", (number,)).rowcount
    if words or people:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return people, words
