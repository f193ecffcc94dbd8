"""What the journal has not taken yet: in memory, and in a side file, so that it outlives the program.

The side file holds one batch a line, as JSON. The next start takes them in; writing one twice does no
harm, because an event is known by its id.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import msgspec.json
from msgspec import Struct
from msgspec.structs import replace

from prompter.call.records import UnknownRecord
from prompter.files import read_plain
from prompter.journal.batch import Batch, Contact, Note, with_desk
from prompter.journal.files import set_aside
from prompter.journal.rows import Row, from_row, to_row

# Months of calls.
_MAX_BYTES = 100_000_000


class _Line(Struct, frozen=True):
    events: tuple[Row, ...]
    contacts: tuple[Contact, ...]
    notes: tuple[Note, ...]
    live: frozenset[tuple[str, str]] | None


class WaitingFile:
    """The side file of one journal. Nothing here raises: what cannot be written stays in memory alone.

    `unread`: something in it could not be read.
    """

    def __init__(self, journal: Path) -> None:
        self.path = journal.with_name(f"{journal.name}.waiting")
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
            handle = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
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


class Queue:
    """The batches that are not in the journal, oldest first."""

    def __init__(self, journal: Path) -> None:
        self._batches: deque[Batch] = deque()
        self._file = WaitingFile(journal)
        self._in_file = 0  # of the batches, from the oldest on
        self._used = False
        self._copy: Batch | None = None

    def __len__(self) -> int:
        return len(self._batches)

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)

    def __reversed__(self) -> Iterator[Batch]:
        return reversed(self._batches)

    @property
    def first(self) -> Batch:
        """The batch that the journal has to take next."""
        return self._batches[0]

    @property
    def in_memory(self) -> int:
        """How many would be lost with this program: the side file could not take them either."""
        return len(self._batches) - self._in_file

    def append(self, batch: Batch) -> None:
        """One more, behind all others."""
        self._batches.append(batch)

    def taken(self) -> None:
        """The first is in the journal."""
        self._batches.popleft()
        self._in_file = max(0, self._in_file - 1)

    def begin_with(self, copy: Batch) -> None:
        """A new journal takes this before all others, and in the place of an older copy."""
        if self._batches and self.first is self._copy:
            self._batches.popleft()
        self._copy, self._in_file = copy, 0
        self._batches.appendleft(copy)

    def take_in(self, desk: str) -> list[Batch]:
        """Queue what an earlier program left in the side file, as events of this desk."""
        found = [
            replace(batch, events=tuple(replace(event, desk=desk) for event in batch.events))
            for batch in self._file.read()
        ]
        self._batches.extend(found)
        self._in_file, self._used = len(found), self._file.path.is_file()
        return found

    def exchange(self, old: str, new: str) -> None:
        """Events of the desk `old` are of the desk `new`."""
        self._batches = deque(with_desk(batch, old, new) for batch in self._batches)

    def save(self) -> None:
        """Have all of it in the side file; drop that when nothing waits."""
        if self.in_memory and self._file.add(list(self._batches)[self._in_file :]):
            self._in_file = len(self._batches)
        elif not self._batches and self._used:
            self._file.clear()
        self._used = bool(self._batches)
