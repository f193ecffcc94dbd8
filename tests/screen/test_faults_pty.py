"""What a disk, a file, a clock or a terminal does to a call on the real program: it goes on, or stands again.

Nothing sleeps: every wait is for a state.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

import pty
import resource
import termios

from benchmarks.terminal import Terminal
from tests.screen.seat import PATIENCE, WHO, Before, Seat

pytestmark = pytest.mark.pty

UNRECORDED = "▲ не записывается"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Another program writes into the journal and does not come to an end."""
    with closing(sqlite3.connect(home / "journal.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield


def asked(home: Path) -> None:
    """A call that stands where the caller is asked to wait, and a call-back of an earlier one."""
    with Before(home) as before:
        shift = before.ago(60)
        shift.press("Enter", "F4", "2").promise("0700112233").press("Enter", "F9", "2", "Enter")
        before.ago(20).press("Enter", "F4")


def hold_goes_on(seat: Seat) -> None:
    """The call took its next step, and nothing of it is lost on the way to the next start."""
    seat.press("enter").see(header="◐ Удержание", norms="◐ Удержание осталось")


class TestTheJournal:
    def test_nowhere_to_write(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with Seat(tmp_path / "file" / "home") as seat:
            seat.ready().see(header=UNRECORDED, typed="Не записывается: нет доступа к .*journal.db")
            seat.press("enter").see(card="Слушайте", header=UNRECORDED).press("f4").see(card="«Ожидайте")
            seat.press("ctrl+q").see(typed="Не всё записано: ещё раз Ctrl[+]Q")
            seat.press("ctrl+q")
            assert seat.term.wait_exit(PATIENCE) == 2
            assert seat.term.shows("не удалось сохранить, они потеряны")

    def test_locked_before_the_start_then_killed_then_left_then_free(self, home: Path) -> None:
        asked(home)
        with locked(home):
            with Seat(home) as seat:
                seat.ready().see(header=UNRECORDED, typed="журнал занят другой программой", card="«Ожидайте")
                seat.press("1").see(card="«Извините, не могли бы подождать")
                seat.term.kill()
            with Seat(home) as seat:
                seat.ready().see(header=UNRECORDED, card="«Извините, не могли бы", norms="○ Перезвонить")
                hold_goes_on(seat)
                seat.press("ctrl+q").see(typed="Идёт разговор, он сохранится").press("ctrl+q")
                assert seat.term.wait_exit(PATIENCE) == 0
                assert seat.term.shows("сохранены рядом с журналом")
        with Seat(home) as seat:
            seat.ready().see(header="◐ Удержание", norms="◐ Удержание .*○ Перезвонить", no="не записывается")
        assert not (home / "journal.db.waiting").exists()

    def test_held_by_another_program_at_the_start_alone(self, home: Path) -> None:
        asked(home)
        with ExitStack() as life:
            with closing(sqlite3.connect(home / "journal.db", isolation_level=None)) as db:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
                db.execute("BEGIN EXCLUSIVE")
                seat = life.enter_context(Seat(home))
                seat.ready().see(header=f"Ожидание .*{UNRECORDED}", norms="Нет таймеров")
            seat.see(card="«Ожидайте", header="Разговор", norms="○ Перезвонить", no="не записывается")

    @pytest.mark.parametrize("damage", ["bytes", "gone"])
    def test_damaged_or_deleted_in_a_call(self, home: Path, damage: str) -> None:
        asked(home)
        with Seat(home) as seat:
            seat.ready().see(card="«Ожидайте")
            if damage == "gone":
                shutil.rmtree(home)
            else:
                with closing(sqlite3.connect(home / "journal.db")) as db:
                    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                with (home / "journal.db").open("r+b") as file:
                    file.write(b"\xff" * (home / "journal.db").stat().st_size)
            hold_goes_on(seat)
            seat.see(typed="Журнал .*начат новый, разговоры и перезвоны на месте", no="не записывается")
            seat.press("f5").see(card="«Просьба не вести", typed="печатайте слова")  # told once
            seat.term.kill()
        assert len([*home.glob("journal.db.broken-*Z")]) == (damage == "bytes")
        with Seat(home) as seat:
            seat.ready().see(card="«Просьба не вести", norms=r"‖ Удержание .*○ Перезвонить .*700 11-22-33")

    def test_damaged_before_the_start(self, home: Path) -> None:
        asked(home)
        (home / "journal.db").write_bytes(b"SQLite format 3\0 and no more" * 99)
        with Seat(home) as seat:
            seat.ready().see(typed="Журнал повреждён: прежние перезвоны неизвестны.*journal.db.broken-2")
            seat.press("enter").see(card="Слушайте", no="не записывается")
            seat.term.kill()
        with Seat(home) as seat:
            seat.ready().see(card="Слушайте", no="повреждён")

    def test_of_a_newer_version(self, home: Path) -> None:
        asked(home)
        with closing(sqlite3.connect(home / "journal.db")) as db:
            db.execute("PRAGMA user_version = 99")
        before = (home / "journal.db").read_bytes()
        with Seat(home) as seat:
            seat.ready().see(header=UNRECORDED, typed="журнал новее программы").press("enter")
            seat.see(card="Слушайте").press("f4").see(card="«Ожидайте")
            seat.term.kill()
        assert (home / "journal.db").read_bytes() == before
        with Seat(home) as seat:
            seat.ready().see(card="«Ожидайте", header=f"Разговор.*{UNRECORDED}")

    @LINUX
    def test_a_full_disk_and_room_again(self, home: Path) -> None:
        """No room is left for this program alone: its files may grow no further."""
        with Seat(home) as seat:
            seat.greet().until((home / "phone.port").exists)  # else the phone has something to tell, too
            limits = resource.prlimit(seat.term.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(seat.term.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
            seat.press("f4").see(card="«Ожидайте", header=UNRECORDED)
            seat.press("ctrl+q").see(typed="Не всё записано")
            resource.prlimit(seat.term.pid, resource.RLIMIT_FSIZE, limits)
            hold_goes_on(seat)
            seat.see(no="не записывается")
            seat.term.kill()
        with Seat(home) as seat:
            seat.ready().see(header="◐ Удержание")


class TestOtherFiles:
    @pytest.mark.parametrize(
        "content", [b"", b'{"format": 2, "revi', b"\xff" * 5000], ids=["no", "half", "any"]
    )
    def test_damaged_revisions(self, home: Path, content: bytes) -> None:
        with Seat(home) as seat:
            seat.greet().press("f4").see(card="«Ожидайте")
            seat.term.kill()
        for file in (*home.glob("revisions/*"), *home.glob("current-*")):
            file.write_bytes(content)
        with Seat(home) as seat:
            seat.ready().see(card="«Ожидайте", tree="F4 Уточнить информацию ▶")

    def test_damaged_settings(self, home: Path) -> None:
        home.mkdir(parents=True)
        (home / "settings.toml").write_text('operator = "Айг')
        with Seat(home, who=()) as seat:
            seat.ready().see(
                typed="Настройки повреждены.*settings.toml.broken-2", card="Кто на рабочем месте"
            )
            seat.type("Айгуль").press("enter").see(card="оператор Айгуль")
        assert len([*home.glob("settings.toml.broken-*")]) == 1


def restored(seat: Seat) -> None:
    """The terminal is as a program finds it: no second screen, a cursor, no mouse, usual keys."""
    raw = bytes(seat.term.raw)
    for on, off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?25l", b"\x1b[?25h"),
        (b"\x1b[?1000h", b"\x1b[?1000l"),
        (b"\x1b[?1003h", b"\x1b[?1003l"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
        (b"\x1b[?1004h", b"\x1b[?1004l"),
        (b"\x1b[>", b"\x1b[<u"),  # the kitty keyboard protocol
    ):
        assert raw.rfind(on) < raw.rfind(off)
    master, slave = pty.openpty()
    assert termios.tcgetattr(seat.term._fd)[:4] == termios.tcgetattr(slave)[:4]
    os.close(master)
    os.close(slave)
    assert b"Traceback" not in raw


def threads(seat: Seat) -> int:
    return len(os.listdir(f"/proc/{seat.term.pid}/task"))


class TestTheTerminal:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_told_to_end_in_a_call(self, home: Path, number: signal.Signals) -> None:
        with Seat(home) as seat:
            seat.greet().press("f4").see(card="«Ожидайте")
            seat.term.kill(number)
            assert seat.term.wait_exit(PATIENCE) == 0
            restored(seat)
        with Seat(home) as seat:
            seat.ready().see(card="«Ожидайте", typed="Разговор продолжается|сохран|продолж", no="сбоя")

    @pytest.mark.parametrize("deaf", [False, True], ids=["told of it", "not told of it"])
    def test_closed_in_a_call(self, home: Path, deaf: bool) -> None:
        seat = Seat(home)
        if deaf:  # as under nohup: also without the signal nothing runs on
            seat.term.argv = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *seat.term.argv]
        with seat:
            seat.greet().press("f4").see(card="«Ожидайте")
            os.close(seat.term._fd)
            seat.term._fd = -1
            assert seat.term._process
            assert seat.term._process.wait(PATIENCE) == 0
        with Seat(home) as seat:
            seat.ready().see(card="«Ожидайте", no="сбоя")

    @LINUX
    @pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP])
    def test_stopped_and_going_on(self, home: Path, stop: signal.Signals) -> None:
        with Seat(home) as seat:
            seat.greet()
            counts = []
            for key, phrase in (("f4", "«Ожидайте"), ("f5", "«Просьба не вести"), ("f3", "«Говорите")):
                seat.term.kill(stop)
                seat.until(lambda: state(seat) == "T")
                shown = len(seat.term.raw)
                seat.term.kill(signal.SIGCONT)
                seat.until(lambda shown=shown: b"\x1b[?1049h" in seat.term.raw[shown:])
                seat.see(header="Разговор", tree="F9 Завершение")  # all of it is drawn again
                seat.press(key).see(card=phrase)
                counts.append(threads(seat))
            assert counts[1] == counts[2]  # the first may come before the watcher of the scripts
            seat.press("ctrl+q").see(typed="Ещё раз Ctrl[+]Q").press("ctrl+q")
            assert seat.term.wait_exit(PATIENCE) == 0
            restored(seat)

    def test_ctrl_z_stops_nothing(self, home: Path) -> None:
        with Seat(home) as seat:
            seat.greet().press(b"\x1a", "f4").see(card="«Ожидайте")

    def test_any_size_and_back(self, home: Path) -> None:
        with Seat(home) as seat:
            seat.greet().press("f4").see(card="«Ожидайте")
            for rows, cols in ((40, 60), (12, 40), (1, 1), (2, 300), (200, 2), (24, 80)):
                seat.term.resize(rows, cols)
            seat.see(card="«Ожидайте", header="Разговор")
            hold_goes_on(seat)
            seat.term.resize(40, 120)
            seat.see(header="Удержание", tree="F4 Уточнить информацию ▶")

    @pytest.mark.parametrize(
        ("env", "command"),
        [
            ({"TERM": "dumb"}, '"$@"'),
            ({}, '"$@" <&-'),
            ({}, '"$@" >&-'),
            ({}, '"$@" 2>&-'),
            ({}, '"$@" 2>/dev/null; echo $?'),
            ({}, '"$@" >/dev/null'),
            ({}, '"$@" </dev/null'),
        ],
    )
    def test_where_no_screen_can_be(self, home: Path, env: dict[str, str], command: str) -> None:
        program = [sys.executable, "-m", "prompter", *WHO]
        shell = ["/bin/sh", "-c", command, "sh", *program]
        with Terminal(shell, rows=24, cols=80, env={"PROMPTER_HOME": str(home), **env}) as term:
            code = term.wait_exit(PATIENCE)
            assert code == 2 or term.text().split() == ["2"]
            assert code == 0 or term.shows("терминал")
            assert b"Traceback" not in term.raw
            assert b"\x1b" not in term.raw

    @pytest.mark.parametrize(
        "env",
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            {"PYTHONIOENCODING": "koi8-r"},
            {"TERM": None},
        ],
    )
    def test_any_locale_shows_the_same(self, home: Path, env: dict[str, str | None]) -> None:
        with Terminal(
            [sys.executable, "-m", "prompter", "--form", "f"],
            rows=40,
            cols=120,
            env={"PROMPTER_HOME": str(home), **env},
        ) as term:
            assert term.wait_for("Кто на рабочем месте", PATIENCE) is not None
            assert term.shows("┏|╭|─")


def state(seat: Seat) -> str:
    """How the system has the program: T is stopped."""
    return re.sub(r".*\) ", "", Path(f"/proc/{seat.term.pid}/stat").read_text())[0]


LAUNCHER = """
import sys, time
from pathlib import Path
from prompter import clock
from prompter.cli import main
from prompter.tui import screen

by = Path(sys.argv.pop(1))
clock.SystemClock.__init__.__defaults__ = (lambda: time.time() + float(by.read_text()), clock.running_seconds)
screen._TIDY_SECONDS = 0.5
sys.exit(main())
"""
"""The program on a computer whose clock a person sets: what he adds stands in a file."""


class Elsewhere:
    """A computer whose clock somebody sets."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ahead"
        self.set(0)

    def set(self, by: int) -> None:
        """By so many seconds it is wrong, or right again."""
        self.file.write_text(str(by))

    def sit(self, home: Path) -> Seat:
        """The program on it."""
        seat = Seat(home)
        seat.term.argv = [sys.executable, "-c", LAUNCHER, str(self.file), *WHO]
        return seat


@pytest.mark.parametrize("by", [-1920, 7200])
def test_somebody_sets_the_clock_in_a_hold(home: Path, tmp_path: Path, by: int) -> None:
    asked(home)
    computer = Elsewhere(tmp_path)
    left = r"Удержание осталось 1:[3-5]\d.*○ Перезвонить до (\d\d:\d\d), осталось 2[89] мин"
    with computer.sit(home) as seat:
        seat.ready().see(card="«Ожидайте")
        hold_goes_on(seat)
        seat.see(norms=left)
        before = re.search(left, seat.norms)
        assert before
        computer.set(by)
        seat.until(lambda: before[1] not in seat.norms)
        seat.see(norms=left, header="Удержание 0:[2-5]")
        seat.term.kill()
    with computer.sit(home) as seat:
        seat.ready().see(norms=left, header="Удержание 0:[2-5]")
        assert before[1] not in seat.norms


def test_somebody_sets_the_clock_back_while_nothing_runs(home: Path, tmp_path: Path) -> None:
    asked(home)
    computer = Elsewhere(tmp_path)
    computer.set(-86400)
    with computer.sit(home) as seat:
        seat.ready().see(header="Разговор 0:", norms=r"○ Перезвонить до \d\d:\d\d, осталось (29|30) мин")
