"""`prompter practice report`: who is ready, where the class is weak, which phrase may be at fault."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from prompter.call.drill_events import PhraseMissed
from prompter.call.events import CALL, PRACTICE, Event
from prompter.commands import visit
from prompter.commands.base import tell
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import other_journals, where
from prompter.commands.outfile import (
    CSV,
    HTML,
    REPORT_FORMS,
    SCREEN,
    TEXT,
    form_of,
    report_options,
    write_out,
)
from prompter.journal.drills import results, story_of
from prompter.journal.exports import UnreadableExport, events_in, files_in
from prompter.journal.store import Journal
from prompter.locale import _, language, ngettext
from prompter.locale.errors import in_words
from prompter.locale.formats import day_words
from prompter.text.safe import clean_line

if TYPE_CHECKING:
    from prompter.kb.model import KnowledgeBase
    from prompter.practice.store import Results
    from prompter.report.blocks import Block


def options(parser: argparse.ArgumentParser) -> None:
    """Whose results, where they come from, and the output format."""
    parser.add_argument("--name", default=argparse.SUPPRESS, metavar=_("NAME"), help=_("only this trainee"))
    other_journals(parser, _("exported or copied journals of other desks, instead of this one's"))
    report_options(parser)
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print or write the report. Returns 0, 1 if nobody drilled, 2 if something cannot be read or written."""
    given.format = form_of(given.out, given.format, REPORT_FORMS, TEXT)
    base = here.scripts().base
    with ExitStack() as stack:
        journal = None if given.journals else stack.enter_context(visit.journal(here))
        return _report(given, here, base, Events(journal, given.journals))


def _report(given: argparse.Namespace, here: Here, base: KnowledgeBase, events: Events) -> int:
    from prompter.commands.practice_blocks import PracticeReport
    from prompter.practice.store import results_of

    found, name = results_of(events.results()), clean_line(given.name)
    if name:
        found = found.of(name)
    if not found.attempts:
        tell(_("No drills of «{name}»").format(name=name) if name else _("Nobody has drilled yet"))
        return 1
    report = PracticeReport(base, here.settings.ui)
    blocks = [*report.blocks(found), *(report.replays(found, events.story) if given.format == HTML else ())]
    _out(given.out, given.format, blocks, found)
    return 0


def _out(file: str, form: str, blocks: Sequence[Block], found: Results) -> None:
    from rich.console import Console

    from prompter.report.page import page
    from prompter.report.plain import show, table_as_csv

    if form == HTML:
        last = max(one.at for one in found.attempts.values())
        text = page(_("Practice"), _("up to {day}").format(day=day_words(_iso(last))), blocks, language())
    elif form == CSV:
        text = table_as_csv(blocks)
    elif file == SCREEN:  # at its own width and colours
        show(blocks, Console(highlight=False))
        return
    else:
        out = StringIO()
        show(blocks, Console(file=out, width=120, highlight=False))
        text = out.getvalue()
    write_out(file, text, form)


def _iso(at: float) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(at).date().isoformat()


class Events:
    """The events of this desk's journal, or of the folders given instead."""

    def __init__(self, journal: Journal | None, folders: Sequence[str]) -> None:
        self._journal = journal
        self._read = [one for folder in folders for one in _from_folder(Path(folder))]

    def results(self) -> list[Event]:
        """The events with trainees' results."""
        return results(self._journal) if self._journal else self._read

    def story(self, drill: str) -> list[Event]:
        """All events of one drill, including its calls."""
        if self._journal:
            return story_of(self._journal, drill)
        mine = [one for one in self._read if getattr(one.body, "drill", "") == drill]
        calls = {one.call for one in mine if one.call}
        return [one for one in self._read if one.call in calls or getattr(one.body, "drill", "") == drill]


def _from_folder(folder: Path) -> list[Event]:
    """Every event of practice in a folder's journals, without duplicates. Raises CouldNotRun."""
    found: dict[str, Event] = {}
    files = files_in(folder)
    if not files:
        tell(_("no journals in {path}: *.jsonl or *.db").format(path=clean_line(str(folder))))
        raise CouldNotRun
    for file in files:
        try:
            events, skipped = events_in(file, (PRACTICE, CALL))
        except UnreadableExport as error:
            reason = in_words(error.reason) or _("a journal of another version: export it there")
            tell(f"{clean_line(str(error.path))}: {clean_line(reason)}")
            raise CouldNotRun from error
        if skipped:
            text = ngettext("{n} record cannot be read", "{n} records cannot be read", skipped)
            tell(f"{clean_line(str(file))}: {text.format(n=skipped)}")
        drilled = (one for one in events if one.mode == PRACTICE or isinstance(one.body, PhraseMissed))
        found |= {one.id: one for one in drilled}
    return list(found.values())
