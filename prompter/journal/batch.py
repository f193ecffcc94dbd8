"""What is handed to the journal in one piece, and the trouble it reports when it cannot keep it."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from prompter.call.events import Event
from prompter.text.safe import clean, clean_line

LOCKED, FULL, UNWRITABLE, FAILED, NEWER = "locked", "full", "unwritable", "failed", "newer"
"""Codes of trouble that keeps the journal from recording."""

SET_ASIDE, UNREAD, GONE = "set_aside", "unread", "gone"
"""Codes for a new file in the old one's place, in which recording goes on: the old one was damaged and moved
away; that happened before anything could be read from it; it was removed."""


class Contact(Struct, frozen=True):
    """A caller or a called person. `number` is normalised, "" if unknown; `at` in Unix seconds."""

    id: str
    number: str
    name: str
    at: float


class Note(Struct, frozen=True):
    """Free text that events refer to by its id; `at` in Unix seconds."""

    id: str
    text: str
    at: float


class LastCall(Struct, frozen=True):
    """A caller's last finished call: `outcome` ("" if none was given), its end in Unix seconds, its last
    language, and its operator. `note` is the id of the newest note of all the caller's calls, "" if there is
    none or its text was forgotten."""

    outcome: str
    at: float
    language: str = ""
    operator: str = ""
    note: str = ""


class Batch(Struct, frozen=True):
    """What one key press produces: kept together or not at all.

    `live` is everything whose events a restart must read, as (kind, id); None leaves it unchanged.
    """

    events: tuple[Event, ...]
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Note, ...] = ()
    live: frozenset[tuple[str, str]] | None = None


class Trouble(Struct, frozen=True):
    """A stable `code` and the arguments of its message, which is made where it is shown.

    `path` is always among `args`; `full`, `unwritable` and `failed` have a `reason`, `newer` the `version`
    found and the `known` one, `set_aside` and `unread` the file's new path in `moved`.
    """

    code: str
    args: dict[str, str | int] = field(default_factory=dict)

    @property
    def recording(self) -> bool:
        """Whether events are kept on disk all the same."""
        return self.code in (SET_ASIDE, UNREAD, GONE)


def cleaned(batch: Batch) -> Batch:
    """The batch with numbers, names and texts made safe for any screen and for SQLite."""
    contacts = (replace(c, number=clean_line(c.number), name=clean_line(c.name)) for c in batch.contacts)
    notes = (replace(n, text=clean(n.text)) for n in batch.notes)
    return replace(batch, contacts=tuple(contacts), notes=tuple(notes))


def with_desk(batch: Batch, old: str, new: str) -> Batch:
    """The batch with desk `old` replaced by `new` in its events."""
    return replace(batch, events=tuple(of_desk(event, old, new) for event in batch.events))


def of_desk(event: Event, old: str, new: str) -> Event:
    """The event, its desk `old` replaced by `new`."""
    return replace(event, desk=new) if event.desk == old else event
