"""A report's blocks as lines for a terminal, and its tables as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text as Plain

from prompter.report.blocks import Bars, Block, Cell, Curve, Folded, Heat, Rows, Table, Text
from prompter.text.safe import for_spreadsheet

_BAR = 20


def show(blocks: Sequence[Block], console: Console) -> None:
    """Print the report without its folded parts. Texts are never parsed as markup."""
    for block in blocks:
        if isinstance(block, Text):
            console.print(Plain(block.text))
        elif isinstance(block, Rows):
            console.print(Plain("\n".join(block.lines)))
        elif not isinstance(block, Folded):
            console.print()
            for one in _shown(block):
                console.print(one)


def table_as_csv(blocks: Sequence[Block]) -> str:
    """Every table and heat map as CSV, each under its title. No cell runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for block in blocks:
        if isinstance(block, Table):
            writer.writerow([for_spreadsheet(block.title)])
            writer.writerow(map(for_spreadsheet, block.head))
            writer.writerows([for_spreadsheet(_text(one)) for one in row] for row in block.rows)
            writer.writerow([])
        elif isinstance(block, Heat):
            writer.writerow([for_spreadsheet(block.title)])
            writer.writerow(["", *map(for_spreadsheet, block.columns)])
            for name, shares in zip(block.rows, block.shares, strict=True):
                writer.writerow([for_spreadsheet(name), *("" if s is None else f"{s:.3f}" for s in shares)])
            writer.writerow([])
    return out.getvalue()


def _text(one: Cell | str) -> str:
    return one.text if isinstance(one, Cell) else one


def _shown(block: Table | Heat | Bars | Curve) -> Iterator[RenderableType]:
    yield Plain(block.title, style="bold")
    if isinstance(block, Curve):
        text = "  ".join(f"{label} {value:g}{block.unit}" for label, value in block.points)
        yield Plain(text or block.empty)
    elif not (block.bars if isinstance(block, Bars) else block.rows):
        yield Plain(block.empty, style="dim")
    elif isinstance(block, Table):
        yield _grid(block.head, [[_text(one) for one in row] for row in block.rows], block.numbers)
    elif isinstance(block, Heat):
        yield _heat(block)
    else:
        rows = [
            [name, "█" * round(_BAR * min(1.0, max(0.0, share))), text] for name, share, text in block.bars
        ]
        yield _grid((), rows, ())


def _heat(block: Heat) -> Grid:
    """The side with fewer names goes across: a terminal has more lines than columns."""
    cells = [["·" if one is None else f"{one:.0%}" for one in row] for row in block.shares]
    down, across = block.rows, block.columns
    if len(across) > len(down):
        down, across, cells = across, down, [list(row) for row in zip(*cells, strict=True)]
    rows = [[name, *row] for name, row in zip(down, cells, strict=True)]
    return _grid(["", *across], rows, range(1, len(across) + 1))


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Grid:
    grid = Grid(box=None, show_header=bool(head), pad_edge=False, padding=(0, 2, 0, 0))
    for at, name in enumerate(head or rows[0]):
        grid.add_column(
            Plain(name if head else "", style="dim"), justify="right" if at in numbers else "left"
        )
    for row in rows:
        grid.add_row(*map(Plain, row))
    return grid
