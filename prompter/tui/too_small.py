"""What is shown if the window is too small to work in: a sentence, and no key that could act unseen."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prompter.locale import _
from prompter.tui.app import LEAST
from prompter.tui.overlay import Covering


class TooSmall(Covering, ModalScreen[None]):
    """Covers everything until the window is larger again; what is below stays as it is.

    Keys do nothing meanwhile: whoever cannot see the answers must not choose one by mistake.
    """

    DEFAULT_CSS = "TooSmall { background: $background; } TooSmall Static { color: $warning; }"

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(id="too-small", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Show the current size and the one needed."""
        text = _(
            "▲ The window is too small: {width}×{height}. "
            "Enlarge it to {least_width}×{least_height} at least. "
            "The call goes on; keys do nothing until then."
        )
        width, height = event.size
        said = text.format(width=width, height=height, least_width=LEAST[0], least_height=LEAST[1])
        self.query_one(Static).update(Content(said))

    def on_screen_resume(self) -> None:
        """Close if the window was enlarged while another screen covered this one."""
        width, height = self.app.size
        if width >= LEAST[0] and height >= LEAST[1]:
            self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Nothing acts."""
        event.stop()
