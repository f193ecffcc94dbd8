"""What a terminal sends for a key."""

from __future__ import annotations

KEYS: dict[str, bytes] = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal without the kitty protocol sends for a key, by the key's name."""

_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4, "super": 8}


def kitty(key: str) -> bytes:
    """What a terminal with the kitty keyboard protocol sends: `kitty("ctrl+и")` is `ESC [ 1080 ; 5 u`."""
    *modifiers, letter = key.split("+")
    return f"\x1b[{ord(letter)};{1 + sum(_MODIFIERS[name] for name in modifiers)}u".encode()


def encode(key: str | bytes) -> bytes:
    """The bytes of a key: a name from `KEYS`, a single character, or bytes as they are."""
    if isinstance(key, bytes):
        return key
    if key in KEYS:
        return KEYS[key]
    if len(key) == 1:
        return key.encode()
    raise ValueError(f"unknown key {key!r}: use a name from KEYS, one character, or type_text()")
