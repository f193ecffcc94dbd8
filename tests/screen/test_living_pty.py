"""The trainer saves while an operator works, in a real terminal: no key is pressed for it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from prompter.kb.source import bundled
from tests.kb.bases import path_of
from tests.screen.seat import Seat

pytestmark = pytest.mark.pty

SIZES = [(60, 40), (80, 24), (120, 40)]
UPDATED = "База обновлена"
PLACE = r"▲ База, scenarios/clarify.yaml:\d+:"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the program's own base, for a trainer to edit."""
    return shutil.copytree(bundled(), tmp_path / "kb")


def edit(base: Path, scenario: str, old: str, new: str) -> None:
    """Save a scenario with other words, in place."""
    file = path_of(base, scenario)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def sits(base: Path, home: Path, cols: int = 120, rows: int = 40) -> Seat:
    return Seat(home, "--kb", str(base), cols=cols, rows=rows)


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_a_save_reaches_a_call_and_the_step_keeps_its_words(
    base: Path, home: Path, cols: int, rows: int
) -> None:
    with sits(base, home, cols, rows) as seat:
        seat.greet().press("f4", "enter").see(norms="Удержание осталось")
        seat.see(card="1 Информация")
        edit(base, "clarify", "Информация найдена", "Ответ найден")
        seat.see(typed=UPDATED, header=r"0:\d\d", card="1 Информация", norms="Удержание осталось 1:")
        seat.see(no=UPDATED)
        seat.press("esc").see(card="Ждёт", norms="Нет таймеров")
        seat.press("enter").see(card="1 Ответ найден", norms="Удержание осталось")


def test_between_calls_the_new_words_stand_at_once(base: Path, home: Path) -> None:
    with sits(base, home) as seat:
        seat.ready().see(tree="F4 Уточнить информацию")
        edit(base, "clarify", "ru: Уточнить информацию", "ru: Выяснить сведения")
        seat.see(tree="F4 Выяснить сведения", typed=UPDATED)
        seat.see(no=UPDATED)
        seat.leave()


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_a_mistake_stands_with_its_place_until_it_is_mended(
    base: Path, home: Path, cols: int, rows: int
) -> None:
    with sits(base, home, cols, rows) as seat:
        seat.greet().press("f4").see(card="Ждёт")
        edit(base, "clarify", "go: how_long", "go: how_short")
        seat.see(typed=PLACE, card="Ждёт")
        seat.press("9").see(typed="▲ Здесь нет такого ответа", no=PLACE)
        seat.see(typed=PLACE)  # a message hides it for its own time only
        seat.press("т").see(typed="⌕ т", no=PLACE)
        seat.press("esc").see(typed=PLACE)
        seat.press("f9", "ctrl+e").see(typed=PLACE, card="Чем закончился")
        seat.press("1").see(header="Ожидание", typed="Итог")
        seat.see(typed=PLACE)
        seat.leave()
    with sits(base, home, cols, rows) as seat:
        seat.greet().see(typed=PLACE)
        seat.press("f4").see(card="Ждёт", typed=PLACE)
        edit(base, "clarify", "go: how_short", "go: how_long")
        seat.see(typed=UPDATED, no=PLACE)


def test_an_edited_phrase_says_that_it_waits_for_a_person(base: Path, home: Path) -> None:
    with sits(base, home, 60, 40) as seat:
        seat.greet()
        edit(base, "competitors", "Мы не располагаем", "У нас нет")
        seat.see(typed="▲ База обновлена; не утверждено, скрыто: competitors.refuse")
        edit(base, "competitors", "У нас нет", "Мы не располагаем")
        seat.see(typed=UPDATED + r" \d\d:\d\d", no="не утверждено")


@pytest.mark.parametrize(("cols", "rows"), SIZES)
def test_a_scenario_that_vanishes_says_so_and_leads_to_the_talk(
    base: Path, home: Path, cols: int, rows: int
) -> None:
    with sits(base, home, cols, rows) as seat:
        seat.greet().press("f7").see(card="Мы не располагаем")
        path_of(base, "competitors").unlink()
        seat.see(card="Мы не располагаем.*▲ Этого шага больше нет в базе", typed=UPDATED)
        seat.press("enter", "enter").see(card="Слушайте", no="больше нет в базе")
        seat.press("f7").see(typed="▲ .*клавиш")


def test_a_folder_that_is_gone_is_told_and_comes_back_by_itself(base: Path, home: Path) -> None:
    with sits(base, home) as seat:
        seat.greet()
        away = base.rename(base.with_name("away"))
        seat.see(typed="▲ Папка базы знаний недоступна", card="Слушайте")
        seat.press("f4").see(card="Ждёт")
        away.rename(base)
        edit(base, "clarify", "ru: Уточнить информацию", "ru: Выяснить сведения")
        seat.see(tree="F4 Выяснить сведения", typed=UPDATED)


def test_two_desks_live_on_one_base(base: Path, home: Path, tmp_path: Path) -> None:
    with sits(base, home) as one, sits(base, tmp_path / "another") as other:
        one.ready()
        other.ready()
        edit(base, "clarify", "ru: Уточнить информацию", "ru: Выяснить сведения")
        one.see(tree="F4 Выяснить сведения")
        other.see(tree="F4 Выяснить сведения")
