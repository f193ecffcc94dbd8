"""The contact form of a promise: number, name, question, the time promised, and who calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prompter.call.view.parts import DeskView
from prompter.kb.model import MANAGER, Norm
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.text.phone import grouped
from prompter.tui.forms.form import Choice, Form, Text
from prompter.tui.forms.panel import Values


def contact_form(
    norm: Norm,
    view: DeskView,
    question: str,
    seconds: int,
    submit: Callable[[Values], str],
    leave: Callable[[], None],
    key: str,
    draft: Mapping[str, str] | None,
) -> Form:
    """The form for a promise of this norm, filled in with what is known of the caller and the promise."""
    steps = range(norm.step or norm.limit, norm.limit + 1, norm.step or norm.limit)
    times = [(str(seconds), duration_words(seconds)) for seconds in steps]
    person = view.header.person
    fields: list[Text | Choice] = [
        Text(
            "number",
            _("Number"),
            grouped(person.number),
            hint=_("for example {number}").format(number="0555 12-34-56"),
        ),
        Text("name", _("Name"), person.name),
        Text("question", _("Question"), question),
        Choice("seconds", _("Call back in"), times, value=str(seconds)),
    ]
    title = _("Contact: the manager calls back") if norm.who == MANAGER else _("Contact: you call back")
    arrows = "seconds" if len(times) > 1 else ""
    return Form(title, fields, submit, key=key, draft=draft, arrows=arrows, leave=leave)
