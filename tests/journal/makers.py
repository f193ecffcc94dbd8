"""Small builders of events and batches for the journal's tests."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from prompter.call.events import (
    LIVE,
    Answered,
    Body,
    CallStarted,
    Ended,
    Event,
    GapNoted,
    PromiseMade,
)
from prompter.journal.batch import Batch
from prompter.journal.packing import unpacked

_numbers = itertools.count(1)
DESK = "desk-1"


def event(body: Body, call: str = "c1", at: float = 1000.0, **changes: Any) -> Event:
    """An event with a fresh id."""
    number = next(_numbers)
    values = {"id": f"e{number}", "desk": DESK, "mode": LIVE, "revision": "r1", "cause": f"k{number}"}
    return Event(**{**values, "call": call, "at": at, "body": body, **changes})


def answered(number: int, call: str = "c1") -> Event:
    return event(Answered("greeting.hello", number, "talk"), call)


def started(call: str, contact: str = "", **changes: Any) -> Event:
    return event(CallStarted("incoming", "ru", contact), call, **changes)


def ended(call: str, outcome: str, at: float, **changes: Any) -> Event:
    return event(Ended(outcome), call, at, **changes)


def promised(promise: str, call: str = "c1", note: str = "") -> Event:
    return event(PromiseMade(promise, "call_back", "support", "p1", "ru", 1800, 300, 2800.0, note), call)


def gap(id_: str, call: str = "c1") -> Event:
    return event(GapNoted(id_, "greeting.hello"), call)


def live_batch(*events: Event, live: set[tuple[str, str]] | None = None) -> Batch:
    """A batch whose calls are live, unless told otherwise."""
    return Batch(events, live=frozenset(live if live is not None else {("call", e.call) for e in events}))


def query(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What another connection sees in the file."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values).fetchall()


def ids_on_disk(path: Path) -> list[str]:
    return [unpacked(id_) for (id_,) in query(path, "SELECT id FROM events ORDER BY seq")]


def desks_on_disk(path: Path) -> list[str]:
    sql = "SELECT name FROM events JOIN names ON names.id = desk ORDER BY seq"
    return [unpacked(desk) for (desk,) in query(path, sql)]
