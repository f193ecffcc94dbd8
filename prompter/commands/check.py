"""`prompter check`: every problem of a base, with its place."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.problem_output import FORMATS
from prompter.kb.approvals import DRAFT, STALE, Ledger, spoken_phrases, survey
from prompter.kb.checking import Checked, check_folder
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import ERROR, WARNING
from prompter.locale import _, ngettext
from prompter.text.safe import clean_line


def options(parser: argparse.ArgumentParser) -> None:
    """The output format, strictness, and where the scripts are."""
    parser.description = _(
        "Lists every mistake in the scripts: where it is and what to do. Exit code 1 if any is an error."
    )
    formats = _("for people, for programs, or for the checks of a repository; text by default")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help=formats)
    parser.add_argument("--strict", action="store_true", help=_("a warning is an error too"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print the problems; returns 1 if any is an error, else 0."""
    folder = here.sources()
    checked = check_folder(folder, date.today(), given.strict)
    FORMATS[given.format](checked.problems, checked.texts, sys.stdout)
    if given.format == "text":
        _sum_up(folder, checked)
    return 1 if any(one.severity == ERROR for one in checked.problems) else 0


def _sum_up(folder: Path, checked: Checked) -> None:
    """Print the number of problems, and what the base contains if it can be loaded."""
    problems = checked.problems
    if problems:
        print(_("What a code means, with examples: prompter explain CODE"))
    if checked.more:
        print(_("There are more of the same kind: they are shown when some of these are mended"))
    warnings = sum(one.severity == WARNING for one in problems)
    if warnings:
        print(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    errors = sum(one.severity == ERROR for one in problems)
    place = clean_line(str(folder))
    wrong = ngettext("{folder}: {n} error", "{folder}: {n} errors", errors).format(folder=place, n=errors)
    if checked.base is None:
        print(wrong)
        return
    state = f"{wrong}, {_('but the base can be loaded')}" if errors else f"{place}: {_('no errors')}"
    print(f"{state}, {_held(checked.base, checked.ledger)}")


def _held(base: KnowledgeBase, ledger: Ledger) -> str:
    """The number of phrases, and of texts pending approval."""
    count = len(spoken_phrases(base))
    states = Counter(one.state for one in survey(base, ledger))
    parts = [
        ngettext("{n} phrase", "{n} phrases", count).format(n=count),
        ngettext("{n} text not approved", "{n} texts not approved", states[DRAFT]).format(n=states[DRAFT]),
    ]
    if stale := states[STALE]:
        parts.append(ngettext("{n} stale translation", "{n} stale translations", stale).format(n=stale))
    return ", ".join(parts)
