"""`prompter report`: figures of days and desks, as a table, as CSV, as a page that a browser draws alone."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from prompter.call.events import PRACTICE
from prompter.desk import Desk
from prompter.handover import take
from prompter.handover_file import from_file
from prompter.ids import new_id
from prompter.journal.store import DAY
from prompter.phone.line import Line
from prompter.phone.request import PhoneEvent
from tests.browser import seen
from tests.call.builders import HandClock, Shift, bundled
from tests.commands import Run, run

__all__ = ["run"]  # the fixture


def noon() -> float:
    """Noon of today, whenever the test runs."""
    return time.mktime((*date.today().timetuple()[:3], 12, 0, 0, 0, 0, -1))


def desk(path: Path) -> Shift:
    return Shift(path, bundled(), clock=HandClock(noon()), ids=new_id)


@pytest.fixture
def shift(home: Path) -> Iterator[Shift]:
    """This home's desk, at noon."""
    shift = desk(home / "journal.db")
    yield shift
    shift.journal.close()


def day_of_calls(shift: Shift) -> Shift:
    """Six calls: a hold that took too long and one in time, silence, a gap, and two promises, one kept."""
    for held in (60, 140):
        shift.press("Enter", "F4").later(4).press("Enter").later(held).press("1", "Enter", "F9", "2", "Enter")
    shift.later(60).press("Enter").later(6).press("F3").later(5).press("2", "Enter")
    shift.later(60).press("Enter", "0", "F4", "F9").end("helped")
    for number in ("0700112233", "0555445566"):
        shift.later(60).press("Enter", "F4", "2").promise(number, minutes=20).end("hung-up")
    assert shift.desk.keep_promise(shift.desk.state.promises[0].id) is None
    return shift


def figures(run: Run, *options: object) -> dict[tuple[str, str, str], str]:
    """The report's figures by table, what, and which figure."""
    told = run("report", *options, "--format", "csv")
    assert told.code == 0, told.err
    found = {}
    for table in told.out.split("\n\n"):
        rows = list(csv.reader(io.StringIO(table.strip())))
        if rows:
            [[title], heads, *lines] = rows
            for what, *values in lines:
                found |= {(title, what, head): one for head, one in zip(heads[1:], values, strict=True)}
    return found


def test_a_day_in_figures(run: Run, shift: Shift) -> None:
    day_of_calls(shift)
    told = figures(run)
    assert told["Сводка", "Звонков", "сколько"] == "6"
    assert told["Сводка", "Не по сценарию", "сколько"] == "1"
    assert told["Сводка", "Предложенные ответы пропущены", "сколько"].startswith("1 (")
    assert told["Итоги звонка", "Вопрос решён", "звонков"] == "3"
    assert told["Итоги звонка", "Клиент положил трубку", "звонков"] == "2"
    assert told["Нормативы", "Удержание", "соблюдено"] == "1"
    assert told["Нормативы", "Удержание", "нарушено"] == "1"
    assert told["Нормативы", "Удержание", "самое большое превышение"] == "20 с"
    assert told["Нормативы", "Сказать, если не слышно", "соблюдено"] == "1"
    assert told["Перезвоны", "обещано", "сколько"] == "2"
    assert told["Перезвоны", "выполнено вовремя", "сколько"] == "1"
    assert told["Перезвоны", "ещё открыто", "сколько"] == "1"
    assert told["Чего требовали итоги", "Прощание", "не хватило"] == "1"
    assert told["Сценарии", "Уточнить информацию", "звонков"] == "5"
    assert told["Языки", "русский", "доля"] == "100%"
    assert told["Шаги, чьи ответы пропущены", "Уточнить информацию: Попросить подождать", "раз"] == "1"


def test_rings_that_nobody_answered(run: Run, shift: Shift) -> None:
    line = Line(shift.desk)
    for id_, kinds in (
        ("1", "ringing ended"),
        ("2", "ringing rejected"),
        ("3", "ringing"),
        ("4", "answered"),
    ):
        for kind in kinds.split():
            line.hear(PhoneEvent(kind, f"+99655500000{id_}", id_))
    line.hear(PhoneEvent("answered", "+996555000005", "5"))
    for kind in ("answered", "ended"):
        line.hear(PhoneEvent(kind, "+996555000006", "6"))
    shift.later(200)
    shift.desk.tidy()
    told = figures(run)
    of_rings = ("Звонили, без ответа", "Отклонены, а это запрещено", "Третий звонок, на экране не был")
    assert [told["Сводка", row, "сколько"] for row in of_rings] == ["1", "1", "1"]
    assert told["Сводка", "Звонили, телефон не сообщил, чем кончилось", "сколько"] == "1"


