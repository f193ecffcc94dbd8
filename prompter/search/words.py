"""Whether typed words match the beginnings of a text's words, in either keyboard layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from prompter.text.layout import swap_layout

Item = TypeVar("Item")


def fold(text: str) -> str:
    """Lower case, е for ё, a space for anything but letters and digits."""
    letters = (letter if letter.isalnum() else " " for letter in text.lower().replace("ё", "е"))
    return "".join(letters)


def begins(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether each of the folded `words` begins some word of the texts."""
    known = [word for text in texts for word in fold(text).split()]
    return all(any(one.startswith(word) for one in known) for word in words)


def fitting(items: Sequence[Item], query: str, texts: Callable[[Item], Iterable[str]]) -> list[Item]:
    """The items, in order, whose texts contain a word beginning with each typed word.

    If there are none, the query is read in the other keyboard layout.
    """
    return _fitting(items, query, texts) or _fitting(items, swap_layout(query), texts)


def _fitting(items: Sequence[Item], query: str, texts: Callable[[Item], Iterable[str]]) -> list[Item]:
    words = fold(query).split()
    return [item for item in items if begins(words, texts(item))]
