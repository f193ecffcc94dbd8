"""`prompter practice report` and `progress` on the command line: own journal, other desks', bad files."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prompter import cli
from prompter.call import drill_events as d
from prompter.call.events import Event, to_data
from prompter.cli import main
from prompter.journal.batch import Batch
from prompter.journal.exports import UnreadableExport, events_in
from prompter.journal.store import Journal
from tests.browser import seen
from tests.call.builders import bundled
from tests.practice.classroom import drills
from tests.practice.trainees import Lesson

START = 1_772_400_000.0
HOSTILE = "Бек <b>x</b> =1+1"


def keep(path: Path, events: list[Event]) -> None:
    journal = Journal.open(path)
    for event in events:
        journal.append(Batch((event,)))
    journal.close()


def exported(event: Event) -> str:
    """A line as `prompter journal export` writes it."""
    at = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds")
    row = {
        "id": event.id, "desk": event.desk, "stream": event.body.STREAM, "call": event.call, "at": at,
        "mode": event.mode, "revision": event.revision, "cause": event.cause, "type": event.body.TYPE,
        "v": event.body.V, "data": to_data(event.body),
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def test_nobody_drilled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "report"]) == 1
    assert "никто не тренировался" in capsys.readouterr().err


def test_the_report_of_this_desk(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    keep(home / "journal.db", list(drills(bundled(), {"Айгуль": 0.9, "Тимур": 0.1}, START, 8)))
    assert main(["practice", "report"]) == 0
    told = capsys.readouterr().out
    assert told.count("Тимур") >= 3
    assert "Приветствие" in told
    assert main(["practice", "report", "--name", "Айгуль"]) == 0
    assert "Тимур" not in capsys.readouterr().out
    assert main(["practice", "report", "--name", "Никто"]) == 1


def test_it_goes_out_as_csv_and_as_one_page(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    lesson = Lesson(home, d.SHIFT, 5, trainee=HOSTILE)
    lesson.play(3000)
    lesson.drill.end(d.FINISHED, 91)
    lesson.journal.close()
    page, table = tmp_path / "r.html", tmp_path / "r.csv"
    assert main(["practice", "report", "--format", "html", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "<b>x</b>" not in text
    assert "Бек &lt;b&gt;x" in text
    caller = lesson.drill.progress.spoken[-1].text
    assert caller[:20] in text  # the attempt, moment by moment
    assert main(["practice", "report", "--format", "csv", "--out", str(table)]) == 0
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [HOSTILE, "1"] in [row[:2] for row in rows]
    assert page.stat().st_mode & 0o077 == 0  # it names people
    capsys.readouterr()
    assert main(["practice", "report", "--format", "csv", "--out", str(tmp_path)]) == 2
    assert f"не удалось записать {tmp_path}" in capsys.readouterr().err
    assert main(["practice", "report", "--out", str(tmp_path / "by-name.csv")]) == 0
    assert (tmp_path / "by-name.csv").read_bytes() == table.read_bytes()
    assert main(["practice", "report", "--out", str(tmp_path / "r.xlsx")]) == 2
    assert not (tmp_path / "r.xlsx").exists()


def test_several_desks_are_one_report_and_nothing_counts_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desks = tmp_path / "desks"
    (desks / "one").mkdir(parents=True)
    first = list(drills(bundled(), {"Айгуль": 0.9}, START, 4, "desk-1"))
    second = list(drills(bundled(), {"Тимур": 0.5}, START, 6, "desk-2"))
    lines = [*map(exported, first), "not json", '{"stream": "practice"}']
    for name in ("a.jsonl", "again.jsonl"):
        (desks / "one" / name).write_text("\n".join(lines), encoding="utf-8")
    keep(desks / "two.db", second)
    folders = [str(desks / "one"), str(desks / "two.db")]
    assert main(["practice", "report", "--journals", *folders, "--format", "csv"]) == 0
    out = capsys.readouterr()
    rows = [row[:3] for row in csv.reader(io.StringIO(out.out))]
    assert ["Айгуль", "4", "32"] in rows
    assert ["Тимур", "6", "48"] in rows
    assert "2 записи не читаются" in out.err


def test_folders_without_journals_and_those_of_another_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practice", "report", "--journals", str(tmp_path / "none")]) == 2
    assert "нет журналов" in capsys.readouterr().err
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert main(["practice", "report", "--journals", str(old)]) == 2
    assert "другой версии" in capsys.readouterr().err
    (tmp_path / "broken.db").write_bytes(b"no database at all, but long enough to look" * 30)
    with pytest.raises(UnreadableExport):
        events_in(tmp_path / "broken.db")


@pytest.mark.parametrize("at", ["1" + "0" * 400, '"0001-01-01T00:00:00"', "-9e10", "1e999", '"9999-99-99"'])
def test_a_time_outside_all_calendars_is_told(
    at: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [*map(exported, drills(bundled(), {"Айгуль": 0.9}, START, 4))]
    values = json.loads(lines[-1])
    values.update(id="another", at=0)
    lines.append(json.dumps(values).replace('"at": 0', f'"at": {at}'))
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["practice", "report", "--journals", str(tmp_path)]) == 0
    assert "1 запись не читается" in capsys.readouterr().err


def test_a_journal_that_cannot_be_read_is_told_and_left(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir()
    (home / "journal.db").write_bytes(b"no database " * 500)
    assert main(["practice", "report"]) == 2
    assert "journal.db" in capsys.readouterr().err
    assert (home / "journal.db").read_bytes() == b"no database " * 500


@pytest.mark.parametrize("version", [1, 4])
def test_a_copied_journal_of_an_older_schema_is_read_and_left_as_it_is(tmp_path: Path, version: int) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(copy) as db:
        db.executescript((Path(__file__).parent / "journal" / f"v{version}.sql").read_text("utf-8"))
    db.close()
    before = copy.read_bytes()
    events, skipped = events_in(copy)
    assert ([event.id for event in events], skipped) == (["e1", "e2", "e3", "e4", "e5"], 0)
    assert copy.read_bytes() == before
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]


def test_a_copied_journal_is_not_changed(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    keep(copy, list(drills(bundled(), {"Айгуль": 0.9}, START, 2)))
    before = copy.read_bytes()
    events, skipped = events_in(copy, ("practice",))
    assert (len(events) > 10, skipped) == (True, 0)
    assert copy.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["practice", "--name", "Айгуль", "--typed", "exam"],
        ["practice", "exam", "--name", "Айгуль", "--typed"],
        ["practice", "--name", "Айгуль", "exam", "--typed"],
    ],
    ids=" ".join,
)
def test_who_drills_and_how_stands_before_or_after_the_drill(arguments: list[str]) -> None:
    given = cli._parser(arguments).parse_args(arguments)
    assert (given.kind, given.name, given.typed, given.level, given.seed, given.scenario) == (
        "exam", "Айгуль", True, "", None, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["report", "--level", "hidden"], ["exam", "--out", "x.csv"], ["exam", "clarify"], ["x"]]
)
def test_what_is_of_no_use_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["practice", *arguments])
    assert left.value.code == 2


def test_progress_needs_a_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "progress"]) == 2
    assert "терминал" in capsys.readouterr().err


@pytest.mark.browser
def test_the_page_in_a_browser(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    keep(home / "journal.db", list(drills(bundled(), {HOSTILE: 0.9, "Тимур": 0.1}, START, 8)))
    file = tmp_path / "report.html"
    assert main(["practice", "report", "--format", "html", "--out", str(file)]) == 0
    found = seen(file)
    assert found.dom.count("<summary>") == 17  # sixteen attempts under one title
    assert "<b>x</b>" not in found.dom
    assert "Refused to" not in found.said
    colours = {colour for _count, colour in found.picture.getcolors(1 << 24) or []}
    assert (207, 238, 214) in colours  # a passed exam
    assert (47, 111, 171) in colours  # the curve