def test_days_weeks_and_other_days(run: Run, shift: Shift) -> None:
    shift.clock.time -= 3 * DAY
    shift.press("Enter").end("hung-up")
    shift.clock.time = noon()
    shift.press("Enter").end("hung-up")
    today, before = date.today(), date.today() - timedelta(days=3)
    calls = "Сводка", "Звонков", "сколько"
    assert figures(run)[calls] == figures(run, "--day")[calls] == "1"
    assert figures(run, "--day", before)[calls] == "1"
    assert figures(run, "--day", f"{before.day}.{before.month}.{before.year}")[calls] == "1"
    assert figures(run, "--day", f"{before.year}-{before.month}-{before.day}")[calls] == "1"
    assert figures(run, "--day", today - timedelta(days=1))[calls] == "0"
    assert figures(run, "--week")[calls] == "2"
    assert figures(run, "--week", before)[calls] == "1"
    assert figures(run, "--from", before)[calls] == "2"
    assert figures(run, "--from", before, "--to", before)[calls] == "1"


@pytest.mark.parametrize(
    "options",
    [
        ("--from", "2026-02-02", "--to", "2026-02-01"),
        ("--day", "--to", "2026-02-01"),
        ("--day", "?"),
        ("--day", "1999-12-31"),
    ],
)
def test_days_that_make_no_sense(run: Run, shift: Shift, options: tuple[str, ...]) -> None:
    told = run("report", *options)
    assert (told.code, told.out) == (2, "")


def test_the_table_reads_in_columns(run: Run, shift: Shift) -> None:
    day_of_calls(shift)
    told = run("report")
    assert told.code == 0
    heads, *rows = told.out.partition("Нормативы\n")[2].splitlines()[:3]
    ends = {re.search(r"(соблюдено|[0-9]+)(?= {2,})", row).end() for row in (heads, *rows)}  # type: ignore[union-attr]
    assert len(ends) == 1


def test_several_desks_are_counted_together_and_nothing_twice(run: Run, shift: Shift, tmp_path: Path) -> None:
    other = desk(tmp_path / "desks" / "b" / "journal.db")
    for one in (shift, other):
        one.press("Enter", "F4", "2").promise().end("hung-up")
    # hers is handed over to the other desk, which keeps it
    file = tmp_path / "file.json"
    shift.journal.close()
    assert run("promises", "export", "--hand-over", file).code == 0
    (theirs,) = from_file(file.read_bytes()).promises
    assert take(other.desk, theirs)
    assert other.desk.keep_promise(theirs.id) is None
    other.journal.close()
    told = figures(run, "--journals", tmp_path / "desks", shift.path, shift.path)
    assert told["Сводка", "Звонков", "сколько"] == "2"
    assert told["Перезвоны", "обещано", "сколько"] == "2"
    assert told["Перезвоны", "выполнено вовремя", "сколько"] == "1"
    assert told["Перезвоны", "передано на место, которого здесь нет", "сколько"] == "0"


def test_what_another_desk_took_and_did_not_keep_is_open_and_overdue(
    run: Run, shift: Shift, tmp_path: Path
) -> None:
    other = desk(tmp_path / "b" / "journal.db")
    for one in (shift, other):
        one.clock.time = time.time() - 3600
    shift.press("Enter", "F4", "2").promise(minutes=20).end("hung-up")
    file = tmp_path / "file.json"
    shift.journal.close()
    assert run("promises", "export", "--hand-over", file).code == 0
    assert take(other.desk, *from_file(file.read_bytes()).promises)
    other.journal.close()
    since = date.fromtimestamp(shift.clock.time)  # a test at midnight is one of two days
    for journals in ((shift.path, other.path), (other.path, shift.path)):
        told = figures(run, "--from", since, "--journals", *journals)
        assert told["Перезвоны", "ещё открыто", "сколько"] == "1"
        assert told["Перезвоны", "из них просрочено", "сколько"] == "1"
        assert told["Перезвоны", "передано на место, которого здесь нет", "сколько"] == "0"


def test_promises_of_earlier_days_stand_until_they_are_closed(run: Run, shift: Shift) -> None:
    """One made four days ago and kept two days ago, one made three days ago and never closed."""
    made, today = noon() - 4 * DAY, date.today()
    shift.clock.time = made
    shift.press("Enter", "F4", "2").promise("0700112233", minutes=20).end("hung-up")
    shift.clock.time = made + DAY
    shift.press("Enter", "F4", "2").promise("0555445566", minutes=20).end("hung-up")
    shift.clock.time = made + 2 * DAY
    assert shift.desk.keep_promise(shift.desk.state.promises[0].id, "много звонков") is None
    shift.journal.close()
    earlier, overdue = "обещано раньше, к концу не закрыто", "из обещанных раньше просрочено"
    stood = {4: ("1", "0"), 3: ("1", "1"), 2: ("0", "1"), 1: ("0", "1"), 0: ("0", "1")}
    for ago, (own, before) in stood.items():
        told = figures(run, "--day", today - timedelta(days=ago))
        assert told["Перезвоны", "обещано", "сколько"] == own, ago
        assert told["Перезвоны", earlier, "сколько"] == told["Перезвоны", overdue, "сколько"] == before, ago


