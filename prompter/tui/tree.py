"""The live tree: scenarios with their keys, the current one's steps, what was said, what may come."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content

from prompter.call.view.parts import (
    CURRENT,
    DONE,
    OVER,
    PAUSED,
    POSSIBLE,
    SUSPENDED,
    WARNING,
    TreeLine,
)
from prompter.locale import _
from prompter.tui.draw import (
    ACCENT,
    BAD,
    DIM,
    EMPTY,
    GOOD,
    STRONG,
    WARM,
    countdown,
    hanging,
    line,
    spread,
    window,
)
from prompter.tui.pane import Pane

if TYPE_CHECKING:
    from prompter.wording.results import Result


class Scenarios(Struct, frozen=True):
    """The tree's lines, and which one is selected (-1 for none).

    `found` are search results, shown instead of the tree; `ready`: there is an index to search.
    """

    lines: tuple[TreeLine, ...]
    selected: int = -1
    found: tuple[Result, ...] | None = None
    ready: bool = True


def next_line(lines: tuple[TreeLine, ...], now: int, by: int) -> TreeLine | None:
    """The next line that can be opened, down or up from the selected one (-1: none); wraps around."""
    able = [n for n, row in enumerate(lines) if not row.step or row.mark == POSSIBLE]
    order = able if by > 0 else able[::-1]
    beyond = [n for n in order if (n - now) * by > 0] if now >= 0 else order
    return lines[(beyond or order)[0]] if able else None


class TreePane(Pane[Scenarios]):
    """All lines in one widget; the current or selected one is always visible."""

    def lines(self, part: Scenarios, width: int, height: int) -> list[Content]:
        """The lines that fit, one row each."""
        if part.found is not None:
            return _found(part.found, part, width, height)
        here = [n for n, row in enumerate(part.lines) if row.mark == CURRENT]
        focus = part.selected if part.selected >= 0 else (here[-1] if here else 0)
        shown = window(len(part.lines), height, focus)
        rows = [_row(part.lines[n], n == part.selected, width) for n in shown]
        if shown.start > 0:
            rows[0] = _with_more(rows[0], "↑")
        if shown.stop < len(part.lines):
            rows[-1] = _with_more(rows[-1], "↓")
        return rows


def _found(found: tuple[Result, ...], part: Scenarios, width: int, height: int) -> list[Content]:
    from prompter.tui.result_lines import result_lines  # not needed for the first frame

    if found:
        return result_lines(found, part.selected, width, height)
    nothing = _("Nothing fits. Enter: note these words, Esc: back")
    text = nothing if part.ready else _("Reading the scripts…")
    return hanging(line("  "), line((text, DIM)), 2, width)


def _with_more(row: Content, arrow: str) -> Content:
    """A line next to hidden ones."""
    return line((arrow, DIM), row[1:])


_GLYPHS = {CURRENT: ("▶", ACCENT), DONE: ("✓", GOOD), POSSIBLE: ("○", DIM), PAUSED: ("‖", WARM)}


@lru_cache(maxsize=256)  # a key moves many lines and changes few
def _row(row: TreeLine, selected: bool, width: int) -> Content:
    glyph, colour = _GLYPHS.get(row.mark, (" ", ""))
    if row.step:
        style = f"{ACCENT} bold" if row.mark == CURRENT else DIM if row.mark == POSSIBLE else ""
        left = line("     ", (f"{glyph} ", colour), (row.title, style))
        sign = EMPTY
    else:
        style = f"{ACCENT} bold" if row.mark == CURRENT else ""
        left = line(" ", (f"{row.key or '–':<4}", style or DIM), (row.title, style))
        sign = line((glyph, colour))
    right = _ending(row, sign, width - 2 - left.cell_length)
    content = line(spread(left, right, width - 1), " ")
    return line((content.plain, "reverse bold")) if selected else content


def _ending(row: TreeLine, sign: Content, room: int) -> Content:
    """The clock, with a word if there is room, and the scenario's sign."""
    if row.left is None:
        return sign
    gap = "  " if sign.cell_length else ""
    words = {WARNING: _("running out"), OVER: _("over"), SUSPENDED: _("paused")}
    glyph = {WARNING: "◑", OVER: "▲", SUSPENDED: "‖"}.get(row.clock, "◐")
    style = {WARNING: WARM, OVER: BAD, SUSPENDED: DIM}.get(row.clock, WARM)
    time = countdown(row.left)
    said = (f"{glyph} {words.get(row.clock, _('left'))} {time}", f"{glyph} {time}", time)
    endings = [line((one, f"{style} {STRONG}"), gap, sign) for one in said]
    return next((one for one in endings if one.cell_length <= room), endings[1])
