"""Rows that hold what no program of ours wrote: skipped or read as empty, and the desk opens all the same."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.call.builders import Shift, bundled

VALUES = [
    "[",
    "{}",
    "[" * 100_000,
    '{"a":' * 50_000,
    "null",
    "[]",
    '"x"',
    '{"contact": "\\ud800"}',
    "\x1b]0;x\x07",
]
ODD: list[object] = [*VALUES, b"\xff\xfe", b'{"a":"\xff"}', 1e308, float("inf"), -1, 2**62, "9" * 5000]
TABLES = ["events", "events", "events", "contacts", "notes", "meta", "live"]


@pytest.mark.parametrize("seed", range(40))
def test_any_value_in_any_column(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.press("Enter", "F4", "2").promise().press("Enter")
    shift.journal.close()
    with closing(sqlite3.connect(shift.path)) as db:
        for _ in range(chance.choice((1, 3, 10))):
            table = chance.choice(TABLES)
            column = chance.choice([one[1] for one in db.execute(f"PRAGMA table_info({table})")])
            rows = [row for (row,) in db.execute(f"SELECT rowid FROM {table}")]
            if rows and column not in ("seq", "key"):
                spoil = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE rowid = ?"
                # a column that an index reads refuses what is no JSON
                try:
                    db.execute(spoil, (chance.choice(ODD), chance.choice(rows)))
                except sqlite3.Error:
                    continue
        db.commit()
    shift.restart()
    shift.desk.view()
    shift.desk.forget_old(90)
    assert shift.journal.trouble is None
