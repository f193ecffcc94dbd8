"""Days on the command line: their format, and when they begin and end on this computer."""

from __future__ import annotations

import argparse
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from prompter.locale import _
from prompter.text.day import parse_day

_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)


def day(text: str) -> date:
    """`2026-11-29` or `29.11.2026`."""
    with suppress(ValueError):
        found = parse_day(text)
        if _FIRST <= found <= _LAST:
            return found
    raise argparse.ArgumentTypeError(
        _("a day is written 2026-11-29 or 29.11.2026, not «{text}»").format(text=text)
    )


def moment(begin: date) -> float:
    """When the day begins in this computer's zone, in Unix seconds."""
    return datetime.combine(begin, time()).timestamp()


def moments(since: date | None, until: date | None) -> tuple[float, float]:
    """From the beginning of the first day to the end of the last; None leaves an end open."""
    return moment(since or _FIRST), moment((until or _LAST) + timedelta(days=1))
