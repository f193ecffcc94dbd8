"""What other programs (a command, another window) write into the journal while this one runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prompter.call.events import PROMISE, Event
from prompter.journal import queries
from prompter.journal.batch import Batch
from prompter.journal.rows import Row, story

Read = Callable[..., list[Row] | None]
"""Runs a query with its values; None if the file cannot be read."""


class News:
    """Events about promises that others wrote since the last look. Polling is cheap while nothing changed."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._own: set[str] = set()  # written here since the last look
        self._newest = 0  # row up to which everything is known
        self._version = 0

    def begin(self) -> None:
        """Everything in the file now is known, or is just being read."""
        self._newest = self._last_row()

    def reopened(self, another: bool) -> None:
        """The connection is new; `another`: so is the file."""
        self._version = 0
        if another:
            self._newest = 0

    def wrote(self, batch: Batch) -> None:
        """Do not report this batch as news."""
        self._own |= {event.id for event in batch.events if event.body.STREAM == PROMISE}

    def look(self) -> list[Event]:
        """The new events, in order."""
        found = self._read("PRAGMA data_version")  # changes when another connection has written
        if not found or found[0][0] == self._version:
            return []
        self._version = found[0][0]
        newest = max(self._newest, self._last_row())
        rows: Any = self._read(queries.NEWS, (self._newest, newest))
        if rows is None:  # looked for again next time
            self._version = 0
            return []
        events = [event for event in story(rows)[0] if event.id not in self._own]
        self._newest = newest
        self._own.clear()
        return events

    def _last_row(self) -> int:
        newest = self._read(queries.NEWEST)
        return (newest and newest[0][0]) or 0
