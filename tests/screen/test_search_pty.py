"""The search in a terminal: in any layout a few keys bring what to say; whatever is typed is words."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.text.layout import swap_layout
from tests.call.builders import bundled
from tests.screen.seat import Seat

pytestmark = pytest.mark.pty

SIZES = [(60, 40), (120, 40)]
MOST_KEYS = 6
RUSSIAN = {
    "руковод": "manager",
    "приятный": "personal",
    "пьян": "drunk",
    "билайн": "competitors",
    "жалоба": "manager",
    "ремонт": "maintenance",
    "матерится": "profanity",
    "подождите": "clarify",
    "сорвалось": "complaint",
    "орёт": "shouting",
}
KYRGYZ = {
    "жетекчи": "manager",
    "рахмат": "closing",
    "угулбайт": "inaudible",
    "оңдоо": "maintenance",
    "тармак": "network",
    "кыйкырат": "shouting",
}
LAYOUTS = {
    "ru": RUSSIAN,
    "en": {swap_layout(words[:MOST_KEYS]): scenario for words, scenario in RUSSIAN.items()},
    "ky": KYRGYZ,
}


@pytest.mark.parametrize(("cols", "rows"), SIZES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_six_keys_and_enter(home: Path, layout: str, cols: int, rows: int) -> None:
    titles = {id_: re.escape(one.title["ru"]) for id_, one in bundled().scenarios.items()}
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.greet()
        for words, scenario in LAYOUTS[layout].items():
            typed = words[:MOST_KEYS]
            first = rf"{titles[scenario]} +сценарий"
            seat.type(typed).see(typed=f"⌕ {re.escape(typed)}", bar="Enter открыть")
            seat.until(lambda first=first: bool(re.search(first, results(seat)[0])), lambda: results(seat))
            seat.press("enter").see(tree=f"{titles[scenario]} +▶", typed="печатайте")


def results(seat: Seat) -> list[str]:
    """The titles of the list's results."""
    width = 38 if seat.term.cols >= 100 else seat.term.cols
    rows = [row[:width].rstrip() for row in seat.term.lines()]
    return [row for row in rows if row.endswith(("сценарий", "фраза", "шаг", "статья", "нельзя"))] or [""]


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_what_is_never_said_shows_why_and_what_instead(home: Path, cols: int, rows: int) -> None:
    with Seat(home, cols=cols, rows=rows) as seat:
        seat.ready().type("я не знаю").see(card="Просмотр · «Я не знаю».*Почему.*Вместо.*«", tree="нельзя")


def test_a_status_is_answered_in_the_list_and_read_in_the_handbook(home: Path) -> None:
    with Seat(home, cols=60) as seat:
        seat.greet().type("кофе-брейк").see(tree="Кофе-брейк +статус.*● Обязателен каждый рабочий день")
        seat.until(lambda: "Кофе" in "".join(row for row in seat.term.lines() if "статус" in row))
        while "Просмотр · Кофе-брейк" not in seat.card:
            before = seat.card
            seat.press("down").until(lambda before=before: seat.card != before)
        seat.press("enter").until(lambda: "Справочник" in seat.term.text())
        assert "Кофе-брейк" in seat.term.text()
        seat.press("esc", "esc").see(header="Разговор", card="Слушайте", typed="печатайте")


HOSTILE = [
    "а" * 10_000,
    "🙂🙃👩‍👩‍👧 менеджер",
    "\x1b]0;PWNED\x07\x1b[31mкрасный\x9b2J",
    "\u202eредженем\u200f אבג",
    "(.*)+$[^a-z]{9999}",
    "'; DROP TABLE events; --",
    "[red]x[/] [@click=app.bell]y[/x]",
]


def test_whatever_is_pasted_is_words(home: Path) -> None:
    with Seat(home, cols=60) as seat:
        seat.greet()
        for text in HOSTILE:
            seat.paste(text).see(typed="⌕ .", bar="Esc назад")
            seat.press("esc").see(typed="печатайте", card="Слушайте", header="Разговор")
        raw = bytes(seat.term.raw)
        assert seat.term.title != "PWNED"
        for sequence in (b"\x1b]0;PWNED", b"\x1b[31m", "\u202e".encode(), "\x9b".encode()):
            assert sequence not in raw
