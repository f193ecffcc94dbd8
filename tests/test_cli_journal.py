"""`prompter journal`: what leaves it, whether it is sound, its copies, and what it forgets."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from prompter.handover_file import from_file
from prompter.ids import new_id
from prompter.journal import backups
from prompter.journal.store import DAY
from tests.call.builders import NOON, Shift, bundled
from tests.commands import Run, run, started
from tests.journal.makers import query

__all__ = ["run"]  # the fixture

NUMBER = "+996700112233"


@pytest.fixture
def shift(home: Path) -> Iterator[Shift]:
    """The desk of this home after a call in which a call back was promised, and kept, and a note taken."""
    shift = Shift(home / "journal.db", bundled(), ids=new_id)
    shift.press("Enter", "F4", "2").promise("0700112233", "Бакыт").end("hung-up")
    shift.desk.write_note("просил не звонить утром")
    shift.desk.keep_promise(shift.owed.id)
    yield shift
    shift.journal.close()


def test_no_journal_is_told(run: Run) -> None:
    told = run("journal", "verify")
    assert (told.code, told.out) == (2, "")
    assert "journal.db" in told.err


class TestExport:
    def test_every_event_as_a_line_of_json(self, run: Run, shift: Shift) -> None:
        lines = [json.loads(line) for line in run("journal", "export").out.splitlines()]
        events = shift.events()
        assert [line["id"] for line in lines] == [event.id for event in events]
        assert lines[0]["data"]["direction"] == "incoming"
        assert lines[0]["at"] == "2026-03-02T08:20:00.000+00:00"
        assert lines[0]["desk"] == shift.journal.desk

    def test_as_a_table(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        file = tmp_path / "events.csv"
        assert run("journal", "export", "--format", "csv", file).code == 0
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
        assert [row["call"] for row in rows] == [event.call for event in shift.events()]
        assert json.loads(rows[0]["data"])["language"] == "ru"

    def test_no_caller_leaves_the_desk(self, run: Run, shift: Shift) -> None:
        told = run("journal", "export").out
        assert not any(word in told for word in ("700112233", "Бакыт", "утром"))

    def test_of_some_days(self, run: Run, shift: Shift) -> None:
        shift.later(DAY).press("Enter").end("hung-up")
        first = run("journal", "export", "--to", "2026-03-02").out.splitlines()
        second = run("journal", "export", "--from", "03.03.2026").out.splitlines()
        assert len(first) + len(second) == len(shift.events())
        assert {json.loads(line)["at"][:10] for line in second} == {"2026-03-03"}

    def test_what_is_no_day_is_refused(self, run: Run, shift: Shift) -> None:
        assert run("journal", "export", "--from", "вчера").code == 2

    def test_a_reader_that_has_seen_enough_is_no_trouble_of_the_journals(self, shift: Shift) -> None:
        for _ in range(20):  # more than fits the buffer of an output
            shift.press("Enter").end("hung-up")
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = started("journal", "export", stdout=writing)
        finally:
            os.close(writing)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_where_it_cannot_be_written_is_told_of_the_file(
        self, run: Run, shift: Shift, tmp_path: Path
    ) -> None:
        (tmp_path / "plain").write_text("x")
        for file in (tmp_path / "plain" / "x.csv", tmp_path):
            told = run("journal", "export", "--format", "csv", file)
            assert (told.code, told.out) == (2, "")
            assert f"не удалось записать {file}: " in told.err
        told = run("journal", "backup", tmp_path / "plain" / "deep" / "x.db")
        assert (told.code, told.out) == (2, "")
        assert "не удалось записать" in told.err
        assert not list(tmp_path.glob("*.tmp"))

    def test_a_folder_that_is_not_there_yet_is_made(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        file = tmp_path / "new" / "events.jsonl"
        told = run("journal", "export", file)
        assert told.code == 0
        assert str(file) in told.err
        assert file.read_text("utf-8") == run("journal", "export").out
        assert file.stat().st_mode & 0o077 == 0

    def test_a_folder_in_the_way(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        (tmp_path / "x.jsonl").mkdir()
        told = run("journal", "export", tmp_path / "x.jsonl")
        assert told.code == 2
        assert "--format" not in told.err

    def test_the_ending_says_the_form(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        assert run("journal", "export", tmp_path / "y.csv").code == 0
        assert (tmp_path / "y.csv").read_text(encoding="utf-8").startswith("id,")
        assert run("journal", "export", tmp_path / "x.xlsx").code == 2
        assert run("journal", "export", "--format", "jsonl", tmp_path / "x.csv").code == 2
        assert not list(tmp_path.glob("x.*"))


class TestVerify:
    def test_a_sound_one(self, run: Run, shift: Shift) -> None:
        told = run("journal", "verify")
        assert told.code == 0
        assert f"{len(shift.events())} " in told.out

    def test_figures_that_differ_are_told_and_mended(self, run: Run, shift: Shift) -> None:
        with closing(sqlite3.connect(shift.path)) as db:
            db.execute("DELETE FROM calls")
            db.commit()
        told = run("journal", "verify")
        assert told.code == 1
        assert "rebuild" in told.out
        assert run("journal", "rebuild").code == 0
        assert run("journal", "verify").code == 0

    def test_an_event_that_cannot_be_read(self, run: Run, shift: Shift) -> None:
        with closing(sqlite3.connect(shift.path)) as db:
            db.execute("UPDATE events SET v = 99 WHERE type = 'note_taken'")
            db.commit()
        assert run("journal", "verify").code == 1

    def test_a_damaged_file_is_told_and_left(self, run: Run, home: Path) -> None:
        home.mkdir(exist_ok=True)
        (home / "journal.db").write_bytes(b"no database " * 500)
        assert run("journal", "verify").code == 2
        assert [file.name for file in home.iterdir()] == ["journal.db"]


class TestBackup:
    def test_it_holds_all_of_it(self, run: Run, shift: Shift) -> None:
        told = run("journal", "backup")
        assert told.code == 0
        (copy,) = backups.copies(shift.path)
        assert told.out.strip() == str(copy)
        assert query(copy, "SELECT id FROM events") == query(shift.path, "SELECT id FROM events")
        assert copy.stat().st_mode & 0o077 == 0

    def test_calls_are_recorded_meanwhile(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        """A copy is being made: a look at the file that goes on while the screen writes."""
        with closing(sqlite3.connect(shift.path, isolation_level=None)) as db:
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM events").fetchone()
            shift.later(60).press("Enter").end("hung-up")
            assert shift.journal.trouble is None
            assert shift.journal.pending == 0

    def test_a_file_that_is_there_is_not_overwritten(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        file = tmp_path / "there.db"
        file.write_text("mine")
        assert run("journal", "backup", file).code == 2
        assert file.read_text() == "mine"

    def test_a_disk_that_takes_no_copy_leaves_none(
        self, run: Run, shift: Shift, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from resource import RLIMIT_FSIZE, getrlimit, setrlimit
        from signal import SIG_IGN, SIGXFSZ, signal

        before, handler = getrlimit(RLIMIT_FSIZE), signal(SIGXFSZ, SIG_IGN)
        setrlimit(RLIMIT_FSIZE, (8192, before[1]))
        try:
            told = run("journal", "backup")
        finally:
            setrlimit(RLIMIT_FSIZE, before)
            signal(SIGXFSZ, handler)
        assert told.code == 2
        assert backups.copies(shift.path) == []
        assert shift.later(60).press("Enter").end("hung-up").journal.trouble is None


class TestForget:
    def test_a_number_goes_from_every_file(self, run: Run, shift: Shift, home: Path) -> None:
        run("journal", "backup")
        shift.later(60).press("Enter", "F4", "2").promise("0555445566", "Чолпон").end("hung-up")
        events = query(shift.path, "SELECT id FROM events")
        told = run("journal", "forget", "--number", "0700 11-22-33")
        assert told.code == 0
        assert len(told.out.splitlines()) == 2
        left = b"".join(file.read_bytes() for file in home.rglob("*.db*"))
        assert not any(word.encode() in left for word in ("700112233", "Бакыт", "утром"))
        assert "Чолпон".encode() in left
        assert query(shift.path, "SELECT id FROM events") == events
        assert run("journal", "forget", "--number", NUMBER).out == ""

    def test_he_goes_from_sheets_and_files_for_other_desks_and_the_others_stay(
        self, run: Run, shift: Shift, home: Path
    ) -> None:
        for number, name in (("0700112233", "Бакыт"), ("0555445566", "Чолпон"), ("0700112234", "Омуралы")):
            shift.later(60).press("Enter", "F4", "2").promise(number, name).end("hung-up")
        shift.journal.close()
        file, sheet = home / "handover" / "call-backs.json", home / "handover" / "sheet.txt"
        assert run("promises", "print", sheet).code == 0
        assert run("promises", "export", "--hand-over", file).code == 0
        before = {one.name: one for one in from_file(file.read_bytes()).promises}
        told = run("journal", "forget", "--number", NUMBER)
        assert told.code == 0
        assert {str(file), str(sheet)} <= set(told.out.splitlines())
        assert f"{file}: больше никто не перезвонит" in told.err
        after = {one.name: one for one in from_file(file.read_bytes()).promises}
        assert after == {name: before[name] for name in ("Чолпон", "Омуралы")}
        assert file.stat().st_mode & 0o077 == sheet.stat().st_mode & 0o077 == 0
        text = sheet.read_text(encoding="utf-8")
        assert [name in text for name in ("Бакыт", "Чолпон", "Омуралы")] == [False, True, True]
        assert run("promises", "import", file).code == 0
        for number in ("0555445566", "0700112234"):
            assert run("promises", "close", number, "--reason", "поздно").code == 0
            assert run("journal", "forget", "--number", number).code == 0
        assert not list(file.parent.iterdir())

    def test_a_number_that_another_caller_named_stays_with_him(
        self, run: Run, shift: Shift, home: Path
    ) -> None:
        shift.later(60).press("Enter", "F4", "2")
        assert shift.desk.make_promise("0555445566", "Чолпон", f"спросить у {NUMBER}", 1200) is None
        shift.end("hung-up")
        shift.journal.close()
        file = home / "handover" / "call-backs.json"
        assert run("promises", "export", file).code == 0
        before = file.read_bytes()
        told = run("journal", "forget", "--number", NUMBER)
        assert (told.code, str(file) in told.out) == (0, False)
        assert file.read_bytes() == before

    def test_what_cannot_be_read_and_has_the_number_goes_whole(
        self, run: Run, shift: Shift, home: Path
    ) -> None:
        folder = home / "handover"
        folder.mkdir()
        (folder / "his.json").write_text('{"number": "+996700112233"}')
        (folder / "his.txt").write_bytes(b"\xff +996700112233")
        (folder / "hers.txt").write_text("[ ] +996 555 44-55-66, Чолпон 700")
        (home / "journal.db.broken-1").write_bytes(b"\0+996700112233\0")
        told = run("journal", "forget", "--number", NUMBER)
        assert told.code == 0
        assert told.err.count("не читается и удалён целиком") == 3
        assert [file.name for file in folder.iterdir()] == ["hers.txt"]
        assert not (home / "journal.db.broken-1").exists()

    def test_what_the_phone_told_and_nobody_heard_is_forgotten_too(
        self, run: Run, shift: Shift, home: Path
    ) -> None:
        (home / "phone.waiting").write_text("7 ended?number=0700112233&name=%D0%91\n7 ended?number=103\n")
        told = run("journal", "forget", "--number", NUMBER)
        assert told.code == 0
        assert str(home / "phone.waiting") in told.out
        assert "journal backup" in told.err  # copies elsewhere
        assert (home / "phone.waiting").read_text() == "7 ended?number=103\n"

    def test_who_waits_for_a_call_back_is_not_forgotten(self, run: Run, shift: Shift) -> None:
        shift.later(60).press("Enter", "F4", "2").promise("0700112233").end("hung-up")
        told = run("journal", "forget", "--number", NUMBER)
        assert told.code == 1
        assert "prompter promises close" in told.err
        assert query(shift.path, "SELECT count(*) FROM contacts WHERE number = ?", NUMBER) != [(0,)]

    def test_a_copy_that_cannot_be_read_does_not_keep_the_number_elsewhere(
        self, run: Run, shift: Shift, home: Path
    ) -> None:
        run("journal", "backup")
        (copy,) = backups.copies(shift.path)
        (copy.parent / "journal-a.db").write_bytes(b"no database " * 500)
        (home / "handover").mkdir()
        (home / "handover" / "his.txt").write_text("[ ] +996 700 11-22-33, Бакыт")
        told = run("journal", "forget", "--number", NUMBER)
        assert told.code == 1
        assert "journal-a.db" in told.err
        assert "1 копию" in told.err
        assert query(copy, "SELECT number FROM contacts") == [("",)]
        assert not list((home / "handover").iterdir())

    def test_a_damaged_event_does_not_keep_any_number(self, run: Run, shift: Shift) -> None:
        with closing(sqlite3.connect(shift.path)) as db:
            damaged = db.execute("UPDATE events SET data = '{oops' WHERE type = 'note_taken'").rowcount
            db.commit()
        assert damaged == 1
        assert run("journal", "forget", "--number", NUMBER).code == 0
        assert query(shift.path, "SELECT number FROM contacts") == [("",)]

    def test_what_is_no_number(self, run: Run, shift: Shift) -> None:
        assert run("journal", "forget", "--number", "Бакыт").code == 2

    def test_copies_forget_the_old_as_the_journal_does(self, run: Run, shift: Shift) -> None:
        run("journal", "backup")
        (copy,) = backups.copies(shift.path)
        backups.forget_old(shift.path, NOON - 1)
        assert query(copy, "SELECT number FROM contacts") == [(NUMBER,)]
        backups.forget_old(shift.path, NOON + 1)
        assert query(copy, "SELECT number FROM contacts") == [("",)]
