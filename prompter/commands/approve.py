"""`prompter approve`: write into the ledger that a person approved a phrase's text."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from prompter.commands.base import tell
from prompter.commands.here import Here
from prompter.commands.options import somebody, where
from prompter.commands.reports import tell_problems
from prompter.kb.approving import approve
from prompter.kb.problems import BaseUnusable
from prompter.locale import _


def options(parser: argparse.ArgumentParser) -> None:
    """Which phrases in which language, and who approved them."""
    parser.add_argument("phrases", nargs="+", metavar=_("PHRASE"))
    parser.add_argument("--lang", dest="text_language", required=True, metavar="ru|ky", help=_("which text"))
    parser.add_argument("--by", required=True, type=somebody, metavar=_("NAME"), help=_("who approved it"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Approve each phrase's present text: 0, or 1 where one was refused, 2 where it cannot be written."""
    folder = here.sources()
    at = datetime.now(UTC)
    refused = 0
    for phrase in given.phrases:
        try:
            approved, problems = approve(folder, phrase, given.text_language, given.by, at)
        except BaseUnusable as unusable:
            tell_problems(unusable.problems, folder)
            return 1
        except OSError as error:
            tell(_("{file} cannot be written: {reason}").format(file=folder, reason=error.strerror))
            return 2
        tell_problems(problems, folder)
        refused += not approved
        for one in approved:
            text = _("approved: {phrase} ({language}), by {by}")
            print(text.format(phrase=one.phrase, language=one.lang, by=one.by))
    return 1 if refused else 0
