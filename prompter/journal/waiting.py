"""The side file: what the journal has not taken yet, so that it outlives the program.

One batch a line, as JSON. The next start takes them in; writing one twice does no harm, because an event
is known by its id. Imported where there is such a file, or where one is needed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
import msgspec.json
from msgspec import Struct

from prompter.call.records import UnknownRecord
from prompter.files import read_plain
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.files import set_aside
from prompter.journal.rows import Row, from_row, to_row

# Months of calls.
_MAX_BYTES = 100_000_000
_APPEND = os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0)


class _Line(Struct, frozen=True):
    events: tuple[Row, ...]
    contacts: tuple[Contact, ...]
    notes: tuple[Note, ...]
    live: frozenset[tuple[str, str]] | None


class WaitingFile:
    """The side file of one journal. Nothing here raises: what cannot be written stays in memory alone.

    `unread`: something in it could not be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unread = False

    def read(self) -> list[Batch]:
        """All that waits, in order, but for lines that were cut off or that a newer program wrote."""
        try:
            lines = read_plain(self.path, _MAX_BYTES).splitlines()
        except OSError:
            return []
        found = []
        for line in filter(None, lines):
            try:
                one = msgspec.json.decode(line, type=_Line)
                found.append(Batch(tuple(map(from_row, one.events)), one.contacts, one.notes, one.live))
            except (msgspec.DecodeError, UnknownRecord, ValueError, RecursionError):
                self.unread = True
        return found

    def add(self, batches: Iterable[Batch]) -> bool:
        """Write batches behind what waits already. False: they could not be written."""
        lines = (_Line(tuple(map(to_row, b.events)), b.contacts, b.notes, b.live) for b in batches)
        # a line feed before each: one that was cut off by a full disk spoils no other
        data = b"".join(b"\n" + msgspec.json.encode(line) + b"\n" for line in lines)
        try:
            if self.path.exists() and not self.path.is_file():
                return False  # a pipe would hold the screen for ever
            handle = os.open(self.path, _APPEND, 0o600)
            with open(handle, "wb", buffering=0) as file:
                whole = file.write(data) == len(data)
                os.fsync(handle)
        except OSError:
            return False
        return whole

    def clear(self) -> None:
        """All of it is in the journal now. What could not be read is kept beside it."""
        with contextlib.suppress(OSError):
            if self.unread:
                set_aside(self.path)
            else:
                self.path.unlink(missing_ok=True)
        self.unread = False
