"""Help for what is on screen: every key and what it does."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prompter.locale import N_, _, language
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, hanging, line
from prompter.tui.overlay import Covering


class Help(Struct, frozen=True):
    """One line of the help: its group, a key, and what it does."""

    group: str
    key: str
    does: str


HELP = (
    Help(
        N_("In a call"),
        "Enter",
        N_("said; also takes the answer marked (Enter); ends a last step"),
    ),
    Help(N_("In a call"), "1–9", N_("the caller's answer; marks the phrase as said too")),
    Help(N_("In a call"), "0", N_("nothing fits: noted at once, the words can wait")),
    Help(N_("In a call"), "Esc", N_("takes back the last key; clocks run as if it was never pressed")),
    Help(N_("In a call"), "← →", N_("change the time in the phrase or the form")),
    Help(N_("In a call"), "F12", N_("the other language; in a call for this call alone")),
    Help(N_("In a call"), "Ctrl+E", N_("end the call: outcomes by digit")),
    Help(N_("In a call"), "Ctrl+O", N_("note, or words for a gap; also after the call")),
    Help(N_("Any time"), "F2–F9", N_("open a scenario; between calls they start a call, greeting said")),
    Help(
        N_("Any time"),
        N_("letters"),
        N_("search by the caller's words: scenarios, phrases, handbook; Space: all"),
    ),
    Help(N_("Any time"), "↑ ↓", N_("highlight a scenario, Enter opens it")),
    Help(N_("Any time"), "Ctrl+B", N_("call-backs: call, done, cancel, note, copy for the chat")),
    Help(
        N_("Any time"),
        "Ctrl+T",
        N_("your status in «Линия 24», as a reminder, no time sheet: a digit, or ↑ ↓ Enter"),
    ),
    Help(N_("Any time"), "Ctrl+N", N_("a call by hand: number, incoming or outgoing")),
    Help(N_("Any time"), "Ctrl+R", N_("handbook: articles, statuses, what is forbidden, norms, outcomes")),
    Help(N_("Any time"), "PgDn", N_("the rest of a long card; PgUp goes back")),
    Help(N_("Any time"), "Ctrl+Y", N_("copies the phrase; again: its next wording")),
    Help(N_("Any time"), "Ctrl+P", N_("all commands")),
    Help(N_("Any time"), "Ctrl+Q", N_("quit; a running call goes on at the next start")),
    Help(N_("Signs"), "▶ ✓ ○", N_("now, said, possible next")),
    Help(N_("Signs"), "‖", N_("interrupted: it goes on afterwards")),
    Help(N_("Signs"), "◐ ◑ ▲", N_("a clock runs, is nearly over, is over; ▲ warns elsewhere too")),
    Help(N_("Signs"), "◌ ○ ■", N_("a quiet clock, a call-back, an ending")),
    Help(N_("Signs"), "● ✓ ✗", N_("a status: every day, allowed, forbidden for you")),
    Help(N_("In a form"), "Tab", N_("next field")),
    Help(N_("In a form"), "Enter", N_("write it down")),
    Help(N_("In a form"), "Esc", N_("back; what was typed is kept")),
    Help(
        N_("In the handbook"), N_("letters"), N_("keep only lines with words that begin so; Backspace, Esc")
    ),
    Help(N_("In the handbook"), "Enter", N_("read: ↑ ↓ PgUp PgDn scroll, Esc goes back to the list")),
    Help(N_("In the handbook"), "F2–F9", N_("close it and open the scenario; so do Ctrl+N, E, B, O")),
    Help(N_("In practice"), "Enter", N_("answer the phone; the phrase is said: it opens, and you mark it")),
    Help(N_("In practice"), "1–3", N_("how it was said: as written, almost, not; else the caller's answer")),
    Help(N_("In practice"), "F3–F9", N_("the scenario that fits what the caller said; letters search too")),
    Help(N_("In practice"), "Esc", N_("leaves the field of a phrase; twice between calls: ends the drill")),
    Help(N_("In practice"), "Ctrl+Q", N_("twice: leave now and go on later; an exam is then broken off")),
)

_WIDTH = 54
_KEY = 9


class HelpScreen(Covering, ModalScreen[None]):
    """Any key closes it; the arrows scroll if the window is low."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background; }
    HelpScreen #help { width: 60; max-width: 100%; height: 100%; background: $panel; padding: 1 2; }
    HelpScreen Static { height: auto; }
    """

    def __init__(self, first: str = "") -> None:
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join(help_lines(self.first)))

    def on_key(self, event: events.Key) -> None:
        """Scroll or close."""
        event.stop()
        shown = self.query_one("#help")
        if event.key in ("up", "down", "pageup", "pagedown"):
            by = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
            shown.scroll_relative(y=by, animate=False)
        else:
            self.dismiss()


def help_lines(first: str = "") -> list[Content]:
    """The keys by group, beginning with the one for the current screen."""
    rows = [line((_("↑ ↓ scroll, any other key closes this"), DIM)), EMPTY]
    groups = [(_(name), list(items)) for name, items in groupby(HELP, key=lambda item: item.group)]
    for name, items in sorted(groups, key=lambda group: group[0] != first):
        rows.append(line((name, f"{ACCENT} bold")))
        for item in items:
            key = _(item.key) if item.key.islower() else item.key
            rows += hanging(line((key, STRONG)), line(_(item.does)), _KEY, _WIDTH)
        rows.append(EMPTY)
    if language() == "ky":
        rows += [line((_("These interface words are a draft that no person approved"), DIM)), EMPTY]
    return rows[:-1]
