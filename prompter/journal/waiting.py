"""The side file: what the journal has not taken yet, so that it outlives the program.

One batch per line, as JSON. The next start takes them in; writing one twice is harmless, since events have
unique ids. Imported only if there is such a file, or one is needed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

import msgspec
import msgspec.json
from msgspec import Struct

from prompter.call.records import UnknownRecord
from prompter.files import read_plain
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.files import set_aside
from prompter.journal.packing import unpacked
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
    """The side file of one journal. Nothing raises: what cannot be written stays in memory only.

    `unread`: something in it could not be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unread = False

    def read(self) -> list[Batch]:
        """All waiting batches, in order, except lines that were cut off or written by a newer program."""
        try:
            lines = read_plain(self.path, _MAX_BYTES).splitlines()
        except OSError:
            return []
        # What begins a new journal goes before all batches, which are rewritten after it: the last counts.
        last = reversed(dict.fromkeys(reversed(lines)))
        found = []
        for line in filter(None, last):
            try:
                one = msgspec.json.decode(line, type=_Line)
                found.append(Batch(tuple(map(from_row, one.events)), one.contacts, one.notes, one.live))
            except (msgspec.DecodeError, UnknownRecord, ValueError, RecursionError):
                self.unread = True
        return found

    def add(self, batches: Sequence[Batch]) -> int:
        """Append batches; returns how many of them, from the first on, are kept."""
        with contextlib.suppress(OSError):
            if self.path.exists() and not self.path.is_file():
                return 0  # a pipe would block the screen for ever
            handle = os.open(self.path, _APPEND, 0o600)
            with open(handle, "wb", buffering=0) as file:
                # The first alone: a full disk then refuses it before thousands are encoded, at every key.
                kept = _append(file, batches[:1])
                return kept and kept + _append(file, batches[1:])
        return 0

    def clear(self) -> None:
        """All of it is in the journal now. Keep beside it what could not be read."""
        with contextlib.suppress(OSError):
            if self.unread:
                set_aside(self.path)
            else:
                self.path.unlink(missing_ok=True)
        self.unread = False


def _append(file: FileIO, batches: Sequence[Batch]) -> int:
    """How many of the batches are on disk now. The rest is removed, not to fill the disk's last space."""
    before = whole = os.fstat(file.fileno()).st_size
    kept = 0
    try:
        for batch in batches:
            rows = tuple(tuple(map(unpacked, to_row(event))) for event in batch.events)  # JSON holds no bytes
            line = _Line(rows, batch.contacts, batch.notes, batch.live)
            # a line feed before each, so that a line cut off by a power failure spoils no other
            data = b"\n" + msgspec.json.encode(line) + b"\n"
            if file.write(data) < len(data):
                break
            whole, kept = whole + len(data), kept + 1
    except OSError:
        pass
    try:
        if kept < len(batches):
            os.ftruncate(file.fileno(), whole)
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(file.fileno(), before)
        return 0
    return kept
