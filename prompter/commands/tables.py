"""Tables and columns of the trainer's commands, and how the states of a text are drawn in them.

Rich draws them; it is loaded with Textual anyway, and here only by commands that print tables. Authored text
goes in as `Text`, never as markup.
"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from prompter.kb.approvals import APPROVED, DRAFT, MISSING, STALE
from prompter.locale import N_, _
from prompter.text.worddiff import GONE, NEW, word_diff

NARROW, WIDE = 80, 120
"""The line width if unknown, and at most: longer lines are hard to follow."""

GLYPHS = {APPROVED: "✓", STALE: "▲", DRAFT: "○", MISSING: "–"}
NAMES = {
    APPROVED: N_("approved text"),
    STALE: N_("stale text"),
    DRAFT: N_("draft text"),
    MISSING: N_("no text"),
}
STYLES = {APPROVED: "green", STALE: "yellow", DRAFT: "cyan", MISSING: "dim"}


def paper() -> Console:
    """The console for tables: standard output, with colours only on a terminal and not with NO_COLOR."""
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, WIDE) if console.is_terminal else NARROW
    return console


def state_text(state: str) -> Text:
    """A state as a sign and a word."""
    return Text(f"{GLYPHS[state]} {_(NAMES[state])}", STYLES[state])


def diff_text(old: str, new: str) -> Text:
    """Two texts as one: `[-gone-]` and `{+new+}` around the words that differ."""
    text = Text()
    for number, piece in enumerate(word_diff(old, new)):
        words = piece.text.removeprefix("\n")  # a line begins before the bracket, not in it
        text.append("\n" if words != piece.text else " " if number else "")
        if piece.kind == GONE:
            text.append(f"[-{words}-]", "red")
        elif piece.kind == NEW:
            text.append(f"{{+{words}+}}", "green")
        else:
            text.append(words)
    return text
