"""Hostile texts from every side in a real terminal: read are the raw bytes that reach it, on every screen."""

from __future__ import annotations

import re
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.text.safe import clean_line
from tests.kb.bases import SCENARIO, scenario
from tests.screen.hostile import MARK, write_hostile
from tests.screen.seat import PATIENCE, WHO, Before, Seat
from tests.screen.seat import _plain as plain

pytestmark = pytest.mark.pty

SEEN = re.escape(clean_line(MARK))
CONTROLS = "\x1b]0;PWNED\x07\x1b]52;c;UFdORUQ=\x07\x1b[2J\x1b[31m\x07\x9b31m\x9d0;PWNED\x9c\u202eх\u2066"
"""A title, the clipboard, a cleared screen, a colour, a bell, all of it once more in C1, a turned text."""

OURS = re.compile(
    rb"\x1b\[\?[0-9;]+[hl]"  # modes: alternate screen, cursor, mouse, paste, synchronised drawing
    rb"|\x1b\[\?[0-9]+\$p"  # asks for a mode
    rb"|\x1b\[[<>=][0-9;]*u|\x1b\[\?u"  # the kitty keyboard
    rb"|\x1b\[[0-9]+;[0-9]+H|\x1b\[H"  # where to draw
    rb"|\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\]22;[a-z]+\x07"  # the mouse's shape
)
"""Every sequence that our own drawing makes."""


def only_ours(seat: Seat) -> None:
    """Nothing reached the terminal but what we draw: whatever is left when that is taken away is text.

    The program is ended first, in order, so that no sequence is read by half.
    """
    seat.term.kill(signal.SIGTERM)
    assert seat.term.wait_exit(PATIENCE) is not None
    raw = bytes(seat.term.raw)
    left = OURS.sub(b"", raw).decode()
    assert {char for char in left if not char.isprintable()} <= {"\r", "\n"}
    assert b"\x1b[31m" not in raw
    assert seat.term.title == ""


def shows(seat: Seat, *patterns: str) -> Seat:
    """Wait until the screen has each pattern somewhere."""

    def missing() -> list[str]:
        screen = plain(seat.term.lines())
        return [pattern for pattern in patterns if not re.search(pattern, screen)]

    seat.until(lambda: not missing(), missing)
    return seat


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile") / "kb")


@pytest.mark.parametrize(("cols", "rows"), [(60, 40), (120, 40)])
def test_a_hostile_base_on_every_screen(home: Path, base: Path, cols: int, rows: int) -> None:
    who = ["--operator", f"Ай{MARK}{CONTROLS}", "--form", "f", "--department", "sales"]
    with Seat(home, "--kb", str(base), cols=cols, rows=rows, who=who) as seat:
        shows(seat, rf"F2 +{SEEN}", SEEN, "Ожидание")
        for key in ("down", "up", "down"):
            seat.press(key)
        shows(seat, rf"Делать {SEEN}").press("esc")
        seat.press("ж")
        shows(seat, "⌕ ж", SEEN).press("esc")
        seat.press("f1")
        shows(seat, "Во время разговора").press("esc").see(no="Во время разговора")
        seat.press("ctrl+p")
        shows(seat, "Звонок вручную", SEEN).press("esc").see(no="Звонок вручную")
        seat.press("enter")
        shows(seat, "Разговор 0:")
        for key in (*(f"f{number}" for number in range(3, 9)), "f12"):
            seat.press(key)
            shows(seat, SEEN, "Esc")
        seat.press("ctrl+e")
        shows(seat, "Чем закончился разговор", rf"1 +{SEEN}").press("1")
        shows(seat, "Ожидание").press("ctrl+o")
        shows(seat, "Заметка").press("esc")
        seat.press("ctrl+r")
        shows(seat, "Справочник", SEEN)
        for key in ("down", "enter"):
            seat.press(key)
            shows(seat, SEEN)
        seat.press("ctrl+r")
        shows(seat, "Ожидание")
        only_ours(seat)


