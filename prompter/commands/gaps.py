"""`prompter gaps`: what callers asked and no script answers, grouped and counted; closed with a reason."""

from __future__ import annotations

import argparse
import csv
import io
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from prompter.call.phrases import text_in
from prompter.commands import visit
from prompter.commands.base import tell
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import count, other_journals, somebody, where
from prompter.commands.outfile import CSV, SCREEN, TEXT, form_of, write_out
from prompter.commands.tables import paper
from prompter.journal import visiting
from prompter.journal.files import EXPECTED, trouble_of
from prompter.journal.gaps import (
    Group,
    JournalGaps,
    Occurrence,
    called,
    close,
    grouped,
    occurrences,
    of_file,
    of_journal,
)
from prompter.kb.model import KnowledgeBase
from prompter.locale import _, ngettext
from prompter.locale.formats import day_words
from prompter.text.safe import clean_line, for_spreadsheet

_JSON = "json"
_FORMS = {".csv": CSV, ".json": _JSON}
_WORDINGS = 3
"""How many other wordings of a group are shown."""


def options(parser: argparse.ArgumentParser) -> None:
    """What is shown and how, or which groups are closed."""
    parser.description = _(
        "Groups what callers asked and no script answers: 0 in a call, and searches that were left without a "
        "choice. Practice is not counted. The callers' words are forgotten after the days of `keep_days` in "
        "the settings; a file that you export is yours to look after."
    )
    several = _("journals of several desks, or folders with them, in place of this desk's; only read")
    other_journals(parser, several)
    parser.add_argument("--closed", action="store_true", help=_("those that were closed, with the reasons"))
    parser.add_argument("--limit", type=count, metavar="N", help=_("at most N groups"))
    formats = _("for people, a spreadsheet or programs; text by default")
    parser.add_argument("--format", choices=(TEXT, CSV, _JSON), help=formats)
    out = _("«-» for the screen, the default; otherwise the name ends in .csv or .json")
    parser.add_argument("--out", default=SCREEN, metavar=_("FILE"), help=out)
    closing = _("close these groups, as the list names them: a script answers them now, or none has to")
    parser.add_argument("--close", nargs="+", default=[], metavar=_("GROUP"), help=closing)
    why = _("why it is closed: of the scripts, not of a caller")
    parser.add_argument("--reason", default="", metavar=_("TEXT"), help=why)
    parser.add_argument("--by", type=somebody, default=None, metavar=_("NAME"), help=_("who closes it"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Show or close. Returns 0, 1 if a group is unknown, 2 if it could not run."""
    if given.close and not (given.reason and given.by):
        tell(_("gaps --close: say why and who, --reason TEXT --by NAME"))
        return 2
    form = form_of(given.out, given.format, _FORMS, TEXT)
    base = here.scripts().base
    with visit.journal(here) as journal:
        own = of_journal(journal)
        others = _others(given.journals)
        groups = grouped(occurrences(own.closings(), *others) if given.journals else occurrences(own))
        if given.close:
            chosen = _chosen(groups, given.close)
            number = close(journal, chosen, given.by, given.reason, time.time(), base.revision)
            print(ngettext("closed: {n} occurrence", "closed: {n} occurrences", number).format(n=number))
            return 0
    shown = [one for one in groups if (not one.open if given.closed else one.open)][: given.limit]
    output = _GapsOutput(base, here.settings.ui, here.settings.keep_days)
    if form == TEXT:
        output.show(shown, given.closed)
    else:
        write_out(given.out, output.csv(shown) if form == CSV else output.json(shown), form)
    return 0


def _others(places: Sequence[str]) -> list[JournalGaps]:
    """The gaps in other desks' journals. Raises CouldNotRun, reason printed, if one cannot be read."""
    found = []
    named = {place: visiting.found(Path(place)) for place in places}
    if empty := [place for place, journals in named.items() if not journals]:
        tell(_("no journal in {place}").format(place=", ".join(empty)))
        raise CouldNotRun
    for path in (one for journals in named.values() for one in journals):
        try:
            with visiting.read_only(path) as db:
                found.append(of_file(db))
        except FileNotFoundError as error:
            tell(_("there is no journal yet: {path}").format(path=path))
            raise CouldNotRun from error
        except EXPECTED as error:
            tell(visit.trouble_words(trouble_of(error, path)))
            raise CouldNotRun from error
    return found


def _chosen(groups: Sequence[Group], names: Sequence[str]) -> list[Group]:
    """The groups with these names. Raises CouldNotRun with 1 if a name matches none or several."""
    chosen = []
    for name in names:
        found = list(called(groups, name))
        if len(found) != 1:
            tell(_("no open group «{name}»: prompter gaps").format(name=name))
            raise CouldNotRun(1)
        chosen += found
    return list({one.name: one for one in chosen}.values())


class _GapsOutput:
    """Output of groups, with the titles of a base in the interface's language."""

    def __init__(self, base: KnowledgeBase, ui: str, keep_days: int) -> None:
        self.base, self.ui, self.keep_days = base, ui, keep_days

    def place(self, step: str) -> str:
        """A step as «scenario › step»; its id if it is no longer in the scripts."""
        if not step:
            return _("between calls")
        found = self.base.steps.get(step)
        if found is None:
            return _("{step} (no longer in the scripts)").format(step=step)
        titles = (self.base.scenarios[found.scenario].title, found.title)
        return " › ".join(text_in(one, self.ui, self.base.languages) for one in titles)

    # for people

    def show(self, groups: Sequence[Group], closed: bool) -> None:
        """Print each group with its wordings and places, then a summary."""
        console = paper()
        for group in groups:
            members = group.occurrences if closed else group.open
            times = ngettext("{n} time", "{n} times", len(members)).format(n=len(members))
            last = _("last {day}").format(day=day_words(_day(members[-1])))
            head = Text.assemble((group.name, "cyan"), "  ", (self._name(group, members), "bold"))
            console.print(head.append(f"  {times}, {last}", "dim"))
            for line in self._lines(group, members, closed):
                console.print(Padding(Text(line), (0, 0, 0, 8), expand=False))
        for line in self._summed_up(groups, closed):
            console.print(Text(line, "dim"))

    def _name(self, group: Group, members: Sequence[Occurrence]) -> str:
        if group.words:
            return f"«{clean_line(group.words)}»"
        if any(one.forgotten for one in members):
            return _("words forgotten")
        return _("words not written down")

    def _lines(self, group: Group, members: Sequence[Occurrence], closed: bool) -> Iterator[str]:
        others = dict.fromkeys(clean_line(one.words) for one in members if one.words)
        others.pop(clean_line(group.words), None)
        if others:
            more = f" +{len(others) - _WORDINGS}" if len(others) > _WORDINGS else ""
            yield (
                _("also: {words}").format(words=", ".join(f"«{one}»" for one in [*others][:_WORDINGS])) + more
            )
        yield ", ".join(f"{self.place(step)} ({n})" for step, n in _places(members))
        if closing := group.closing:
            text = _("closed {day}, {by}: {reason}") if closed else _("closed before, {day}, {by}: {reason}")
            day = datetime.fromtimestamp(closing.at).date().isoformat()
            yield text.format(day=day_words(day), by=closing.by, reason=closing.reason)

    def _summed_up(self, groups: Sequence[Group], closed: bool) -> Iterator[str]:
        if not groups:
            yield (
                _("Nothing was closed yet.") if closed else _("Every question has its answer: no open gaps.")
            )
            return
        members = (one for group in groups for one in (group.occurrences if closed else group.open))
        forgotten = sum(one.forgotten for one in members)
        if forgotten:
            text = ngettext(
                "The words of {n} occurrence were forgotten: they are kept for {days} days (keep_days).",
                "The words of {n} occurrences were forgotten: they are kept for {days} days (keep_days).",
                forgotten,
            )
            yield text.format(n=forgotten, days=self.keep_days)
        if not closed:
            text = _("To close one: prompter gaps --close {name} --reason TEXT --by NAME")
            yield text.format(name=groups[0].name)

    # for programs

    def json(self, groups: Sequence[Group]) -> str:
        """Groups with their occurrences; times are UTC."""
        plain = [
            {
                "id": group.name,
                "words": group.words,
                "open": len(group.open),
                "occurrences": [self._plain(one) for one in group.occurrences],
            }
            for group in groups
        ]
        return json.dumps({"keep_days": self.keep_days, "gaps": plain}, ensure_ascii=False, indent=2) + "\n"

    def csv(self, groups: Sequence[Group]) -> str:
        """One line per occurrence. No cell runs as a formula."""
        out = io.StringIO()
        fields = ("group", "group_words", *self._plain(Occurrence("", "", 0.0, "", "")))
        writer = csv.DictWriter(out, fields, lineterminator="\n")
        writer.writeheader()
        for group in groups:
            for one in group.occurrences:
                row = {"group": group.name, "group_words": group.words, **self._plain(one)}
                writer.writerow({name: for_spreadsheet(str(value)) for name, value in row.items()})
        return out.getvalue()

    def _plain(self, one: Occurrence) -> dict[str, str | bool]:
        return {
            "id": one.id,
            "at": _moment(one.at),
            "kind": one.kind,
            "step": one.step,
            "place": self.place(one.step),
            "words": one.words,
            "forgotten": one.forgotten,
            "closed": _moment(one.closed.at) if one.closed else "",
            "closed_by": one.closed.by if one.closed else "",
            "reason": one.closed.reason if one.closed else "",
        }


def _places(members: Sequence[Occurrence]) -> list[tuple[str, int]]:
    """The steps where it was asked, most frequent first."""
    return Counter(one.step for one in members).most_common()


def _day(one: Occurrence) -> str:
    return datetime.fromtimestamp(one.at).date().isoformat()


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
