"""Forgetting who called: numbers, names and the text of notes go, what happened stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec.json

_OLD_CONTACTS = """
    UPDATE contacts SET number = '', name = ''
    WHERE at < ? AND (number <> '' OR name <> '') AND id NOT IN (SELECT value FROM json_each(?))
"""

_OLD_NOTES = """
    UPDATE notes SET text = ''
    WHERE at < ? AND text <> '' AND id NOT IN (SELECT value FROM json_each(?))
"""


def forget_older(db: sqlite3.Connection, before: float, keep: Iterable[str] = ()) -> int:
    """Empty contacts and notes last written before this moment (Unix seconds), but for the ids in `keep`.

    How many were emptied. Raises `sqlite3.Error`.
    """
    limits = (before, msgspec.json.encode(list(keep)).decode())
    with db:
        db.execute("BEGIN IMMEDIATE")
        count = sum(db.execute(query, limits).rowcount for query in (_OLD_CONTACTS, _OLD_NOTES))
    if count:
        # The write-ahead log holds the pages as they were: empty it too.
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count
