"""`prompter check`: every problem of a base, with its place."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.reports import FORMATS
from prompter.kb.checking import check_folder
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import ERROR, WARNING, Problem
from prompter.locale import _, ngettext
from prompter.text.safe import clean_line


def options(parser: argparse.ArgumentParser) -> None:
    """How the problems are told, how strictly they are taken, where the scripts are."""
    formats = _("for people, for programs, or for the checks of a repository")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help=formats)
    parser.add_argument("--strict", action="store_true", help=_("a warning is an error too"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Tell the problems; 0 where none is an error, 1 where one is."""
    folder = here.sources()
    checked = check_folder(folder, date.today(), given.strict)
    FORMATS[given.format](checked.problems, checked.texts, sys.stdout)
    if given.format == "text":
        _sum_up(folder, checked.base, checked.problems)
    return 1 if any(one.severity == ERROR for one in checked.problems) else 0


def _sum_up(folder: Path, base: KnowledgeBase | None, problems: Sequence[Problem]) -> None:
    """How many problems there are, and what the base holds if it can be loaded."""
    if problems:
        print(_("What a code means, with examples: prompter explain CODE"))
    warnings = sum(one.severity == WARNING for one in problems)
    if warnings:
        print(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    errors = sum(one.severity == ERROR for one in problems)
    place = clean_line(str(folder))
    wrong = ngettext("{folder}: {n} error", "{folder}: {n} errors", errors).format(folder=place, n=errors)
    if base is None:
        print(wrong)
        return
    state = f"{wrong}, {_('but the base can be loaded')}" if errors else f"{place}: {_('no errors')}"
    print(f"{state}, {_held(base)}")


def _held(base: KnowledgeBase) -> str:
    spoken = [step.say for step in base.steps.values() if step.say]
    phrases = {phrase.id for phrase in spoken}
    drafts = {
        (phrase.id, language)
        for phrase in spoken
        for language, wordings in phrase.wordings.items()
        if not all(wording.approved for wording in wordings)
    }
    counts = ngettext("{n} phrase", "{n} phrases", len(phrases)).format(n=len(phrases))
    waiting = ngettext("{n} text not approved", "{n} texts not approved", len(drafts)).format(n=len(drafts))
    return f"{counts}, {waiting}"
