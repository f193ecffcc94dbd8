"""A line of a file made safe for a terminal, with carets under the place meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from prompter.kb.filetext import FileTexts
from prompter.kb.problems import Place
from prompter.text.safe import invisible_at

WIDTH = 110
"""The line width if no terminal reports one."""
GUTTER = 7
"""Cells before the line: its number and a bar."""

_TOKEN = re.compile(r"[\w.-]*\w|\{[^{}]*\}|[«\"'][^»\"']*[»\"']?")
_TAB = "→   "
_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MOST_LETTERS = 2_000
"""Of a longer line only this many characters around the place are examined."""


def excerpt(texts: FileTexts, place: Place, meant: Iterable[str | int], width: int = WIDTH) -> list[str]:
    """Two lines: the file's line with its number, and the carets; none if there is nothing to show.

    `meant` are words of the problem: one found at the place is underlined in full.
    """
    line = texts.line(place)
    if line is None or ((place.line, place.col) == (1, 1) and line.startswith("#")):
        return []  # a problem of the whole file is placed at its beginning, where a comment shows nothing
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
    """The number of characters meant, from `col` on."""
    words = sorted((one for one in map(str, meant) if one), key=len, reverse=True)
    for word in words:
        if piece.startswith(word, col):
            return len(word)
    token = _TOKEN.match(piece, col)
    return max(1, len(token[0])) if token else 1


def _window(wide: list[int], col: int, end: int, room: int) -> tuple[int, int]:
    """Which characters fit: all if they can, else those around the place."""
    if sum(wide) <= room:
        return 0, len(wide)
    room = max(8, room - 2)  # two ellipses mark what is left out
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
    """A character as it may be shown: invisible or dangerous ones are replaced by a sign."""
    if char == "\t":
        return _TAB
    if _BLANK.match(char):
        return "␣"
    return "\N{REPLACEMENT CHARACTER}" if invisible_at(char) is not None else char


def _wide(shown: str) -> int:
    """The cells that a character takes in a terminal."""
    if len(shown) > 1:
        return len(shown)
    if unicodedata.combining(shown):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in "WF" else 1
