"""A report is one file: its texts are texts, its plots are drawn, it asks for nothing else."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from rich.console import Console

from prompter.report.blocks import BAD, Bars, Block, Cell, Curve, Folded, Heat, Table, Text
from prompter.report.page import page
from prompter.report.plain import show, table_as_csv

HOSTILE = "<script>alert(1)</script> [red]x[/red] \"'& =1+1"
BLOCKS: list[Block] = [
    Text(HOSTILE),
    Table("Таблица", ["Имя", "Балл"], [[Cell(HOSTILE, BAD, HOSTILE), "80"]], numbers=[1]),
    Heat("Карта", ["Айгуль"], ["Приветствие", "Жалоба"], [[0.5, None]], [[4, 0]]),
    Bars("Полосы", [("раз", 0.25, "25%"), ("два", 7.0, "много")]),
    Curve("Кривая", [("1 марта", 50.0), ("2 марта", 120.0)], unit="%"),
    Folded(HOSTILE, [Table("Внутри", ["a"], [["b"]])]),
    Table("Пусто", ["a"], [], empty="Пока ничего нет"),
]


class Tags(HTMLParser):
    """What stands in a page: its tags, attributes and words; every tag must be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta",):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_texts_are_texts_and_nothing_is_asked_for() -> None:
    found = Tags(page(HOSTILE, HOSTILE, BLOCKS))
    assert "script" not in found.tags
    assert HOSTILE in found.words
    assert not [name for name, _value in found.attributes if name in ("src", "href") or name.startswith("on")]
    assert "Пока ничего нет" in found.words


def test_a_plot_keeps_to_its_frame() -> None:
    found = Tags(page("", "", BLOCKS))
    widths = [value for name, value in found.attributes if name == "style" and value and "width" in value]
    assert widths == ["width: 25.0%", "width: 100.0%"]
    (curve,) = [value for name, value in found.attributes if name == "points" and value]
    assert all(0 <= float(spot.split(",")[1]) <= 200 for spot in curve.split())


def test_the_terminal_shows_the_same_without_markup() -> None:
    out = io.StringIO()
    show(BLOCKS, Console(file=out, width=120, highlight=False))
    assert "[red]x[/red]" in out.getvalue()
    assert "Внутри" not in out.getvalue()
    assert "50%" in out.getvalue()
    assert "Пока ничего нет" in out.getvalue()


def test_a_spreadsheet_runs_nothing() -> None:
    table = Table("=1+1", ["a", "b"], [["=cmd|' /C calc'!A0", "-5"]])
    rows = list(csv.reader(io.StringIO(table_as_csv([table]))))
    assert rows[0] == ["'=1+1"]
    assert rows[2] == ["'=cmd|' /C calc'!A0", "-5"]
