"""What the acceptance tests in a terminal share: a seat, a number, and how its screen looks."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journal.makers import query
from tests.screen.seat import Seat

SIZES = [(60, 40), (80, 24), (120, 40)]
NUMBER = "0700112233"
SHOWN = r"\+996 700 11-22-33"
GREETING = r"«(Доброе утро|Добрый день|Добрый вечер), компания Skynet, оператор Айгуль, я Вас слушаю\.»"


@pytest.fixture
def seat(home: Path) -> Iterator[Seat]:
    with Seat(home) as seat:
        yield seat


def bells(seat: Seat) -> int:
    """How often the terminal was rung; a BEL that ends a window title is none."""
    return re.sub(rb"\x1b\][^\x07\x1b]*\x07", b"", bytes(seat.term.raw)).count(b"\x07")


def no_wait(seat: Seat) -> None:
    """Call 5 from talk until the form stands."""
    seat.press("f4").see(card="«Ожидайте").press("2")
    seat.see(card="Контакт: перезвоните Вы.*Номер .*Имя.*Вопрос.*Перезвонить через ‹ 30 мин")


def focused(seat: Seat) -> str:
    """The label of the contact form's field that has the focus: its background is not the others'."""
    screen, edge = seat.term._screen, seat.term.cols - 4
    colours = {
        label: screen.buffer[y][edge].bg
        for y, row in enumerate(seat.term.lines())
        for label in ("Номер", "Имя", "Вопрос")
        if label in row and y > 6
    }
    alone = [label for label, colour in colours.items() if [*colours.values()].count(colour) == 1]
    return alone[0] if len(alone) == 1 else ""


def clock_is_right(seat: Seat, event: str, limit: float, shown: str, left: bool = True) -> bool:
    """Whether a clock on the screen is within a second of the journal's time of an event."""
    found = re.search(shown, f"{seat.header}\n{seat.norms}")
    path = Path(seat.term.env["PROMPTER_HOME"]) / "journal.db"
    rows = query(path, f"SELECT at FROM events WHERE type = '{event}' ORDER BY seq DESC LIMIT 1")
    if not found or not rows:
        return False
    real = limit - (time.time() - rows[0][0]) if left else time.time() - rows[0][0]
    drawn = int(found[1]) * 60 + int(found[2])
    return abs(drawn - (math.ceil(real) if left else math.floor(real))) <= 1
