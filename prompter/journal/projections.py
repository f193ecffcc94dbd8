"""What reports count, computed from the events as they happen: one row per call, one per promise.

A projection adds no information. It can be deleted and rebuilt from the events, which `verify` does to
compare. Practice is excluded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec.json

from prompter.call import events as e
from prompter.call.events import LIVE, PROMISE, Event
from prompter.journal.counted import Recorded, call_summary, promise_summary
from prompter.journal.packing import packed
from prompter.journal.rows import COLUMNS, story

_STEPS = tuple(
    body.TYPE
    for body in (
        e.CallStarted,
        e.Entered,
        e.Answered,
        e.LanguageSet,
        e.ClockStopped,
        e.NormJudged,
        e.GapNoted,
        e.Ended,
        e.OutcomeTold,
        e.RingStopped,
        e.TimesMoved,
        e.Undone,
        e.Voided,
    )
)
"""The events that a call's row is computed from."""

_CLOSING = (e.Ended, e.OutcomeTold, e.RingStopped, e.Undone, e.Voided)
"""Those that create, change or delete a row."""

_OF_CALLS = f"""
    SELECT call, type, at, cause, data FROM events
    WHERE mode = '{LIVE}' AND type IN ({", ".join(f"'{one}'" for one in _STEPS)}) AND call
"""
_ONE_CALL = f"{_OF_CALLS} = ? ORDER BY seq"
_ALL_CALLS = f"{_OF_CALLS} > ? ORDER BY call, seq"

_OF_PROMISES = f"""
    SELECT json_extract(data, '$.promise'), type, at, '', data FROM events
    WHERE stream = '{PROMISE}' AND mode = '{LIVE}' AND json_extract(data, '$.promise')
"""
_ONE_PROMISE = f"{_OF_PROMISES} = ? ORDER BY seq"
_ALL_PROMISES = f"{_OF_PROMISES} > '' ORDER BY json_extract(data, '$.promise'), seq"

_PUT_CALL = "INSERT OR REPLACE INTO calls (call, at, how, told) VALUES (?, ?, ?, ?)"
_PUT_PROMISE = "INSERT OR REPLACE INTO promises (promise, at, told) VALUES (?, ?, ?)"

Row = tuple[Any, ...]


def follow(db: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Update the rows that these events change; the events are in the file already."""
    live = [event for event in events if event.mode == LIVE]
    count(db, {packed(event.call) for event in live if isinstance(event.body, _CLOSING)})
    for promise in {getattr(event.body, "promise", "") for event in live if event.body.STREAM == PROMISE}:
        db.executemany(_PUT_PROMISE, _promise_rows(db.execute(_ONE_PROMISE, (promise,))))


def count(db: sqlite3.Connection, calls: Iterable[Any]) -> None:
    """Recompute the rows of these calls (packed ids)."""
    for call in calls:
        rows = list(_call_rows(db.execute(_ONE_CALL, (call,))))
        if rows:
            db.executemany(_PUT_CALL, rows)
        else:
            db.execute("DELETE FROM calls WHERE call = ?", (call,))


def build(db: sqlite3.Connection) -> None:
    """Recompute all rows, in the open transaction."""
    db.execute("DELETE FROM calls")
    db.execute("DELETE FROM promises")
    # an id is text or a blob, and blobs sort after all texts
    db.executemany(_PUT_CALL, _call_rows(db.execute(_ALL_CALLS, ("",))))
    db.executemany(_PUT_PROMISE, _promise_rows(db.execute(_ALL_PROMISES)))


def rebuild(db: sqlite3.Connection) -> tuple[int, int]:
    """Recompute all rows while a screen goes on writing; returns the numbers of calls and promises.

    The long read takes no lock. Events written meanwhile are applied when the new rows are put in place.
    """
    for table, columns in (("calls", "call, at, how, told"), ("promises", "promise, at, told")):
        db.execute(f"DROP TABLE IF EXISTS temp.new_{table}")
        db.execute(f"CREATE TEMP TABLE new_{table} ({columns})")
    with db:
        db.execute("BEGIN")
        (newest,) = db.execute("SELECT coalesce(max(seq), 0) FROM main.events").fetchone()
        rows = _call_rows(db.execute(_ALL_CALLS, ("",)))
        db.executemany("INSERT INTO temp.new_calls VALUES (?, ?, ?, ?)", rows)
        db.executemany(
            "INSERT INTO temp.new_promises VALUES (?, ?, ?)", _promise_rows(db.execute(_ALL_PROMISES))
        )
    with db:
        db.execute("BEGIN IMMEDIATE")
        for table in ("calls", "promises"):
            db.execute(f"DELETE FROM main.{table}")
            db.execute(f"INSERT INTO main.{table} SELECT * FROM temp.new_{table}")
        since = db.execute(f"SELECT {COLUMNS} FROM main.events WHERE seq > ?", (newest,)).fetchall()
        follow(db, story(since)[0])
    (calls,) = db.execute("SELECT count(*) FROM main.calls").fetchone()
    (promises,) = db.execute("SELECT count(*) FROM main.promises").fetchone()
    return calls, promises


def differences(db: sqlite3.Connection) -> int:
    """How many rows differ from what the events say."""
    with db:
        db.execute("BEGIN")  # one snapshot for both reads
        wanted: set[Row] = {*_call_rows(db.execute(_ALL_CALLS, ("",)))}
        wanted |= {*_promise_rows(db.execute(_ALL_PROMISES))}
        there: set[Row] = {*db.execute("SELECT call, at, how, told FROM calls")}
        there |= {*db.execute("SELECT promise, at, told FROM promises")}
    return len(wanted ^ there)


def _call_rows(events: Iterable[Row]) -> Iterator[Row]:
    for call, facts in _grouped(events):
        summary = call_summary(facts)
        if summary:
            yield call, summary.ended, summary.outcome, msgspec.json.encode(summary).decode()


def _promise_rows(events: Iterable[Row]) -> Iterator[Row]:
    for promise, facts in _grouped(events):
        summary = promise_summary(facts)
        if summary:
            yield promise, summary.made, msgspec.json.encode(summary).decode()


def _grouped(events: Iterable[Row]) -> Iterator[tuple[Any, list[Recorded]]]:
    """The rows of each call or promise together; those with an unreadable row are left out."""
    name: Any = None
    facts: list[Recorded] = []
    broken = False
    for one, type_, at, cause, data in events:
        if one != name:
            if facts and not broken:
                yield name, facts
            name, facts, broken = one, [], False
        try:
            facts.append(Recorded(type_, float(at), cause, msgspec.json.decode(data, type=dict[str, Any])))
        except (msgspec.DecodeError, TypeError, ValueError):
            broken = True
    if facts and not broken:
        yield name, facts
