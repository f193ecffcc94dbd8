"""The words of one problem, marked for the translators."""

from __future__ import annotations

from msgspec import Struct


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue."""
    return text


class Code(Struct, frozen=True):
    """The words of one code; `{placeholders}` are named as the problem's arguments."""

    message: str
    hint: str
