"""`prompter report`: what happened in a day, a week or other days, as a table, CSV or a page."""

from __future__ import annotations

import argparse
import io
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from prompter.commands.base import tell
from prompter.commands.days import day, moments
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import where
from prompter.commands.outfile import form_of
from prompter.commands.report_blocks import blocks
from prompter.commands.visit import trouble_words
from prompter.files import write_whole
from prompter.journal.figures import Figures, collect
from prompter.journal.files import EXPECTED, trouble_of
from prompter.journal.visiting import found, read_only, visited
from prompter.locale import _, language, ngettext
from prompter.locale.formats import day_words
from prompter.report.blocks import Block, Table
from prompter.text.safe import clean_line

_FORMS = {".csv": "csv", ".html": "html", ".txt": "table"}


def options(parser: argparse.ArgumentParser) -> None:
    """Which days, which desks, which format."""
    add = parser.add_argument
    period = parser.add_mutually_exclusive_group()
    today = _("one day, today where none is named")
    period.add_argument("--day", type=day, nargs="?", const=date.today(), metavar=_("DAY"), help=today)
    week = _("the seven days up to this day, today where none is named")
    period.add_argument("--week", type=day, nargs="?", const=date.today(), metavar=_("DAY"), help=week)
    period.add_argument(
        "--from", dest="since", type=day, metavar=_("DAY"), help=_("from this day on, 2026-11-29")
    )
    add("--to", dest="until", type=day, metavar=_("DAY"), help=_("up to this day, it included"))
    several = _("journals of several desks, or folders with them, in place of this desk's")
    add("--journals", nargs="+", metavar=_("DIR"), help=several)
    form = _("table where nothing is said; html is a page with plots")
    add("--format", choices=("table", "csv", "html"), help=form)
    add(
        "--out",
        default="-",
        metavar=_("FILE"),
        help=_("- is the screen; else the name ends in .csv, .html or .txt"),
    )
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print or write the report; returns 0, 1 if a journal could not be read, 2 if none could."""
    first, last = _period(given)
    form = form_of(given.out, given.format, _FORMS, "table")
    scripts = here.scripts()
    with ExitStack() as stack:
        journals = _opened(given, here, stack)
        count = len(journals)
        figures = collect(journals, *moments(first, last), time.time())
    period = day_words(first.isoformat())
    if first != last:
        period = f"{period} – {day_words(last.isoformat())}"
    desks = ngettext("{n} desk", "{n} desks", count).format(n=count)
    subtitle = f"{period} · {desks} · {_('practice is not counted')}"
    title = f"{_('Report')} · {scripts.base.company}"
    _write(given.out, form, title, subtitle, blocks(figures, scripts.base, here.settings.ui))
    return _warned(figures, given)


def _period(given: argparse.Namespace) -> tuple[date, date]:
    today = date.today()
    if given.until and (given.day or given.week):
        tell(_("--to goes with --from"))
        raise CouldNotRun
    if given.week:
        return given.week - timedelta(days=6), given.week
    if given.since or given.until:
        last = given.until or today
        first = given.since or last
        if first > last:
            tell(_("the first day is after the last"))
            raise CouldNotRun
        return first, last
    return given.day or today, given.day or today


def _opened(given: argparse.Namespace, here: Here, stack: ExitStack) -> list[tuple[Path, sqlite3.Connection]]:
    """The readable journals; reports why others are not. Raises CouldNotRun if none is."""
    own = here.home / "journal.db"
    paths = [one for named in given.journals for one in found(Path(named))] if given.journals else [own]
    opened = []
    for path in paths:
        try:
            mine = path == own
            opened.append((path, stack.enter_context(visited(path) if mine else read_only(path))))
        except FileNotFoundError:
            tell(_("there is no journal yet: {path}").format(path=path))
        except EXPECTED as error:
            tell(f"{path}: {trouble_words(trouble_of(error, path))}")
    if not opened:
        tell(_("no journal could be read"))
        raise CouldNotRun
    given.unread = len(paths) - len(opened)
    return opened


def _warned(figures: Figures, given: argparse.Namespace) -> int:
    if figures.unread:
        text = ngettext("{n} record could not be read", "{n} records could not be read", figures.unread)
        tell(text.format(n=figures.unread) + ": prompter journal rebuild")
    return 1 if given.unread or figures.unread else 0


def _write(file: str, form: str, title: str, subtitle: str, shown: Sequence[Block]) -> None:
    """Write the report in the given format to the given place. Raises CouldNotRun."""
    if form == "html":
        from prompter.report.page import page

        text = page(title, subtitle, shown, language())
    elif form == "csv":
        from prompter.report.plain import table_as_csv

        text = table_as_csv(shown)
    else:
        text = f"{title}\n{subtitle}\n{_plain(shown)}"
    if file == "-":
        sys.stdout.write(text)
        return
    try:
        # with a BOM a spreadsheet reads the CSV as UTF-8
        write_whole(Path(file), text.encode("utf-8-sig" if form == "csv" else "utf-8"), private=True)
    except OSError as error:
        message = _("{file} cannot be written: {reason}")
        tell(message.format(file=clean_line(file), reason=error.strerror or str(error)))
        raise CouldNotRun from error


def _plain(shown: Sequence[Block]) -> str:
    """For a terminal: only the tables, which say all that the plots do."""
    from rich.console import Console

    from prompter.report.plain import show

    out = io.StringIO()
    show(
        [block for block in shown if isinstance(block, Table)], Console(file=out, width=100, highlight=False)
    )
    return out.getvalue()
