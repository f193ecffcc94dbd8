"""Whether typed words match the beginnings of a text's words, in either keyboard layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from prompter.text.folding import words
from prompter.text.layout import swap_layout

Item = TypeVar("Item")


def begins(typed: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether each of the folded words `typed` begins some word of the texts."""
    known = [word for text in texts for word in words(text)]
    return all(any(one.startswith(word) for one in known) for word in typed)


def fitting(items: Sequence[Item], query: str, texts: Callable[[Item], Iterable[str]]) -> list[Item]:
    """The items, in order, whose texts contain a word beginning with each typed word.

    If there are none, the query is read in the other keyboard layout.
    """
    return _fitting(items, query, texts) or _fitting(items, swap_layout(query), texts)


def _fitting(items: Sequence[Item], query: str, texts: Callable[[Item], Iterable[str]]) -> list[Item]:
    typed = words(query)
    return [item for item in items if begins(typed, texts(item))]
