"""A widget that draws one part of the desk's view, redrawing only the lines that changed."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from prompter.tui.draw import EMPTY

Part = TypeVar("Part")


_KEPT = 256
"""How many drawn lines are kept: one that moved or comes back is not drawn again."""


_NONE = Size(-1, -1)


class Pane(Widget, Generic[Part]):
    """Shows a `Part`: one widget for a whole list, because every widget delays the first frame.

    A key changes few lines of a screen. Drawing only those, with styles looked up once, keeps the time from a
    key to the changed phrase near that of an empty program.
    """

    ALLOW_SELECT = False

    def __init__(self, id_: str, part: Part | None = None) -> None:
        super().__init__(id=id_)
        self.part = part
        self._rows: list[Content] = []
        self._rows_size = Size(0, 0)
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._styles: dict[Style, RichStyle] = {}

    def show(self, part: Part) -> None:
        """Show this from now on."""
        if part == self.part:
            return
        self.part = part
        if self.size != self._rows_size:
            self._rows_size = _NONE  # also if a form hides it now, and restores the same size later
            self.refresh()  # drawn when the size is known
            return
        before, self._rows = self._rows, self._drawn()
        width, height = self.size
        changed = [y for y in range(height) if not self._row(self._rows, y).is_same(self._row(before, y))]
        if changed:
            self.refresh(*_regions(changed, width))

    def lines(self, part: Part, width: int, height: int) -> list[Content]:
        """The part in lines of `width` cells. `height` is the room; lines beyond it are not shown."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        if self.size != self._rows_size:
            self._rows, self._rows_size = self._drawn(), self.size
            self._strips.clear()
        row = self._row(self._rows, y)
        key = (row.plain, tuple(row.spans))
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            strip = self._strips[key] = self._strip(row)
        return strip

    def _strip(self, row: Content) -> Strip:
        base = self.visual_style
        segments = [Segment(text, self._rich(style)) for text, style in row.render(base, "", self._parsed)]
        width = self.size.width
        return Strip(segments, row.cell_length).adjust_cell_length(width, self._rich(base))

    def notify_style_update(self) -> None:
        """Drop cached styles when a theme changes them."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def _drawn(self) -> list[Content]:
        width, height = self.size
        return self.lines(self.part, width, height) if self.part is not None and width else []

    @staticmethod
    def _row(rows: list[Content], y: int) -> Content:
        return rows[y] if y < len(rows) else EMPTY

    def _parsed(self, style: str | Style) -> Style:
        return style if isinstance(style, Style) else Style.parse(style)

    def _rich(self, style: Style) -> RichStyle:
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = style.rich_style
        return found


def _regions(rows: list[int], width: int) -> list[Region]:
    """The rows, ascending, as few regions: Textual handles each separately."""
    regions: list[Region] = []
    for y in rows:
        if regions and regions[-1].bottom == y:
            regions[-1] = regions[-1].grow((0, 0, 1, 0))
        else:
            regions.append(Region(0, y, width, 1))
    return regions
