"""What is appended is read back: events of every kind, contacts, notes, and what is live."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import pytest

from prompter.call.events import BODIES, Body, Said
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.store import Journal

from .makers import answered, event, gap, ids_on_disk, live_batch, promised, query, started

SAMPLES: dict[Any, Any] = {
    str: "Ой, «ү»",
    int: 7,
    float: 1.25,
    bool: True,
    tuple[str, ...]: ("a", "ң"),
    dict[str, int]: {"hold": 120},
}


def sample(body: type[Body]) -> Body:
    hints = typing.get_type_hints(body)
    return body(**{name: SAMPLES[hints[name]] for name in body.__struct_fields__})


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_every_body_comes_back_equal(journal: Journal, body: type[Body]) -> None:
    written = event(sample(body), "c1", 1234.5, mode="practice", revision="r9", cause="k")
    assert journal.append(live_batch(written))
    assert journal.recover() == [written]


def test_what_is_live_comes_back_in_the_order_written(path: Path) -> None:
    journal = Journal.open(path)
    old = [started("old"), promised("p-done", "old"), gap("g-done", "old")]
    kept = [promised("p1", "old"), gap("g1", "old")]
    call = [started("c2"), answered(1, "c2")]
    journal.append(Batch((*old, kept[0], call[0], kept[1], call[1])))
    live = {("call", "c2"), ("promise", "p1"), ("gap", "g1")}
    later = event(sample(BODIES["promise_called"]), "other")
    journal.append(live_batch(later, live=live))
    journal.close()
    assert Journal.open(path).recover() == [kept[0], call[0], kept[1], call[1]]


def test_later_events_of_a_live_promise_come_from_any_call(journal: Journal) -> None:
    made = promised("p1", "c1")
    called = event(BODIES["promise_called"](promise="p1"), "c7")
    journal.append(live_batch(made, called, live={("promise", "p1")}))
    assert journal.recover() == [made, called]


def test_live_is_replaced_as_a_whole_and_kept_without_one(journal: Journal, path: Path) -> None:
    journal.append(live_batch(started("c1"), live={("call", "c1"), ("gap", "g")}))
    journal.append(Batch((answered(1),)))
    assert set(query(path, "SELECT kind, id FROM live")) == {("call", "c1"), ("gap", "g")}
    journal.append(live_batch(answered(2), live={("call", "c1"), ("promise", "p")}))
    assert set(query(path, "SELECT kind, id FROM live")) == {("call", "c1"), ("promise", "p")}
    journal.append(live_batch(answered(3), live=set()))
    assert journal.recover() == []


def test_equal_live_rows_are_left_alone(journal: Journal, path: Path) -> None:
    journal.append(live_batch(started("c1"), live={("call", "c1"), ("call", "c2")}))
    before = query(path, "SELECT rowid, * FROM live")
    journal.append(live_batch(answered(1), live={("call", "c1"), ("call", "c2")}))
    assert query(path, "SELECT rowid, * FROM live") == before


def test_the_same_event_twice_is_kept_once(journal: Journal, path: Path) -> None:
    first, second = answered(1), answered(2)
    journal.append(Batch((first,), (Contact("p", "1", "A", 1.0),), (Note("n", "x", 1.0),)))
    assert journal.append(Batch((first, second), (Contact("p", "1", "A", 1.0),), (Note("n", "x", 1.0),)))
    assert ids_on_disk(path) == [first.id, second.id]


def test_a_batch_is_kept_together_or_not_at_all(journal: Journal, path: Path) -> None:
    bad = answered(2, call=None)  # type: ignore[arg-type]
    assert not journal.append(Batch((answered(1), bad), (Contact("p", "1", "A", 1.0),)))
    assert ids_on_disk(path) == []
    assert query(path, "SELECT * FROM contacts") == []


@pytest.mark.parametrize("value", [float("nan"), "\ud800", object()])
def test_a_body_that_cannot_be_written_is_refused_before_the_queue(journal: Journal, value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        journal.append(Batch((event(Said(value, "h", "ru")),)))
    assert journal.pending == 0
    assert journal.append(Batch((answered(1),)))


def test_unknown_and_unreadable_records_are_skipped_and_counted(journal: Journal, path: Path) -> None:
    good = started("c2")
    journal.append(live_batch(started("c1"), *(answered(n) for n in range(4))))
    with_data = "UPDATE events SET type = ?, v = ?, data = ? WHERE seq = ?"
    journal.append(live_batch(answered(9)))
    journal.append(live_batch(good, live={("call", "c1"), ("call", "c2")}))
    with sqlite3.connect(path) as db:
        db.execute(with_data, ("from_the_future", 1, "{}", 2))
        db.execute(with_data, ("answered", 99, "{}", 3))
        db.execute(with_data, ("answered", 1, "{}", 4))
        db.execute(with_data, ("answered", 1, "{oops", 5))
        db.execute(with_data, ("answered", 1, "[1]", 6))
    db.close()
    for _ in range(2):
        assert journal.recover() == [good]  # a call with a gap in its story is not told at all
        assert journal.skipped == 5


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", 1e12),
        ("at", -1e300),
        ("at", -6.3e10),  # before the year 1
        ("data", '{"deadline": 1e99}'),
    ],
)
def test_a_time_outside_all_calendars_is_skipped(
    journal: Journal, path: Path, column: str, value: object
) -> None:
    journal.append(live_batch(started("c1")))
    with sqlite3.connect(path) as db:
        db.execute(f"UPDATE events SET {column} = ?", (value,))
    db.close()
    assert journal.recover() == []
    assert journal.skipped == 1


def test_another_window_on_the_journal_drops_nothing_of_ours(path: Path) -> None:
    ours, theirs = Journal.open(path), Journal.open(path)
    assert (ours.recover(), theirs.recover()) == ([], [])
    made = promised("p1", "c1")
    ours.append(live_batch(made, live={("promise", "p1")}))
    theirs.append(live_batch(started("c2"), live={("call", "c2")}))
    assert made in Journal.open(path).recover()


def test_text_from_the_file_is_made_safe(journal: Journal, path: Path) -> None:
    journal.append(live_batch(event(Said("s.one", "h", "ru", named={"hold": 60}))))
    dirty = "a\x1b[31m\u202eb\nc"
    with sqlite3.connect(path) as db:
        data = json.dumps({"step": dirty, "phrase": "h", "language": "ru", "named": {dirty: 1}})
        db.execute("UPDATE events SET data = ?", (data,))
        db.execute("UPDATE names SET name = ? WHERE id = (SELECT revision FROM events)", (dirty,))
        db.execute("INSERT INTO contacts VALUES ('p', ?, ?, 1.0)", (dirty, dirty))
        db.execute("INSERT INTO notes VALUES ('n', ?, 1.0)", (dirty,))
    db.close()
    [said] = journal.recover()
    assert said.body == Said("a[31mb c", "h", "ru", named={"a[31mb c": 1})
    assert said.revision == "a[31mb c"
    assert journal.contacts(["p"]).get("p") == Contact("p", "a[31mb c", "a[31mb c", 1.0)
    assert journal.note("n") == "a[31mb\nc"


def test_text_with_a_lone_surrogate_is_kept_without_it(journal: Journal) -> None:
    assert journal.append(Batch((), (Contact("p", "1\ud800", "A\ud800", 1.0),), (Note("n", "x\ud800", 1.0),)))
    assert journal.contacts(["p"]).get("p") == Contact("p", "1", "A", 1.0)
    assert journal.note("n") == "x"


def test_the_desk_keeps_its_id(path: Path, tmp_path: Path) -> None:
    first = Journal.open(path)
    first.close()
    second = Journal.open(path)
    other = Journal.open(tmp_path / "other.db")
    assert first.desk == second.desk != other.desk
    second.close()
    other.close()


@pytest.mark.skipif(os.name != "posix", reason="no file modes here")
def test_only_the_owner_may_read(journal: Journal, path: Path) -> None:
    journal.append(Batch((answered(1),)))
    files = list(path.parent.iterdir())
    assert {f.name for f in files} == {"journal.db", "journal.db-wal", "journal.db-shm"}
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="no file modes here")
def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    Journal.open(path).close()
    path.chmod(0o644)
    Journal.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_promises_are_synced_in_full_and_others_are_not(journal: Journal) -> None:
    assert journal._db
    levels = []
    for one in (answered(1), promised("p1"), answered(2)):
        journal.append(Batch((one,)))
        levels.append(journal._db.execute("PRAGMA synchronous").fetchone()[0])
    assert levels == [1, 2, 1]
    assert journal._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


WRITER = """
import sys
from pathlib import Path
from prompter.journal.store import Journal
from tests.journal.makers import live_batch, answered
journal = Journal.open(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    pair = answered(number), answered(number)
    if journal.append(live_batch(*pair)):
        print(pair[0].id, pair[1].id, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    for _ in range(3):
        path.unlink(missing_ok=True)
        root = Path(__file__).parents[2]
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=root
        ) as writer:
            assert writer.stdout
            lines = [writer.stdout.readline() for _ in range(50)]
            writer.kill()
            lines += writer.stdout.readlines()
        acknowledged = [id_ for line in lines if line.endswith("\n") for id_ in line.split()]
        journal = Journal.open(path)
        found = [e.id for e in journal.recover()]
        assert journal.trouble is None
        journal.close()
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) % 2 == 0
