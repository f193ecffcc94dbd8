"""Everything searchable in one base, ready to be queried at every key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from prompter.kb.model import KnowledgeBase
from prompter.search.entries import EXPRESSION, entries_of
from prompter.search.index import OPENING, Entry, build
from prompter.search.rank import NOWHERE, Context, Hit, Learned, rank
from prompter.text.patterns import expression

LIMIT = 20
"""How many hits are worth reading."""

_SURELY = 0.5
"""A scenario with at least this score comes before a forbidden expression that was typed in a call."""


class Finder:
    """Built beside the screen's thread, then read-only; a new base gets a new one. `base` is its source.

    Given a language, it finds only texts in that one.
    """

    def __init__(self, base: KnowledgeBase, language: str = "") -> None:
        self.base = base
        self._index = build(one for one in entries_of(base) if language in ("", one.lang))
        self._expressions = [
            (one, lang, expression(patterns, one.window, one.ordered, one.unless.get(lang, ())))
            for one in base.forbidden.values()
            for lang, patterns in one.pattern.items()
            if language in ("", lang)
        ]

    def find(
        self, query: str, context: Context = NOWHERE, learned: Learned | None = None, limit: int = LIMIT
    ) -> list[Hit]:
        """The best hits, best first. Forbidden expressions in the query come first; in a call, after the
        scenarios that fit well."""
        said = list(self._said(query, context))
        known = {hit.entry.thing for hit in said}
        ranked = rank(self._index, query, context, learned, limit)
        hits = [hit for hit in ranked if hit.entry.thing not in known]
        before = list(takewhile(_surely_opens, hits)) if context.in_call else []
        return [*before, *said, *hits[len(before) :]][:limit]

    def _said(self, query: str, context: Context) -> Iterator[Hit]:
        """The expressions that the query contains, each once."""
        seen: set[str] = set()
        for one, lang, compiled in self._expressions:
            theirs = not (one.departments and context.department) or context.department in one.departments
            if one.id in seen or not theirs or not (spans := compiled.find(query)):
                continue
            seen.add(one.id)
            entry = Entry(one.id, query, lang, EXPRESSION, departments=one.departments)
            yield Hit(entry, 1.0, tuple(spans))


def _surely_opens(hit: Hit) -> bool:
    return hit.entry.kind in OPENING and hit.score >= _SURELY
