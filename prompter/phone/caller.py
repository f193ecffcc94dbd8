"""Caller identification from a phone: SIP addresses, hidden numbers, names that are numbers."""

from __future__ import annotations

import re

from prompter.text.phone import normalise

_ADDRESS = re.compile(r'^\s*(?:"?(?P<name>[^"<]*)"?\s*)<(?P<uri>[^>]*)>?')
_SCHEME = re.compile(r"^(sips?|tel):", re.IGNORECASE)
_HIDDEN = frozenset(
    {
        "anonymous",
        "unknown",
        "private",
        "restricted",
        "unavailable",
        "withheld",
        "hidden",
        "аноним",
        "неизвестный",
        "скрытый номер",
    }
)


def caller(text: str, name: str = "") -> tuple[str, str]:
    """The normalised number and the name: `"Асан" <sip:0555123456@10.0.0.1;user=phone>`.

    Both "" for a hidden number; the name is "" if it only repeats the number.
    """
    address = _ADDRESS.match(text)
    if address:
        name, text = name or address["name"], address["uri"]
    user = _SCHEME.sub("", text.strip()).partition("@")[0].partition(";")[0]
    number = normalise(user)
    name = name.strip().strip('"').strip()
    if not number or name.lower() in _HIDDEN or name == user or normalise(name) == number:
        name = ""
    return number, name
