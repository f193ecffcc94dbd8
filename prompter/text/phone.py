"""Phone numbers as operators type them: kept in one form, shown in groups."""

from __future__ import annotations

import re

_COUNTRY = "996"
_NATIONAL = 9  # digits after the country code: 555 12-34-56
_FEWEST, _MOST = 3, 15  # an inner extension; what E.164 allows


def normalise(typed: str) -> str:
    """`0555 12-34-56`, `996555123456`, `+996 555…` -> `+996555123456`; other digits as they are.

    Returns "" for what is no number: letters in it, or too few or too many digits to call anybody.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    if not _FEWEST <= len(digits) <= _MOST or any(letter.isalpha() for letter in typed):
        return ""
    if digits.startswith(_COUNTRY) and len(digits) == len(_COUNTRY) + _NATIONAL:
        return f"+{digits}"
    if typed.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("0") and len(digits) == _NATIONAL + 1:
        return f"+{_COUNTRY}{digits[1:]}"
    if len(digits) == _NATIONAL and not digits.startswith("0"):
        return f"+{_COUNTRY}{digits}"
    return digits


def grouped(number: str) -> str:
    """`+996555123456` -> `+996 555 12-34-56`; a number of another country or form as it is."""
    match = re.fullmatch(r"\+996(\d{3})(\d{2})(\d{2})(\d{2})", number)
    return f"+996 {match[1]} {match[2]}-{match[3]}-{match[4]}" if match else number
