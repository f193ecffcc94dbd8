"""What screens over the operator's have in common: each closes only itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.screen import Screen

if TYPE_CHECKING:
    _Base = Screen[None]
else:
    _Base = object


class Covering(_Base):
    """Mixin. `dismiss` closes this screen only while it is on top; Textual's closes whatever is on top.

    A key still on its way here would otherwise close a screen that has just opened, even the palette in the
    middle of its work, and the program with it.
    """

    def look(self) -> None:
        """Show what changed, or messages, on the operator's screen, if this one shows them too."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, unless another screen is above this one."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
