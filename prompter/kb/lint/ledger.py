"""Invalid records of the ledger: a hand edit or a merge broke them, and their texts are pending again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from prompter.kb.approvals import Approval
from prompter.kb.lint.seen import Seen, note
from prompter.kb.problems import Place, Problem
from prompter.kb.source import LEDGER_FILE

_HASH = re.compile("[0-9a-f]{16}")


def check(seen: Seen) -> Iterator[Problem]:
    """Every record with a field that the program would not have written."""
    languages = seen.sources.base.data.get("languages") or []
    for one in seen.ledger.entries.values():
        for field, value in _broken(one, languages):
            place = _place(seen.texts.lines(LEDGER_FILE), field, value)
            yield note(place, "broken-record", field=field, value=value, phrase=one.phrase or one.text)


def _place(lines: list[str], field: str, value: str) -> Place:
    for number, line in enumerate(lines, 1):
        if line.lstrip("- ").startswith(f"{field}:") and value in line:
            return Place(LEDGER_FILE, number, line.rindex(value) + 1)
    return Place(LEDGER_FILE)


def _broken(one: Approval, languages: list[str]) -> Iterator[tuple[str, str]]:
    if not _HASH.fullmatch(one.text):
        yield "text", one.text
    if one.source and not _HASH.fullmatch(one.source):
        yield "source", one.source
    if languages and one.lang not in languages:
        yield "lang", one.lang
    if not _is_moment(one.at):
        yield "at", one.at


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
