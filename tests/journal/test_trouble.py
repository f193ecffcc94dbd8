"""When the file cannot be used: batches wait in order, the screen is told, nothing is lost or doubled."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call.events import Event
from prompter.ids import new_id
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.files import set_aside
from prompter.journal.memory import Standing
from prompter.journal.rows import Row, to_row
from prompter.journal.store import DAY, Journal
from prompter.journal.waiting import WaitingFile

from .makers import (
    answered,
    desks_on_disk,
    ended,
    event,
    gap,
    ids_on_disk,
    live_batch,
    promised,
    query,
    started,
)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


def code(journal: Journal) -> str:
    return journal.trouble.code if journal.trouble else ""


def aside(path: Path) -> list[Path]:
    return sorted(f for f in path.parent.iterdir() if ".broken-" in f.name)


def test_batches_wait_for_a_lock_and_follow_in_order(journal: Journal, path: Path) -> None:
    events = [answered(n) for n in range(5)]
    assert journal.append(live_batch(events[0]))
    with locked(path):
        assert not journal.append(live_batch(events[1], live={("call", "gone")}))
        assert code(journal) == "locked"
        assert journal.trouble
        assert not journal.trouble.recording
        assert not journal.append(live_batch(events[2]))
        assert not journal.retry()
        assert journal.pending == 2
        assert ids_on_disk(path) == [events[0].id]
    assert journal.retry()
    assert journal.pending == 0
    assert journal.trouble is None
    assert ids_on_disk(path) == [e.id for e in events[:3]]
    assert journal.recover() == events[:3]
    with locked(path):
        journal.append(live_batch(events[3]))
    assert journal.append(live_batch(events[4]))
    assert ids_on_disk(path) == [e.id for e in events]


def test_a_lock_at_the_start_is_told_and_does_not_keep_from_reading(path: Path) -> None:
    first = Journal.open(path)
    first.append(live_batch(said := answered(1)))
    first.close()
    with locked(path):
        journal = Journal.open(path)
        assert code(journal) == "locked"
        assert journal.recover() == [said]
        assert not journal.append(Batch((answered(2),)))
    assert journal.retry()
    assert code(journal) == ""
    journal.close()


def test_people_in_the_queue_are_found(journal: Journal, path: Path) -> None:
    journal.append(Batch((), (Contact("a", "1", "old", 1.0),), (Note("n", "old", 1.0),)))
    with locked(path):
        journal.append(Batch((), (Contact("a", "2", "new", 2.0),), (Note("n", "newer", 2.0),)))
        journal.append(Batch((), notes=(Note("n", "new", 3.0),)))
        journal.append(Batch((), (Contact("b0", "1", "", 3.0), Contact("b", "1", "later", 3.0))))
        journal.append(Batch((), (Contact("c", "1", "older", 0.5),)))
        assert journal.contacts(["a"]).get("a") == Contact("a", "2", "new", 2.0)
        assert journal.contact_by_number("1") == Contact("b", "1", "later", 3.0)
        assert journal.note("n") == "new"


def test_closing_keeps_what_was_queued(path: Path) -> None:
    journal = Journal.open(path)
    with locked(path):
        journal.append(Batch((waiting := answered(1),)))
    journal.close()
    assert ids_on_disk(path) == [waiting.id]


def test_a_commit_of_unknown_outcome_is_not_doubled(journal: Journal, path: Path) -> None:
    batch = live_batch(answered(1), answered(2))
    assert journal.append(batch)
    journal._queue.append(batch)  # as if the commit had failed after it reached the disk
    assert journal.append(live_batch(last := answered(3)))
    assert ids_on_disk(path) == [*(e.id for e in batch.events), last.id]


def test_a_full_disk_queues_and_a_freed_one_goes_on(journal: Journal, path: Path) -> None:
    assert journal._db
    [(pages,)] = journal._db.execute("PRAGMA page_count").fetchall()
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    big = Note("n", "ж" * 100_000, 1.0)
    assert not journal.append(Batch((one := answered(1),), notes=(big,)))
    assert code(journal) == "full"
    assert not journal.append(Batch((two := answered(2),)))
    journal._db.execute("PRAGMA max_page_count = 100000")
    assert journal.retry()
    assert code(journal) == ""
    assert ids_on_disk(path) == [one.id, two.id]
    assert journal.note("n") == big.text


def test_a_disk_that_grants_a_lock_and_takes_nothing_is_told_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal.open(path).close()
    real = sqlite3.connect

    def refusing(*args: object, **options: object) -> sqlite3.Connection:
        db: sqlite3.Connection = real(*args, **options)  # type: ignore[call-overload]
        no, yes = sqlite3.SQLITE_DENY, sqlite3.SQLITE_OK
        db.set_authorizer(lambda action, *_: no if action == sqlite3.SQLITE_INSERT else yes)
        return db

    monkeypatch.setattr(sqlite3, "connect", refusing)
    journal = Journal.open(path)
    journal.begin()
    told = journal.trouble
    assert told
    for _ in range(3):
        journal.retry()
        assert journal.trouble == told
    monkeypatch.undo()
    assert journal.retry()
    assert journal.trouble is None
    journal.close()


def test_a_program_left_under_a_lock_was_left_in_order(path: Path) -> None:
    journal = Journal.open(path)
    journal.begin()
    with locked(path):
        journal.append(live_batch(answered(1)))
        journal.leave()
    journal.close()
    again = Journal.open(path)
    assert again.begin()
    again.close()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    journal = Journal.open(in_the_way / "journal.db")
    assert code(journal) == "unwritable"
    assert journal.desk
    assert journal.recover() == []
    first = event(answered(1).body, desk=journal.desk)
    assert not journal.append(live_batch(first))
    assert journal.contacts(["none"]).get("none") is None
    assert journal.last_call("none") is None
    assert journal.forget_older_than(1, DAY) == 0
    in_the_way.unlink()
    assert journal.append(live_batch(second := answered(2)))
    assert code(journal) == ""
    assert ids_on_disk(in_the_way / "journal.db") == [first.id, second.id]
    journal.close()


def test_a_folder_in_the_files_place_is_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    mode = path.stat().st_mode
    journal = Journal.open(path)
    assert code(journal) == "unwritable"
    assert path.is_dir()
    assert path.stat().st_mode == mode


def test_a_file_that_only_reads_is_recovered_and_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_events = Journal.open(path)
    with_events.append(live_batch(said := answered(1)))
    real = sqlite3.connect

    def reading(*args: object, **options: object) -> sqlite3.Connection:
        db = real(*args, **options)  # type: ignore[call-overload]
        db.execute("PRAGMA query_only = ON")
        return db  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", reading)
    journal = Journal.open(path)
    assert journal.recover() == [said]
    assert not journal.append(Batch((later := answered(2),)))
    assert code(journal) == "unwritable"
    monkeypatch.undo()
    assert journal.retry()
    assert ids_on_disk(path) == [said.id, later.id]
    journal.close()
    with_events.close()


def test_the_files_own_desk_id_is_taken_up_later(tmp_path: Path) -> None:
    folder, hidden = tmp_path / "desk", tmp_path / "hidden"
    path = folder / "journal.db"
    known = Journal.open(path)
    known.close()
    folder.rename(hidden)
    folder.write_text("")
    journal = Journal.open(path)
    journal.append(Batch((event(answered(1).body, desk=journal.desk), event(answered(2).body, desk="else"))))
    folder.unlink()
    hidden.rename(folder)
    assert journal.retry()
    assert journal.desk == known.desk
    assert desks_on_disk(path) == [known.desk, "else"]
    journal.close()


def test_what_could_not_be_recovered_stays_live(tmp_path: Path) -> None:
    folder, hidden = tmp_path / "desk", tmp_path / "hidden"
    path = folder / "journal.db"
    before = Journal.open(path)
    before.append(live_batch(old := started("c1")))
    before.close()
    folder.rename(hidden)
    folder.write_text("")
    journal = Journal.open(path)
    assert journal.recover() == []
    folder.unlink()
    hidden.rename(folder)
    assert journal.append(live_batch(new := started("c2")))
    assert journal.recover() == [old, new]
    journal.append(live_batch(answered(1, "c2")))
    assert set(query(path, "SELECT id FROM live")) == {("c2",)}
    journal.close()


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


def break_open(journal: Journal, path: Path) -> Journal:
    """The journal opened again, and all but the first page of its file overwritten behind its back."""
    journal.close()
    journal = Journal.open(path)
    journal.recover()
    assert journal._db
    journal._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal._db.execute("PRAGMA cache_size = 0")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    return journal


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


def broken(journal: Journal) -> Journal:
    """The same journal, whose file is damaged from now on."""
    assert journal._db
    real = journal._db

    class Damaged:
        def __enter__(self) -> object:
            return real.__enter__()

        def __exit__(self, *args: object) -> object:
            return real.__exit__(*args)  # type: ignore[arg-type]

        def execute(self, *_: object) -> object:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

        def close(self) -> None:
            real.close()

    journal._db = Damaged()  # type: ignore[assignment]
    return journal


class TestTheSideFile:
    """What the journal cannot take outlives the program."""

    @pytest.fixture
    def waiting(self, path: Path) -> Path:
        return path.with_name("journal.db.waiting")

    def left_behind(self, path: Path, *batches: Batch) -> None:
        """A program under a lock that is killed."""
        journal = Journal.open(path)
        journal.recover()
        with locked(path):
            for batch in batches:
                assert not journal.append(batch)
            assert journal.in_memory == 0
            assert journal._db
            journal._db.close()

    def test_a_killed_program_loses_nothing(self, path: Path, waiting: Path) -> None:
        call = [started("c1"), answered(1), answered(2)]
        batches = [live_batch(e) for e in call]
        people = Batch((), (Contact("p", "1", "Ж", 1.0),), (Note("n", "ү", 1.0),))
        self.left_behind(path, *batches, people)
        if os.name == "posix":
            assert waiting.stat().st_mode & 0o777 == 0o600
        journal = Journal.open(path)
        assert (journal.pending, waiting.exists()) == (0, False)
        assert journal.recover() == [replace(e, desk=journal.desk) for e in call]
        assert (journal.contacts(["p"])["p"].name, journal.note("n")) == ("Ж", "ү")
        journal.close()

    def test_a_start_under_the_same_lock_knows_all_of_it(self, path: Path, waiting: Path) -> None:
        self.left_behind(path, live_batch(one := started("c1")))
        with locked(path):
            journal = Journal.open(path)
            assert [e.id for e in journal.recover()] == [one.id]
            assert not journal.append(live_batch(two := answered(1)))
            assert (journal.pending, journal.in_memory) == (2, 0)
        assert journal.retry()
        assert ids_on_disk(path) == [one.id, two.id]
        assert not waiting.exists()
        journal.close()

    def test_a_newer_journal_takes_what_was_left_when_it_can_be_read(self, path: Path, waiting: Path) -> None:
        Journal.open(path).close()
        with closing(sqlite3.connect(path)) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            db.execute(f"PRAGMA user_version = {version + 1}")
        journal = Journal.open(path)
        journal.append(live_batch(said := replace(started("c1"), desk=journal.desk)))
        journal.close()
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA user_version = {version}")
        updated = Journal.open(path)
        assert updated.recover() == [replace(said, desk=updated.desk)]
        assert not waiting.exists()
        updated.close()

    def test_a_line_cut_off_spoils_no_other_and_is_kept(self, path: Path, waiting: Path) -> None:
        self.left_behind(path, live_batch(one := started("c1")))
        waiting.write_bytes(waiting.read_bytes() + b'\n{"events": [["e9')
        self.left_behind(path, live_batch(two := answered(1)))
        journal = Journal.open(path)
        assert ids_on_disk(path) == [one.id, two.id]
        assert b'"e9' in aside(path)[0].read_bytes()
        assert not waiting.exists()
        journal.close()

    @pytest.mark.skipif(os.name != "posix", reason="no named pipes here")
    def test_a_pipe_in_its_place_holds_nobody(self, path: Path, waiting: Path) -> None:
        path.parent.mkdir()
        os.mkfifo(waiting)
        journal = Journal.open(path)
        with locked(path):
            journal.append(live_batch(answered(1)))
            assert journal.in_memory == 1
        journal.close()

    @pytest.mark.parametrize("content", [b"\xff\x00" * 99, b"[" * 99_999, b'{"events":[[1]]}', b"null"])
    def test_rubbish_is_kept_aside(self, path: Path, waiting: Path, content: bytes) -> None:
        path.parent.mkdir()
        waiting.write_bytes(content)
        journal = Journal.open(path)
        assert journal.trouble is None
        assert aside(path)[0].read_bytes() == content
        journal.close()

    def test_what_neither_file_takes_is_counted(self, journal: Journal, path: Path, waiting: Path) -> None:
        waiting.mkdir()
        with locked(path):
            journal.append(live_batch(answered(1)))
            journal.append(live_batch(answered(2)))
            assert (journal.pending, journal.in_memory) == (2, 2)
            waiting.rmdir()
            journal.retry()
            assert (journal.pending, journal.in_memory) == (2, 0)
        assert journal.retry()
        assert (journal.pending, journal.in_memory) == (0, 0)

    def test_a_side_file_that_takes_nothing_costs_little_at_every_key(
        self, journal: Journal, path: Path, waiting: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        encoded = []

        def encode(event: Event) -> Row:
            encoded.append(event)
            return to_row(event)

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("prompter.journal.waiting.to_row", encode)
        monkeypatch.setattr("os.fsync", full)
        with locked(path):
            for number in range(50):
                journal.append(live_batch(answered(number)))
            assert (journal.in_memory, len(encoded)) == (50, 50)
            assert waiting.read_bytes() == b""
            monkeypatch.undo()
            journal.retry()
            assert journal.in_memory == 0
            assert len(WaitingFile(waiting).read()) == 50
        assert journal.retry()

    @pytest.mark.skipif(os.name != "posix", reason="no limit for files here")
    @pytest.mark.parametrize("fits", [0, 1, 2])
    def test_what_it_took_in_part_leaves_no_part(self, tmp_path: Path, fits: int) -> None:
        import resource

        file, batches = WaitingFile(tmp_path / "waiting"), [live_batch(answered(n)) for n in range(4)]
        assert file.add(batches[:1]) == 1
        size = file.path.stat().st_size
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size * (1 + fits) + size // 2, hard))
        try:
            assert file.add(batches[1:]) == fits
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert file.read() == batches[: 1 + fits]
        assert file.path.read_bytes()[-1:] == b"\n"
        assert file.add(batches[1 + fits :]) == 3 - fits
        assert (file.read(), file.unread) == (batches, False)


def test_what_is_over_is_not_held_in_memory() -> None:
    standing = Standing()
    people = Contact("a", "1", "A", 1.0), Contact("b", "2", "B", 1.0)
    standing.follow(Batch((started("c1", "a"),), people[:1], live=frozenset({("call", "c1")})))
    assert standing.named("contact") == {"a"}
    standing.follow(Batch((started("c2", "b"),), people[1:], live=frozenset({("call", "c2")})))
    assert standing.named("contact") == {"b"}


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


def test_forgetting_under_a_lock_fails_quietly(journal: Journal, path: Path) -> None:
    journal.append(Batch((started("c", "a"), ended("c", "x", 2.0)), (Contact("a", "1", "A", 1.0),)))
    with locked(path):
        assert journal.forget_older_than(1, 10 * DAY) == 0
        assert code(journal) == "locked"
    assert journal.forget_older_than(1, 10 * DAY) == 1
    assert journal.retry()
    assert code(journal) == ""


@pytest.mark.skipif(os.name != "posix", reason="no file modes here")
def test_the_folder_is_made_for_its_owner_alone(journal: Journal, path: Path) -> None:
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_waits_comes_back_with_its_own_ids(tmp_path: Path) -> None:
    waiting = WaitingFile(tmp_path / "journal.db.waiting")
    event = replace(answered(1, call=new_id()), id=new_id(), desk=new_id(), cause=new_id())
    assert waiting.add([Batch((event,))]) == 1
    assert [one.events for one in waiting.read()] == [(event,)]
