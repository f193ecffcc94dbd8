"""Approving a phrase: its present texts, as a person saw them, go into the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prompter.kb.approvals import Approval, read_ledger, source_hash, write_ledger
from prompter.kb.build import load_sources
from prompter.kb.problems import Place, Problem
from prompter.kb.read import unknown
from prompter.kb.source import LEDGER_FILE
from prompter.text.safe import clean_line


def approve(
    folder: Path, phrase_id: str, lang: str, by: str, at: datetime
) -> tuple[list[Approval], list[Problem]]:
    """Approve every variant of a phrase in one language; what was approved, or why nothing was.

    A step that borrows its words stands for the step that owns them. `at` must know its time zone.
    Raises BaseUnusable while the base has errors, ValueError for a naive time, OSError if the ledger
    cannot be written.
    """
    if at.tzinfo is None:
        raise ValueError("the time of an approval needs a time zone")
    base, _ = load_sources(folder)
    step = base.steps.get(phrase_id)
    phrase = step.say if step else None
    if phrase is None:
        return [], [_unknown_phrase(phrase_id, [one.id for one in base.steps.values() if one.say])]
    wordings = phrase.wordings.get(lang)
    if not wordings:
        args: dict[str, str | int] = {"phrase": phrase.id, "language": lang}
        return [], [Problem(Place(LEDGER_FILE), "phrase-not-in-language", args)]
    ledger, problems = read_ledger(folder)
    if problems:
        return [], problems
    origin = ""
    if lang != base.languages[0]:
        origin = source_hash([one.text for one in phrase.wordings.get(base.languages[0], ())])
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = [Approval(one.hash, lang, clean_line(by), moment, origin, phrase.id) for one in wordings]
    for approval in made:
        ledger.add(approval)
    write_ledger(folder, ledger)
    return made, []


def _unknown_phrase(phrase_id: str, known: list[str]) -> Problem:
    args: dict[str, str | int] = {"phrase": clean_line(phrase_id)}
    return unknown(Place(LEDGER_FILE), "unknown-phrase", args, phrase_id, known)
