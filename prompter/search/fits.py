"""How well one typed word fits the words of an index: by letters, by sound, in the other layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log

from prompter.search.index import Index
from prompter.search.lexicon import GOOD, Fit, Lexicon, Span
from prompter.text.layout import swap_layout
from prompter.text.smallwords import SMALL
from prompter.text.translit import sound, sounds

_FEW = 2
"""Slips allowed in a word that is known, or begins a known one."""
_REMEMBERED = 64
"""How many fits are kept between keystrokes: only the last word changes during typing."""
_UNFINISHED = 3
"""A known word shorter than this, followed by other words, is not taken for the beginning of a longer one."""
_LEAST_MATTERS = 0.3
_LIKELY_SOUNDS = 2
"""For how many of the likely sounds of a Latin word slips are considered."""

LETTERS, SLIPS, DEEP = 0, 1, 2
"""How deep to look: only agreeing letters; slips in words that fit nothing else; slips in all words."""

Piece = tuple[int, Lexicon, int, int]


def fit_of(index: Index, word: str, last: bool, depth: int) -> Fit:
    """The fit of a folded word. `last`: it may be unfinished. `depth` is one of those above."""
    key = (word, last, depth)
    fit = index.memory.get(key)
    if fit is None:
        if len(index.memory) >= _REMEMBERED:
            index.memory.clear()
        fit = index.memory[key] = _fit(index, word, list(_pieces(index, word, last, depth)))
    return fit


def _pieces(index: Index, word: str, last: bool, depth: int) -> Iterator[Piece]:
    """Everything that fits, before comparing how well."""
    if word.isascii() and word.isalpha():
        yield from _latin(index, word, last, depth)
        return
    spans = list(_spans(index.words, word, last, depth))
    yield from _of(index.words, spans)
    if depth and word.isalpha() and not any(level >= GOOD for level, _, _ in spans):
        other = swap_layout(word)
        if other.isascii() and other.isalpha() and len(other) > 2:
            yield from _of(index.words, _spans(index.words, other, last, depth), lower=1)
        yield from _of(index.sounds, index.sounds.exact(sound(word)), lower=1)


def _latin(index: Index, word: str, last: bool, depth: int) -> Iterator[Piece]:
    """A Latin word as it is, and by what it sounds like."""
    yield from _of(index.words, _spans(index.words, word, last, DEEP if depth == DEEP else LETTERS))
    for number, heard in enumerate(sounds(word)):
        look = depth if number < _LIKELY_SOUNDS else LETTERS
        yield from _of(index.sounds, _spans(index.sounds, heard, last, look), lower=1)


def _of(lexicon: Lexicon, spans: Iterable[Span], lower: int = 0) -> Iterator[Piece]:
    for level, low, high in spans:
        yield max(1, level - lower), lexicon, low, high


def _spans(lexicon: Lexicon, word: str, last: bool, depth: int) -> Iterator[Span]:
    """A word against one lexicon."""
    exact = lexicon.exact(word)
    finished = exact and not last and len(word) < _UNFINISHED
    agreeing = exact if finished else [*lexicon.begun(word), *exact]
    yield from agreeing
    if not word.isalpha():
        return
    length = len(word)
    if length >= 4:
        yield from lexicon.stems(word, max(3, length * 2 // 5 if depth == DEEP else length // 2))
    if depth == DEEP or (depth == SLIPS and not agreeing):
        yield from _slipped(lexicon, word, last, 2 if depth == DEEP else 1, _FEW if agreeing else 3)


def _slipped(lexicon: Lexicon, word: str, last: bool, exchanged: int, most: int) -> Iterator[Span]:
    length = len(word)
    allowed = min(most, 0 if length < 2 else 1 if length < 4 else 2 if length < 9 else 3)
    spans = list(lexicon.slips(word, allowed, exchanged)) if allowed else []
    yield from spans
    if last and length >= 4 and not any(level >= GOOD for level, _, _ in spans):
        yield from lexicon.begun_with_slips(word, 1 if length < 7 else 2)


def _fit(index: Index, word: str, pieces: list[Piece]) -> Fit:
    pieces.sort(key=lambda piece: piece[0])
    levels: dict[int, int] = {}
    for level, lexicon, low, high in pieces:
        for number in lexicon.ids[low:high]:
            levels[number] = level
    steps, opens = _steps(index, pieces)
    return Fit(levels, steps, opens, pieces[-1][0] if pieces else 0, _matters(index, word, steps))


def _steps(index: Index, pieces: list[Piece]) -> tuple[list[tuple[int, int]], int]:
    """The growing sets, best level first, and the entries that open with a good fit."""
    by_level: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_level.setdefault((piece[0] + 1) // 2, []).append(piece)
    grown, steps = 0, []
    levels = sorted(by_level, reverse=True)
    for level, lower in zip(levels, [*levels[1:], 0][: len(levels)], strict=True):
        grown |= index.bits((lexicon.postings, low, high) for _, lexicon, low, high in by_level[level])
        steps.append((level - lower, grown))
    good = (piece for piece in pieces if piece[1] is index.words and piece[0] >= GOOD)
    opens = index.bits((index.opening, low, high) for _, _, low, high in good)
    return steps, opens


def _matters(index: Index, word: str, steps: list[tuple[int, int]]) -> float:
    """The significance of a word: the rarer its best fit, the higher; low for a small or unknown word."""
    if not steps or word in SMALL:
        return _LEAST_MATTERS
    bearing = steps[0][1].bit_count()
    rare = log((index.count + 1) / (bearing + 1)) / log(index.count + 2)
    return _LEAST_MATTERS + (1 - _LEAST_MATTERS) * rare
