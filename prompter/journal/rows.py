"""Events to table rows and back."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

import msgspec

from prompter.call.events import CALL, Event, to_data
from prompter.call.records import UnknownRecord, from_data
from prompter.journal.batch import Contact
from prompter.journal.packing import packed, unpacked
from prompter.text.safe import clean_line

Row = tuple[Any, ...]

COLUMNS = (
    "id, (SELECT name FROM names WHERE names.id = desk), stream, call, at, mode, "
    "(SELECT name FROM names WHERE names.id = revision), cause, type, v, data"
)
"""The columns read for an event, in order. `seq` is the table's own."""

_LEAST_SECONDS, _MOST_SECONDS = -6.2e10, 1e11
"""From the year 5 to about the year 5000: what a calendar holds, with days to spare."""


def to_row(event: Event) -> Row:
    """The row of an event. Raises `TypeError` or `ValueError` for a body that JSON cannot hold."""
    body = event.body
    values = to_data(body)
    # They would come back as null: refuse a record now that nobody could read later.
    if not all(isfinite(value) for value in values.values() if isinstance(value, float)):
        raise ValueError(f"{body.TYPE}: a time that is no number")
    data = msgspec.json.encode(values).decode()
    return (
        packed(event.id),
        packed(event.desk),
        body.STREAM,
        packed(event.call),
        event.at,
        event.mode,
        packed(event.revision),
        packed(event.cause),
        body.TYPE,
        body.V,
        data,
    )


def from_row(row: Row) -> Event:
    """The event of a row. Raises `UnknownRecord` if this program cannot read it."""
    *envelope, data = row
    id_, desk, _stream, call, at, mode, revision, cause, type_, version = map(_read, envelope)
    # SQLite stores any type, whatever a column is declared as.
    texts = (id_, desk, call, mode, revision, cause, type_, data)
    if not (
        all(isinstance(one, str) for one in texts) and isinstance(at, float) and isinstance(version, int)
    ):
        raise UnknownRecord("a damaged row")
    try:
        values = msgspec.json.decode(data)
        if not isinstance(values, dict):
            raise UnknownRecord(f"{type_} v{version}: not an object")
        if not all(_is_moment(value) for value in (at, *values.values()) if isinstance(value, float)):
            raise UnknownRecord(f"{type_} v{version}: a time outside all calendars")
        body = from_data(type_, version, _cleaned(values))
    except (msgspec.DecodeError, LookupError, UnicodeError, RecursionError) as error:
        raise UnknownRecord(f"{type_} v{version}: {error}") from error
    return Event(id_, desk, call, at, mode, revision, cause, body)


def contact_of(row: Row) -> Contact:
    """The contact of a row: id, number, name, time."""
    id_, number, name, at = row
    return Contact(text_of(id_), clean_line(text_of(number)), clean_line(text_of(name)), at)


def json_list(ids: Iterable[str]) -> str:
    """Ids as one query value, unpacked there with `json_each`."""
    return msgspec.json.encode(list(ids)).decode()


def text_of(value: Any) -> str:
    """A column's text; empty if a damaged row holds something else."""
    return value if isinstance(value, str) else ""


def _is_moment(seconds: float) -> bool:
    """Whether it can be made a time of day, also after adding days."""
    return _LEAST_SECONDS < seconds < _MOST_SECONDS


def _read(value: Any) -> Any:
    """A column's value, unpacked and safe for a screen."""
    return _cleaned(unpacked(value))


def _cleaned(value: Any) -> Any:
    """The value with every text in it made safe for a screen."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    if isinstance(value, dict):
        return {clean_line(k): _cleaned(v) for k, v in value.items()}
    return value


def story(rows: Iterable[Row]) -> tuple[list[Event], int]:
    """The events of these rows, without calls of which a row is unreadable, and the number of such rows."""
    events: list[Event] = []
    broken: set[str] = set()
    skipped = 0
    for row in rows:
        try:
            events.append(from_row(row))
        except UnknownRecord:
            skipped += 1
            broken.add(clean_line(str(unpacked(row[3]))))
    # A call with a missing event cannot be replayed; its promises can.
    return [e for e in events if e.body.STREAM != CALL or e.call not in broken], skipped
