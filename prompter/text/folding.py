"""Folds letters that people type as equal: case, ё and е, ң ө ү and н о у, Latin look-alikes.

Search and the forbidden expressions compare folded words. A *word* is a run of letters and digits.
"""

from __future__ import annotations

import re
import unicodedata

_SAME = {"ё": "е", "ң": "н", "ө": "о", "ү": "у", "ѐ": "е", "ѝ": "и"}
_LATIN_LOOKS, _CYRILLIC_LOOKS = "aceopxyktmbh", "асеорхуктмвн"
_AS_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_AS_LATIN = str.maketrans(_CYRILLIC_LOOKS, _LATIN_LOOKS)
_MIXED = re.compile("[a-z][а-я]|[а-я][a-z]")


class _Folds(dict[int, str]):
    """Maps each character, on first use, to what it folds to: one character, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        letter = chr(code).lower()
        if len(letter) > 1:  # «İ» becomes two characters: places would move
            letter = chr(code)
        letter = _SAME.get(letter, letter)
        if not letter.isalnum():
            letter = "" if unicodedata.combining(letter) else " "
        return self.setdefault(code, letter)


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` in lower case, without stress marks, and a space for anything but letters and digits."""
    return text.translate(_FOLDS)


def unmixed(word: str) -> str:
    """A folded word in one script: look-alikes of the other one replaced («cаламатта» with a Latin c)."""
    if not _MIXED.search(word):
        return word
    cyrillic = word.translate(_AS_CYRILLIC)
    if not any("a" <= letter <= "z" for letter in cyrillic):
        return cyrillic
    latin = word.translate(_AS_LATIN)
    return latin if latin.isascii() else word


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [unmixed(word) for word in fold(text).split()]


def places(text: str) -> list[tuple[int, int]]:
    """The start and end of each of `words(text)` in `text`."""
    found: list[tuple[int, int]] = []
    start = -1
    for at, letter in enumerate(text):
        folded = _FOLDS[ord(letter)]
        if folded == " " and start >= 0:
            found.append((start, at))
            start = -1
        elif folded and folded != " " and start < 0:
            start = at
    return [*found, (start, len(text))] if start >= 0 else found
