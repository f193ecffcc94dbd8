"""A year of a busy desk, 200,000 calls: the start, reports of a day and of the year, disk usage.

python -m benchmarks.year [--calls 200000] [--pairs 10] [--kb DIR]

The year is made of real calls: each kind is played once on a desk, and its rows are written again and again
with ids, times and people of their own. A sample of the reports' rows is compared with what the events say.
"""

from __future__ import annotations

import random
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec.json
from msgspec import Struct
from msgspec.structs import replace

from benchmarks.programs import GREETING, arguments, new_home, prompter
from benchmarks.start import start
from benchmarks.stats import machine, paired, report, table
from prompter.ids import new_id
from prompter.journal import projections as projecting
from prompter.journal.counted import CallSummary, PromiseSummary
from prompter.journal.packing import packed, unpacked
from prompter.journal.visiting import visited
from tests.call.builders import HandClock, Shift, bundled

KINDS: dict[str, tuple[int, tuple[str | float, ...]]] = {
    "hung up": (30, ("Enter", 40.123456, "end:hung-up")),
    "silence": (20, ("Enter", 6.234567, "F3", 9.345678, "2", 3.1, "Enter")),
    "hold": (25, ("Enter", "F4", 4.2, "Enter", 70.7, "1", 2.2, "Enter", "F9", 3.3, "2", "Enter")),
    "late hold": (3, ("Enter", "F4", 4.2, "Enter", 130.7, "1", 2.2, "Enter", "F9", 3.3, "2", "Enter")),
    "promise": (8, ("Enter", "F4", "2", 30.5, "promise", "Enter", "F9", 2.5, "2", "Enter")),
    "profanity": (6, ("Enter", 8.8, "F5", 3.3, "2", 2.1, "Enter")),
    "gap": (8, ("Enter", 20.2, "0", 30.3, "F9", 2.5, "2", 3.2, "Enter")),
}
"""Percentage of calls of each kind, and how they are played: keys, and seconds that pass."""

WORKING_DAYS = 250
CALLERS = 60_000
"""Numbers that call: each belongs to somebody, and many call again."""

_UUID = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})")


class Kind(Struct):
    """The rows of one call, as in the file. Its ids are numbered: `ids` of them.

    In a row an id is replaced by its number; a text is in parts, the numbers of ids between pieces of text.
    """

    ids: int
    events: list[tuple[int, str, int, float, int, str, int, list[str | int]]]
    contacts: list[tuple[int, str, float]]
    notes: list[tuple[int, str, float]]
    call: CallSummary
    promise: PromiseSummary | None
    promised: int


def played(keys: tuple[str | float, ...], began: float) -> Kind:
    """Play a call on a desk of its own, and return its rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        shift = Shift(path, bundled(), clock=HandClock(began), ids=new_id)
        for key in keys:
            play_key(shift, key)
        shift.journal.close()
        with closing(sqlite3.connect(path)) as db:
            return rows_of(db)


def play_key(shift: Shift, key: str | float) -> None:
    """Press one of a kind's keys, or let its seconds pass."""
    if isinstance(key, float):
        shift.later(key)
    elif key == "Enter" and shift.desk.state.active is None:
        shift.desk.start(number="0700112233", greeted=True)  # given by the phone
    elif key == "promise":
        shift.promise("0700112233", name="")
        shift.later(400.0)
        shift.desk.keep_promise(shift.owed.id)
    elif key.startswith("end:"):
        shift.end(key.removeprefix("end:"))
    else:
        shift.press(key)


def rows_of(db: sqlite3.Connection) -> Kind:
    """The rows of a journal in which one call was played, its ids numbered."""
    numbers: dict[str, int] = {}

    def rows(query: str) -> list[tuple[Any, ...]]:
        return db.execute(query).fetchall()

    def number(id_: Any) -> int:
        return numbers.setdefault(unpacked(id_), len(numbers))

    def parts(data: str) -> list[str | int]:
        return [number(one) if n % 2 else one for n, one in enumerate(_UUID.split(data))]

    told, owed = rows("SELECT told FROM calls"), rows("SELECT promise, told FROM promises")
    events = [
        (number(id_), stream, number(call), at, number(cause), type_, v, parts(data))
        for id_, stream, call, at, cause, type_, v, data in rows(
            "SELECT id, stream, call, at, cause, type, v, data FROM events ORDER BY seq"
        )
    ]
    return Kind(
        events=events,
        contacts=[(number(id_), name, at) for id_, name, at in rows("SELECT id, name, at FROM contacts")],
        notes=[(number(id_), text, at) for id_, text, at in rows("SELECT id, text, at FROM notes")],
        call=msgspec.json.decode(told[0][0], type=CallSummary),
        promise=msgspec.json.decode(owed[0][1], type=PromiseSummary) if owed else None,
        promised=number(owed[0][0]) if owed else -1,
        ids=len(numbers),
    )


