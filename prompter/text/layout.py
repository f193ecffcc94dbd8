"""Keyboard layouts: the letter on each key. Operators type in whatever layout the last chat left."""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"

_TO_LATIN = dict(zip(_RUSSIAN, _LATIN, strict=True)) | {"ң": "y", "ө": "j", "ү": "e"}
# the Kyrgyz layout is the Russian one with ң, ө, ү on the keys of н, о, у
_TO_RUSSIAN = dict(zip(_LATIN, _RUSSIAN, strict=True))


def latin_key(letter: str) -> str:
    """The Latin letter on the same physical key as a Cyrillic one; any other letter unchanged."""
    return _TO_LATIN.get(letter.lower(), letter)


def swap_layout(text: str) -> str:
    """The text as typed in the other layout: `ghbdtn` is «привет» and back."""
    text = text.lower()
    table = _TO_LATIN if any(letter in _TO_LATIN and letter not in _LATIN for letter in text) else _TO_RUSSIAN
    return "".join(table.get(letter, letter) for letter in text)
