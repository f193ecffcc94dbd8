"""What the journal holds in memory: batches waiting to be written, and the events of all that is live.

The latter begin a new file when the old one breaks or is taken away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prompter.call.events import PROMISE, Event, GapNoted, StatusSet
from prompter.call.state import STATUSES
from prompter.journal.batch import Batch, Contact, Note, of_desk, with_desk
from prompter.journal.live import Live

if TYPE_CHECKING:
    from prompter.journal.waiting import WaitingFile


class Queue:
    """The batches that are not in the journal, oldest first."""

    def __init__(self, journal: Path) -> None:
        self._batches: deque[Batch] = deque()
        self._path = journal.with_name(f"{journal.name}.waiting")
        self._in_file = 0  # number of the batches, from the oldest on
        self._used = False  # the side file
        self._file: WaitingFile | None = None
        self._copy: Batch | None = None

    def __len__(self) -> int:
        return len(self._batches)

    def __iter__(self) -> Iterator[Batch]:
        return iter(self._batches)

    def __reversed__(self) -> Iterator[Batch]:
        return reversed(self._batches)

    @property
    def first(self) -> Batch:
        """The next batch for the journal."""
        return self._batches[0]

    @property
    def in_memory(self) -> int:
        """How many would be lost with this program: the side file could not take them either."""
        return len(self._batches) - self._in_file

    def contacts(self, mode: str = "") -> list[Contact]:
        """The contacts of all batches, or of those of one mode."""
        return [
            contact
            for batch in self._batches
            for contact in batch.contacts
            if not mode or all(event.mode == mode for event in batch.events)
        ]

    def append(self, batch: Batch) -> None:
        """Add a batch at the end."""
        self._batches.append(batch)

    def taken(self) -> None:
        """The first is in the journal."""
        self._batches.popleft()
        self._in_file = max(0, self._in_file - 1)

    def begin_with(self, copy: Batch) -> None:
        """Put this first for a new journal, replacing an older copy."""
        if self._batches and self.first is self._copy:
            self._batches.popleft()
        self._copy, self._in_file = copy, 0
        self._batches.appendleft(copy)

    def take_in(self, desk: str) -> list[Batch]:
        """Queue what an earlier program left in the side file, as events of this desk."""
        if not self._path.is_file():
            return []
        found = [
            replace(batch, events=tuple(replace(event, desk=desk) for event in batch.events))
            for batch in self._side_file().read()
        ]
        self._batches.extend(found)
        self._in_file, self._used = len(found), True
        return found

    def exchange(self, old: str, new: str) -> None:
        """Make events of desk `old` events of desk `new`."""
        copied = bool(self._batches) and self.first is self._copy
        self._batches = deque(with_desk(batch, old, new) for batch in self._batches)
        self._copy = self.first if copied else None

    def save(self) -> None:
        """Write all of it to the side file; delete that when nothing waits."""
        if self.in_memory:
            self._in_file += self._side_file().add(list(self._batches)[self._in_file :])
        elif not self._batches and self._used:
            self._side_file().clear()
        self._used = bool(self._batches)

    def _side_file(self) -> WaitingFile:
        if self._file is None:
            from prompter.journal.waiting import WaitingFile

            self._file = WaitingFile(self._path)
        return self._file


class LiveEvents:
    """The events of every live call, promise and gap, with the contacts and notes they refer to."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._contacts: dict[str, Contact] = {}
        self._notes: dict[str, Note] = {}
        self._live: Live = frozenset()

    def recovered(self, events: Iterable[Event], live: Live) -> None:
        """What a start read back."""
        self._events, self._live = list(events), live

    def know(self, contacts: Iterable[Contact] = (), notes: Iterable[Note] = ()) -> None:
        """Contacts and notes that were read; they are kept while something live refers to them."""
        self._contacts.update((one.id, one) for one in contacts)
        self._notes.update((one.id, one) for one in notes)

    def follow(self, batch: Batch) -> None:
        """A batch was handed in."""
        self._events += batch.events
        self.know(batch.contacts, batch.notes)
        if batch.live is not None:
            over, self._live = self._live - batch.live, batch.live
            if over:
                self._forget()

    def exchange(self, old: str, new: str) -> None:
        """Make events of desk `old` events of desk `new`."""
        self._events = [of_desk(event, old, new) for event in self._events]

    def named(self, field: str) -> set[str]:
        """The ids in this field (`contact`, `note`) of the events."""
        return {getattr(event.body, field, "") for event in self._events} - {""}

    def batch(self) -> Batch:
        """All of it as one batch."""
        self._forget()
        return Batch(
            tuple(self._events), tuple(self._contacts.values()), tuple(self._notes.values()), self._live
        )

    def _forget(self) -> None:
        """Drop what is over."""
        of_the_day = {e.id for e in [e for e in self._events if isinstance(e.body, StatusSet)][-STATUSES:]}
        self._events = [e for e in self._events if e.id in of_the_day or _belongs(e, self._live)]
        people, words = self.named("contact"), self.named("note")
        self._contacts = {id_: one for id_, one in self._contacts.items() if id_ in people}
        self._notes = {id_: one for id_, one in self._notes.items() if id_ in words}


def _belongs(event: Event, live: Live) -> bool:
    """Whether a start would read the event: the same choice as `queries.RECOVER` makes."""
    body = event.body
    return (
        ("call", event.call) in live
        or (body.STREAM == PROMISE and ("promise", getattr(body, "promise", "")) in live)
        or (isinstance(body, GapNoted) and ("gap", body.gap) in live)
    )
