"""The file that carries promises from one desk to another: which fields leave the desk, and how.

JSON for a colleague's desk, not for editing. It contains numbers and questions: delete it after importing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import msgspec.json
from msgspec import Struct

from prompter.call.state import CALLED, OPEN
from prompter.text.phone import normalise
from prompter.text.safe import clean, clean_line

FORMAT = "prompter-call-backs"
VERSION = 1

MOST_BYTES = 5_000_000
"""Largest file that is read: about ten thousand call-backs."""

_TEXT = 2000
_CALENDAR = 1e11
_DAY = 86400


class Owed(Struct, frozen=True):
    """A promise with everything that keeping it needs. Times are Unix seconds, `limit` and `warn` seconds.

    `who` is operator or manager, `state` open or called, `question` and `notes` what was written down,
    `handed` how often it was handed from desk to desk before; `operator` promised it, "" if unknown, as in
    older files.
    """

    id: str
    norm: str
    who: str
    number: str
    name: str
    question: str
    language: str
    due: float
    limit: int
    warn: int
    state: str
    handed: int = 0
    notes: tuple[str, ...] = ()
    operator: str = ""

    @property
    def made(self) -> float:
        """When it was promised."""
        return self.due - self.limit


class HandedOver(Struct, frozen=True):
    """What one desk gives to another: `operator` and `desk` say whose it was, `at` when it was given."""

    operator: str
    desk: str
    at: float
    promises: tuple[Owed, ...]
    format: str = FORMAT
    version: int = VERSION


class BadHandover(Exception):
    """The file cannot be taken: `code` is not-ours, newer or damaged; `reason` has details."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code, self.reason = code, reason


def to_file(handed: HandedOver) -> bytes:
    """The file's bytes, with each promise handed over once more."""
    given = tuple(msgspec.structs.replace(one, handed=one.handed + 1) for one in handed.promises)
    return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(handed, promises=given)), indent=2)


def from_file(data: bytes) -> HandedOver:
    """The file's content, its texts made safe. Raises `BadHandover`."""
    raw = _read(data)
    if raw.get("version") != VERSION:
        raise BadHandover("newer")
    try:
        found = msgspec.convert(raw, HandedOver)
    except msgspec.ValidationError as error:
        raise BadHandover("damaged", clean_line(str(error))) from error
    return msgspec.structs.replace(
        found,
        operator=clean_line(found.operator),
        desk=clean_line(found.desk),
        promises=_checked(found.promises),
    )


def without(data: bytes, number: str) -> bytes:
    """The file without what is owed to this (normalised) number; b"" if nothing else
    remains. The rest is kept as it was written. Raises `BadHandover`.
    """
    raw = _read(data)
    promises = raw.get("promises")
    if not isinstance(promises, list) or not all(isinstance(one, dict) for one in promises):
        raise BadHandover("damaged", "promises")
    left = [one for one in promises if normalise(clean_line(str(one.get("number", "")))) != number]
    if len(left) == len(promises):
        return data
    return msgspec.json.format(msgspec.json.encode({**raw, "promises": left}), indent=2) if left else b""


def _read(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise BadHandover("damaged", f"> {MOST_BYTES} bytes")
    try:
        raw = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadHandover("not-ours", clean_line(str(error))) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise BadHandover("not-ours")
    return raw


def _checked(promises: Sequence[Owed]) -> tuple[Owed, ...]:
    for number, one in enumerate(promises):
        if wrong := _wrong(one):
            raise BadHandover("damaged", f"promises[{number}].{wrong}")
    return tuple(_cleaned(one) for one in promises)


def _wrong(one: Owed) -> str:
    """The field with an impossible value, "" for none."""
    sound: dict[str, bool] = {
        "id": bool(clean_line(one.id)) and len(one.id) <= 64,
        "state": one.state in (OPEN, CALLED),
        "who": one.who in ("operator", "manager"),
        "due": 0 <= one.due < _CALENDAR,
        "limit": 0 < one.limit <= _DAY,
        "warn": 0 <= one.warn <= _DAY,
        "handed": 0 < one.handed < 1000,
        "question": len(one.question) <= _TEXT and all(len(note) <= _TEXT for note in one.notes),
        "number": len(one.number) <= _TEXT and len(one.name) <= _TEXT,
        "operator": len(one.operator) <= _TEXT,
    }
    return next((name for name, is_sound in sound.items() if not is_sound), "")


def _cleaned(one: Owed) -> Owed:
    lines = ("id", "norm", "number", "name", "language", "operator")
    texts: dict[str, Any] = {name: clean_line(getattr(one, name)) for name in lines}
    notes = tuple(text for note in one.notes if (text := clean(note).strip()))
    return msgspec.structs.replace(one, **texts, question=clean(one.question).strip(), notes=notes)
