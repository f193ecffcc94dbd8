"""What is handed to the journal in one piece, and what it says when it cannot keep it."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from prompter.call.events import Event
from prompter.text.safe import clean, clean_line

LOCKED, FULL, UNWRITABLE, FAILED, NEWER = "locked", "full", "unwritable", "failed", "newer"
"""Codes of trouble that keeps the journal from recording."""

SET_ASIDE, UNREAD, GONE = "set_aside", "unread", "gone"
"""Codes for a new file in the old one's place, in which recording goes on: the old one broke and was moved
away; it did before anything could be read from it; somebody took it away."""


class Contact(Struct, frozen=True):
    """Somebody who calls or is called. `number` is normalised, "" if unknown; `at` in Unix seconds."""

    id: str
    number: str
    name: str
    at: float


class Note(Struct, frozen=True):
    """Free text that events point to by its id; `at` in Unix seconds."""

    id: str
    text: str
    at: float


class LastCall(Struct, frozen=True):
    """A caller's call that ended last: `outcome` ("" where none was told), its end in Unix seconds, the
    language in which it was left, and the operator who served it."""

    outcome: str
    at: float
    language: str = ""
    operator: str = ""


class Batch(Struct, frozen=True):
    """What one key press makes: kept together or not at all.

    `live` is everything whose events a restart must read, as (kind, id); None leaves it as it is.
    """

    events: tuple[Event, ...]
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Note, ...] = ()
    live: frozenset[tuple[str, str]] | None = None


class Trouble(Struct, frozen=True):
    """A stable `code` and the arguments of its message, which is made at the edge.

    `path` is always among `args`; `full`, `unwritable` and `failed` have a `reason`, `newer` the
    `version` found and the `known` one, `set_aside` and `unread` the file's new place in `moved`.
    """

    code: str
    args: dict[str, str | int] = field(default_factory=dict)

    @property
    def recording(self) -> bool:
        """Whether events are kept on disk all the same."""
        return self.code in (SET_ASIDE, UNREAD, GONE)


def cleaned(batch: Batch) -> Batch:
    """The same batch with numbers, names and texts that any screen, and SQLite, can take."""
    contacts = (replace(c, number=clean_line(c.number), name=clean_line(c.name)) for c in batch.contacts)
    notes = (replace(n, text=clean(n.text)) for n in batch.notes)
    return replace(batch, contacts=tuple(contacts), notes=tuple(notes))


def with_desk(batch: Batch, old: str, new: str) -> Batch:
    """The same batch with the desk `new` in the events that carry the desk `old`."""
    return replace(batch, events=tuple(of_desk(event, old, new) for event in batch.events))


def of_desk(event: Event, old: str, new: str) -> Event:
    """The same event, with the desk `new` if it carries the desk `old`."""
    return replace(event, desk=new) if event.desk == old else event
