"""Names shared by the screen and the commands."""

from __future__ import annotations

from prompter.locale import _

LANGUAGE_NAMES = {"ru": "русский", "ky": "кыргызча", "en": "English"}
"""Languages by their own names."""


def missing_names() -> dict[str, str]:
    """How a missing word is named in place, by its source."""
    return {
        "settings": _("operator's name"),
        "gender": _("her form or his"),
        "clock": _("time of day"),
    }
