"""`prompter coverage`: how much of the scripts is approved, as a table, a bar, CSV or JSON."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from prompter.call.phrases import text_in
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.pending import opened
from prompter.commands.tables import GLYPHS, NAMES, STYLES, paper
from prompter.kb.approvals import APPROVED, DRAFT, MISSING, STALE, STATES
from prompter.kb.coverage import Row, coverage
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.locale.formats import percent

BAR = 20
"""Cells of a bar if there is room; in a narrow window the titles come first."""

_BARS = {APPROVED: "█", STALE: "▓", DRAFT: "░", MISSING: "–"}


def options(parser: argparse.ArgumentParser) -> None:
    """The output format, and where the scripts are."""
    parser.description = _(
        "Counts the phrases that are approved, stale, drafts or missing, for each department, scenario and "
        "language. A scenario for everybody is counted in each department."
    )
    formats = _("a table, or lines for programs; text by default")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help=formats)
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print the counts. Returns 0, or 1 if the scripts have errors."""
    base, ledger = opened(here.sources())
    rows = coverage(base, ledger)
    if given.format == "json":
        print(json.dumps({"coverage": [_plain(one) for one in rows]}, ensure_ascii=False, indent=2))
    elif given.format == "csv":
        plain = [_plain(one) for one in rows]
        out = csv.DictWriter(sys.stdout, list(plain[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(plain)
    else:
        _print(base, rows, here.settings.ui)
    return 0


def _plain(row: Row) -> dict[str, str | int]:
    counts = {state: row.counts[state] for state in STATES}
    return {"department": row.department, "scenario": row.scenario, "language": row.lang, **counts}


def _print(base: KnowledgeBase, rows: Sequence[Row], ui: str) -> None:
    console = paper()
    wide = max(6, min(BAR, console.width - 56))
    signs = (f"{GLYPHS[one]} {_BARS[one]} {_(NAMES[one])}" for one in STATES)
    console.print(Text("   ".join(signs), "dim"))
    for department, inside in groupby(rows, key=lambda one: one.department):
        table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True, title_justify="left")
        table.add_column(_department(base, department, ui), ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("")
        for state in STATES:
            table.add_column(Text(GLYPHS[state], STYLES[state]), justify="right", min_width=3)
        table.add_column("", width=wide)
        table.add_column("", justify="right", width=5)
        for name, of in groupby(inside, key=lambda one: one.scenario):
            for number, row in enumerate(of):
                table.add_row(*_cells(base, row, "" if number else name, not number and not name, ui, wide))
        console.print()
        console.print(table)


def _cells(base: KnowledgeBase, row: Row, name: str, whole: bool, ui: str, wide: int) -> Iterator[Text | str]:
    title = _("all together") if whole else ""
    if name:
        title = text_in(base.scenarios[name].title, ui, base.languages)
    yield Text(title, "bold" if whole else "")
    yield row.lang.upper()
    for state in STATES:
        count = row.counts[state]
        yield Text(str(count) if count else "·", STYLES[state] if count else "dim")
    yield bar(row, wide)
    yield percent(int(row.share * 100))  # never 100 while one is not approved


def bar(row: Row, wide: int) -> Text:
    """The counts as one bar of this many cells; every non-zero count gets at least one."""
    text = Text()
    for state, cells in zip(STATES, _shares([row.counts[state] for state in STATES], wide), strict=True):
        text.append(_BARS[state] * cells, STYLES[state])
    return text


def _shares(counts: Sequence[int], wide: int) -> list[int]:
    """How many of the cells each count gets; the largest yields to those that would have none."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    cells = [max(1, count * wide // total) if count else 0 for count in counts]
    cells[counts.index(max(counts))] += wide - sum(cells)
    return cells


def _department(base: KnowledgeBase, department: str, ui: str) -> Text:
    title = text_in(base.departments[department], ui, base.languages) if department else base.company
    return Text(title, "bold")
