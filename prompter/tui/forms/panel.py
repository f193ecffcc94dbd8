"""What forms and lists have in common: they cover the answers and take all keys while open."""

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

    `key` names the draft that keeps what was typed ("" for none), `changes`: the arrows change something,
    `digits`: how many digits act. `early` are keys that came before the panel was `ready`, `seen` is the last
    key it received: the screen ignores that one when it bubbles up. Once the panel is closed, keys still
    arriving go to `closed_to`; `acting` is set while it handles a key of its own, which may close it.
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
        """Take the keys, handling those pressed earlier; if closed meanwhile, hand them on."""
        if not self.closed_to:
            self.screen.set_focus(focus)
        self.ready = True
        for event in self.early:
            if self.closed_to:
                self.closed_to(event)
            else:
                self.work(self.press, event)

    def work(self, do: Callable[[str, str | None], Done], event: events.Key) -> Done:
        """Handle one of the panel's own keys."""
        self.acting = True
        try:
            return do(event.key, event.character)
        finally:
            self.acting = False

    def hints(self) -> tuple[KeyHint, ...]:
        """The bar while the panel is open."""
        return form_hints(self.changes) if self.key else menu_hints(self.digits)

    def on_key(self, event: events.Key) -> None:
        """Handle the panel's keys before a field sees them; after closing, hand them on."""
        self.seen = event
        if self.closed_to:
            event.stop()
            self.closed_to(event)
        elif self.work(self.take, event):
            event.stop()
            event.prevent_default()

    def take(self, key: str, character: str | None) -> bool:
        """Handle a key in the panel itself; returns whether it did anything."""
        raise NotImplementedError

    def press(self, key: str, character: str | None) -> None:
        """A key that came before its field was ready."""
        self.take(key, character)

    def values(self) -> Values:
        """What was typed."""
        return {}
