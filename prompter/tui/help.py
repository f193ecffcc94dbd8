"""Help for what is on screen: every key and what it does."""

from __future__ import annotations

from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prompter.locale import _, language
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, hanging, line
from prompter.tui.keys import HELP

_WIDTH = 54
_KEY = 9


class HelpScreen(ModalScreen[None]):
    """Any key closes it; the arrows scroll where the window is low."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen #help {
        width: 58; max-width: 100%; max-height: 100%; height: auto;
        background: $panel; padding: 1 2; overflow-y: auto;
    }
    """

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static(Content("\n").join(help_lines(self.first)), id="help")

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        shown = self.query_one("#help")
        if event.key in ("up", "down", "pageup", "pagedown"):
            by = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
            shown.scroll_relative(y=by, animate=False)
        else:
            self.dismiss()
        event.stop()


def help_lines(first: str = "") -> list[Content]:
    """The keys by group; the group that is on screen now comes first."""
    rows: list[Content] = []
    groups = [(_(name), list(items)) for name, items in groupby(HELP, key=lambda item: item.group)]
    for name, items in sorted(groups, key=lambda group: group[0] != first):
        rows.append(line((name, f"{ACCENT} bold")))
        for item in items:
            key = _(item.key) if item.key.islower() else item.key
            rows += hanging(line((key, STRONG)), line(_(item.does)), _KEY, _WIDTH)
        rows.append(EMPTY)
    if language() == "ky":
        rows += [line((_("These interface words are a draft that no person approved"), DIM)), EMPTY]
    return [*rows, line((_("Any key closes this"), DIM))]
