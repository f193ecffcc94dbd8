"""Days as people write them: `2026-12-31` or `31.12.2026`, and periods: `2w`, `6m`, `1y`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_PERIOD = re.compile(r"([0-9]{1,3})\s*([^\W\d_]{1,4})\.?")
_DAYS = {"d": 1, "д": 1, "дн": 1, "күн": 1, "w": 7, "н": 7, "нед": 7, "апта": 7}
_MONTHS = {"m": 1, "м": 1, "мес": 1, "ай": 1, "y": 12, "г": 12, "л": 12, "жыл": 12}


def parse_day(text: str) -> date:
    """Parse a day. Raises ValueError."""
    if found := _ISO.fullmatch(text.strip()):
        return date(*map(int, found.groups()))
    if found := _DOTTED.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    raise ValueError(f"not a day: {text[:40]!r}")


def day_after(start: date, period: str) -> date:
    """The day a period after `start`; the last of the month if that is shorter. Raises ValueError."""
    found = _PERIOD.fullmatch(period.strip())
    count, unit = (int(found[1]), found[2].lower()) if found else (0, "")
    if not count or unit not in _DAYS | _MONTHS:
        raise ValueError(f"not a period: {period[:40]!r}")
    if unit in _DAYS:
        return start + timedelta(days=count * _DAYS[unit])
    years, month = divmod(start.month - 1 + count * _MONTHS[unit], 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
