"""Times and durations in the interface's language.

Babel (measured after Textual: 2.5 ms for the import and 11 ms for its first locale, a tenth of what importing
Textual takes) is imported only inside `duration_words`: no first frame needs it except one that comes back to
an open promise. The header's clock and the running norms do without: all three languages write a time of day
as `HH:mm` (tests compare with Babel's `Hm` pattern), and a stopwatch has no language.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache

from prompter.locale import language


def clock_time(unix_seconds: float, zone: tzinfo | None = None) -> str:
    """A time of day, "14:32"; by default in this computer's zone."""
    return datetime.fromtimestamp(unix_seconds, zone).strftime("%H:%M")


def day_and_time(unix_seconds: float, zone: tzinfo | None = None) -> str:
    """A day of this year and its time, "12.11, 14:32"."""
    from babel.dates import format_skeleton

    moment = datetime.fromtimestamp(unix_seconds, zone)
    return f"{format_skeleton('Md', moment, locale=language())}, {clock_time(unix_seconds, zone)}"


def day_of_year(when: float | date, zone: tzinfo | None = None) -> str:
    """A day without its year, "12.11"; the local one for a moment in Unix seconds."""
    from babel.dates import format_skeleton

    day = when if isinstance(when, date) else datetime.fromtimestamp(when, zone).date()
    return str(format_skeleton("Md", day, locale=language()))


def day_words(day: str) -> str:
    """An ISO day in the interface's language, "22 нояб. 2026 г."; anything else unchanged.

    With the month's name: in figures alone Kyrgyz is written "2026-22-11" here.
    """
    from babel.dates import format_date

    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        return day
    return format_date(moment, "medium", locale=language())


def percent(hundredths: int) -> str:
    """ "95 %" in the interface's language."""
    from babel.numbers import format_percent

    return format_percent(hundredths / 100, locale=language()).replace("\N{NO-BREAK SPACE}", " ")


def stopwatch(seconds: float) -> str:
    """ "0:15", "12:05", from an hour on "1:02:05"; with a minus if below zero.

    Fractions are dropped: round remaining time up first, so that it ends at zero.
    """
    whole = int(abs(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    sign = "−" if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minute:02}:{second:02}" if hours else f"{sign}{minute}:{second:02}"


def duration_words(seconds: float) -> str:
    """ "15 с", "2 мин", "1 мин 30 с", "1 ч 5 мин" in the interface's language, without a sign.

    From an hour on seconds are omitted.
    """
    return _in_words(int(abs(seconds)), language())


def promise_time(seconds: float) -> str:
    """What is left of a promise, or, below zero, how long it is overdue, without a sign: "26 мин", "21 с".

    Under a minute in seconds, else in whole minutes: up while they are left, down when it is overdue.
    """
    unit = 60 if abs(seconds) >= 60 else 1
    return duration_words(-(-seconds // unit) * unit)


@lru_cache(maxsize=512)
def _in_words(seconds: int, spoken: str) -> str:
    from babel.lists import format_list
    from babel.units import format_unit

    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    counted = [("hour", hours), ("minute", minute), ("second", 0 if hours else second)]
    present = [(unit, count) for unit, count in counted if count] or [("second", 0)]
    parts = [format_unit(count, f"duration-{unit}", "short", locale=spoken) for unit, count in present]
    return format_list(parts, style="unit-narrow", locale=spoken).replace("\N{NO-BREAK SPACE}", " ")
