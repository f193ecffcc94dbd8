"""The table `live`: which calls, promises and gaps are not over, so that a restart reads their events."""

from __future__ import annotations

import sqlite3

Live = frozenset[tuple[str, str]]
"""Pairs of ("call" | "promise" | "gap", id)."""


class LiveRows:
    """What this program read from the table and wrote into it; for one thread.

    `keep`: the file could not be read yet, so no row may be deleted. `visiting`: see `Journal`.
    """

    def __init__(self, visiting: bool) -> None:
        self.visiting = visiting
        self.keep = False
        self._known: set[tuple[str, str]] = set()

    @property
    def known(self) -> Live:
        """The rows that this program read or wrote."""
        return frozenset(self._known)

    def read(self, rows: list[tuple[object, ...]]) -> None:
        """These rows were found in the file: they may be deleted from now on."""
        self.keep = False
        self._known |= {(str(kind), str(id_)) for kind, id_ in rows}

    def forget(self) -> None:
        """Another file is open: none of its rows is known."""
        self._known = set()

    def replace(self, db: sqlite3.Connection, live: Live) -> None:
        """Make the table equal `live`, within the caller's transaction."""
        there = set(db.execute("SELECT kind, id FROM live"))
        # What this program neither read nor wrote it must not delete: it could not be recovered, or another
        # window on the same journal made it.
        if not self.keep:
            db.executemany("DELETE FROM live WHERE kind = ? AND id = ?", (there & self._known) - live)
        # A row that a visitor read and no longer finds was deleted by the screen meanwhile.
        new = live - there - self._known if self.visiting else live - there
        db.executemany("INSERT INTO live (kind, id) VALUES (?, ?)", new)
        if self.visiting or self.keep:
            self._known |= live
        else:
            self._known = set(live)
