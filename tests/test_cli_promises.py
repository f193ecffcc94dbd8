"""`prompter promises`: what it lists, what it changes, what leaves the desk and what comes."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from pathlib import Path

import pytest

from prompter.desk import new_id
from prompter.journal import store
from tests.call.builders import HandClock, Shift, bundled
from tests.commands import Run, run, started

__all__ = ["run"]  # the fixture


@pytest.fixture
def owed(home: Path) -> Shift:
    """The desk of this home owes Бакыт a call back, for a minute already, and Чолпон one in ten minutes."""
    shift = Shift(home / "journal.db", bundled(), clock=HandClock(time.time() - 660), ids=new_id)
    shift.press("Enter", "F4", "2").promise("0700112233", "Бакыт", minutes=10).end("hung-up")
    shift.later(60).press("Enter", "F4", "2").promise("0555445566", "Чолпон", minutes=20).end("hung-up")
    shift.journal.close()
    return shift


def names(run: Run) -> list[str]:
    return [one["name"] for one in json.loads(run("promises", "list", "--json").out)]


def test_the_list_says_all_that_calling_needs(run: Run, owed: Shift) -> None:
    told = run("promises")
    assert told.code == 0
    late, _asked, soon, _question = told.out.splitlines()
    assert late.startswith("▲")
    assert "+996 700 11-22-33, Бакыт" in late
    assert soon.startswith("○")
    assert "через" in soon
    assert "«Какой тариф?»" in told.out


def test_an_empty_list_says_so(run: Run) -> None:
    told = run("promises")
    assert (told.code, told.out) == (0, "")
    assert "некому" in told.err


def test_taken_noted_and_closed(run: Run, owed: Shift) -> None:
    name = run("promises").out.split()[1]
    assert run("promises", "take", name).code == 0
    assert run("promises", "note", "0700112233", "не", "ответил").code == 0
    told = run("promises").out
    assert "звонили" in told
    assert "не ответил" in told
    refused = run("promises", "close", name)
    assert refused.code == 1
    assert "--reason" in refused.err
    assert run("promises", "close", name, "--reason", "много звонков").code == 0
    assert names(run) == ["Чолпон"]
    assert run("promises", "close", "0555445566", "--cancel").code == 1
    assert run("promises", "close", "0555445566", "--cancel", "--reason", "решилось").code == 0
    assert names(run) == []


def test_reasons_of_closed_ones_can_be_read(run: Run, owed: Shift) -> None:
    told = run("promises", "closed")
    assert (told.code, told.out) == (0, "")
    assert "не закрывали" in told.err
    assert run("promises", "close", "0700112233", "--reason", "много звонков").code == 0
    assert run("promises", "close", "0555445566", "--cancel", "--reason", "решилось [/x]").code == 0
    cancelled, why, late, question = run("promises", "closed").out.splitlines()
    assert cancelled.startswith("✕ ")
    assert cancelled.endswith("  отменено  +996 555 44-55-66, Чолпон")
    assert re.search(r"срок .*\d\d:\d\d · оператор · .*Причина: решилось \[/x\]$", why)
    assert late.startswith("▲ ")
    assert re.search("позже срока на [12] мин  \\+996 700 11-22-33, Бакыт$", late)
    assert question.endswith("· «Какой тариф?» · Причина: много звонков")


def test_of_closed_ones_only_those_of_the_days(run: Run, home: Path) -> None:
    shift = Shift(home / "journal.db", bundled(), clock=HandClock(time.time() - 9 * 86400), ids=new_id)
    shift.press("Enter", "F4", "2").promise().end("hung-up")
    assert shift.desk.keep_promise(shift.owed.id) is None
    shift.journal.close()
    assert run("promises", "closed").out == ""
    kept = run("promises", "closed", "--days", "10").out
    assert kept.startswith("✓ ")
    assert "  в срок  " in kept
    assert "Причина" not in kept
    assert run("promises", "closed", "--days", "0").code == 2


def test_one_that_was_handed_over_is_closed_until_it_is_back(run: Run, owed: Shift, tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    assert run("promises", "export", file, "--hand-over").code == 0
    assert run("promises", "closed").out.count("передано") == 2
    assert run("promises", "import", file).code == 0
    assert run("promises", "closed").out == ""
    assert run("promises", "close", "0555445566", "--cancel", "--reason", "решилось").code == 0
    assert run("promises", "closed").out.count("отменено") == 1


def test_a_forgotten_reason_and_number_say_so(run: Run, owed: Shift) -> None:
    assert run("promises", "close", "0700112233", "--reason", "много звонков").code == 0
    assert run("journal", "forget", "--number", "0700112233").code == 0
    told = run("promises", "closed").out
    assert "номер удалён" in told
    assert "причина удалена" in told
    assert "много" not in told


def test_one_that_is_not_meant_is_not_touched(run: Run, owed: Shift) -> None:
    for name in ("zzzz", "0", "", "+996"):
        assert run("promises", "close", name, "--reason", "x").code == 1
    assert names(run) == ["Бакыт", "Чолпон"]


def test_handed_over_and_taken_once(run: Run, owed: Shift, tmp_path: Path) -> None:
    file = tmp_path / "out" / "call-backs.json"
    assert run("promises", "export", file).code == 0
    assert names(run) == ["Бакыт", "Чолпон"]
    assert run("promises", "import", file).code == 0
    assert names(run) == ["Бакыт", "Чолпон"]
    assert run("promises", "export", "--hand-over", file).code == 0
    assert names(run) == []
    assert file.stat().st_mode & 0o077 == 0
    (owed.path.parent / "journal.db").rename(tmp_path / "first.db")  # the next desk
    told = run("promises", "import", file)
    assert (told.code, len(told.out.splitlines())) == (0, 4)
    assert run("promises", "import", file).out == ""
    assert names(run) == ["Бакыт", "Чолпон"]


def test_what_was_handed_over_here_can_be_taken_back_here(run: Run, owed: Shift, tmp_path: Path) -> None:
    file = tmp_path / "handed.json"
    assert run("promises", "export", "--hand-over", file).code == 0
    told = run("promises", "import", file)
    assert (told.code, len(told.out.splitlines())) == (0, 4)
    assert "2 были переданы отсюда и вернулись" in told.err
    assert names(run) == ["Бакыт", "Чолпон"]
    again = run("promises", "import", file)
    assert (again.out, "вернул" in again.err) == ("", False)
    assert names(run) == ["Бакыт", "Чолпон"]


def test_a_file_that_cannot_be_written_keeps_them_here(run: Run, owed: Shift, tmp_path: Path) -> None:
    told = run("promises", "export", "--hand-over", tmp_path)
    assert told.code == 2
    assert "не удалось записать" in told.err
    assert names(run) == ["Бакыт", "Чолпон"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_an_output_that_takes_nothing_keeps_them_here(run: Run, owed: Shift) -> None:
    with open("/dev/full", "wb") as full:
        told = started("promises", "export", "--hand-over", "-", stdout=full.fileno())
    assert (told.returncode, "не удалось записать" in told.stderr.decode()) == (2, True)
    assert b"Traceback" not in told.stderr
    assert names(run) == ["Бакыт", "Чолпон"]


def test_the_sheet_has_a_box_for_each(run: Run, owed: Shift, tmp_path: Path) -> None:
    told = run("promises", "print")
    assert told.out.count("[ ]") == 2
    assert "Бакыт" in told.out
    file = tmp_path / "list.txt"
    assert run("promises", "print", file).code == 0
    assert file.read_text(encoding="utf-8-sig") == told.out
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # Notepad
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"format": "prompter-call-backs", "version": 9}'])
def test_what_is_no_such_file_is_told(run: Run, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    told = run("promises", "import", file)
    assert (told.code, told.out) == (2, "")
    assert str(file) in told.err


def test_a_journal_that_another_program_holds(run: Run, owed: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_VISIT_SECONDS", 0.01)
    lock = sqlite3.connect(owed.path)
    lock.execute("BEGIN IMMEDIATE")
    told = run("promises", "close", "0555445566")
    assert (told.code, told.out) == (2, "")
    assert "занят" in told.err
    lock.rollback()
    lock.close()
