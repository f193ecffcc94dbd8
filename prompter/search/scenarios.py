"""Filtering scenarios by the words typed: title and what callers say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prompter.kb.model import Scenario
from prompter.search.words import begins, fold
from prompter.text.layout import swap_layout


def matching(scenarios: Iterable[Scenario], query: str) -> list[Scenario]:
    """The scenarios that bear every typed word's beginning, in their order, title matches first.

    Where nothing fits, the query is read in the other keyboard layout.
    """
    all_ = list(scenarios)
    return _matching(all_, query) or _matching(all_, swap_layout(query))


def _matching(scenarios: list[Scenario], query: str) -> list[Scenario]:
    words = fold(query).split()
    if not words:
        return scenarios
    in_title = [s for s in scenarios if begins(words, s.title.values())]
    by_caller = [s for s in scenarios if s not in in_title and begins(words, _said(s))]
    return in_title + by_caller


def _said(scenario: Scenario) -> Iterator[str]:
    for lines in scenario.caller.values():
        yield from lines
    yield from scenario.title.values()
