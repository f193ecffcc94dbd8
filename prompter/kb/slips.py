"""Finds the slip behind an error that the parser noticed only lines later, from the lines around.

Lines and columns count from 0. Each function returns a place to look at, or says that it knows no better.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

Spot = tuple[int, int]

_NAME = re.compile(r"^ *(?:- +)*[^\s#'\"{\[-][^#'\"]{0,200}?:(?:\s|$)")
_DASH = re.compile(r"^ *- ")
_DASHES = re.compile(r"^ *(?:- +)+")
_MOST, _NEAR = 400, 8
"""How many lines are looked back at."""


def slipped(lines: list[str], line: int, col: int) -> tuple[str, Spot]:
    """The code and place for a misindented line: itself, or the first line of a too deep block above it.

    Both should belong to one block. Most files are indented by the same step throughout: the line that
    follows it is right.
    """
    if (bare := bare_line(lines, line)) is not None:
        return bare
    if (hollow := _hollow(lines, line)) is not None:
        return "bad-indent", hollow
    first = line
    for row in range(line - 1, max(-1, line - _MOST), -1):
        if not _has_content(lines[row]):
            continue
        if _indent(lines[row]) <= col:
            above, deep = _inside(lines[row]), _indent(lines[first])
            if first < line and above <= col and deep - above not in (0, _usual_step(lines)):
                return "bad-indent", (first, deep)
            break
        first = row
    return "bad-indent", (line, col)


def _hollow(lines: list[str], line: int) -> Spot | None:
    """A name just above that has neither a value nor anything below it: it was swapped with its child."""
    below = line
    for row in range(line - 1, max(-1, line - _NEAR), -1):
        if not _has_content(lines[row]):
            continue
        if (
            _NAME.match(lines[row])
            and _without_value(lines[row])
            and _indent(lines[below]) < _indent(lines[row])
        ):
            return row, _indent(lines[row])
        below = row
    return None


def bare_line(lines: list[str], line: int) -> tuple[str, Spot] | None:
    """The text right below a name without a value, above `line`: it lost its colon or its dash.

    The parser takes everything up to the next name as part of it.
    """
    items, at = False, line - 1
    while at >= max(0, line - _MOST) and (not _has_content(lines[at]) or not _NAME.match(lines[at])):
        items = items or bool(_DASH.match(lines[at]))
        at -= 1
    if at < 0 or not _NAME.match(lines[at]) or not _without_value(lines[at]):
        return None
    first = next((row for row in range(at + 1, line) if _has_content(lines[row])), None)
    if first is None or _DASH.match(lines[first]):
        return None
    inside = [row for row in range(first + 1, line) if _DASH.match(lines[row])]
    beside = any(_indent(lines[row]) < _indent(lines[first]) for row in inside)
    return ("missing-dash" if items and beside else "missing-colon"), (first, _indent(lines[first]))


def left_open(lines: list[str], line: int, col: int, quote: str) -> Spot | None:
    """The quote that opened lines above, if the one before `col` is its closing one."""
    if lines[line][:col].count(quote) % 2 == 0:
        return None
    for row in range(line - 1, max(-1, line - _MOST), -1):
        if lines[row].count(quote) % 2:
            return row, lines[row].rindex(quote)
    return None


def _without_value(line: str) -> bool:
    return line.partition(" #")[0].rstrip().endswith(":")


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _inside(line: str) -> int:
    """The indent of the fields on a line, behind its dashes."""
    found = _DASHES.match(line)
    return found.end() if found else _indent(line)


def _usual_step(lines: list[str]) -> int:
    """The most common indent step of the file."""
    indents = [_indent(line) for line in lines if _has_content(line)]
    steps = Counter(below - above for above, below in pairwise(indents) if below > above)
    return steps.most_common(1)[0][0] if steps else 2
