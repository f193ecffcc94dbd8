"""A widget that draws one part of the desk's view, line by line, and only when that part changes."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget

from prompter.tui.draw import EMPTY, page

Part = TypeVar("Part")


class Pane(Widget, Generic[Part]):
    """Shows a `Part`: one widget for a whole list, because every widget delays the first frame."""

    ALLOW_SELECT = False

    def __init__(self, id_: str, part: Part | None = None) -> None:
        super().__init__(id=id_)
        self.part = part

    def show(self, part: Part) -> None:
        """Draw this from now on."""
        if part != self.part:
            self.part = part
            self.refresh()

    def render(self) -> Content:
        """The part as lines."""
        width, height = self.size
        if self.part is None or width < 1 or height < 1:
            return EMPTY
        return page(self.lines(self.part, width, height), height)

    def lines(self, part: Part, width: int, height: int) -> list[Content]:
        """The part in lines of `width` cells. `height` is the room; what is over is not shown."""
        raise NotImplementedError
