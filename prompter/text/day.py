"""A day as a trainer writes it: `2026-12-31` or `31.12.2026`."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def parse_day(text: str) -> date:
    """Parse a day. Raises ValueError."""
    if found := _ISO.fullmatch(text.strip()):
        return date(*map(int, found.groups()))
    if found := _DOTTED.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    raise ValueError(f"not a day: {text[:40]!r}")
