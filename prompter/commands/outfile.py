"""The format of a command's output file, from its extension."""

from __future__ import annotations

import os
from collections.abc import Mapping

from prompter.commands.base import tell
from prompter.commands.here import CouldNotRun
from prompter.locale import _
from prompter.text.safe import clean_line

SCREEN = "-"


def form_of(file: str | None, form: str | None, forms: Mapping[str, str], default: str) -> str:
    """The format for a file, by its extension; for the screen the one requested, else the `default`.

    `forms` maps extensions, dot included, to formats. A name without an extension takes the requested `form`.
    Raises CouldNotRun, reason printed, if the extension is unknown or contradicts --format.
    """
    if not file or file == SCREEN:
        return form or default
    ending = os.path.splitext(file)[1].lower()
    if not ending and form in forms.values():
        return form or default
    by_name = forms.get(ending)
    if by_name is None:
        text = _("{file}: this ending is not known; a file's name ends in {known}")
        tell(text.format(file=clean_line(file), known=", ".join(forms)))
        raise CouldNotRun
    if form not in (None, by_name):
        text = _("{file}: the ending does not go with --format {form}")
        tell(text.format(file=clean_line(file), form=form))
        raise CouldNotRun
    return by_name
