"""Forms of one or two fields: a call by hand, a note, a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prompter.locale import _
from prompter.tui.forms.form import Choice, Form, Text
from prompter.tui.forms.panel import Values

Submit = Callable[[Values], str]
Leave = Callable[[], None]


def call_form(submit: Submit, leave: Leave) -> Form:
    """A call by hand. It keeps no draft: the next call is another caller's."""
    directions = [("incoming", _("incoming")), ("outgoing", _("outgoing"))]
    fields: list[Text | Choice] = [
        Text("number", _("Number"), hint=_("if known")),
        Choice("direction", _("Call"), directions),
    ]
    return Form(_("A call by hand"), fields, submit, key="call", arrows="direction", leave=leave)


def note_form(
    step: str, gap: bool, submit: Submit, leave: Leave, key: str, draft: Mapping[str, str] | None
) -> Form:
    """The caller's words for a gap at `step`, or a note about a call."""
    title = _("What did the caller say? ({step})").format(step=step) if gap else _("Note about the call")
    fields = [Text("text", _("Words") if gap else _("Note"))]
    return Form(title, fields, submit, key=key, draft=draft, leave=leave)


def callback_note_form(
    title: str, submit: Submit, leave: Leave, key: str, draft: Mapping[str, str] | None
) -> Form:
    """A note about a call-back."""
    return Form(title, [Text("text", _("Note"))], submit, key=key, draft=draft, leave=leave)


def reason_form(title: str, submit: Submit, leave: Leave, key: str, draft: Mapping[str, str] | None) -> Form:
    """Why a promise was kept late or cancelled."""
    return Form(title, [Text("text", _("Reason"))], submit, key=key, draft=draft, leave=leave)
