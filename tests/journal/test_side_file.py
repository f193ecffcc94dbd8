"""What the journal cannot take waits beside it, and outlives the program."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call.events import Event
from prompter.ids import new_id
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.memory import LiveEvents
from prompter.journal.rows import Row, to_row
from prompter.journal.store import Journal
from prompter.journal.waiting import WaitingFile
from tests.journal.troubles import aside, locked

from .makers import (
    answered,
    ids_on_disk,
    live_batch,
    started,
)


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
    standing = LiveEvents()
    people = Contact("a", "1", "A", 1.0), Contact("b", "2", "B", 1.0)
    standing.follow(Batch((started("c1", "a"),), people[:1], live=frozenset({("call", "c1")})))
    assert standing.named("contact") == {"a"}
    standing.follow(Batch((started("c2", "b"),), people[1:], live=frozenset({("call", "c2")})))
    assert standing.named("contact") == {"b"}


def test_what_waits_comes_back_with_its_own_ids(tmp_path: Path) -> None:
    waiting = WaitingFile(tmp_path / "journal.db.waiting")
    event = replace(answered(1, call=new_id()), id=new_id(), desk=new_id(), cause=new_id())
    assert waiting.add([Batch((event,))]) == 1
    assert [one.events for one in waiting.read()] == [(event,)]
