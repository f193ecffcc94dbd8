"""Ids as stored: a UUID in 16 bytes instead of 36 letters, a revision in 8 instead of 16.

An event contains five ids: as text they would be half of the journal. Anything else is stored as it is.
"""

from __future__ import annotations

from typing import Any


def packed(id_: Any) -> Any:
    """The stored form of an id."""
    if not isinstance(id_, str) or len(id_) not in (36, 16):
        return id_
    try:
        raw = bytes.fromhex(id_.replace("-", ""))
    except ValueError:
        return id_
    return raw if unpacked(raw) == id_ else id_


def unpacked(value: Any) -> Any:
    """The id stored as this value; anything else unchanged."""
    if not isinstance(value, bytes):
        return value
    text = value.hex()
    if len(value) == 16:
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return text if len(value) == 8 else value
