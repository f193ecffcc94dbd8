"""`prompter check`: every problem of a base, with its place."""

from __future__ import annotations

import argparse

from prompter.commands.base import tell_problems
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.kb.build import load_sources
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
        base, problems = load_sources(folder)
    except BaseUnusable as unusable:
        base, problems = None, unusable.problems
    tell_problems(problems, to_stdout=True)
    errors = sum(problem.severity == ERROR for problem in problems)
    if base is None:
        text = ngettext("{folder}: {n} error", "{folder}: {n} errors", errors)
        print(text.format(folder=place, n=errors))
        return 1
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
    print(f"{place}: {_('no errors')}, {counts}, {waiting}")
    return 0
