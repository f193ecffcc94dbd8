"""What an operator sees in a real terminal: copies, no colours, windows that shrink and grow."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest

from tests.screen.seat import Before, Seat
from tests.tui.test_clipboard import script
from tests.tui.test_themes import COLOUR

pytestmark = pytest.mark.pty

PHRASE = "Просьба не вести разговор в таком тоне."
OSC52 = re.compile(rb"\x1b\]52;c;([^\x07]*)\x07")
SMALL = "Окно слишком мало"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of clipboard tools, the only ones that are found; a display, and nobody far away."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    script(folder, "xclip", "exit 1")
    script(folder, "xsel", "exit 1")
    return folder


# copying


def test_the_systems_clipboard_first(home: Path, tools: Path) -> None:
    script(tools, "xclip", f'cat > "{tools}/got"')
    with Seat(home) as seat:
        seat.greet().press("f5").see(card=PHRASE).press("ctrl+y").see(typed=r"Скопировано \(xclip\)$")
        assert (tools / "got").read_text(encoding="utf-8") == PHRASE
        assert not OSC52.search(seat.term.raw)


def test_then_the_terminal_which_never_answers(home: Path, tools: Path) -> None:
    with Seat(home) as seat:
        seat.greet().press("f5").see(card=PHRASE).press("ctrl+y")
        seat.see(typed="Отправлено терминалу: проверьте вставку")
        (sent,) = OSC52.findall(seat.term.raw)
        assert base64.b64decode(sent).decode() == PHRASE


def test_neither(home: Path, tools: Path) -> None:
    with Seat(home, env={"TERM": "linux"}) as seat:
        seat.greet().press("f5").see(card=PHRASE).press("ctrl+y").see(typed="▲ Не скопировано")
        assert not OSC52.search(seat.term.raw)


def test_a_tool_that_hangs_holds_up_no_key(home: Path, tools: Path) -> None:
    script(tools, "xclip", f'touch "{tools}/begun"; exec sleep 600')
    script(tools, "xsel", f'cat > "{tools}/got"')
    with Seat(home) as seat:
        seat.greet().press("f5").see(card=PHRASE).press("ctrl+y").until((tools / "begun").exists)
        seat.press("f3").see(card="Я Вас слушаю").see(typed=r"Скопировано \(xsel\)")
        assert (tools / "got").read_text(encoding="utf-8") == PHRASE


def test_a_tool_that_hangs_is_ended_when_the_program_is_left(home: Path, tools: Path) -> None:
    script(tools, "xclip", f'echo $$ > "{tools}/pid.new"; mv "{tools}/pid.new" "{tools}/pid"; exec sleep 600')
    with Seat(home) as seat:
        seat.ready().press("ctrl+y").until((tools / "pid").exists)
        seat.leave()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tools / "pid").read_text(encoding="utf-8")), 0)


def test_pressed_again_it_takes_the_next_wording(home: Path, tools: Path) -> None:
    script(tools, "xclip", f'cat > "{tools}/got"')
    with Seat(home) as seat:
        seat.greet().press("f4").see(card="Ожидайте.*или.*Извините")
        seat.press("ctrl+y").see(typed="вариант 1 из 2, ещё раз Ctrl.Y: следующий")
        assert "Ожидайте" in (tools / "got").read_text(encoding="utf-8")
        seat.press("ctrl+y").see(typed="вариант 2 из 2")
        said = (tools / "got").read_text(encoding="utf-8")
        assert said.startswith("Извините, не могли бы подождать 2 мин? Я")
        seat.press("ctrl+y").see(typed="вариант 1 из 2")


def test_in_the_search_what_is_looked_at_is_copied(home: Path, tools: Path) -> None:
    script(tools, "xclip", f'cat > "{tools}/got"')
    with Seat(home) as seat:
        seat.greet().type("нецен").see(card=PHRASE).press("ctrl+y").see(tree="F5")
        seat.until(lambda: (tools / "got").exists() and (tools / "got").read_text(encoding="utf-8") == PHRASE)


def test_without_a_phrase_and_the_habit_of_ctrl_c(home: Path, tools: Path) -> None:
    with Seat(home) as seat:
        seat.greet().press("f4", "2").see(card="Контакт").press("ctrl+y").see(typed="▲ Здесь нет фразы")
        seat.press(b"\x03").see(typed=r"Скопировать фразу: Ctrl\+Y")


# no colours


def test_no_colour_in_the_bytes(home: Path) -> None:
    with Before(home) as before:
        before.ago(130).press("Enter", "F4", "Enter")
    with Seat(home, env={"NO_COLOR": "1"}) as seat:
        over = {"header": "▲ Удержание, превышено", "tree": r"▲ превышено \+0:"}
        seat.ready().see(**over, norms="▲ Удержание превышено на")
        seat.press("f5").see(card=PHRASE, norms="‖ Удержание стоит на").press("down")
        seat.press("ctrl+e").see(card="Чем закончился").press("esc").see(no="Чем закончился")
        seat.type("йщйщ").see(tree="Не нашлось").press("esc").see(no="Не нашлось")
        seat.press("ctrl+p").until(lambda: "Команда…" in seat.term.text())
        seat.press("esc").see(no="Команда…").press("f1").see(card="любая другая клавиша закрывает").press("x")
        assert [match[0] for match in COLOUR.finditer(seat.term.raw)] == []
        assert b"\x1b[1m" in seat.term.raw or b"\x1b[1;" in seat.term.raw  # bold is no colour


def test_the_search_for_colours_finds_them(home: Path) -> None:
    with Seat(home) as seat:
        seat.ready()
        assert COLOUR.search(seat.term.raw)


def test_colours_by_flag_and_variable(home: Path) -> None:
    def grounds(seat: Seat) -> set[bytes]:
        seat.ready()
        return set(re.findall(rb"48;2;[0-9;]+", seat.term.raw))

    with Seat(home) as seat:
        dark = grounds(seat)
    with Seat(home, "--theme", "light") as seat:
        light = grounds(seat)
    with Seat(home, env={"PROMPTER_THEME": "light"}) as seat:
        assert grounds(seat) == light
    assert not dark & light


# windows that shrink and grow


@pytest.mark.parametrize(("cols", "rows"), [(40, 12), (59, 40), (120, 17), (1, 1), (2, 3), (10, 3), (20, 5)])
def test_too_small_and_back(home: Path, cols: int, rows: int) -> None:
    with Seat(home) as seat:
        seat.greet().press("f5").see(card=PHRASE)
        seat.resize(cols, rows)
        if cols * rows > 100:
            needed = r"60×18"
            seat.until(lambda: re.search(SMALL, " ".join(seat.term.text().split())) is not None)
            assert re.search(needed, "".join(seat.term.text().split()))
        else:
            seat.until(lambda: "Сказать" not in seat.term.text())
            seat.term.settle()
        seat.press("1", "enter", "f9", "0", "ctrl+e").type("сло").term.settle()
        seat.resize(120, 40).see(card=PHRASE, header="Разговор", no=SMALL)
        seat.press("1").see(no=PHRASE)


def test_a_start_in_a_small_window(home: Path) -> None:
    with Seat(home, cols=40, rows=12) as seat:
        seat.until(lambda: SMALL in " ".join(seat.term.text().split()))
        seat.press("enter").resize(60, 18).see(header="Ожидание", card="компания Skynet", no=SMALL)
        seat.press("enter").see(header="Разговор 0:")


def test_nothing_typed_is_lost(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet().press("f4", "2").see(card="Контакт").type("0700112233").press("tab").type("Нур")
        for size in ((60, 40), (40, 12), (80, 24), (9, 3), (60, 18)):
            seat.resize(*size)
            seat.term.settle()
        seat.see(card="Номер 0700112233 Имя Нур.*Перезвонить через").type("лан")
        seat.see(card="Имя Нурлан").press("enter").resize(120, 40)
        seat.see(norms="Перезвонить .*Нурлан")


def test_a_query_is_not_lost(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet().type("нецен").see(typed="нецен", card=PHRASE)
        for size in ((60, 40), (30, 8), (80, 24)):
            seat.resize(*size)
            seat.term.settle()
        seat.see(typed="нецен", card=PHRASE).type("з").see(typed="нецензур|неценз").press("enter")
        seat.see(card=f"Сказать.*{PHRASE}", header="Разговор")


def test_help_and_list_over_another_size(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet().press("f1").see(card="Enter").resize(60, 40)
        seat.term.settle()
        seat.press("x").see(header="Разговор", tree="F9 Завершение")
        assert seat.term.lines()[1].startswith("╭─ Слушать")  # the card stands first in a narrow window
        seat.press("ctrl+e").see(card="Чем закончился").resize(30, 10)
        seat.term.settle()
        seat.resize(60, 18).see(card="Чем закончился.*2 ").press("esc").see(no="Чем закончился")


def test_a_long_card_turns_its_pages(home: Path) -> None:
    with Seat(home, cols=60, rows=18) as seat:
        seat.greet().press("f4").see(card=r"Ожидайте.*↓ ещё \d+ строк\w?: PgDn")
        seat.press("pagedown").see(card=r"↑ ещё \d+ строк\w?: PgUp.*0 не по сценарию", no="PgDn")
        seat.press("pageup").see(card="Ожидайте.*PgDn", no="PgUp")
        seat.press("pagedown").see(no="PgDn").press("3").see(
            card="Клиент ждёт|Спасибо за ожидание", no="PgUp"
        )
