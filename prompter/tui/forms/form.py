"""A small form over the answers: fields in a column, `Enter` submits, `Esc` leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from prompter.tui.draw import ACCENT, BAD, DIM, STRONG, line
from prompter.tui.forms.panel import Panel, Values


class Text(Struct, frozen=True):
    """A field to type in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""


class Choice(Struct, frozen=True):
    """A field with a few values, (value, words); the arrows change it."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str = ""


class ChoiceField(Static, can_focus=True):
    """Shows the chosen value between arrows."""

    def __init__(self, field: Choice) -> None:
        super().__init__(id=f"field-{field.name}", markup=False)
        self.options = list(field.options)
        values = [value for value, _words in self.options]
        self.index = values.index(field.value) if field.value in values else 0

    @property
    def value(self) -> str:
        """The chosen value."""
        return self.options[self.index][0]

    def change(self, by: int) -> None:
        """Choose a neighbour, stopping at the ends."""
        self.index = max(0, min(len(self.options) - 1, self.index + by))
        self.refresh(layout=True)

    def render(self) -> Content:
        """‹ value ›, without an arrow at an end."""
        if len(self.options) == 1:
            return line((self.options[0][1], STRONG))
        before = "‹ " if self.index else "  "
        after = " ›" if self.index < len(self.options) - 1 else ""
        return line((before, ACCENT), (self.options[self.index][1], STRONG), (after, ACCENT))


class Form(Panel):
    """A titled form.

    `submit` takes the values and returns "" or an error (the form then stays open). `arrows` names the choice
    that ← and → change from any field; `key` names the draft that keeps what was typed when the form is left.
    """

    SCOPED_CSS = False  # the screen knows whether the window is low
    DEFAULT_CSS = """
    Form {
        layout: grid; grid-size: 2; grid-columns: 18 1fr; grid-rows: auto; grid-gutter: 0 1;
        height: auto; padding: 1 2;
    }
    Form #form-title { dock: top; width: 100%; margin: 0 0 1 0; }
    Form #form-error { column-span: 2; }
    Form Input { background: $surface; }
    Form Input:focus, Form ChoiceField:focus { background: $background; }
    Form ChoiceField { height: auto; }
    .-low Form { padding: 0 2; }
    .-low Form #form-title { margin: 0; }
    Form Input:nocolor, Form ChoiceField:nocolor:focus { text-style: underline; }
    Form Input:nocolor > .input--cursor { text-style: reverse; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Text | Choice],
        submit: Callable[[Values], str],
        *,
        key: str,
        draft: Mapping[str, str] | None = None,
        arrows: str = "",
        leave: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.title, self.fields, self.submit, self.key = title, fields, submit, key
        self.draft = draft or {}
        self.arrows, self.leave = arrows, leave
        self.changes = any(isinstance(field, Choice) and len(field.options) > 1 for field in fields)

    def compose(self) -> ComposeResult:
        """A title, then label and field in two columns."""
        yield Static(line((self.title, f"{ACCENT} bold")), id="form-title")
        for field in self.fields:
            yield Static(line((field.label, DIM)), classes="label")
            if isinstance(field, Choice):
                yield ChoiceField(field)
            else:
                value = self.draft.get(field.name, field.value)
                id_ = f"field-{field.name}"
                yield Input(value, id=id_, placeholder=field.hint, compact=True, max_length=300)
        yield Static("", id="form-error", markup=False)

    def on_mount(self) -> None:
        """Focus the first empty text field; keys pressed before the form was ready are not lost."""
        for choice in self.query(ChoiceField):
            kept = self.draft.get((choice.id or "").removeprefix("field-"))
            values = [value for value, _words in choice.options]
            choice.index = values.index(kept) if kept in values else choice.index
        inputs = list(self.query(Input))
        fields = [*inputs, *self.query(ChoiceField)]  # none if it was closed before it was ready
        self.stand(next((one for one in inputs if not one.value), next(iter(fields), None)))

    def values(self) -> Values:
        """The content of the fields."""
        found = {(i.id or "").removeprefix("field-"): i.value for i in self.query(Input)}
        chosen = {(c.id or "").removeprefix("field-"): c.value for c in self.query(ChoiceField)}
        return found | chosen

    def press(self, key: str, character: str | None) -> None:
        """A key that was pressed before the fields were ready."""
        field = self.screen.focused
        if self.take(key, character):
            return
        if key in ("tab", "shift+tab"):
            self.screen.focus_next() if key == "tab" else self.screen.focus_previous()
        elif isinstance(field, Input) and key == "backspace":
            field.action_delete_left()
        elif isinstance(field, Input) and character and character.isprintable():
            field.insert_text_at_cursor(character)

    def take(self, key: str, character: str | None) -> bool:
        """Enter, Esc and the arrows."""
        if key == "enter":
            self._say(self.submit(self.values()))
        elif key == "escape" and self.leave:
            self.leave()
        elif key in ("left", "right") and (choice := self._choice()):
            choice.change(1 if key == "right" else -1)
        elif key in ("up", "down"):
            self.screen.focus_next() if key == "down" else self.screen.focus_previous()
        else:
            return False
        return True

    def on_input_changed(self) -> None:
        """Clear the error: it is about the previous text."""
        self._say("")

    def _choice(self) -> ChoiceField | None:
        focused = self.screen.focused
        if isinstance(focused, ChoiceField):
            return focused
        return self.query_one(f"#field-{self.arrows}", ChoiceField) if self.arrows else None

    def _say(self, error: str) -> None:
        self.query_one("#form-error", Static).update(line((error, f"{BAD} bold")))
