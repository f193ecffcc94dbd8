"""Approvals whose review day has come."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.approvals import text_hash
from prompter.kb.lint.seen import Seen, note
from prompter.kb.problems import Problem


def check(seen: Seen) -> Iterator[Problem]:
    """Texts that a person wanted to review by now; they stay approved."""
    today = seen.today.isoformat()
    for said in seen.spoken() if any(one.review for one in seen.ledger.entries.values()) else ():
        in_force = seen.ledger.of(text_hash(said.text), said.language)
        if in_force and in_force[0].review and in_force[0].review <= today:
            yield note(said.place, "review-overdue", language=said.language, due=in_force[0].review)