class Year:
    """Writes the calls of a year into a journal."""

    def __init__(self, db: sqlite3.Connection, calls: int, today: date) -> None:
        self.db, self.calls = db, calls
        self.random = random.Random(7)
        self.began = time.mktime(today.timetuple()) + 9 * 3600  # when templates are played
        self.kinds = [played(keys, self.began) for _share, keys in KINDS.values()]
        self.shares = [share for share, _keys in KINDS.values()]
        self.callers: dict[int, bytes] = {}
        self.events: list[tuple[Any, ...]] = []
        self.contacts: list[tuple[Any, ...]] = []
        self.notes: list[tuple[Any, ...]] = []
        self.told: list[tuple[Any, ...]] = []
        self.owed: list[tuple[Any, ...]] = []

    def write(self) -> None:
        """All of it, a thousand calls a transaction."""
        with self.db:
            names = ("INSERT OR IGNORE INTO names (name) VALUES (?)", [(packed(new_id()),), (b"12345678",)])
            self.db.executemany(*names)
        first = self.began - 364 * 86400
        a_day = self.calls // WORKING_DAYS
        for begin in range(0, self.calls, 1000):
            with self.db:
                self.db.execute("BEGIN")
                for number in range(begin, min(begin + 1000, self.calls)):
                    day = int(number / a_day * 365 / WORKING_DAYS)
                    self._one(first + min(day, 364) * 86400 + number % a_day * (8 * 3600 / a_day))
                self._flush()

    def _one(self, at: float) -> None:
        kind = self.random.choices(self.kinds, self.shares)[0]
        by = at - self.began + self.random.random()
        stamp = int(at * 1000) << 80 | 0x7 << 76 | 0b10 << 62
        values = [stamp | n << 64 | self.random.getrandbits(62) for n in range(kind.ids)]
        raw = [value.to_bytes(16, "big") for value in values]
        caller = self.random.randrange(CALLERS)
        known = self.callers.setdefault(caller, raw[kind.contacts[0][0]])
        raw[kind.contacts[0][0]] = known

        def text(number: str | int) -> str:
            return number if isinstance(number, str) else unpacked(raw[number])

        self.events += [
            (raw[id_], stream, raw[call], one + by, raw[cause], type_, v, "".join(map(text, data)))
            for id_, stream, call, one, cause, type_, v, data in kind.events
        ]
        number = f"+996700{caller:06}"
        self.contacts += [(text(id_), number, name, one + by) for id_, name, one in kind.contacts]
        self.notes += [(text(id_), words, one + by) for id_, words, one in kind.notes]
        told = replace(kind.call, ended=kind.call.ended + by, started=kind.call.started + by)
        call = raw[kind.events[0][2]]
        self.told.append((call, told.ended, told.outcome, msgspec.json.encode(told).decode()))
        if kind.promise:
            times = {name: getattr(kind.promise, name) + by for name in ("made", "due", "closed")}
            owed = replace(kind.promise, **times)
            self.owed.append((text(kind.promised), owed.made, msgspec.json.encode(owed).decode()))

    def _flush(self) -> None:
        """Write what was made into the file."""
        insert = "INSERT OR REPLACE INTO {} VALUES ({})"
        for table_, rows, columns in (
            ("contacts", self.contacts, 4),
            ("notes", self.notes, 3),
            ("calls", self.told, 4),
            ("promises", self.owed, 3),
        ):
            self.db.executemany(insert.format(table_, ",".join("?" * columns)), rows)
            rows.clear()
        self.db.executemany(
            "INSERT INTO events (id, desk, stream, call, at, mode, revision, cause, type, v, data) "
            "VALUES (?, 1, ?, ?, ?, 'live', 2, ?, ?, ?, ?)",
            self.events,
        )
        self.events.clear()


def sample_agrees(db: sqlite3.Connection, count: int = 200) -> bool:
    """Whether the reports' rows of some calls agree with their events; times within a millisecond."""
    rows = db.execute("SELECT call, told FROM calls ORDER BY random() LIMIT ?", (count,)).fetchall()
    for call, told in rows:
        [(_call, _at, _how, wanted)] = projecting._call_rows(db.execute(projecting._ONE_CALL, (call,)))
        one, other = (msgspec.json.decode(row, type=CallSummary) for row in (told, wanted))
        times = (one.ended, other.ended), (one.started, other.started)
        same = replace(other, ended=one.ended, started=one.started)
        if one != same or any(abs(a - b) > 0.001 for a, b in times):
            return False
    return True


def took(home: Path, *options: str) -> tuple[float, float]:
    """The time of a report, from its process's start to its end, and of the processor; medians of 5."""
    command = [sys.executable, "-m", "prompter", "report", *options, "--ui", "ru"]
    walls, works = [], []
    for _ in range(5):
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env={"PROMPTER_HOME": str(home), "PATH": ""}, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - began)
        works.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(works)


def main() -> int:
    parser = arguments(__doc__, calls=200_000, pairs=10)
    options = parser.parse_args()
    print(machine())
    with new_home() as home, new_home() as empty:
        for folder in (home, empty):  # the journal and the compiled base, as a first start leaves them
            start(prompter(options, folder), GREETING)
        began, today = time.perf_counter(), date.today()
        with visited(home / "journal.db") as db:
            Year(db, options.calls, today).write()
            (events,) = db.execute("SELECT count(*) FROM events").fetchone()
            agrees = sample_agrees(db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = (home / "journal.db").stat().st_size
        print(f"{options.calls} calls, {events} events, written in {time.perf_counter() - began:.0f} s")
        print(f"a sample of the reports' rows {'agrees' if agrees else 'DOES NOT AGREE'} with the events")
        last = today.isoformat()
        day = took(home, "--day", last)
        year = took(home, "--from", (today - timedelta(days=365)).isoformat())
        rows = [
            ("a call on the disk", f"{size / options.calls / 1000:.2f} kB", "", "4 kB"),
            ("report of a day", f"{day[0]:.2f} s", f"{day[1]:.2f} s", "0.5 s"),
            ("report of the year", f"{year[0]:.2f} s", f"{year[1]:.2f} s", "5 s"),
        ]
        print(table(("", "measured", "of the processor", "goal"), rows))
        result = paired(
            lambda: start(prompter(options, home), GREETING),
            lambda: start(prompter(options, empty), GREETING),
            options.pairs,
        )
        print(report("Start with a year's journal, against an empty one", result, 1.1))
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
