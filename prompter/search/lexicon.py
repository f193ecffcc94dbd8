"""The words of all entries, sorted, and how well a typed word fits each of them.

A fit is a *level* from 1 to `EXACT`: the same word, one it begins, one with the same stem, one that is a slip
or two away. Levels are integers because entries are counted in sets of bits (see `search.bits`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

from prompter.text.endings import endings

EXACT = 32
GOOD = 25
"""From this level on a word counts as typed: begun, or another form of it."""
_BEGUN, _BEGUN_LONG, _MISSING = 30, 28, 3
"""A word with at most `_MISSING` letters missing; with more missing."""
_SAME_STEM, _LETTERS_OF_A_STEM, _MOST_OFF = 27, 5, 2
"""Two forms of one word. A shorter stem is doubtful; long endings cost up to `_MOST_OFF`."""
_ALIKE, _SLIPPED, _BEGUN_SLIPPED = 27, 31, 25
"""Maximum levels for a common beginning, a word with slips, an unfinished word with slips."""
_PRECISE = 400
"""In a range of more keys, long and short ones are not distinguished."""
_CUTS = 12
"""For how many lengths the beginnings are kept: half a megabyte each at 10,000 entries."""
LAST = "\U0010ffff"
"""Sorts after every letter."""

Span = tuple[int, int, int]
"""A level, and the range of keys (from, to) that fit at it."""


class Postings(Struct, frozen=True):
    """The entries of each key of a lexicon, key after key, so that those of a range of keys are one slice.

    `ready` are the sets of ranges too common to be collected during typing.
    """

    docs: array[int]
    starts: array[int]
    ready: dict[tuple[int, int], int]

    def of(self, low: int, high: int) -> array[int]:
        """The entries of a range of keys; one that contains several of them occurs several times."""
        return self.docs[self.starts[low] : self.starts[high]]

    def size(self, low: int, high: int) -> int:
        """The length of `of`."""
        return self.starts[high] - self.starts[low]


class Fit(Struct, frozen=True):
    """What a typed word fits.

    `levels` maps each fitting word to its level; `steps` are growing sets of entries with what each adds to a
    score, so that an entry's sum is its best level; `opens` are the entries that begin with a good fit.
    `best` is the best level, `matters` from 0.3 (in nearly every entry) to 1 (in one or none).
    """

    levels: dict[int, int]
    steps: list[tuple[int, int]]
    opens: int
    best: int
    matters: float


class Lexicon:
    """Sorted keys (words, or their sounds); key `i` belongs to the word `ids[i]`."""

    def __init__(self, keys: list[str], ids: Sequence[int], postings: Postings) -> None:
        self.keys = keys
        self.ids = ids
        self.postings = postings
        places = sorted(range(len(keys)), key=lambda at: len(keys[at]))
        self._by_length = [keys[at] for at in places], array("I", places)
        self._cuts: dict[int, tuple[list[str], array[int]]] = {}

    def range(self, beginning: str, low: int = 0, high: int | None = None) -> tuple[int, int]:
        """The keys with this beginning, searched between `low` and `high`."""
        at = bisect_left(self.keys, beginning, low, high)
        return at, bisect_left(self.keys, beginning + LAST, at, high)

    def exact(self, word: str) -> list[Span]:
        """The key equal to the word."""
        low = bisect_left(self.keys, word)
        high = low
        while high < len(self.keys) and self.keys[high] == word:
            high += 1
        return [(EXACT, low, high)] if high > low else []

    def begun(self, word: str) -> list[Span]:
        """The keys that begin with the word."""
        low, high = self.range(word)
        spans = [(_BEGUN_LONG, low, high)] if high > low else []
        if high - low < _PRECISE:
            longest = len(word) + _MISSING
            spans += [(_BEGUN, at, at + 1) for at in range(low, high) if len(self.keys[at]) <= longest]
        return spans

    def stems(self, word: str, shortest: int) -> Iterator[Span]:
        """The keys sharing at least the first `shortest` letters, scored by the rest of both words.

        Endings carry little meaning in Russian and Kyrgyz: a long common part with short rests is a good fit.
        """
        inner_low, inner_high = self.range(word)
        low, high = self.range(word[:shortest])
        for common in range(len(word) - 1, shortest - 1, -1):
            outer_low, outer_high = self.range(word[:common], low, high)
            rest = word[common:]
            ending = endings(rest)
            same = _SAME_STEM - 2 * max(0, _LETTERS_OF_A_STEM - common)
            for at in (*range(outer_low, inner_low), *range(inner_high, outer_high)):
                other = self.keys[at][common:]
                if ending & endings(other):
                    off = (len(rest) + len(other)) // 3
                    yield same - min(_MOST_OFF, off), at, at + 1
                else:
                    yield round(_ALIKE * common / (common + 0.5 * (len(rest) + len(other)))), at, at + 1
            inner_low, inner_high = outer_low, outer_high

    def slips(self, word: str, allowed: int, exchanged: int) -> Iterator[Span]:
        """The keys at most `allowed` slips away, at most `exchanged` of them swapped letters.

        Levenshtein distance, several times as fast, counts a swap as two slips: it prefilters.
        """
        keys, places = self._by_length
        low = bisect_left(keys, len(word) - allowed, key=len)
        high = bisect_left(keys, len(word) + allowed + 1, key=len)
        sieve = allowed + min(allowed, exchanged)
        near = extract(word, keys[low:high], scorer=Levenshtein.distance, score_cutoff=sieve, limit=None)
        for key, _, at in near:
            slips = _slips(word, key, allowed)
            if 0 < slips <= allowed:
                place = places[low + at]
                yield max(1, round(_SLIPPED * (1 - 0.9 * slips / len(word)))), place, place + 1

    def begun_with_slips(self, word: str, allowed: int) -> Iterator[Span]:
        """The keys whose first letters are at most `allowed` slips away from the word."""
        length = len(word)
        cuts, places = self._cut(length)
        near = extract(word, cuts, scorer=Levenshtein.distance, score_cutoff=allowed + 1, limit=None)
        for cut, _, number in near:
            low, high = places[number], places[number + 1]
            slips = min(_slips(word, cut, allowed), _slips(word, cut[:-1], allowed))
            if slips <= allowed:
                yield self._slipped(slips, length), low, high
            else:  # if a letter was left out, the word begins one letter more of the key
                for at in range(low, high):
                    slips = _slips(word, self.keys[at][: length + 1], allowed)
                    if slips <= allowed:
                        yield self._slipped(slips, length), at, at + 1

    @staticmethod
    def _slipped(slips: int, length: int) -> int:
        return max(1, round(_BEGUN_SLIPPED * (1 - slips / length)))

    def _cut(self, length: int) -> tuple[list[str], array[int]]:
        """All beginnings of this length, and the first key of each."""
        if length not in self._cuts:
            cuts: list[str] = []
            places = array("I")
            last = ""
            for at, key in enumerate(self.keys):
                cut = key[:length]
                if cut != last:
                    last = cut
                    cuts.append(cut)
                    places.append(at)
            if len(self._cuts) == _CUTS:
                del self._cuts[next(iter(self._cuts))]
            places.append(len(self.keys))
            self._cuts[length] = cuts, places
        return self._cuts[length]


def _slips(word: str, other: str, allowed: int) -> int:
    """How many letters are lost, added, replaced or swapped; values above `allowed` are not distinguished."""
    return OSA.distance(word, other, score_cutoff=allowed)
