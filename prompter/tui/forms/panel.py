"""What forms and lists have in common: they stand over the answers and own the keys, from first to last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.widget import Widget

from prompter.tui.footer import KeyHint
from prompter.tui.keys import form_hints, menu_hints

Values = dict[str, str]
Done = TypeVar("Done")


class Panel(Widget):
    """A form or a list over the answers; the card keeps the room above it.

    `key` names the draft under which what was typed is kept ("" keeps none), `changes` tells whether
    the arrows change something, `digits` how many digits act. `early` are keys that came before the
    panel stood (`ready`), `seen` is the last key that came through it: the screen leaves that one alone
    when it bubbles on. Once the panel is closed, keys still on their way go to `closed_to`; `acting` tells
    whether a key of its own is at work, that may close it.
    """

    SCOPED_CSS = False  # the place depends on the width, which the screen knows
    DEFAULT_CSS = """
    Panel { layer: base; dock: bottom; max-height: 100%; background: $panel; border-top: solid $accent; }
    .-wide Panel { margin: 0 0 0 38; }
    """

    key = ""
    changes = False
    digits = 0

    def __init__(self) -> None:
        super().__init__()
        self.early: list[events.Key] = []
        self.ready = False
        self.acting = False
        self.seen: events.Key | None = None
        self.closed_to: Callable[[events.Key], None] | None = None

    def stand(self, focus: Widget | None) -> None:
        """Take the keys, and do what was pressed before; one that was closed meanwhile hands them on."""
        if not self.closed_to:
            self.screen.set_focus(focus)
        self.ready = True
        for event in self.early:
            if self.closed_to:
                self.closed_to(event)
            else:
                self.work(self.press, event)

    def work(self, do: Callable[[str, str | None], Done], event: events.Key) -> Done:
        """Do what a key of the panel's own does."""
        self.acting = True
        try:
            return do(event.key, event.character)
        finally:
            self.acting = False

    def hints(self) -> tuple[KeyHint, ...]:
        """The bar while the panel is open."""
        return form_hints(self.changes) if self.key else menu_hints(self.digits)

    def on_key(self, event: events.Key) -> None:
        """The panel's own keys, before a field sees them; after it was closed, somebody else's."""
        self.seen = event
        if self.closed_to:
            event.stop()
            self.closed_to(event)
        elif self.work(self.take, event):
            event.stop()
            event.prevent_default()

    def take(self, key: str, character: str | None) -> bool:
        """Do what the key does in the panel itself; whether it does anything."""
        raise NotImplementedError

    def press(self, key: str, character: str | None) -> None:
        """A key that came before its field could take it."""
        self.take(key, character)

    def values(self) -> Values:
        """What was typed."""
        return {}
