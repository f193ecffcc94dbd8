"""Ranking: the entries that best fit a query. Pure: index, query, context and learned choices give the hits.

1. `readings`: what the line may mean (as typed, in the other layout, words joined or split).
2. `fits`: which words of the vocabulary each typed word fits, and how well.
3. Here: scores of all entries at once in sets of bits, then the few dozen best word by word: how much is
covered, how near, in what order, how early. Slips in words that already fit something are considered only if
no entry contains every word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from prompter.search.bits import Scores, bits_of, docs_of
from prompter.search.fits import DEEP, SLIPS, fit_of
from prompter.search.index import OPENING, Entry, Index, Thing
from prompter.search.lexicon import EXACT, Fit
from prompter.search.readings import readings
from prompter.text.folding import fold, places
from prompter.text.folding import words as words_of

_LOOKED_AT, _SCENARIOS_LOOKED_AT = 64, 16
_WEIGHT = 4
"""The weight of the rarest word relative to the commonest (1) while all entries are counted."""
_ENOUGH = 18
"""If every word fits an entry at this level, the search goes no deeper."""
_DEEPEST = 4
"""No entry contains every word of a caller's sentence: in a longer one known words are taken as they are."""
_LEAST = 0.15
"""A hit that covers less of the query is dropped."""
_OPENS, _NEAR, _ORDERED, _SHORT = 0.05, 0.06, 0.02, 0.03
"""Added to the covered part (0 to 1) for beginning with the first word, for adjacent words, for words in
order, and for few others."""
_OPENS_FIRST = 6
_TAKEN = 6
"""Subtracted from a level if another typed word already took the same word."""
_HERE = 0.02
"""Entries of the open scenario come before equal ones."""
_NEARLY = 0.6
"""In a call scenarios come first if they score at least this fraction of the best hit."""

Learned = Mapping[str, Sequence[Thing]]
"""The choices for a query, keyed as by `learned_as`, latest first."""


class Context(Struct, frozen=True):
    """Where the operator is. Empty fields are ignored; entries of other departments are left out.

    `scenario` is the one open now.
    """

    scenario: str = ""
    department: str = ""
    in_call: bool = False


NOWHERE = Context()


class Hit(Struct, frozen=True):
    """A matching entry: its score (about 1 for all of the query), and the spans of the matching words."""

    entry: Entry
    score: float
    spans: tuple[tuple[int, int], ...]


class _Seen(Struct, frozen=True):
    """An examined entry: its score, the level of the worst typed word, the places of the words that fit."""

    score: float
    weakest: int
    places: frozenset[int]


def learned_as(query: str) -> str:
    """The key under which choices are remembered: folded, without doubled spaces."""
    return " ".join(fold(query).split())


def rank(
    index: Index, query: str, context: Context = NOWHERE, learned: Learned | None = None, limit: int = 20
) -> list[Hit]:
    """The best entries, best first, each thing once. Empty if nothing fits."""
    found = {doc: seen for doc, seen in _found(index, query, context).items() if seen.score >= _LEAST}
    scores = {doc: _in_context(index.entries[doc], seen, context) for doc, seen in found.items()}
    chosen = (learned or {}).get(learned_as(query), ())
    first = _NEARLY * max(scores.values(), default=0.0) if context.in_call else None

    def place(doc: int) -> tuple[bool, float, int, float, int]:
        entry, score = index.entries[doc], scores[doc]
        behind = first is not None and not (entry.kind in OPENING and score >= first)
        learned_place = chosen.index(entry.thing) if entry.thing in chosen else len(chosen)
        return behind, -round(score, 2) if chosen else 0.0, learned_place, -score, doc

    things: set[Thing] = set()
    hits = []
    for doc in sorted(scores, key=place):
        entry = index.entries[doc]
        if entry.thing not in things:
            things.add(entry.thing)
            hits.append(Hit(entry, round(scores[doc], 4), _spans(entry.text, found[doc].places)))
            if len(hits) == limit:
                break
    return hits


def _found(index: Index, query: str, context: Context) -> dict[int, _Seen]:
    """The entries that may fit, by number."""
    found: dict[int, _Seen] = {}
    for depth in (SLIPS, DEEP):
        for words, doubt in readings(index, query, depth):
            for doc, seen in _search(index, words, depth, context):
                if doc not in found or seen.score * doubt > found[doc].score:
                    found[doc] = replace(seen, score=seen.score * doubt)
        if len(words_of(query)) > _DEEPEST or any(seen.weakest >= _ENOUGH for seen in found.values()):
            break
    return found


def _search(index: Index, words: Sequence[str], depth: int, context: Context) -> Iterator[tuple[int, _Seen]]:
    fits = [fit_of(index, word, at == len(words) - 1, depth) for at, word in enumerate(words)]
    for doc in _candidates(index, fits, context):
        yield doc, _look(index.of(doc), fits)


def _candidates(index: Index, fits: Sequence[Fit], context: Context) -> Iterator[int]:
    """The few dozen entries with the best sums of levels, in a call also the best scenarios."""
    scores = Scores()
    among = 0
    for fit in fits:
        for step, members in fit.steps:
            scores.add(members, step * round(fit.matters * _WEIGHT))
        among |= fit.steps[-1][1] if fit.steps else 0
    scores.add(fits[0].opens, _OPENS_FIRST)
    among &= index.seen_by(context.department)
    docs = _best(index, scores, among, _LOOKED_AT)
    if context.in_call:
        docs |= _best(index, scores, among & index.scenarios, _SCENARIOS_LOOKED_AT)
    yield from docs_of(docs, index.count)


def _best(index: Index, scores: Scores, among: int, wanted: int) -> int:
    """The set of the best entries; of equal ones the short ones."""
    sure, rest = scores.best(among, wanted)
    missing = wanted - sure.bit_count()
    return sure | bits_of(islice(docs_of(rest, index.count), missing), index.count)


def _look(tokens: Sequence[int], fits: Sequence[Fit]) -> _Seen:
    """Examine one entry. Each typed word takes the place that fits best, if it can next to the one before."""
    covered, near, ordered, before, weakest = 0.0, 0, 0, -2, EXACT
    used: set[int] = set()
    for fit in fits:
        level, place = _place(tokens, fit, used, before)
        weakest = min(weakest, level)
        if level:
            used.add(place)
            covered += fit.matters * level
            near += place == before + 1
            ordered += place > before
            before = place
    count = len(fits)
    score = covered / (sum(fit.matters for fit in fits) * EXACT)
    if count > 1:
        score += _NEAR * near / (count - 1) + _ORDERED * ordered / count
    if tokens[0] in fits[0].levels and 0 in used:
        score += _OPENS / count
    return _Seen(score + _SHORT * len(used) / len(tokens), weakest, frozenset(used))


def _place(tokens: Sequence[int], fit: Fit, used: set[int], before: int) -> tuple[int, int]:
    """The best level and place for a typed word in an entry; level 0 if it does not fit."""
    best, place = 0, -1
    for at, token in enumerate(tokens):
        level = fit.levels.get(token, 0)
        if level and at in used:
            level -= _TAKEN
        if level > best or (level == best and level and at == before + 1):
            best, place = level, at
    return best, place


def _in_context(entry: Entry, seen: _Seen, context: Context) -> float:
    """The score given where the operator is."""
    here = context.scenario and entry.scenario == context.scenario
    return seen.score + (_HERE if here else 0.0)


def _spans(text: str, used: frozenset[int]) -> tuple[tuple[int, int], ...]:
    where = places(text)
    return tuple(where[at] for at in sorted(used))
