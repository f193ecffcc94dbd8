"""`prompter report`: what happened in a day, a week or other days, as a table, CSV or a page."""

from __future__ import annotations

import argparse
import io
import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from prompter.commands.base import tell
from prompter.commands.days import day, moments
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import other_journals, where
from prompter.commands.outfile import CSV, HTML, REPORT_FORMS, TEXT, form_of, report_options, write_out
from prompter.commands.report_blocks import blocks
from prompter.commands.visit import trouble_words
from prompter.journal.figures import Figures, collect
from prompter.journal.files import EXPECTED, JOURNAL, trouble_of
from prompter.journal.visiting import desk_of, found, read_only, visited
from prompter.locale import _, language, ngettext
from prompter.locale.formats import day_words
from prompter.report.blocks import Block, Table
from prompter.text.safe import clean_line


def options(parser: argparse.ArgumentParser) -> None:
    """Which days, which desks, which format."""
    parser.description = _(
        "Counts calls, norms and call-backs: today's if no days are named. Practice is not counted."
    )
    period = parser.add_mutually_exclusive_group()
    today = _("one day, today by default")
    period.add_argument("--day", type=day, nargs="?", const=date.today(), metavar=_("DAY"), help=today)
    week = _("the seven days up to this day, today by default")
    period.add_argument("--week", type=day, nargs="?", const=date.today(), metavar=_("DAY"), help=week)
    period.add_argument(
        "--from", dest="since", type=day, metavar=_("DAY"), help=_("from this day on, 2026-11-29")
    )
    last = _("up to this day, it included")
    parser.add_argument("--to", dest="until", type=day, metavar=_("DAY"), help=last)
    several = _("journals of several desks, or folders with them, in place of this desk's; only read")
    other_journals(parser, several)
    report_options(parser)
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print or write the report; returns 0, 1 if a journal could not be read, 2 if none could."""
    first, last = _period(given)
    form = form_of(given.out, given.format, REPORT_FORMS, TEXT)
    scripts = here.scripts()
    with ExitStack() as stack:
        journals = _opened(given, here, stack)
        count = len({desk_of(db) or path for path, db in journals})
        figures = collect((db for _path, db in journals), *moments(first, last), time.time())
    period = day_words(first.isoformat())
    if first != last:
        period = f"{period} – {day_words(last.isoformat())}"
    desks = ngettext("{n} desk", "{n} desks", count).format(n=count)
    subtitle = f"{period} · {desks} · {_('practice is not counted')}"
    title = f"{_('Report')} · {scripts.base.company}"
    shown = blocks(figures, scripts.base, here.settings.ui)
    write_out(given.out, _drawn(form, title, subtitle, shown), form)
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
    own = here.home / JOURNAL
    named = {place: found(Path(place)) for place in given.journals} if given.journals else {"": [own]}
    missed = [place for place, journals in named.items() if not journals]
    for place in missed:  # a share that is not mounted leaves an empty folder
        tell(_("no journal in {place}").format(place=clean_line(place)))
    paths = [path for journals in named.values() for path in journals]
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
    given.unread = len(missed) + len(paths) - len(opened)
    return opened


def _warned(figures: Figures, given: argparse.Namespace) -> int:
    if figures.unread:
        text = ngettext("{n} record could not be read", "{n} records could not be read", figures.unread)
        tell(text.format(n=figures.unread) + ": prompter journal rebuild")
    return 1 if given.unread or figures.unread else 0


def _drawn(form: str, title: str, subtitle: str, shown: Sequence[Block]) -> str:
    """The report in this format."""
    if form == HTML:
        from prompter.report.page import page

        return page(title, subtitle, shown, language())
    if form == CSV:
        from prompter.report.plain import table_as_csv

        return table_as_csv(shown)
    return f"{title}\n{subtitle}\n{_plain(shown)}"


def _plain(shown: Sequence[Block]) -> str:
    """For a terminal: only the tables, which say all that the plots do."""
    from rich.console import Console

    from prompter.report.plain import show

    out = io.StringIO()
    show(
        [block for block in shown if isinstance(block, Table)], Console(file=out, width=100, highlight=False)
    )
    return out.getvalue()
