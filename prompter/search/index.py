"""The index: every text that can be found, its words in order, and the entries of each word.

`build` is pure and meant for a thread of its own; an index is swapped whole. Entries are renumbered: short ones
first, so that of two equal fits the one with fewer other words comes first.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct

from prompter.search.bits import bits_of
from prompter.search.lexicon import Lexicon
from prompter.text.folding import fold, unmixed
from prompter.text.translit import sound

_HEAVY = 30
"""A range of words that stands in more than one of so many entries has its set kept ready."""


class Entry(Struct, frozen=True, gc=False):
    """One text that can be found.

    `kind` says what it is (`title`, `phrase`, `caller`, `norm`, …), `scenario` where it belongs, `hotkey` the key
    that opens it. Empty `departments` means every department. `id` is the caller's own.
    """

    id: int | str
    text: str
    lang: str = ""
    kind: str = ""
    scenario: str = ""
    hotkey: str = ""
    departments: tuple[str, ...] = ()


class Index:
    """What `build` made; `prompter.search.rank` reads it. `entries` stand in the index's own order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries: list[Entry]
        self.tokens: array[int]
        self.token_starts: array[int]
        self.count = len(entries)
        words = self._read(entries)
        postings = self._postings(len(words))
        self.words = _lexicon(words, range(len(words)), postings)
        heard = sorted(range(len(words)), key=list(map(sound, words)).__getitem__)
        self.sounds = _lexicon([sound(words[word]) for word in heard], heard, postings)
        self.opening = self._openings(len(words))
        self.memory: dict[tuple[str, bool, int], Any] = {}
        for lexicon in (self.words, self.sounds):
            lexicon.ready = self._heavy(lexicon)

    def _read(self, entries: Sequence[Entry]) -> list[str]:
        """Fills `entries`, `tokens` and `token_starts`; the vocabulary, sorted. A token is a word's number."""
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
        """For each word the entries that bear it."""
        postings = [array("I") for _ in range(words)]
        for doc in range(self.count):
            for word in set(self.of(doc)):
                postings[word].append(doc)
        return postings

    def _openings(self, words: int) -> Lexicon:
        """Like the words, but with the entries that begin with each."""
        postings = [array("I") for _ in range(words)]
        for doc in range(self.count):
            tokens = self.of(doc)
            if tokens:
                postings[tokens[0]].append(doc)
        return _lexicon(self.words.keys, range(words), postings)

    def of(self, doc: int) -> array[int]:
        """The words of an entry, in order."""
        return self.tokens[self.token_starts[doc] : self.token_starts[doc + 1]]

    def _heavy(self, lexicon: Lexicon) -> dict[tuple[int, int], int]:
        """The sets of all beginnings that are too common to be gathered while somebody types."""
        ready: dict[tuple[int, int], int] = {}
        least = self.count // _HEAVY + 64
        for at in range(len(lexicon.keys)):
            start, end = lexicon.starts[at], lexicon.starts[at + 1]
            if end - start >= least:
                ready[at, at + 1] = bits_of(lexicon.docs[start:end], self.count)
        todo = [(0, len(lexicon.keys), 0)]
        while todo:
            low, high, length = todo.pop()
            start, end = lexicon.starts[low], lexicon.starts[high]
            if end - start < least:
                continue
            if length and (low, high) not in ready:
                ready[low, high] = bits_of(lexicon.docs[start:end], self.count)
            todo.extend(_longer(lexicon, low, high, length + 1))
        return ready

    def bits(self, ranges: Iterable[tuple[Lexicon, int, int]]) -> int:
        """The entries of some ranges of keys."""
        members = 0
        few: list[array[int]] = []
        for lexicon, low, high in ranges:
            ready = lexicon.ready.get((low, high))
            if ready is None:
                few.append(lexicon.docs[lexicon.starts[low] : lexicon.starts[high]])
            else:
                members |= ready
        return members | bits_of(chain.from_iterable(few), self.count) if few else members


def build(entries: Iterable[Entry]) -> Index:
    """The index over these entries. Keeps the entries, reads their texts once."""
    return Index(tuple(entries))


def _lexicon(keys: list[str], ids: Sequence[int], postings: Sequence[array[int]]) -> Lexicon:
    docs, starts = array("I"), array("I", [0])
    for word in ids:
        docs.extend(postings[word])
        starts.append(len(docs))
    return Lexicon(keys, ids, docs, starts)


def _longer(lexicon: Lexicon, low: int, high: int, length: int) -> list[tuple[int, int, int]]:
    """The ranges within a range whose keys share their first `length` letters, and the word that ends before."""
    parts = []
    keys = lexicon.keys
    while low < high and len(keys[low]) < length:
        low += 1
    while low < high:
        end = lexicon.range(keys[low][:length], low, high)[1]
        parts.append((low, end, length))
        low = end
    return parts
