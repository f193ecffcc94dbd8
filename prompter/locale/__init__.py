"""The interface's own words, through gettext catalogues. The content of scripts is never translated here.

Msgids are English; `ru` is the default language of a desk. A message with placeholders is formatted after
translation: `_("{count} left").format(count=2)`. This module is part of every start and imports only the
standard library's gettext (5 ms alone, next to nothing beside Textual, which loads the same modules). Times
and durations are in `formats`.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

LANGUAGES = ("ru", "ky", "en")
"""The languages of the interface, the default first."""

DOMAIN = "prompter"

_loaded: dict[str, _gettext.NullTranslations] = {}
_active = LANGUAGES[0]


def catalogue(language: str) -> Path:
    """The path of a language's compiled catalogue."""
    return Path(__file__).with_name(language) / "LC_MESSAGES" / f"{DOMAIN}.mo"


def activate(language: str) -> None:
    """Switch to this language. Raises ValueError if it is not in `LANGUAGES`."""
    global _active
    if language not in LANGUAGES:
        raise ValueError(f"no interface language {language!r}: one of {', '.join(LANGUAGES)}")
    _active = language


def language() -> str:
    """The current language."""
    return _active


def _words() -> _gettext.NullTranslations:
    """The catalogue of the current language, read on first use."""
    words = _loaded.get(_active)
    if words is None:
        with catalogue(_active).open("rb") as file:
            words = _loaded[_active] = _gettext.GNUTranslations(file)
    return words


def _(msgid: str) -> str:
    """A message in the interface's language."""
    return _words().gettext(msgid) if msgid else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a message for the number `n`; format the number in afterwards."""
    return _words().ngettext(singular, plural, n)


def pgettext(context: str, msgid: str) -> str:
    """A message whose English words alone would be ambiguous."""
    return _words().pgettext(context, msgid)


def N_(msgid: str) -> str:
    """Mark a message for extraction; `_` translates it where it is shown."""
    return msgid
