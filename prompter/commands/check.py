"""`prompter check`: every problem of a base, with its place."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from prompter.commands.base import tell_problems
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.kb.approvals import DRAFT, STALE, spoken_phrases, survey
from prompter.kb.build import load_sources
from prompter.kb.ledger import read_ledger
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import ERROR, BaseUnusable
from prompter.locale import _, ngettext
from prompter.text.safe import clean_line


def options(parser: argparse.ArgumentParser) -> None:
    """Where the scripts are."""
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print the problems; 0 where none is an error, 1 where the base cannot be used."""
    folder = here.sources()
    place = clean_line(str(folder))
    try:
        base, problems = load_sources(folder, today=date.today())
    except BaseUnusable as unusable:
        base, problems = None, unusable.problems
    tell_problems(problems, to_stdout=True)
    errors = sum(problem.severity == ERROR for problem in problems)
    if base is None:
        text = ngettext("{folder}: {n} error", "{folder}: {n} errors", errors)
        print(text.format(folder=place, n=errors))
        return 1
    print(f"{place}: {_('no errors')}, {_counted(folder, base)}")
    return 0


def _counted(folder: Path, base: KnowledgeBase) -> str:
    """How many phrases there are, and how many texts wait for approval."""
    ledger, _problems = read_ledger(folder)
    count = len(spoken_phrases(base))
    states = Counter(one.state for one in survey(base, ledger))
    parts = [
        ngettext("{n} phrase", "{n} phrases", count).format(n=count),
        ngettext("{n} text not approved", "{n} texts not approved", states[DRAFT]).format(n=states[DRAFT]),
    ]
    if stale := states[STALE]:
        parts.append(ngettext("{n} stale translation", "{n} stale translations", stale).format(n=stale))
    return ", ".join(parts)
