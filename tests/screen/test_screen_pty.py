"""The real program in a terminal beside the calls: languages, names, leaving, search, tree, hostile text."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.screen.calling import GREETING, NUMBER, SHOWN, bells, clock_is_right, focused, no_wait, seat
from tests.screen.seat import PATIENCE, TREE, WHO, Seat

pytestmark = pytest.mark.pty

__all__ = ["seat"]  # the fixture


# --- languages, names, leaving -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ui", "waiting", "talk", "unheard", "ended"),
    [
        ("ky", "○ Күтүү", "● Сүйлөшүү", "Кардар угулбай жатат", "Жыйынтык: Үн жок"),
        # the base has no English titles: the main language's stand there
        ("en", "○ Waiting", "● Talking", "Клиента не слышно", "Outcome: Тишина"),
    ],
)
def test_a_call_in_another_interface(
    home: Path, ui: str, waiting: str, talk: str, unheard: str, ended: str
) -> None:
    with Seat(home, "--ui", ui) as seat:
        seat.ready().see(header=waiting, card=GREETING).press("enter").see(header=f"{talk} 0:0")
        seat.press("f3").see(card="«Говорите, пожалуйста.", tree=f"F3 {unheard} ▶")
        seat.press("enter").see(card=r"✓ .*0:\d\d").press("2").see(card="«Спасибо за Ваш звонок")
        seat.press("enter").see(header=waiting, typed=ended)
        assert seat.keys <= 5


def test_quitting_in_a_call_asks_once_and_the_call_stands(home: Path) -> None:
    with Seat(home) as seat:
        seat.greet().press("f4").see(card="«Ожидайте").press("ctrl+q")
        seat.see(typed="Идёт разговор, он сохранится. Ещё раз Ctrl[+]Q", card="«Ожидайте")
        assert seat.term.exit_code is None
        seat.leave()
    with Seat(home) as seat:
        seat.ready().see(header=r"Разговор 0:\d\d", card="«Ожидайте, пожалуйста, на линии")
        seat.press("enter").see(header="Удержание")


def test_the_palette_lists_what_keys_do_and_asks_before_it_quits(home: Path) -> None:
    with Seat(home, cols=80) as seat:
        seat.greet().press("f3").see(card="«Говорите").press("ctrl+p")
        seat.see(card=r"Перезвоны Ctrl\+B .*Звонок вручную Ctrl\+N .*Просит менеджера F8")
        seat.press("esc").see(card="^Сказать «Говорите", no="Команда|вручную")
        for question in (r"Идёт разговор, он сохранится. Ещё раз Ctrl\+Q", ""):
            seat.press("ctrl+p").see(card="Звонок вручную").type("выход").see(
                card="Выход", no="Звонок вручную"
            )
            seat.press("enter")
            if question:
                seat.see(typed=question, card="^Сказать «Говорите", no="Выход")
        assert seat.term.wait_exit(PATIENCE) == 0
    with Seat(home) as seat:
        seat.ready().see(header="Разговор", card="^Сказать «Говорите")


def test_the_first_start_asks_who_sits_here_and_a_name_is_enough(home: Path) -> None:
    with Seat(home, who=()) as seat:
        seat.ready().see(card="Кто на рабочем месте. Ваше имя ").press("enter").see(
            card="Напишите (своё|Ваше) имя"
        )
        seat.type("Айгуль").see(card="имя Айгуль").press("enter").see(
            card=GREETING, no="Кто на рабочем месте"
        )
        seat.press("enter").see(card="Слушайте", header="Разговор").press("esc").see(header="Ожидание")
        seat.see(card=GREETING).leave()
    with Seat(home, who=()) as seat:
        seat.ready().see(header="Ожидание Айгуль", card=GREETING, no="Кто на рабочем месте")


def test_the_name_may_be_typed_before_the_form_stands(home: Path) -> None:
    with Seat(home, who=()) as seat:
        seat.see(header="Ожидание").type("Айгуль").press("enter").see(card=GREETING, no="Кто на рабочем")


def test_f12_in_the_middle_of_a_step(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте.*KY нет утверждённой фразы", bar="F12 кыргызча")
    seat.press("f12").see(
        card="«Ожидайте.*KY нет утверждённой фразы, показана другая: русский", bar="F12 русский"
    )
    seat.press("f12").see(card="«Ожидайте", no="показана другая: русский", bar="F12 кыргызча")
    seat.press("1").see(card="‹2› мин").press("f12").see(card="‹2› мин.*показана другая: русский")
    seat.press("enter").see(header="Удержание").press("1").see(
        card="«Спасибо за ожидание.».*показана другая: русский"
    )
    seat.press("f9").see(card="дополнительные вопросы").press("2")
    seat.see(
        card="Сказать «Чалганыңыз үчүн ыракмат, саламатта болуңуз.» RU «Спасибо",
        no="показана другая: русский",
    )
    seat.press("f12").see(card="Сказать «Спасибо за Ваш звонок, всего доброго.» KY «Чалганыңыз")


# --- search, the tree, two calls -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["менедж", "vtytl;"])
def test_letters_filter_and_enter_opens(seat: Seat, typed: str) -> None:
    seat.greet().type(typed).see(
        typed=f"⌕ {typed}",
        tree="^F8 Просит менеджера сценарий",
        card="Просмотр .*«По какому вопросу",
        bar="Enter открыть",
    )
    seat.press("enter").see(
        card="^Сказать «По какому вопросу", typed="печатайте", tree="F8 Просит менеджера ▶"
    )


def test_esc_leaves_the_search_and_changes_nothing(seat: Seat) -> None:
    full = "^Сказать «Говорите.*утверждено.*Делать.*Нельзя.*1 Клиент.*2 По-прежнему.*0 не по сценарию"
    titles = "Завершение.*не слышит.*бросили.*Служебная.*пьян.*Профилактика.*Проблемы.*Личные вопросы$"
    seat.greet().press("f3").see(card=full, tree=f"▶ Попросить.*{titles}")
    card, tree = seat.card, seat.tree
    seat.type("менед12").see(typed="⌕ менед12")
    seat.press("backspace", "backspace").see(
        typed="⌕ менед ?▏", tree="^F8 Просит менеджера", card="^Просмотр"
    )
    seat.press("esc").see(typed="печатайте", card=re.escape(card), tree=re.escape(tree))
    seat.press("space").see(tree="F2.*F3.*F4.*F5.*F8.*F9", typed="⌕ ▏").press("esc").see(typed="печатайте")
    seat.press("esc").see(card="Слушайте", tree="F3 Клиента не слышно F4")


def test_between_calls_a_search_only_previews(seat: Seat) -> None:
    seat.ready().type("менедж").see(card="Просмотр .*«По какому вопросу", header="Ожидание")
    seat.press("enter").see(header="Ожидание", typed="просмотр|Просмотр|менедж").press("esc").see(
        card=GREETING
    )


@pytest.mark.parametrize(("cols", "rows"), [(120, 40), (80, 24)])
def test_arrows_and_enter_in_the_tree(home: Path, cols: int, rows: int) -> None:
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.greet().press("f3").see(card="«Говорите")
        seat.until(lambda: lit(seat) == "")
        for _ in range(9):
            if "Попрощаться" in lit(seat):
                break
            before = lit(seat)
            seat.press("down").until(lambda before=before: lit(seat) not in ("", before))
        seat.press("up").until(lambda: "Клиента не слышно" in lit(seat))
        seat.press("down").until(lambda: "Попрощаться" in lit(seat))
        seat.press("enter").see(card="«Спасибо за Ваш звонок, всего доброго.»").until(lambda: lit(seat) == "")
        seat.press("down").until(lambda: lit(seat) != "")
        seat.press("f12").until(lambda: lit(seat) == "")


def lit(seat: Seat) -> str:
    """The lit line of the tree, "" for none: most of its cells are shown in reverse."""
    screen = seat.term._screen
    columns = range(TREE if seat.term.cols >= 100 else seat.term.cols)
    for y in range(1, seat.term.rows - 2):
        row = screen.buffer[y]
        if sum(row[x].reverse for x in columns) > len(columns) // 2:
            return "".join(row[x].data for x in columns).strip()
    return ""


def test_a_second_call_parks_this_one(seat: Seat) -> None:
    seat.greet().press("f4").see(card="«Ожидайте").press("enter").see(header="Удержание")
    seat.press("ctrl+n").see(card="Звонок вручную Номер ").type(NUMBER).see(card=NUMBER).press("enter")
    seat.see(header=f"Разговор 0:0.* ☎ {SHOWN} ‖ ждёт", card=GREETING, no="Звонок вручную")
    seat.press("enter").see(card="Слушайте").press("ctrl+e").see(card="1 Клиент положил").press("1")
    seat.see(header="◐ Удержание", card="Потом «Спасибо", norms="◐ Удержание осталось 1:", no="‖ ждёт")
    seat.until(lambda: clock_is_right(seat, "clock_started", 120, r"◐ Удержание осталось (\d):(\d\d)"))


# --- what callers and clipboards bring ---------------------------------------------------------------------


@pytest.mark.parametrize("paste", [True, False])
def test_markup_and_escape_sequences_stay_text(seat: Seat, paste: bool) -> None:
    nasty = "[red]x[/] [@click=app.bell]y[/x]"
    control = "\x1b]0;PWNED\x07\x1b[31mред\u202e\x9b2J"
    seat.greet()
    no_wait(seat)
    seat.type(NUMBER).see(card=NUMBER).press("down").until(lambda: focused(seat) == "Имя")
    if paste:
        seat.paste(nasty + control)
    else:
        seat.type(nasty)
    shown = re.escape(nasty)
    seat.see(card=rf"Имя \S*{shown}").press("enter").see(norms=shown, header=shown, card="«в течение")
    seat.press("enter").see(card="Слушайте").press("ctrl+e").see(card="1 Клиент положил").press("1")
    seat.see(header="Ожидание", norms=shown).press("ctrl+b").see(card=r"Перезвоны .*\[red\]x\[/\]")
    seat.press("esc").see(no="Перезвоны").paste(nasty).see(typed=f"⌕ {shown}")
    seat.paste(control).see(typed="PWNED")
    clean(seat)


def clean(seat: Seat) -> None:
    """Nothing that was typed or pasted came back as a control sequence."""
    raw = bytes(seat.term.raw)
    assert seat.term.title != "PWNED"
    for sequence in (b"\x1b]0;PWNED", b"\x1b[31m", "\u202e".encode(), "\x9b".encode(), b"PWNED\x07"):
        assert sequence not in raw
    assert bells(seat) == 0


def test_markup_in_the_operators_name(home: Path) -> None:
    who = [*WHO[2:], "--operator", "[b]Ай[/]\x1b[31mгуль"]
    with Seat(home, who=who) as seat:
        seat.ready().see(card=r"оператор \[b\]Ай\[/\]", header=r"\[b\]Ай\[/\]")
        clean(seat)
