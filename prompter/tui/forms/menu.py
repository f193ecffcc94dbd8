"""A list over the answers: digits choose, arrows highlight a line, `Enter` takes it, `Esc` leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual.content import Content

from prompter.tui.draw import ACCENT, DIM, EMPTY, Part, cut, line, spread, window, wrapped
from prompter.tui.forms.panel import Panel

_DETAIL = 8
"""Maximum lines for the details of the highlighted item."""

_LINES, _LINES_LOW = 12, 9
"""Maximum visible items; fewer in a low window, where the phrase above needs the room."""


class Item(Struct, frozen=True):
    """One line: its words and its value. `detail` is shown in full while the line is highlighted."""

    value: str
    words: str
    style: str = ""
    detail: str = ""


class Menu(Panel, can_focus=True):
    """A titled list of items.

    Without `verbs` a digit takes the item of that number. With them a digit is a verb applied to the
    highlighted item, `choose(verb, value)`, and `Enter` does nothing: a habit must not dial a number.
    """

    DEFAULT_CSS = "Menu { padding: 0 2; }"

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        choose: Callable[[str, str], None],
        leave: Callable[[], None],
        *,
        verbs: Sequence[tuple[str, str]] = (),
        empty: str = "",
        selected: int = 0,
    ) -> None:
        super().__init__()
        self.title, self.items, self.choose, self.leave = title, list(items), choose, leave
        self.verbs, self.empty = list(verbs), empty
        self.selected = selected
        self.digits = min(9, len(self.verbs or self.items)) if self.items else 0
        self._below = self._detail = 0
        self._titles = 1

    def on_mount(self) -> None:
        """Take the keys; those pressed before the list was ready are not lost."""
        border = 1
        width = self.screen.size.width - self.styles.margin.width - 4
        details = [len(wrapped(line(item.detail), width)) for item in self.items if item.detail]
        self._detail = min(_DETAIL, max(details, default=0))
        self._below = bool(self.verbs and self.items) + self._detail
        self._titles = len(wrapped(line(self.title), width))
        most = _LINES_LOW if self.screen.has_class("-low") else _LINES
        self.styles.height = min(most, len(self.items) or 1) + self._titles + self._below + border
        self.stand(self)

    def render(self) -> Content:
        """Title, items, verbs."""
        width, height = self.size
        rows = wrapped(line((self.title, f"{ACCENT} bold")), width)
        shown = window(len(self.items), max(1, height - self._titles - self._below), self.selected)
        rows += self._rows(shown, width)
        rows += [] if self.items else [line((self.empty, DIM))]
        if self._detail:
            detail = wrapped(line((self.items[self.selected].detail, "")), width)[: self._detail]
            rows += [*detail, *[EMPTY] * (self._detail - len(detail))]
        if self.verbs and self.items:
            rows.append(self._verbs(width))
        return Content("\n").join(rows[:height])

    def _rows(self, shown: range, width: int) -> list[Content]:
        """The visible lines, with an arrow at the end of those next to hidden ones."""
        if len(shown) == len(self.items):
            return [self._row(number, width) for number in shown]
        rows = [self._row(number, width - 2) for number in shown]
        if shown.start > 0:
            rows[0] = spread(rows[0], line(("↑", DIM)), width)
        if shown.stop < len(self.items):
            rows[-1] = spread(rows[-1], line(("↓", DIM)), width)
        return rows

    def _verbs(self, width: int) -> Content:
        """The verbs on one line, closer together if it is short."""
        needed = sum(2 + len(words) for _verb, words in self.verbs)
        gap = 3 if needed + 3 * (len(self.verbs) - 1) <= width else 2
        parts: list[Part] = []
        for digit, (_verb, words) in enumerate(self.verbs, 1):
            parts += [(f"{digit}", f"{ACCENT} bold"), f" {words}{' ' * gap}"]
        return line(*parts)

    def _row(self, number: int, width: int) -> Content:
        item = self.items[number]
        label = "  " if self.verbs else f"{number + 1}  " if number < 9 else "   "
        selected = number == self.selected
        row = cut(line((label, "" if selected else f"{ACCENT} bold"), (item.words, item.style)), width)
        padded = line(row, " " * (width - row.cell_length))
        return line((padded.plain, "reverse bold")) if selected else padded

    def take(self, key: str, character: str | None) -> bool:
        """Digits, arrows, Enter, Esc; other keys do nothing here."""
        if key == "escape":
            self.leave()
        elif key in ("up", "down") and self.items:
            self.selected = (self.selected + (1 if key == "down" else -1)) % len(self.items)
            self.refresh()
        elif key == "enter" and self.items and not self.verbs:
            self._take(self.selected)
        elif character and character in "123456789":
            self._digit(character)
        else:
            return False
        return True

    def _digit(self, digit: str) -> None:
        number = int(digit) - 1
        if 0 <= number < len(self.verbs or self.items) and self.items:
            self._take(number)

    def _take(self, number: int) -> None:
        if self.verbs:
            self.choose(self.verbs[number][0], self.items[self.selected].value)
        else:
            self.choose("", self.items[number].value)
