"""Events to table rows and back."""

from __future__ import annotations

import json
from typing import Any

from prompter.call.events import Event, to_data
from prompter.call.records import UnknownRecord, from_data
from prompter.text.safe import clean_line

Row = tuple[Any, ...]

COLUMNS = "id, desk, stream, call, at, mode, revision, cause, type, v, data"
"""The columns of a row, in order. `seq` is the table's own."""


def to_row(event: Event) -> Row:
    """The row of an event. `TypeError` or `ValueError` for a body that JSON cannot hold."""
    body = event.body
    # NaN and infinity are no JSON: SQLite's own functions would choke on such a row for ever.
    data = json.dumps(to_data(body), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data.encode()  # a lone surrogate cannot be stored
    return (
        event.id,
        event.desk,
        body.STREAM,
        event.call,
        event.at,
        event.mode,
        event.revision,
        event.cause,
        body.TYPE,
        body.V,
        data,
    )


def from_row(row: Row) -> Event:
    """The event of a row; `UnknownRecord` for one that this program cannot read."""
    *envelope, data = row
    id_, desk, _stream, call, at, mode, revision, cause, type_, version = map(_cleaned, envelope)
    try:
        values = json.loads(data)
        if not isinstance(values, dict):
            raise UnknownRecord(f"{type_} v{version}: not an object")
        body = from_data(type_, version, _cleaned(values))
    except (ValueError, LookupError) as error:
        raise UnknownRecord(f"{type_} v{version}: {error}") from error
    return Event(id_, desk, call, at, mode, revision, cause, body)


def _cleaned(value: Any) -> Any:
    """The same value with every text in it made safe for a screen."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    if isinstance(value, dict):
        return {clean_line(k): _cleaned(v) for k, v in value.items()}
    return value