def test_journals_of_others_are_left_as_they_are(run: Run, shift: Shift, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    db = sqlite3.connect(old)
    db.executescript((Path(__file__).parent / "journal" / "v1.sql").read_text("utf-8"))
    db.close()
    before = old.read_bytes()
    told = figures(run, "--journals", old, "--from", "2000-01-01")  # its call is one of 1970
    assert told["Сводка", "Звонков", "сколько"] == "0"
    assert old.read_bytes() == before
    assert [file.name for file in tmp_path.glob("old*")] == ["old.db"]


def test_one_that_cannot_be_read_is_told_and_the_others_count(run: Run, shift: Shift, tmp_path: Path) -> None:
    shift.press("Enter").end("hung-up")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database " * 500)
    told = run("report", "--journals", broken, shift.path)
    assert told.code == 1
    assert str(broken) in told.err
    assert "Звонков" in told.out
    assert run("report", "--journals", broken).code == 2


def test_a_folder_without_journals_is_named(run: Run, shift: Shift, tmp_path: Path) -> None:
    """A share that is not mounted is an empty folder."""
    (tmp_path / "share").mkdir()
    told = run("report", "--journals", shift.path, tmp_path / "share")
    assert (told.code, str(tmp_path / "share") in told.err) == (1, True)
    assert "Звонков" in told.out


def test_a_desk_that_is_named_twice_is_one(run: Run, shift: Shift, tmp_path: Path) -> None:
    other = desk(tmp_path / "b" / "journal.db")
    other.journal.close()
    assert run("journal", "backup", tmp_path / "copy.db").code == 0
    for journals, desks in (
        ((shift.path.parent, shift.path.parent, tmp_path / "copy.db"), "1 рабочее место"),
        ((shift.path, other.path), "2 рабочих места"),
    ):
        told = run("report", "--journals", *journals)
        assert told.code == 0
        assert f" · {desks} · " in told.out


def test_practice_is_not_counted(run: Run, shift: Shift) -> None:
    drill = Desk(shift.base, shift.journal, shift.viewer, clock=shift.clock, ids=new_id, mode=PRACTICE)
    drill.start(greeted=True)
    shift.desk = drill
    shift.end("hung-up")
    assert figures(run)["Сводка", "Звонков", "сколько"] == "0"


def test_the_ending_of_the_file_says_the_form(run: Run, shift: Shift, tmp_path: Path) -> None:
    for name, begins in (("r.html", "<!"), ("r.csv", "\ufeff"), ("r.txt", "Отчёт")):
        told = run("report", "--out", tmp_path / name)
        assert told.code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins), name
        assert name in told.err
    for options in (("--out", tmp_path / "r.xlsx"), ("--format", "csv", "--out", tmp_path / "x.html")):
        told = run("report", *options)
        assert (told.code, told.out) == (2, "")
    assert not list(tmp_path.glob("*.xlsx")) + list(tmp_path.glob("x.*"))


class TestPage:
    def test_it_needs_nothing_beside_it(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        text = self.written(run, day_of_calls(shift), tmp_path).read_text("utf-8")
        assert "<script" not in text
        assert "default-src 'none'" in text
        assert not re.search(r"(src|href)\s*=|url\(|@import", text)

    @staticmethod
    def written(run: Run, shift: Shift, tmp_path: Path) -> Path:
        file = tmp_path / "report.html"
        told = run("report", "--format", "html", "--out", file)
        assert (told.code, told.out) == (0, "")
        assert file.stat().st_mode & 0o077 == 0
        return file

    @pytest.mark.browser
    def test_a_browser_draws_it_and_asks_for_nothing(self, run: Run, shift: Shift, tmp_path: Path) -> None:
        file = self.written(run, day_of_calls(shift), tmp_path)
        found = seen(file, 1000, 3000)
        assert "Удержание" in found.dom
        assert found.dom.count('class="bars"') >= 3
        assert "Content Security Policy" not in found.said
        picture = found.picture
        colours = {colour: n for n, colour in picture.getcolors(picture.width * picture.height) or []}
        assert colours[47, 111, 171] > 1000  # the bars
        assert colours[247, 207, 201] > 500  # what was broken or missing
