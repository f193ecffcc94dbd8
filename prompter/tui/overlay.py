"""What the screens over the operator's have in common: each closes itself and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.screen import Screen

if TYPE_CHECKING:
    _Base = Screen[None]
else:
    _Base = object


class Covering(_Base):
    """Put before Textual's own screen class. Textual's `dismiss` closes whatever is uppermost by then: a key
    that was on its way here when another screen came would close that one, the palette in the middle of its
    work, and the program with it.
    """

    def look(self) -> None:
        """Show what changed or was told on the operator's screen, where this one shows it too."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, unless another screen stands over this one."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
