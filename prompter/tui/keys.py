"""The keys: those that act in any focus, those in the bar, and the physical place of a letter."""

from __future__ import annotations

from textual.message import Message

from prompter.call.view.parts import IDLE, DeskView
from prompter.locale import _
from prompter.text.layout import latin_key, swap_layout
from prompter.tui.footer import KeyHint

KEYS = {
    **{f"f{n}": f"scenario('F{n}')" for n in range(2, 10)},
    "tab": "next_field(1)",
    "shift+tab": "next_field(-1)",
    "f1": "help",
    "f12": "language",
    "ctrl+n": "call",
    "ctrl+e": "end",
    "ctrl+b": "promises",
    "ctrl+t": "status",
    "ctrl+o": "note",
    "ctrl+y": "copy",
    "ctrl+r": "handbook",
    "pageup": "scroll_card(-1)",
    "pagedown": "scroll_card(1)",
}
"""Keys that act in any focus, and their actions."""


class KeyInTurn(Message):
    """One of `KEYS`, queued like letters and digits, sent to the screen while nothing is focused.

    A binding acts at once, before a digit pressed earlier has arrived: `1` and F9 would close the call with
    an answer to the farewell. In a form it is the reverse: letters are on their way to their field, and those
    after Tab must go to the next one.
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


def physical(key: str) -> str:
    """`ctrl+и` -> `ctrl+b`: a letter with Ctrl means its physical key, in any layout."""
    modifiers, plus, letter = key.rpartition("+")
    if "ctrl" not in modifiers.split("+") or len(letter) != 1 or letter.isascii():
        return key
    return f"{modifiers}{plus}{latin_key(letter)}"


def opens_search(character: str) -> bool:
    """Whether a word can begin with it: a letter, a sign on a Russian letter's key (`;` is ж), a space."""
    return character.isalpha() or character == " " or swap_layout(character).isalpha()


def call_hints(view: DeskView, other_language: str, closing: tuple[str, str] | None) -> tuple[KeyHint, ...]:
    """The bar for this view. `closing` is the key and title of the scenario that ends calls."""
    if view.header.state == IDLE:
        return _idle_hints(view, other_language)
    answers = view.card.answers
    digits = "1" if len(answers) == 1 else f"1–{len(answers)}"
    does = {
        "said": _("said"),
        "answer": _("next"),
        "end": _("said, end"),
        "": _("said"),
    }
    # the contact form has a bar of its own
    hints = [KeyHint("Enter", does.get(view.enter, _("said")), bool(view.enter), 0)]
    hints += [KeyHint(digits, _("answer"), rank=1)] if answers else []
    hints.append(KeyHint("0", _("nothing fits"), rank=6))
    hints.append(KeyHint("Esc", _("back"), view.undo, 1))
    hints += [KeyHint("F12", other_language, rank=5)] if other_language else []
    hints += [KeyHint(closing[0], closing[1], rank=4)] if closing else []
    hints += [KeyHint("Ctrl+E", _("hung up"), rank=5), KeyHint("Ctrl+O", _("note"), rank=8)]
    hints.append(KeyHint("Ctrl+R", _("handbook"), rank=9))
    return (*hints, KeyHint("F1", _("keys"), rank=0))


def _idle_hints(view: DeskView, other_language: str) -> tuple[KeyHint, ...]:
    hints = [KeyHint("Enter", _("greeting said"), rank=0), KeyHint("F3–F9", _("scenarios"), rank=4)]
    hints.append(KeyHint("Ctrl+B", _("call-backs"), bool(view.norms), 3))
    hints += [KeyHint("Ctrl+E", _("outcome"), rank=2)] if view.untold else []
    hints.append(KeyHint("Ctrl+N", _("call by hand"), rank=5))
    hints += [KeyHint("F12", other_language, rank=5)] if other_language else []
    hints += [KeyHint("Esc", _("into the call"), True, 1)] if view.undo else []  # whatever was done since
    hints.append(KeyHint("Ctrl+R", _("handbook"), rank=6))
    hints += [KeyHint("Ctrl+T", _("status"), rank=8), KeyHint("Ctrl+Q", _("quit"), rank=7)]
    return (*hints, KeyHint("F1", _("keys"), rank=0))


def form_hints(arrows: bool) -> tuple[KeyHint, ...]:
    """The bar while a form takes the keys."""
    hints = [KeyHint("Enter", _("write down"), rank=0), KeyHint("Tab", _("field"), rank=3)]
    hints += [KeyHint("← →", _("change"), rank=2)] if arrows else []
    return (*hints, KeyHint("Esc", _("back"), rank=1), KeyHint("F1", _("keys"), rank=4))


def menu_hints(digits: int) -> tuple[KeyHint, ...]:
    """The bar while a list with this many lines or verbs is open."""
    if not digits:
        return (KeyHint("Esc", _("back"), rank=0),)
    return (
        KeyHint("1" if digits == 1 else f"1–{digits}", _("choose"), rank=0),
        KeyHint("↑ ↓", _("line"), rank=2),
        KeyHint("Esc", _("back"), rank=0),
    )


def search_hints(found: bool, opens: bool, other_language: str) -> tuple[KeyHint, ...]:
    """The bar while a query is typed. `found`: a result is selected; `opens`: it is not open yet."""
    does = _("write down") if not found else _("open") if opens else _("close the preview")
    hints = [KeyHint("Enter", does, rank=0)]
    hints += [KeyHint("↑ ↓", _("choose"), rank=1), KeyHint("Ctrl+Y", _("copy"), rank=3)] if found else []
    hints += [KeyHint("F12", other_language, rank=4)] if other_language else []
    return (*hints, KeyHint("Esc", _("back"), rank=0))
