"""A file that is broken or taken away is set aside, and what stands stands in a new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call.events import Event
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.files import set_aside
from prompter.journal.store import Journal
from tests.journal.troubles import aside, break_open, broken, code, locked

from .makers import (
    answered,
    desks_on_disk,
    gap,
    ids_on_disk,
    live_batch,
    promised,
    query,
    started,
)


@pytest.mark.parametrize(
    "content",
    [b"kb:\n  title: not a database\n" * 50, b"SQLite format 3\x00" + b"\xff" * 5000],
    ids=["text", "malformed"],
)
def test_a_broken_file_is_set_aside_and_a_new_one_begun(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    path.with_name("journal.db-wal").write_bytes(b"log")
    journal = Journal.open(path)
    assert journal.trouble
    assert journal.trouble.code == "unread"
    assert journal.trouble.recording
    moved = Path(str(journal.trouble.args["moved"]))
    assert moved.read_bytes() == content
    assert moved.name.startswith("journal.db.broken-2")
    assert journal.trouble.args["path"] == str(path)
    assert journal.append(live_batch(said := answered(1)))
    assert journal.recover() == [said]
    with locked(path):
        journal.append(Batch((answered(2),)))
        assert code(journal) == "locked"
    assert journal.retry()
    assert code(journal) == "unread"
    journal.close()


@pytest.mark.parametrize("version", [0, 1])
def test_another_programs_database_is_set_aside_whole(path: Path, version: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE cookies (x)")
        db.execute(f"PRAGMA user_version = {version}")
    journal = Journal.open(path)
    assert code(journal) == "unread"
    assert query(aside(path)[0], "SELECT name FROM sqlite_master") == [("cookies",)]
    assert journal.append(Batch((answered(1),)))
    journal.close()


def test_a_file_that_breaks_while_open_is_set_aside_with_its_log(journal: Journal, path: Path) -> None:
    desk = journal.desk
    over = [answered(n) for n in range(200)]
    journal.append(live_batch(*over, live=set()))
    journal = break_open(journal, path)
    assert journal.append(live_batch(said := answered(1)))
    assert code(journal) == "set_aside"
    assert ids_on_disk(path) == [said.id]
    assert journal.desk == desk
    assert journal._db
    assert journal._db.execute("PRAGMA synchronous").fetchone() == (1,)
    assert query(path, "SELECT value FROM meta") == [(desk,)]
    assert len(aside(path)) >= 1
    journal.close()


STANDING = {("call", "c2"), ("promise", "p1"), ("gap", "g1")}


class TestANewFile:
    """What stands when the old one breaks, or is taken away, stands in the new one."""

    def fill(self, journal: Journal) -> list[Event]:
        """A call long over, one that goes on, and a promise and a gap of the first."""
        assert journal.recover() == []
        old, gone = [started("c1", "a"), promised("p1", "c1", "n1"), gap("g1", "c1")], answered(1, "c1")
        people = Contact("p1", "+996555000000", "Бакыт", 1.0), Contact("a", "1", "", 1.0)
        journal.append(Batch((*old, gone), people, (Note("n1", "Где роутер?", 1.0),)))
        now = [started("c2"), answered(1, "c2")]
        journal.append(live_batch(*now, live=STANDING))
        return [*old[1:], *now]

    def check(self, path: Path, standing: list[Event]) -> None:
        """A start reads what stood, who is owed a call and what he asked."""
        again = Journal.open(path)
        assert again.recover() == standing
        assert again.contacts(["p1"])["p1"].name == "Бакыт"
        assert again.note("n1") == "Где роутер?"
        assert set(query(path, "SELECT kind, id FROM live")) == STANDING
        again.close()

    @pytest.mark.parametrize("again", [False, True], ids=["in the same run", "after a restart"])
    def test_after_damage(self, journal: Journal, path: Path, again: bool) -> None:
        standing = self.fill(journal)
        if again:
            journal.close()
            journal = Journal.open(path)
            assert journal.recover() == standing
            journal.contacts(["p1"])
        journal = broken(journal)
        said = answered(2, "c2")
        assert journal.append(live_batch(said, live=STANDING))
        assert code(journal) == "set_aside"
        self.check(path, [*standing, said])
        assert "1" not in [number for (number,) in query(path, "SELECT number FROM contacts")]

    def test_damage_found_by_reading(self, journal: Journal, path: Path) -> None:
        standing = self.fill(journal)
        journal = broken(journal)
        assert journal.contact_by_number("1") is None
        self.check(path, standing)

    def test_a_file_taken_away(self, journal: Journal, path: Path) -> None:
        standing = self.fill(journal)
        for file in path.parent.iterdir():
            file.unlink()
        path.parent.rmdir()
        assert journal.retry()
        assert code(journal) == "gone"
        assert journal.trouble
        assert journal.trouble.recording
        self.check(path, standing)

    def test_a_file_taken_away_while_no_other_can_be_made(self, journal: Journal, path: Path) -> None:
        standing = self.fill(journal)
        for file in path.parent.iterdir():
            file.unlink()
        path.mkdir()
        for _ in range(2):
            assert not journal.retry()
            assert code(journal) == "unwritable"
        path.rmdir()
        said = answered(2, "c2")
        assert journal.append(live_batch(said, live=STANDING))
        assert code(journal) == "gone"
        self.check(path, [*standing, said])

    def test_a_file_taken_away_under_a_lock(self, journal: Journal, path: Path) -> None:
        standing = self.fill(journal)
        said = answered(2, "c2")
        with locked(path):
            assert not journal.append(live_batch(said, live=STANDING))
            assert code(journal) == "locked"
            for file in path.parent.iterdir():
                file.rename(file.with_name(f"old-{file.name}"))
        assert journal.retry()
        assert code(journal) == "gone"
        self.check(path, [*standing, said])

    def test_in_its_order_after_a_kill_while_the_new_one_is_locked(
        self, journal: Journal, path: Path
    ) -> None:
        journal.recover()
        events = [started("c1"), answered(1), answered(2)]
        journal.append(live_batch(events[0]))
        with locked(path):
            assert not journal.append(live_batch(events[1]))
            assert not journal.append(live_batch(events[2]))
            for file in (path, path.with_name("journal.db-wal"), path.with_name("journal.db-shm")):
                file.rename(file.with_name(f"old-{file.name}"))
        Journal.open(path.with_name("other.db")).close()
        path.with_name("other.db").rename(path)
        with locked(path):
            assert not journal.retry()
            assert (code(journal), journal.in_memory) == ("locked", 0)
            assert journal._db
            journal._db.close()
        again = Journal.open(path)
        assert [event.id for event in again.recover()] == [event.id for event in events]
        again.close()

    def test_what_breaks_after_it_was_taken_away_is_not_the_file_in_its_place(
        self, journal: Journal, path: Path
    ) -> None:
        standing = self.fill(journal)
        journal = broken(journal)
        path.rename(path.with_suffix(".old"))
        Journal.open(path).close()
        assert journal.contact_by_number("1") is None
        assert journal.retry()
        assert code(journal) == "gone"
        assert aside(path) == []
        self.check(path, standing)

    def test_all_in_it_is_of_the_desk_that_was_learnt_late(self, path: Path) -> None:
        path.mkdir(parents=True)
        journal = Journal.open(path)
        ours = journal.desk
        journal.append(live_batch(replace(started("c1"), desk=ours)))
        path.rmdir()
        known = Journal.open(path)
        known.close()
        assert journal.retry()
        assert journal.desk == known.desk != ours
        for file in path.parent.iterdir():
            file.unlink()
        assert journal.retry()
        assert code(journal) == "gone"
        assert desks_on_disk(path) == [known.desk]
        journal.close()

    def test_a_file_put_in_its_place(self, journal: Journal, path: Path) -> None:
        standing = self.fill(journal)
        path.rename(path.with_suffix(".old"))
        other = Journal.open(path)
        other.append(live_batch(theirs := started("c9")))
        other.close()
        assert journal.append(live_batch(said := answered(2, "c2"), live=STANDING))
        again = Journal.open(path)
        assert {e.id for e in again.recover()} == {e.id for e in (*standing, said, theirs)}
        again.close()


def test_a_disk_that_breaks_every_file_does_not_hold_the_screen(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(Journal, "_write", broken)
    assert not journal.append(Batch((said := answered(1),)))
    assert len([f for f in aside(path) if f.name[-1] not in "lm"]) <= 2
    monkeypatch.undo()
    assert journal.retry()
    assert ids_on_disk(path) == [said.id]


def test_reading_a_broken_file_sets_it_aside_too(path: Path) -> None:
    first = Journal.open(path)
    first.append(live_batch(*(answered(n) for n in range(200))))
    first.close()
    journal = Journal.open(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    assert journal.recover() == []
    assert code(journal) == "unread"
    assert journal.append(live_batch(answered(1), live={("call", "c1")}))
    assert journal.append(live_batch(answered(1), live={("call", "c2")}))
    assert query(path, "SELECT id FROM live") == [("c2",)]
    journal.close()


def test_files_set_aside_in_one_second_do_not_overwrite_each_other(path: Path) -> None:
    path.parent.mkdir()
    now = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    names = []
    for content in ("one", "two", "three"):
        path.write_text(content)
        path.with_name("journal.db-shm").write_text(content)
        moved = set_aside(path, now)
        names.append(moved.name)
        assert moved.read_text() == Path(f"{moved}-shm").read_text() == content
    assert names[:2] == ["journal.db.broken-20260504T030201Z", "journal.db.broken-20260504T030201Z-2"]
    assert len(set(names)) == 3
