"""Events that the phone told while no program ran. Numbers stand in the file: it is read once and gone."""

from __future__ import annotations

import os
from pathlib import Path

from prompter.files import read_plain
from prompter.phone.place import WAITING
from prompter.phone.request import ENDED, KINDS, REJECTED, SHOW, PhoneEvent, event, fields_of

FRESH_SECONDS = 60.0
"""So long a call that rang or was answered may still be one."""

_MOST = 300_000


def take(home: Path, now: float) -> list[PhoneEvent]:
    """The kept events that still mean something, in order; the file is gone then. Raises `OSError`.

    An end means something whenever it comes: the call may stand on the screen.
    """
    path = home / WAITING
    mine = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        os.replace(path, mine)  # a client that writes meanwhile writes a new one
    except FileNotFoundError:
        return []
    try:
        rows = read_plain(mine, _MOST).decode("utf-8", "replace").splitlines()
    finally:
        mine.unlink(missing_ok=True)
    return [found for row in rows if (found := _read(row, now))]


def _read(row: str, now: float) -> PhoneEvent | None:
    at, _, told = row.partition(" ")
    kind, _, query = told.partition("?")
    if kind == SHOW or kind not in KINDS or not at.isascii() or not at.isdigit():
        return None
    if kind not in (ENDED, REJECTED) and abs(now - int(at[:12])) > FRESH_SECONDS:
        return None
    return event(kind, fields_of(query))
