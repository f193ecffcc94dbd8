"""What a report is made of, as plain data: words and numbers, nothing of how they are drawn.

Texts are shown as they are, never as markup. A share is a number from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

GOOD, FAIR, BAD = "good", "fair", "bad"
"""How a cell or a bar is to be understood; "" is neither."""


class Cell(Struct, frozen=True):
    """A cell of a table. `tone` colours it, `note` is told where it is pointed at."""

    text: str
    tone: str = ""
    note: str = ""


class Table(Struct, frozen=True):
    """Rows under a head. Columns named in `numbers` (from 0) are set to the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    numbers: Sequence[int] = ()
    empty: str = ""


class Heat(Struct, frozen=True):
    """A share where a row meets a column, None where nothing is known; `counts` are what it rests on."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    shares: Sequence[Sequence[float | None]]
    counts: Sequence[Sequence[int]]
    empty: str = ""
    legend: str = ""


class Bars(Struct, frozen=True):
    """One bar a line: its name, its share of the whole width, what is written beside it."""

    title: str
    bars: Sequence[tuple[str, float, str]]
    empty: str = ""


class Curve(Struct, frozen=True):
    """A curve: points from left to right as (label, value); values lie between `low` and `high`."""

    title: str
    points: Sequence[tuple[str, float]]
    low: float = 0.0
    high: float = 100.0
    unit: str = ""
    empty: str = ""


class Text(Struct, frozen=True):
    """A paragraph."""

    text: str


class Rows(Struct, frozen=True):
    """Lines as they are, spaces included."""

    lines: Sequence[str]


class Folded(Struct, frozen=True):
    """A title that opens what stands below it."""

    title: str
    blocks: Sequence[Block]


Block = Table | Heat | Bars | Curve | Text | Rows | Folded
