"""The index: every searchable text, its words in order, and the entries of each word.

`build` is pure and meant for a thread of its own; an index is swapped as a whole. Entries are renumbered,
short ones first, so that of two equal fits the one with fewer other words comes first.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from prompter.search.bits import bits_of
from prompter.search.lexicon import LAST, Fit, Lexicon, Postings
from prompter.text.folding import fold, unmixed
from prompter.text.translit import sound

_HEAVY, _LIGHT = 30, 64
"""A word or beginning in more than one of `_HEAVY` entries and `_LIGHT` more has its set kept."""


SCENARIO, CALLER, PHRASE, DUTY = "scenario", "caller", "phrase", "duty"
"""Kinds of an entry: a scenario's title, a caller's line, a phrase, a step's title or duty."""
OPENING = frozenset({SCENARIO, CALLER})
"""The kinds that lead to a scenario as a whole."""
_THINGS = {CALLER: SCENARIO, DUTY: PHRASE}

Thing = tuple[str, int | str]
"""What an entry leads to: a kind and an id. A scenario's title and its callers' lines lead to one thing."""


class Entry(Struct, frozen=True, gc=False):
    """One searchable text.

    `kind` is one of those above or the user's own, `scenario` where it belongs, `hotkey` the key that opens
    it. Empty `departments` means all of them. `id` is the user's own. `draft`: words of a phrase that no
    person approved; they are found, and shown only where drafts are.
    """

    id: int | str
    text: str
    lang: str = ""
    kind: str = ""
    scenario: str = ""
    hotkey: str = ""
    departments: tuple[str, ...] = ()
    draft: bool = False

    @property
    def thing(self) -> Thing:
        """What this entry leads to."""
        return _THINGS.get(self.kind, self.kind), self.id


class Index:
    """Made by `build`, read by `prompter.search.rank`. `entries` are in the index's own order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries: list[Entry]
        self.tokens: array[int]
        self.token_starts: array[int]
        self.count = len(entries)
        words = self._read(entries)
        postings = self._postings(len(words))
        self.words = self._lexicon(words, range(len(words)), postings)
        heard = [sound(word) for word in words]
        by_sound = sorted(range(len(words)), key=heard.__getitem__)
        self.sounds = self._lexicon([heard[word] for word in by_sound], by_sound, postings)
        self.opening = _flat(range(len(words)), self._openings(len(words)))
        self.memory: dict[tuple[str, bool, int], Fit] = {}
        self._seen_by: dict[str, int] = {}
        self.scenarios = bits_of(
            (d for d, entry in enumerate(self.entries) if entry.kind in OPENING), self.count
        )
        self.seen_by("")

    def _read(self, entries: Sequence[Entry]) -> list[str]:
        """Fill `entries`, `tokens` (word numbers), `token_starts`; returns the sorted vocabulary."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        raw, starts = array("I"), [0]
        for entry in entries:
            raw.extend(map(numbers.__getitem__, fold(entry.text).split()))
            starts.append(len(raw))
        met = [unmixed(word) for word in numbers]
        words = sorted(set(met))
        place = {word: at for at, word in enumerate(words)}
        new = [place[word] for word in met]
        order = sorted(range(len(entries)), key=lambda at: starts[at + 1] - starts[at])
        self.entries = [entries[at] for at in order]
        self.tokens, self.token_starts = array("I"), array("I", [0])
        for at in order:
            self.tokens.extend(map(new.__getitem__, raw[starts[at] : starts[at + 1]]))
            self.token_starts.append(len(self.tokens))
        return words

    def _postings(self, words: int) -> list[array[int]]:
        """For each word the entries that contain it."""
        postings = [array("I") for _ in range(words)]
        for doc in range(self.count):
            for word in set(self.of(doc)):
                postings[word].append(doc)
        return postings

    def _openings(self, words: int) -> list[array[int]]:
        """For each word the entries that begin with it."""
        postings = [array("I") for _ in range(words)]
        for doc in range(self.count):
            tokens = self.of(doc)
            if tokens:
                postings[tokens[0]].append(doc)
        return postings

    def _lexicon(self, keys: list[str], ids: Sequence[int], entries_of: Sequence[array[int]]) -> Lexicon:
        postings = _flat(ids, entries_of)
        postings.ready.update(self._heavy(keys, postings))
        return Lexicon(keys, ids, postings)

    def seen_by(self, department: str) -> int:
        """The entries that a department may see; all of them if none is named."""
        members = self._seen_by.get(department)
        if members is None:
            seen = (
                doc
                for doc, entry in enumerate(self.entries)
                if not department or not entry.departments or department in entry.departments
            )
            members = self._seen_by[department] = bits_of(seen, self.count)
        return members

    def of(self, doc: int) -> array[int]:
        """The words of an entry, in order."""
        return self.tokens[self.token_starts[doc] : self.token_starts[doc + 1]]

    def _heavy(self, keys: Sequence[str], postings: Postings) -> Iterator[tuple[tuple[int, int], int]]:
        """The sets of all words and beginnings too common to be collected during typing."""
        least = self.count // _HEAVY + _LIGHT
        alone = [(at, at + 1, 0) for at in range(len(keys))]
        todo = [*alone, (0, len(keys), 1)]
        while todo:
            low, high, length = todo.pop()
            if postings.size(low, high) >= least:
                yield (low, high), bits_of(postings.of(low, high), self.count)
                if length:
                    todo.extend((*part, length + 1) for part in _parts(keys, low, high, length))

    def bits(self, ranges: Iterable[tuple[Postings, int, int]]) -> int:
        """The entries of some ranges of keys."""
        members = 0
        few: list[array[int]] = []
        for postings, low, high in ranges:
            ready = postings.ready.get((low, high))
            if ready is None:
                few.append(postings.of(low, high))
            else:
                members |= ready
        return members | bits_of(chain.from_iterable(few), self.count) if few else members


def build(entries: Iterable[Entry]) -> Index:
    """The index over these entries. Keeps the entries, reads their texts once."""
    return Index(tuple(entries))


def _flat(ids: Sequence[int], entries_of: Sequence[array[int]]) -> Postings:
    """The entries of all words, in the order of `ids`."""
    docs, starts = array("I"), array("I", [0])
    for word in ids:
        docs.extend(entries_of[word])
        starts.append(len(docs))
    return Postings(docs, starts, {})


def _parts(keys: Sequence[str], low: int, high: int, length: int) -> Iterator[tuple[int, int]]:
    """The ranges within a range whose keys share their first `length` letters."""
    while low < high:
        beginning = keys[low][:length]
        end = bisect_left(keys, beginning + LAST, low, high)
        if len(beginning) == length:
            yield low, end
            low = end
        else:
            low += 1
