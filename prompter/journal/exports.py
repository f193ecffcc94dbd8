"""Events from other desks' journals: exported as JSON lines, or copied as files. Read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from prompter.call.events import Event
from prompter.call.records import UnknownRecord
from prompter.files import read_plain
from prompter.journal import schema
from prompter.journal.rows import COLUMNS, from_row, story
from prompter.journal.visiting import read_only

_MOST_BYTES = 2_000_000_000
_MOST_FILES = 2000
_FIELDS = ("id", "desk", "stream", "call", "at", "mode", "revision", "cause", "type", "v")


class UnreadableExport(Exception):
    """A named file cannot be read: `path`, and `reason` in the library's words, "" for another version."""

    def __init__(self, path: Path, reason: str = "") -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def files_in(folder: Path) -> list[Path]:
    """The journals in a folder: exported lines and copied journals; the folder itself may be such a file."""
    if folder.is_file():
        return [folder]
    found = sorted(one for one in folder.rglob("*") if one.suffix in (".jsonl", ".db") and one.is_file())
    return found[:_MOST_FILES]


def events_in(path: Path, streams: Iterable[str] = ()) -> tuple[list[Event], int]:
    """The events of a file, of these streams only (empty: all), and how many records are unreadable.

    Raises UnreadableExport.
    """
    wanted = frozenset(streams)
    try:
        if path.suffix == ".db":
            return _copied(path, wanted)
        return _lines(path, wanted)
    except (OSError, sqlite3.Error) as error:
        raise UnreadableExport(path, getattr(error, "strerror", None) or str(error)) from error


def _copied(path: Path, streams: frozenset[str]) -> tuple[list[Event], int]:
    marks = ", ".join("?" for _ in streams)
    chosen = f"WHERE stream IN ({marks})" if streams else ""
    query = f"SELECT {COLUMNS} FROM events {chosen} ORDER BY seq"
    try:
        with read_only(path) as db:
            return story(db.execute(query, sorted(streams)))
    except (schema.NewerJournal, schema.NotAJournal) as error:
        raise UnreadableExport(path) from error


def _lines(path: Path, streams: frozenset[str]) -> tuple[list[Event], int]:
    found: list[Event] = []
    skipped = 0
    for line in read_plain(path, _MOST_BYTES).splitlines():
        if not line.strip():
            continue
        try:
            values = msgspec.json.decode(line)
            if isinstance(values, dict) and (not streams or values.get("stream") in streams):
                found.append(_event(values))
        except (msgspec.DecodeError, UnknownRecord, RecursionError, UnicodeError):
            skipped += 1
    return found, skipped


def _event(values: dict[str, Any]) -> Event:
    data = values.get("data")
    text = data if isinstance(data, str) else msgspec.json.encode(data).decode()
    fields = {**values, "at": _seconds(values.get("at"))}
    return from_row((*(fields.get(name) for name in _FIELDS), text))


def _seconds(at: Any) -> Any:
    """Unix seconds, also from an ISO time; anything else unchanged, to be rejected as damaged."""
    try:
        if isinstance(at, int) and not isinstance(at, bool):
            return float(at)
        if isinstance(at, str):
            moment = datetime.fromisoformat(at)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):  # not a time, or a number larger than any time
        pass
    return at
