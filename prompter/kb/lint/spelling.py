"""Russian spelling by the dictionary, Kyrgyz letters typed as their Russian neighbours, texts in the wrong
language.

The dictionary is read only here. A base's own words (names, terms) are in its `spelling.txt`, one a line; a
star means any ending: `Чолпонбек*`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from prompter.files import NotAFile, read_plain
from prompter.kb.lint.russian import Dictionary, dictionary
from prompter.kb.lint.seen import Seen, note
from prompter.kb.lint.texts import HEARD, NAMED, PATTERN, Text
from prompter.kb.problems import Place, Problem
from prompter.kb.source import BASE_FILE
from prompter.text.safe import clean_line

OWN_WORDS = "spelling.txt"
_MOST_BYTES = 1_000_000

_RUSSIAN, _KYRGYZ = "ru", "ky"
# Not part of «15-ти», «т.е.» or of a word with other letters. Short words with a full stop are abbreviations.
_WORD = re.compile(r"(?<![\w-])[а-яё]+(?:-[а-яё]+)*(?![\w-])(?!\.(?=\w))", re.IGNORECASE)
_SHORT = 3
_CAPITALS = 5
"""Up to this many capitals are an abbreviation: КЦ, СМС."""


def check(seen: Seen) -> Iterator[Problem]:
    """Words that no dictionary has, texts in the wrong language, Kyrgyz words without their letters."""
    words = dictionary()
    if words is None:
        yield note(Place(BASE_FILE), "no-dictionary")
        return
    speller = _Speller(words, own_words(seen.folder))
    for text in seen.written:
        if text.use in (PATTERN, NAMED) or text.language not in (_RUSSIAN, _KYRGYZ):
            continue
        if text.language == _RUSSIAN and text.use != HEARD and not speller.right(text.text):
            yield from _misspelt(seen, speller, text)
        if speller.foreign(text.text, text.language):
            yield note(text.place, "other-language", language=text.language)
    yield from _kyrgyz(seen)


def own_words(folder: Path) -> list[str]:
    """The words of the base's `spelling.txt`, if it exists. `#` begins a comment."""
    try:
        text = read_plain(folder / OWN_WORDS, _MOST_BYTES).decode("utf-8-sig", "replace")
    except (OSError, NotAFile):
        return []
    lines = (clean_line(line.partition("#")[0]) for line in text.splitlines())
    return [line for line in lines if line]


class _Speller:
    """The dictionary and the base's own words together; each word is looked up once."""

    def __init__(self, words: Dictionary, own: list[str]) -> None:
        self.words = words
        self._own = {word.lower() for word in own if not word.endswith("*")}
        stems = (word[:-1].lower() for word in own if word.endswith("*"))
        self._stems = tuple(stem for stem in stems if len(stem) > 1)  # shorter ones would excuse anything
        self.knows = cache(self._knows)
        self.near = cache(words.near)
        self.right = cache(self._right)
        self.foreign = cache(self._foreign)

    def _knows(self, word: str) -> bool:
        low = word.lower()
        own = low in self._own or (bool(self._stems) and low.startswith(self._stems))
        return own or self.words.knows(word)

    def _right(self, text: str) -> bool:
        return all(map(self.knows, _WORD.findall(text)))

    def _foreign(self, text: str, language: str) -> bool:
        """Whether a text of several words is in the other one of the two languages."""
        found = {word.lower() for word in _WORD.findall(text) if len(word) > _SHORT}
        if len(found) < _ENOUGH[language]:
            return False
        if language == _RUSSIAN:
            return not any(map(self.knows, found))
        return not _OWN_LETTERS.search(text) and all(map(self.words.knows, found))


_ENOUGH = {_RUSSIAN: 3, _KYRGYZ: 2}
"""How many longer words identify a text's language: two unknown ones may be slang."""
_OWN_LETTERS = re.compile("[ңөү]", re.IGNORECASE)


def _misspelt(seen: Seen, speller: _Speller, text: Text) -> Iterator[Problem]:
    for found in _WORD.finditer(text.text):
        word = found[0]
        if speller.knows(word) or _abbreviated(text.text, found):
            continue
        near = speller.near(word)
        guess: dict[str, str | int] = {"suggestion": near} if near else {}
        yield note(seen.within(text.place, word), "misspelt", None, word=word, **guess)


def _abbreviated(text: str, found: re.Match[str]) -> bool:
    word = found[0]
    if word.isupper() and len(word) <= _CAPITALS:
        return True
    return len(word) <= _SHORT and text[found.end() : found.end() + 1] == "."


# Kyrgyz

_KYRGYZ_WORD = re.compile(r"[а-яёңөү]+", re.IGNORECASE)
_FOLDED = str.maketrans("ңөү", "ноу")
_LEAST = 4
"""Minimum length of words compared: shorter pairs like ун and үн are two different words."""


def _kyrgyz(seen: Seen) -> Iterator[Problem]:
    """Words that occur elsewhere in the base with ң, ө, ү in place of н, о, у."""
    texts = [text for text in seen.written if text.language == _KYRGYZ and text.use not in (PATTERN, NAMED)]
    better = _better(Counter(_KYRGYZ_WORD.findall("\n".join({one.text for one in texts}).lower())))
    for text in texts if better else ():
        if text.use == HEARD:
            continue  # callers and operators type as they can
        for word in _KYRGYZ_WORD.findall(text.text):
            if right := better.get(word.lower()):
                place = seen.within(text.place, word)
                yield note(place, "kyrgyz-letters", word=word, suggestion=right)


def _better(counts: Counter[str]) -> dict[str, str]:
    """Maps words to their spelling with more of these letters, if there is one."""
    spellings: dict[str, list[str]] = {}
    for word in counts:
        if len(word) >= _LEAST:
            spellings.setdefault(word.translate(_FOLDED), []).append(word)
    found: dict[str, str] = {}
    for folded, words in spellings.items():
        if len(words) > 1:
            best = max(words, key=lambda word: (_own(word), counts[word]))
            found |= {word: best for word in words if word == folded != best}
    return found


def _own(word: str) -> int:
    return sum(letter in "ңөү" for letter in word)
