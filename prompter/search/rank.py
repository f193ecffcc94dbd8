"""Finding: the entries that fit a query best. Pure: index, query, context and what was learned give the hits.

The words of the query are fitted to the vocabulary, the entries that bear fitting words are counted in sets of
bits, and the few dozen best are looked at word by word: how much is covered, in what order, how near, how early.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from prompter.search.bits import Scores, docs_of
from prompter.search.fits import DEEP, SLIPS, Fit, fit_of
from prompter.search.index import Index
from prompter.search.lexicon import EXACT
from prompter.search.readings import readings

_LOOKED_AT = 64
_MOST_WORDS = 16
_WEIGHT = 4
_ENOUGH = 18
"""Where each word fits an entry so well, nothing deeper is looked for."""


class Hit(Struct, frozen=True):
    """An entry that fits: its number in the index, and how well, from 0 to about 1.3."""

    doc: int
    score: float


def rank(index: Index, query: str, limit: int = 20) -> list[Hit]:
    """The best entries, best first."""
    found: dict[int, float] = {}
    for depth in (SLIPS, DEEP):
        complete = False
        for words in readings(index, query, depth):
            for doc, (score, weakest) in _search(index, words[:_MOST_WORDS], depth).items():
                complete |= weakest >= _ENOUGH
                if score > found.get(doc, 0.0):
                    found[doc] = score
        if complete:
            break
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Hit(doc, score) for doc, score in best]


def _search(index: Index, words: Sequence[str], depth: int) -> dict[int, tuple[float, int]]:
    fits = [fit_of(index, word, at == len(words) - 1, depth) for at, word in enumerate(words)]
    total = sum(fit.matters for fit in fits) * EXACT
    if not total:
        return {}
    return {doc: _score(index.of(doc), fits, total) for doc in _candidates(index, fits)}


def _candidates(index: Index, fits: Sequence[Fit]) -> list[int]:
    scores = Scores()
    among = 0
    for fit in fits:
        for step, members in fit.steps:
            scores.add(members, step * round(fit.matters * _WEIGHT))
        if fit.steps:
            among |= fit.steps[-1][1]
    if fits[0].opens:
        scores.add(fits[0].opens, 6)
    sure, rest = scores.best(among, _LOOKED_AT)
    docs = list(docs_of(sure, index.count))
    for doc in docs_of(rest, index.count):
        if len(docs) >= _LOOKED_AT:
            break
        docs.append(doc)
    return docs


def _score(tokens: Sequence[int], fits: Sequence[Fit], total: float) -> tuple[float, int]:
    covered, near, before, used = 0.0, 0, -2, set()
    ordered = 0
    first = -1
    weakest = EXACT
    for number, fit in enumerate(fits):
        best, place = 0, -1
        for at, token in enumerate(tokens):
            level = fit.levels.get(token, 0)
            if level and at in used:
                level -= 6
            if level > best or (level == best and level and at == before + 1):
                best, place = level, at
        weakest = min(weakest, best)
        if place < 0:
            continue
        used.add(place)
        covered += fit.matters * best
        near += place == before + 1
        ordered += place > before
        if number == 0:
            first = place
        before = place
    count = len(fits)
    score = covered / total
    if count > 1:
        score += 0.06 * near / (count - 1) + 0.02 * ordered / count
    score += 0.05 / count * (first == 0) + 0.03 * len(used) / len(tokens)
    return score, weakest
