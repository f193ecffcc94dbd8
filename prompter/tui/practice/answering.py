"""How a phrase is given: the field for typing it, the marks for a spoken one, the verdict on a typed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from prompter.call import drill_events as d
from prompter.locale import N_, _
from prompter.tui.draw import ACCENT, BAD, GOOD, STRONG, WARM, line, wrapped
from prompter.tui.footer import KeyHint
from prompter.tui.forms.form import Form, Text
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.forms.panel import Panel, Values

VERDICTS = {d.SAID: N_("said"), d.ALMOST: N_("almost"), d.NO: N_("not as written"), d.TONE: N_("tone")}
"""Verdicts, in the interface's words."""

SCORES = {d.SAID: 1.0, d.ALMOST: 0.6, d.NO: 0.0, d.TONE: 0.5}
"""The score, of 1, of a mark given by a person."""

STYLES = {d.SAID: GOOD, d.ALMOST: WARM, d.NO: BAD, d.TONE: WARM}
GLYPHS = {d.SAID: "✓", d.ALMOST: "◐", d.NO: "✗", d.TONE: "♪"}


def self_mark(choose: Callable[[str], None], leave: Callable[[], None]) -> Menu:
    """The trainee compares what she said with the text now shown on the card."""
    words = {
        d.SAID: _("Said as written"),
        d.ALMOST: _("Almost: a word or two different"),
        d.NO: _("No: said differently, or not remembered"),
    }
    items = [Item(verdict, text) for verdict, text in words.items()]
    return Menu(_("Compare with the text: how did you say it?"), items, lambda _v, one: choose(one), leave)


def coach_mark(choose: Callable[[str], None], leave: Callable[[], None]) -> Menu:
    """The trainer marks what she heard."""
    words = {
        d.SAID: _("Said"),
        d.ALMOST: _("Almost"),
        d.NO: _("Not said"),
        d.TONE: _("Said, but in the wrong tone"),
    }
    items = [Item(verdict, text) for verdict, text in words.items()]
    return Menu(_("Trainer: what did you hear?"), items, lambda _v, one: choose(one), leave)


def remark_form(submit: Callable[[str], str], leave: Callable[[], None]) -> Form:
    """The trainer's remark about the phrase; Enter alone skips it."""
    field = Text("remark", _("Remark"), hint=_("Enter alone: no remark"))

    def write(values: Values) -> str:
        return submit(values["remark"])

    return Form(_("Trainer: a remark?"), [field], write, key="remark", leave=leave)


class AnswerForm(Form):
    """The field for the phrase; it takes letters and digits."""


def answer_form(place: str, submit: Callable[[str], str], leave: Callable[[], None]) -> AnswerForm:
    """A field for the phrase of the current step. Clocks are paused from the first letter."""

    def write(values: Values) -> str:
        return submit(values["phrase"])

    field = Text("phrase", _("Phrase"), hint=_("as you would say it; Esc: not yet"))
    return AnswerForm(_("What do you say?"), [field], write, key=f"answer {place}", leave=leave)


class Verdict(Panel, can_focus=True):
    """The mark of a typed phrase, word by word, until `Enter`."""

    DEFAULT_CSS = "Verdict { height: auto; padding: 0 2; }"
    digits = 0

    def __init__(self, rows: Sequence[Content], go_on: Callable[[], None]) -> None:
        super().__init__()
        self.rows, self.go_on = list(rows), go_on

    def on_mount(self) -> None:
        """Take the keys."""
        width = self.screen.size.width - self.styles.margin.width - 4
        self.shown = [row for one in self.rows for row in wrapped(one, width)]
        self.styles.height = len(self.shown) + 1
        self.stand(self)

    def hints(self) -> tuple[KeyHint, ...]:
        """Enter continues."""
        return (KeyHint("Enter", _("next"), rank=0),)

    def render(self) -> Content:
        """The rows."""
        return Content("\n").join(self.shown)

    def take(self, key: str, character: str | None) -> bool:
        """Enter, Space or Esc continue."""
        if key not in ("enter", "escape", "space"):
            return False
        self.go_on()
        return True


def title_row(verdict: str, score: float) -> Content:
    """The verdict and its score on one line."""
    style = f"{STYLES[verdict]} bold"
    text = _("{score} of 100").format(score=round(100 * score))
    return line((f"{GLYPHS[verdict]} {_(VERDICTS[verdict])}", style), ("  " + text, STRONG))


def label_row(label: str, text: Content) -> Content:
    """A labelled line of the verdict."""
    return line((f"{label}  ", ACCENT), text)
