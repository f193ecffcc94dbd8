"""A line of a file as a terminal can show it, with carets under what is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from prompter.kb.filetext import FileTexts
from prompter.kb.problems import Place
from prompter.text.safe import invisible_at

WIDTH = 110
"""Cells of a line where no terminal says how many it has."""
GUTTER = 7
"""Cells before the line: its number and a stroke."""

_TOKEN = re.compile(r"[\w.-]*\w|\{[^{}]*\}|[«\"'][^»\"']*[»\"']?")
_TAB = "→   "
_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MOST_LETTERS = 2_000
"""Of a longer line only so much around the place is looked at."""


def excerpt(texts: FileTexts, place: Place, meant: Iterable[str | int], width: int = WIDTH) -> list[str]:
    """Two lines: the one of the file, with its number, and the carets; none where there is nothing to show.

    `meant` are words of the problem: one that stands at the place is underlined whole.
    """
    line = texts.line(place)
    if line is None or ((place.line, place.col) == (1, 1) and line.startswith("#")):
        return []  # a problem with the whole file stands at its beginning, and a comment there tells nothing
    start = max(0, place.col - 1 - _MOST_LETTERS // 2)
    piece, col = line[start : start + _MOST_LETTERS], place.col - 1 - start
    end = col + _length(piece, col, meant)
    cells = [_cell(char) for char in piece]
    first, last = _window([_wide(one) for one in cells], col, end, width - GUTTER)
    shown = "".join(cells[first:last])
    lead = " " * sum(map(_wide, cells[first:col]))
    carets = "^" * max(1, sum(map(_wide, cells[col : min(end, last)])))
    before = "…" if start + first > 0 else ""
    after = "…" if start + last < len(line) else ""
    return [
        f"{place.line:>4} | {before}{shown.rstrip()}{after}".rstrip(),
        f"     | {' ' * len(before)}{lead}{carets}",
    ]


def _length(piece: str, col: int, meant: Iterable[str | int]) -> int:
    """How many letters from `col` on are meant."""
    words = sorted((one for one in map(str, meant) if one), key=len, reverse=True)
    for word in words:
        if piece.startswith(word, col):
            return len(word)
    token = _TOKEN.match(piece, col)
    return max(1, len(token[0])) if token else 1


def _window(wide: list[int], col: int, end: int, room: int) -> tuple[int, int]:
    """Which letters fit: all if they can, else those around the place."""
    if sum(wide) <= room:
        return 0, len(wide)
    room = max(8, room - 2)  # two signs say that something is left out
    first = last = min(col, len(wide))
    taken = 0
    while last < min(end, len(wide)) and taken + wide[last] <= room:
        taken, last = taken + wide[last], last + 1
    while True:
        back = first > 0 and taken + wide[first - 1] <= room
        if back:
            first -= 1
            taken += wide[first]
        ahead = last < len(wide) and taken + wide[last] <= room
        if ahead:
            taken += wide[last]
            last += 1
        if not back and not ahead:
            return first, last


def _cell(char: str) -> str:
    """A letter as it may be shown: what is unseen or dangerous has a sign in its place."""
    if char == "\t":
        return _TAB
    if _BLANK.match(char):
        return "␣"
    return "\N{REPLACEMENT CHARACTER}" if invisible_at(char) is not None else char


def _wide(shown: str) -> int:
    """The cells that a letter takes in a terminal."""
    if len(shown) > 1:
        return len(shown)
    if unicodedata.combining(shown):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1
