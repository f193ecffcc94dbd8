"""The form about the operator: name, form of address, department, language. A name alone is enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from prompter.call.phrases import text_in
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.locale.names import LANGUAGE_NAMES
from prompter.settings import Settings
from prompter.text.safe import clean_line
from prompter.tui.forms.form import Choice, Form, Text
from prompter.tui.forms.panel import Values
from prompter.tui.remembering import kept


def who_form(
    base: KnowledgeBase,
    settings: Settings,
    submit: Callable[[Values], str],
    leave: Callable[[], None],
    draft: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled in with what is known."""
    forms = [("", _("not said")), ("f", _("she: «завершила»")), ("m", _("he: «завершил»"))]
    titles = [(id_, text_in(t, settings.ui, base.languages)) for id_, t in base.departments.items()]
    languages = [(one, LANGUAGE_NAMES.get(one, one)) for one in base.languages]
    fields: list[Text | Choice] = [
        Text("operator", _("Your name"), settings.operator, hint=_("as you greet callers")),
        Choice("form", _("Form of address"), forms, settings.form),
        Choice("department", _("Department"), [("", _("all")), *titles], settings.department),
        Choice("language", _("Phrases in"), languages, settings.language or base.languages[0]),
    ]
    return Form(_("Who works here?"), fields, submit, key="who", draft=draft, leave=leave)


def seated(settings: Settings, values: Values, home: Path) -> tuple[Settings, str]:
    """The settings with the form's values, saved; and why they could not be saved, or ""."""
    changes = {name: clean_line(values[name]) for name in ("operator", "form", "department", "language")}
    return replace(settings, **changes), kept(home, **changes)
