"""The named reference: about the smallest Textual program with a text, a tree and a footer.

F3 changes the text to `phrase 1`, `phrase 2` and so on.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, Static, Tree

READY = "reference ready"
"""The text after the start."""


class Reference(App[None]):
    """Static, Tree, Footer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("f3", "change", "Change"),
        ("f4", "clear", "Clear"),
        ("f1", "help", "Help"),
        ("ctrl+q", "quit", "Quit"),
    ]
    changes = 0

    def compose(self) -> ComposeResult:
        """Three widgets."""
        yield Static(READY, id="phrase", markup=False)
        tree: Tree[None] = Tree("scenarios")
        tree.root.expand()
        for number in range(3):
            branch = tree.root.add(f"scenario {number}", expand=True)
            for leaf in range(3):
                branch.add_leaf(f"step {number}.{leaf}")
        yield tree
        yield Footer()

    def action_change(self) -> None:
        """Show the next phrase."""
        self.changes += 1
        self.query_one("#phrase", Static).update(f"phrase {self.changes}")

    def action_clear(self) -> None:
        """Show the first text again."""
        self.query_one("#phrase", Static).update(READY)

    def action_help(self) -> None:
        """Do nothing: for the footer's entry."""


if __name__ == "__main__":
    Reference().run()
