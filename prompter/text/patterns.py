"""Forbidden expressions as short patterns that a trainer can read, and where a text contains them.

A pattern is a few words: `не уверен*`. A star means any ending (`уверен*` also matches «уверена»,
«уверенность») or any beginning (`*знаю`); `|` separates alternatives for one word (`я|мы не знаю|знаем`).
Words are compared folded (see `text.folding`). Up to `window` other words in all may come between them;
`ordered=False` allows any order. An expression is found where one of its patterns is and no `unless` pattern
shares a word with it: «не может быть продолжен» is not «может быть». No pattern crosses the end of a
sentence, unless that is a single word: «Алло! Алло!».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from prompter.text.folding import fold, places, unmixed, words

EMPTY, STAR_ALONE, STAR_INSIDE, NO_LETTERS, LONG = "empty", "star-alone", "star-inside", "no-letters", "long"
"""Errors in a pattern: no words, or a `|` with nothing beside it; a star beside fewer than two
letters; a star in the middle; a word without letters and digits; too many words."""

MOST_WORDS = 6
"""Words of a pattern: a longer one is a sentence that nobody says twice."""

_LEAST_LETTERS = 2
_WORD = re.compile(r"\*?[^\W_]+\*?")
_OTHER_WAYS = re.compile(r"\|\S+")
_SENTENCE_END = re.compile(r"[.!?…;]+(?=\s|[»\"')]|$)|\n")

Span = tuple[int, int]
_Sentence = list[tuple[str, Span]]


class PatternError(ValueError):
    """An invalid pattern: `code` is one of those above; `word` is where."""

    def __init__(self, code: str, word: str) -> None:
        super().__init__(f"{code}: {word!r}")
        self.code = code
        self.word = word


class Pattern(Struct, frozen=True):
    """A compiled pattern: for each of its words a test of a folded word."""

    tests: tuple[re.Pattern[str], ...]
    window: int
    ordered: bool

    def among(self, sentence: _Sentence) -> Iterator[tuple[int, int]]:
        """The non-overlapping matches (first and last word) of the pattern in a sentence."""
        fits: list[frozenset[int]] = []
        for test in self.tests:
            fits.append(frozenset(at for at, (word, _) in enumerate(sentence) if test.fullmatch(word)))
            if not fits[-1]:
                return
        end = self._ordered if self.ordered else self._anyhow
        at = 0
        while at < len(sentence):
            last = end(fits, at)
            if last is not None:
                yield at, last
                at = last
            at += 1

    def _ordered(self, fits: Sequence[frozenset[int]], start: int) -> int | None:
        """The last word of a match that begins at `start`: each word at its earliest place."""
        if start not in fits[0]:
            return None
        at = start
        limit = start + len(fits) + self.window
        for fit in fits[1:]:
            later = [place for place in fit if at < place < limit]
            if not later:
                return None
            at = min(later)
        return at

    def _anyhow(self, fits: Sequence[frozenset[int]], start: int) -> int | None:
        """The same in any order: every word of the pattern has a place of its own."""
        for end in range(start + len(fits) - 1, start + len(fits) + self.window):
            near = range(start, end + 1)
            choices = [sorted(fit.intersection(near)) for fit in fits]
            if any(start in taken for taken in _apart(choices, frozenset())):
                return end
        return None


class Expression(Struct, frozen=True):
    """Patterns with one meaning, and those that make them harmless."""

    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()

    def find(self, text: str) -> list[Span]:
        """Where `text` contains the expression, in order: start and end of the matched words."""
        found: list[Span] = []
        for sentence in _sentences(text):
            vetoed = {
                at
                for veto in self.unless
                for first, last in veto.among(sentence)
                for at in range(first, last + 1)
            }
            for pattern in self.patterns:
                for first, last in pattern.among(sentence):
                    if vetoed.isdisjoint(range(first, last + 1)):
                        found.append((sentence[first][1][0], sentence[last][1][1]))
        return _apart_from_each_other(sorted(found))


def expression(
    patterns: Sequence[str], window: int = 1, ordered: bool = True, unless: Sequence[str] = ()
) -> Expression:
    """Compile the patterns of one expression. An `unless` is always in order, without words between.

    Raises PatternError.
    """
    return Expression(
        tuple(_compile(one, window, ordered) for one in patterns),
        tuple(_compile(one, 0, True) for one in unless),
    )


def as_said(pattern: str) -> str:
    """A pattern as somebody would say it: the first alternative of each word, stars included."""
    return _OTHER_WAYS.sub("", pattern)


def _compile(pattern: str, window: int, ordered: bool) -> Pattern:
    tokens = pattern.split()
    if not tokens:
        raise PatternError(EMPTY, pattern)
    if len(tokens) > MOST_WORDS:
        raise PatternError(LONG, pattern)
    return Pattern(tuple(map(_test, tokens)), window, ordered)


def _test(token: str) -> re.Pattern[str]:
    ways = []
    for way in token.split("|"):
        letters = way.strip("*")
        if fault := _fault(way, letters):
            raise PatternError(fault, token)
        folded = re.escape(unmixed(fold(letters)))
        ways.append((r"\w*" if way[0] == "*" else "") + folded + (r"\w*" if way[-1] == "*" else ""))
    return re.compile("|".join(ways))


def _fault(way: str, letters: str) -> str:
    """The error in one alternative for a word, or ""."""
    if not way:
        return EMPTY
    if "*" in way and len(letters) < _LEAST_LETTERS:
        return STAR_ALONE
    if "*" in letters:
        return STAR_INSIDE
    return "" if _WORD.fullmatch(way) else NO_LETTERS


@lru_cache(16)  # one text is searched for many expressions
def _sentences(text: str) -> tuple[_Sentence, ...]:
    return tuple(_taken_apart(text))


def _taken_apart(text: str) -> Iterator[_Sentence]:
    """The folded words of each sentence, with their places in the text.

    A single word is an exclamation and joins the next sentence: «Алло! Алло!» is said in one breath.
    """
    sentence: _Sentence = []
    start = 0
    ends = [(found.start(), found.end()) for found in _SENTENCE_END.finditer(text)]
    for end, begin in [*ends, (len(text), len(text))]:
        part = text[start:end]
        where = [(low + start, high + start) for low, high in places(part)]
        sentence += zip(words(part), where, strict=True)
        if len(sentence) > 1 or (sentence and text[end:begin] == "\n"):
            yield sentence
            sentence = []
        start = begin
    if sentence:
        yield sentence


def _apart(choices: Sequence[Sequence[int]], taken: frozenset[int]) -> Iterator[frozenset[int]]:
    """Every way to take one element of each choice, none twice."""
    if not choices:
        yield taken
        return
    for one in choices[0]:
        if one not in taken:
            yield from _apart(choices[1:], taken | {one})


def _apart_from_each_other(spans: Sequence[Span]) -> list[Span]:
    """The first of each group of overlapping spans."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
