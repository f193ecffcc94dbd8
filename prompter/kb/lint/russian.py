"""Spelling of Russian words by Hunspell's dictionary, from the package `spylls`.

spylls itself takes seconds to read the dictionary, longer than the whole check may; this reads the same two
files in a tenth of that, since they use only the simplest part of Hunspell: suffixes that replace the end of
a stem. A test compares the answers of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_PACKAGE, _FOLDER = "spylls", ("hunspell", "data", "ru")
_ENCODING = "koi8-r"
_RULE = re.compile(r"^SFX +(\S) +(\S+) +(\S+) +(\S+) *$", re.MULTILINE)
_STEM = re.compile(r"^([^/\n]+)/?(.*)$", re.MULTILINE)
_MOST_LETTERS = 40
"""No word is longer, and each letter costs a hundred look-ups."""
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"

Rule = tuple[str, str, str, re.Pattern[str]]
"""The flag of stems that may take the ending, the end it replaces, itself, and how the stem must end."""


class Dictionary:
    """Recognises every form of the dictionary's words without generating them."""

    def __init__(self, stems: str, endings: str) -> None:
        self._flags: dict[str, str] = dict(_STEM.findall(stems))
        self._rules: dict[str, list[Rule]] = {}
        for flag, old, new, end in _RULE.findall(endings):
            rule = (flag, old.replace("0", ""), new.replace("0", ""), re.compile(end + "$"))
            self._rules.setdefault(rule[2], []).append(rule)
        self._longest = max(map(len, self._rules))

    def knows(self, word: str) -> bool:
        """Whether a word is spelt right, also capitalised; a compound by its parts."""
        if self._form(word) or self._form(word.lower()):
            return True
        if word.isupper() and self._form(word.capitalize()):
            return True
        return "-" in word and all(part and self.knows(part) for part in word.split("-"))

    def _form(self, word: str) -> bool:
        if word in self._flags:
            return True
        for length in range(min(self._longest, len(word) - 1) + 1):
            at = len(word) - length
            for flag, old, _, end in self._rules.get(word[at:], ()):
                stem = word[:at] + old
                if flag in self._flags.get(stem, "") and end.search(stem):
                    return True
        return False

    def near(self, word: str) -> str | None:
        """A known word one typing slip away; None if there is none."""
        if len(word) > _MOST_LETTERS:
            return None
        return next((other for other in _slips(word.lower()) if self._form(other)), None)


def _slips(word: str) -> Iterator[str]:
    """All words one slip away: letters swapped, one too many, another one, one missing."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)
    yield from (a + b[1:] for a, b in parts if b)
    yield from (a + letter + b[1:] for a, b in parts if b for letter in _LETTERS)
    yield from (a + letter + b for a, b in parts for letter in _LETTERS)


@cache
def dictionary() -> Dictionary | None:
    """The packaged dictionary; None if the package is not installed."""
    try:
        folder = files(_PACKAGE).joinpath(*_FOLDER)
        stems, endings = (folder.joinpath(name).read_text(_ENCODING) for name in ("ru.dic", "ru.aff"))
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    return Dictionary(stems.partition("\n")[2], endings)
