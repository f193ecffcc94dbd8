"""Shared by the `kill -9` scripts: the journal as a kill left it; repeated kills, and their totals."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol, TypeVar

from benchmarks.programs import GREETING, arguments, need, new_home, prompter, quit_program
from benchmarks.stats import machine, table
from prompter.journal.packing import unpacked

Row = dict[str, Any]


class Killed(Protocol):
    """The result of one kill. `where` it struck; `notes` say what is wrong."""

    where: str
    notes: list[str]

    @property
    def failed(self) -> bool:
        """Whether this kill did harm."""


Outcome = TypeVar("Outcome", bound=Killed)


def run_kills(
    description: str | None,
    one_kill: Callable[[argparse.Namespace, Path, random.Random], Outcome],
    columns: Mapping[str, Callable[[Sequence[Outcome]], object]],
) -> int:
    """Kill as often as the command line asks, print each kill that did harm, then a summary row.

    `one_kill` gets the options, a home to copy and its own random numbers; `columns` make the row from all
    outcomes. Returns the exit code: 1 if any did harm.
    """
    parser = arguments(description, kills=200, seed=1)
    parser.add_argument("--only", type=int, help="repeat only the kill with this number")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    print(machine())
    with new_home() as template:
        warm_home(options, template)
        for number in range(options.kills) if options.only is None else (options.only,):
            outcome = one_kill(options, template, random.Random(f"{options.seed}/{number}"))
            outcomes.append(outcome)
            if outcome.failed:
                print(f"kill {number} ({outcome.where}):", *outcome.notes, sep="\n  ", flush=True)
    print(table(("kills", *columns), [(len(outcomes), *(of(outcomes) for of in columns.values()))]))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def total(name: str) -> Callable[[Sequence[Killed]], object]:
    """A column: the sum of a field over all kills."""
    return lambda outcomes: sum(getattr(one, name) for one in outcomes)


def warm_home(options: argparse.Namespace, home: Path) -> None:
    """Start once and quit, so that the revision is compiled and the journal has its tables."""
    with prompter(options, home) as term:
        need(term, term.wait_for(GREETING, 60), GREETING)
        term.settle(0.3, 3)
        quit_program(term)


# the journal


def read_journal(home: Path) -> list[Row]:
    """All events, read from a copy, so that the restarted program finds the files as the kill left them."""
    files = sorted(home.rglob("journal.db*"))
    if not files:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / "journal.db")) as database:
            database.row_factory = sqlite3.Row
            (sound,) = database.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                raise sqlite3.DatabaseError(sound)
            try:
                rows = database.execute("SELECT * FROM events ORDER BY seq").fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):  # killed before the first commit
                    return []
                raise
    return [
        {**{name: unpacked(value) for name, value in dict(row).items()}, "data": json.loads(row["data"])}
        for row in rows
    ]


def by_cause(rows: list[Row]) -> list[list[Row]]:
    """The events of calls and promises, one list for each run of the same cause."""
    groups: list[list[Row]] = []
    for row in rows:
        if row["stream"] not in ("call", "promise"):
            continue
        if groups and groups[-1][0]["cause"] == row["cause"]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def doubled(groups: list[list[Row]]) -> list[str]:
    """Duplicate ids, keys whose events are split up, facts that one key wrote twice."""
    rows = [row for group in groups for row in group]
    ids = [row["id"] for row in rows]
    causes = [group[0]["cause"] for group in groups]
    found = [f"id {id_} twice" for id_ in {i for i in ids if ids.count(i) > 1}]
    found += [f"cause {cause} in two places" for cause in {c for c in causes if causes.count(c) > 1}]
    for group in groups:
        facts = [(row["type"], json.dumps(row["data"], sort_keys=True)) for row in group]
        found += [f"{type_} twice by one key" for type_, data in {f for f in facts if facts.count(f) > 1}]
    return found