def test_contacts_notes_gaps_and_searches(home: Path, base: Path) -> None:
    with Seat(home, "--kb", str(base)) as seat:
        shows(seat, "Ожидание").press("enter")
        shows(seat, "Разговор 0:").press("f4")
        shows(seat, "Удержание|" + SEEN).press("2")
        shows(seat, "Номер", "Имя", "Вопрос", SEEN)
        seat.type("0700112233")
        for _ in range(2):
            seat.press("tab").paste(MARK + CONTROLS)
        shows(seat, rf"Имя.*{SEEN}.*Вопрос.*{SEEN}").press("enter")
        seat.see(header="22-33").press("0")
        shows(seat, "Не по сценарию|не по сценарию").press("ctrl+o")
        seat.paste(MARK + CONTROLS).press("enter")
        seat.paste(CONTROLS + MARK)
        shows(seat, "⌕.*PWNED").press("esc")
        only_ours(seat)


def test_what_a_journal_holds_is_drawn_as_text(home: Path) -> None:
    with Before(home) as before:
        before.ago(60).press("Enter", "F4", "2").promise().press("Enter", "F9", "2", "Enter")
    with sqlite3.connect(home / "journal.db") as journal:
        journal.execute("UPDATE contacts SET name = ?, number = ?", (MARK + CONTROLS, CONTROLS))
        journal.execute("UPDATE notes SET text = ?", (CONTROLS + MARK,))
    journal.close()
    with Seat(home) as seat:
        shows(seat, "Перезвонить.*PWNED").press("ctrl+b")
        shows(seat, "Перезвоны", "PWNED").press("esc")
        only_ours(seat)


def test_a_spoilt_base_is_told_on_the_screen_in_plain_words(home: Path, base: Path, tmp_path: Path) -> None:
    folder = write_hostile(tmp_path / f"kb{CONTROLS.replace('/', '')}")
    with Seat(home, "--kb", str(folder)) as seat:
        shows(seat, "Ожидание", SEEN)
        (folder / "scenarios" / f"a{CONTROLS}[red].yaml").write_text(
            scenario("end: done\n"), encoding="utf-8"
        )
        (folder / SCENARIO).write_text(f"title:\n  ru: {CONTROLS}{MARK}\n", encoding="utf-8")
        shows(seat, r"scenarios/")
        only_ours(seat)
    with Seat(home, "--kb", str(folder)) as seat:  # and again, after a restart, from the last good one
        shows(seat, "Ожидание", SEEN, r"scenarios/")
        only_ours(seat)
    colourless = {"NO_COLOR": "1"}  # our own colours are escape sequences too
    with Seat(
        tmp_path / "another", "--kb", str(folder), env=colourless
    ) as seat:  # no good one to fall back on
        seat.until(lambda: seat.term.exit_code is not None)
        shows(seat, "scenarios/")
        raw = bytes(seat.term.raw)
        assert {char for char in raw.decode() if not char.isprintable()} <= {"\r", "\n"}


@pytest.mark.parametrize("where", ["argument", "environment", "settings"])
def test_hostile_settings(home: Path, where: str) -> None:
    name, env, who = f"Ай{CONTROLS}{MARK}", {}, [*WHO[2:]]
    if where == "argument":
        who += ["--operator", name]
    elif where == "environment":
        env["PROMPTER_OPERATOR"] = name
    else:
        home.mkdir(parents=True)
        quoted = "".join(rf"\U{ord(char):08x}" for char in name)
        (home / "settings.toml").write_text(f'operator = "{quoted}"\n', encoding="utf-8")
    with Seat(home, who=who, env=env) as seat:
        shows(seat, "оператор", SEEN, "Ожидание")
        only_ours(seat)


def test_a_terminal_that_tells_more_of_a_key_than_it_was_asked_for(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet()
        seat.type("\x1b[1091::101;5u")  # Ctrl+У, with the code of the key's place
        shows(seat, "Чем закончился разговор").press("1")
        seat.see(header="Ожидание").leave()
