"""Durations as a trainer writes them: `15 с`, `2 мин`, `1 ч`, `15s`, `2m`, `1h`."""

from __future__ import annotations

import re

# A Latin "c" and "m" look the same as the Cyrillic letters and are typed by mistake.
UNITS = {
    1: ("с", "c", "s", "сек", "sec"),
    60: ("мин", "м", "m", "min", "мүн"),
    3600: ("ч", "h", "час", "саат"),
}
"""The seconds of each unit, and its spellings, in any case."""
_SECONDS = {name: seconds for seconds, names in UNITS.items() for name in names}
_DURATION = re.compile(r"([0-9]{1,5})\s*([^\W\d_]{1,4})\.?")


def parse_duration(text: str) -> int:
    """A duration in seconds; spaces may be of any kind. Raises ValueError."""
    found = _DURATION.fullmatch(text.strip())
    unit = _SECONDS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        raise ValueError(f"not a duration: {text[:40]!r}")
    return int(found[1]) * unit
