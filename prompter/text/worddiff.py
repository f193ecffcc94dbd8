"""A word-by-word diff of two texts."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from msgspec import Struct

SAME, GONE, NEW = "same", "gone", "new"

_WORD = re.compile(r"\n|[^\s]+")


class Piece(Struct, frozen=True):
    """Consecutive words that stayed, went or came; `kind` is one of the constants above."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that turn `old` into `new`: all but the gone ones, joined by spaces, are its words in order.

    A line break counts as a word; other white space is not compared.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[Piece] = []
    for tag, start, end, to_start, to_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, _joined(after[to_start:to_end])))
            continue
        if start < end:
            pieces.append(Piece(GONE, _joined(before[start:end])))
        if to_start < to_end:
            pieces.append(Piece(NEW, _joined(after[to_start:to_end])))
    return pieces


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" \n ", "\n").replace(" \n", "\n").replace("\n ", "\n")
