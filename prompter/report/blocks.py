"""What a report is made of, as plain data: words and numbers, nothing about how they are drawn.

Texts are shown as they are, never as markup. A share is a number from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

GOOD, FAIR, BAD = "good", "fair", "bad"
"""The meaning of a cell or a bar; "" is neutral."""


class Cell(Struct, frozen=True):
    """A cell of a table. `tone` colours it, `note` is its tooltip."""

    text: str
    tone: str = ""
    note: str = ""


class Table(Struct, frozen=True):
    """Rows under a head. Columns listed in `numbers` (from 0) are right-aligned."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    numbers: Sequence[int] = ()
    empty: str = ""


class Heat(Struct, frozen=True):
    """A share for each row and column, None if unknown; `counts` are the numbers it is based on."""

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    shares: Sequence[Sequence[float | None]]
    counts: Sequence[Sequence[int]]
    empty: str = ""
    legend: str = ""


class Bars(Struct, frozen=True):
    """One bar per line: its name, its share of the full width, the text beside it."""

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
    """Preformatted lines."""

    lines: Sequence[str]


class Folded(Struct, frozen=True):
    """A title that unfolds the blocks below it."""

    title: str
    blocks: Sequence[Block]


Block = Table | Heat | Bars | Curve | Text | Rows | Folded
