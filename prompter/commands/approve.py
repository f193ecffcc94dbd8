"""`prompter approve`: write into the ledger that a person approved a phrase's text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prompter.commands.base import tell, tell_problems
from prompter.kb.approving import approve
from prompter.kb.problems import BaseUnusable
from prompter.locale import _


def run(folder: Path, phrases: list[str], language: str, by: str) -> int:
    """Approve each phrase's present text: 0, or 1 where one was refused, 2 where it cannot be written."""
    at = datetime.now(UTC)
    refused = 0
    for phrase in phrases:
        try:
            approved, problems = approve(folder, phrase, language, by, at)
        except BaseUnusable as unusable:
            tell_problems(unusable.problems)
            return 1
        except OSError as error:
            tell(_("{file} cannot be written: {reason}").format(file=folder, reason=error.strerror))
            return 2
        tell_problems(problems)
        refused += not approved
        for one in approved:
            text = _("approved: {phrase} ({language}), by {by}")
            print(text.format(phrase=one.phrase, language=one.lang, by=one.by))
    return 1 if refused else 0
