"""The page in a real browser: drawn as it should be, hostile names inert, nothing asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.report.blocks import Bars, Curve, Folded, Heat, Table, Text
from prompter.report.page import page
from tests.browser import seen
from tests.report.test_page import BLOCKS, HOSTILE

pytestmark = pytest.mark.browser


def test_a_browser_draws_it_and_runs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    image = '<img src=x onerror="document.title=1">'
    file.write_text(page(f"Отчёт {image}", HOSTILE, [*BLOCKS, Text(image)]), encoding="utf-8")
    found = seen(file)
    assert "<title>Отчёт &lt;img" in found.dom
    assert "<script" not in found.dom
    assert "<img" not in found.dom
    assert "Refused to" not in found.said
    assert "Content Security Policy" not in found.said


def test_heat_bars_and_curve_are_really_coloured(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    blocks = [
        Heat("Карта", ["Айгуль"], ["а", "б"], [[1.0, None]], [[4, 0]]),
        Bars("Полосы", [("раз", 1.0, "все")]),
        Curve("Кривая", [("1", 0.0), ("2", 100.0)]),
        Folded("Ещё", [Table("Внутри", ["a"], [["скрыто"]])]),
    ]
    file.write_text(page("Отчёт", "", blocks), encoding="utf-8")
    picture = seen(file).picture
    colours = {colour for _count, colour in picture.getcolors(picture.width * picture.height) or []}
    assert (47, 111, 171) in colours  # the bar and the curve
    assert any(b - r > 60 and r < 160 for r, _g, b in colours - {(47, 111, 171)})  # the warm cell of the map


def test_it_fits_a_narrow_window(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    wide = Heat("Карта", ["Айгуль"], [f"Сценарий {n}" for n in range(30)], [[0.5] * 30], [[1] * 30])
    file.write_text(page("Отчёт", "", [Text("слово " * 200), wide]), encoding="utf-8")
    narrow = seen(file, 500, 900).picture
    right = {narrow.getpixel((narrow.width - 1, y)) for y in range(narrow.height)}
    assert right == {(255, 255, 255)}  # the page itself is not wider: the map scrolls in its own frame
