"""Notices and articles past their last day: operators no longer see them, the base is still valid."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import in_force
from prompter.kb.problems import Problem


def check(seen: Seen) -> Iterator[Problem]:
    """Everything with an `until` before today."""
    today = seen.today.isoformat()
    for step in seen.sources.steps():
        if (until := step.data.get("until")) and not in_force(until, today):
            yield note(step.at("until"), "notice-past", until=until)
    for article in seen.sources.articles.values():
        if (until := article.data.get("until")) and not in_force(until, today):
            yield note(article.at("until"), "notice-past", until=until)
