"""The two lowest lines: what is typed or a message, and the active keys."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from prompter.locale import _
from prompter.tui.draw import ACCENT, BAD, DIM, EMPTY, STRONG, WARM, cut, hanging, line
from prompter.tui.pane import Pane


class Typed(Struct, frozen=True):
    """The line above the keys: a query being typed, else a message, else a prompt to type.

    `quiet` omits the prompt: a form takes the letters.
    """

    query: str | None = None
    message: str = ""
    bad: bool = False
    quiet: bool = False


_MOST = 4
"""Maximum lines of a message; longer ones are available from a command as well."""


class TypedPane(Pane[Typed]):
    """Search and messages share a line: they are never needed at the same time.

    A longer message takes lines from the panes above while it is shown.
    """

    def show(self, part: Typed) -> None:
        """Show this from now on."""
        super().show(part)
        self.on_resize()

    def on_resize(self) -> None:
        """Take the lines that the message needs at this width."""
        needed = len(self._message_rows(self.part, self.size.width)) if self.part and self.size.width else 1
        if self._height != needed:
            self._height = self.styles.height = needed

    _height = 1

    def _message_rows(self, part: Typed, width: int) -> list[Content]:
        """The message in lines; one empty line if there is none."""
        if part.query is not None or not part.message:
            return [EMPTY]
        glyph, style = ("▲ ", f"{BAD} bold") if part.bad else ("", f"{WARM} bold")
        rows = hanging(line(" ", (glyph, style)), line((part.message, style)), 1 + len(glyph), width)
        if len(rows) > _MOST:
            rows[_MOST - 1] = line(cut(rows[_MOST - 1], width - 1), ("…", style))
        return rows[:_MOST]

    def lines(self, part: Typed, width: int, height: int) -> list[Content]:
        """The line."""
        if part.query is not None:
            shown = part.query
            while cell_len(shown) > max(1, width - 5):
                shown = shown[1:]
            return [line((" ⌕ ", ACCENT), (shown, STRONG), ("▏", ACCENT))]
        if part.message:
            rows = self._message_rows(part, width)
            if len(rows) <= height:
                return rows
            return [*rows[: height - 1], cut(line(rows[height - 1], "…"), width)]
        if part.quiet:
            return []
        return [cut(line((" ⌕ ", DIM), (_("type the caller's words…"), DIM)), width)]


class KeyHint(Struct, frozen=True):
    """A key of the bar: its name, what it does, whether it is active, and its rank (0 stays longest)."""

    key: str
    does: str
    acts: bool = True
    rank: int = 5


class KeysPane(Pane[tuple[KeyHint, ...]]):
    """The bar of keys; the least needed are dropped first if the line is short."""

    def lines(self, part: tuple[KeyHint, ...], width: int, height: int) -> list[Content]:
        """The bar."""
        hints = list(part)
        while hints and _length(hints, _TIGHT) > width:
            hints.remove(max(reversed(hints), key=lambda hint: hint.rank))
        gap = _WIDE if _length(hints, _WIDE) <= width else _TIGHT
        return [line(" ", *(piece for hint in hints for piece in _hint(hint, gap))).rstrip()]


_WIDE, _TIGHT = 3, 2
"""Spaces between two keys, with and without room to spare."""


def _length(hints: list[KeyHint], gap: int) -> int:
    return 1 + sum(cell_len(hint.key) + cell_len(hint.does) + 1 + gap for hint in hints) - gap


def _hint(hint: KeyHint, gap: int) -> list[tuple[str, str]]:
    key, does = (f"{STRONG} $text", DIM) if hint.acts else ("$text-off", "$text-off")
    return [(hint.key, key), (f" {hint.does}{' ' * gap}", does)]
