"""What a typed line may mean: as it is, in the other layout, with words joined or split."""

from __future__ import annotations

from prompter.search.fits import fit_of
from prompter.search.index import Index
from prompter.text.folding import words
from prompter.text.layout import swap_layout

_LONGEST, _LONGEST_WORD, _MOST_WORDS = 400, 40, 16
"""Limits on the length of a line, of a word, and on words: pasting a page must not block the screen."""
_REPAIRED = 0.95
"""The factor on the score if words had to be joined or split."""
_LIKELY, _AS_LIKELY = 26, 0.85
"""A reading with this average level is likely; another if it comes this close to the best."""


def readings(index: Index, query: str, depth: int) -> list[tuple[list[str], float]]:
    """The readings of the query worth a look: folded words, and a factor below 1 for doubtful ones."""
    query = query[:_LONGEST]
    if any("a" <= letter <= "z" for letter in query.lower()):
        ways = [_words(query.replace("'", "")), _words(swap_layout(query))]
        ways = _likely(index, [way for way in ways if way], depth)
    else:
        ways = [way for way in [_words(query)] if way]
    repaired = [made for way in ways if (made := _repaired(index, way)) != way]
    return [(way, 1.0) for way in ways] + [(way, _REPAIRED) for way in repaired]


def _words(line: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in words(line)[:_MOST_WORDS]]


def _likely(index: Index, ways: list[list[str]], depth: int) -> list[list[str]]:
    """The readings whose words are known best."""
    for look in range(depth + 1):
        quality = [_quality(index, way, look) for way in ways]
        if max(quality) >= _LIKELY:
            break
    return [way for way, good in zip(ways, quality, strict=True) if good >= _AS_LIKELY * max(quality)]


def _quality(index: Index, way: list[str], depth: int) -> float:
    """How well the words of a reading fit, from 0 to `EXACT`; long words count more."""
    letters = sum(map(len, way))
    fits = [fit_of(index, word, at == len(way) - 1, depth) for at, word in enumerate(way)]
    return sum(fit.best * len(word) for fit, word in zip(fits, way, strict=True)) / (letters or 1)


def _repaired(index: Index, way: list[str]) -> list[str]:
    """The words with torn ones joined and glued ones split, where that gives known words."""
    made: list[str] = []
    at = 0
    while at < len(way):
        word = way[at]
        joined = word + way[at + 1] if at + 1 < len(way) else ""
        if (
            joined
            and _known(index, joined, at + 2 == len(way))
            and not (_known(index, word, False) and _known(index, way[at + 1], False))
        ):
            made.append(joined)
            at += 2
            continue
        if _known(index, word, at == len(way) - 1):
            made.append(word)
        else:
            made.extend(_split(index, word, at == len(way) - 1))
        at += 1
    return made


def _known(index: Index, word: str, last: bool) -> bool:
    return bool(index.words.exact(word) or (last and len(word) > 3 and index.words.begun(word)))


def _split(index: Index, word: str, last: bool) -> list[str]:
    best: tuple[int, list[str]] = (0, [word])
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if _known(index, left, False) and _known(index, right, last):
            good = min(len(left), len(right)) if len(right) > 3 or len(left) > 1 else 0
            if good > best[0]:
                best = (good, [left, right])
    return best[1]
