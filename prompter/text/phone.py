"""Phone numbers as typed by operators and reported by phones: stored in one form, shown in groups."""

from __future__ import annotations

import re
from typing import Any

_REGION = "KG"
_COUNTRY = "996"
_NATIONAL = 9  # digits after the country code: 555 12-34-56
_FEWEST, _MOST = 3, 15  # an internal extension; the maximum of E.164
_KEPT = re.compile(rf"\+[0-9]{{{_FEWEST},{_MOST}}}")


def normalise(typed: str) -> str:
    """`0555 12-34-56`, `996555123456`, `00996 555…` -> `+996555123456`; other digits unchanged.

    Returns "" if it is not a number: it has letters, or too few or too many digits to call anybody.
    """
    if _KEPT.fullmatch(typed):
        return typed
    digits = re.sub(r"[^0-9]", "", typed)
    if not _FEWEST <= len(digits) <= _MOST + 2 or any(letter.isalpha() for letter in typed):
        return ""
    return _known(typed) or _by_form(typed.strip().startswith("+"), digits)


def too_short(typed: str) -> bool:
    """Whether digits are missing: `0700`, `0555 12345`, `+996 555 12`. Internal extensions begin with
    neither 0 nor +."""
    if not typed.strip().startswith(("0", "+")):
        return False
    digits = re.sub(r"[^0-9]", "", typed)
    if re.match("0[1-9]", digits) and not typed.strip().startswith("+"):
        return len(digits) < 1 + _NATIONAL  # the library takes eight digits for a number of some town
    library = _library()
    try:
        number = library.parse(re.sub(r"[^0-9+]", " ", typed), _REGION)
    except library.NumberParseException:
        return True
    reason, results = library.is_possible_number_with_reason(number), library.ValidationResult
    return reason in (results.TOO_SHORT, results.IS_POSSIBLE_LOCAL_ONLY)


def _known(typed: str) -> str:
    """The number as `phonenumbers` normalises it, "" if no numbering plan has it."""
    library = _library()
    plain = re.sub(r"[^0-9+]", " ", typed)
    try:
        number = library.parse(plain, _REGION)
    except library.NumberParseException:
        return ""
    if not library.is_valid_number(number):
        return ""
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


def _by_form(international: bool, digits: str) -> str:
    """The number by its form alone, if no plan has it yet: new prefixes of operators, internal extensions."""
    if len(digits) > _MOST:
        return ""
    if international:
        return f"+{digits}"
    if digits.startswith(_COUNTRY) and len(digits) == len(_COUNTRY) + _NATIONAL:
        return f"+{digits}"
    if digits.startswith("0") and len(digits) == _NATIONAL + 1:
        return f"+{_COUNTRY}{digits[1:]}"
    if len(digits) == _NATIONAL and not digits.startswith("0"):
        return f"+{_COUNTRY}{digits}"
    return digits


def _library() -> Any:
    """Imported at first need: 30 ms and 2 MB that must not delay the first frame."""
    import phonenumbers

    return phonenumbers


def grouped(number: str) -> str:
    """`+996555123456` -> `+996 555 12-34-56`; numbers of other countries or forms unchanged."""
    match = re.fullmatch(r"\+996(\d{3})(\d{2})(\d{2})(\d{2})", number)
    return f"+996 {match[1]} {match[2]}-{match[3]}-{match[4]}" if match else number
