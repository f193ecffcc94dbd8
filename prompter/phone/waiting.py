"""Phone events that no program received. The file contains numbers: it is deleted when they are done."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from prompter.files import read_plain, write_whole
from prompter.phone.place import WAITING
from prompter.phone.request import ENDED, KINDS, REJECTED, SHOW, PhoneEvent, event, fields_of

FRESH_SECONDS = 60.0
"""How long a call that rang or was answered may still exist."""

_MOST = 300_000


@contextmanager
def taken(home: Path, now: float) -> Iterator[Sequence[PhoneEvent]]:
    """The kept events that still mean something, in order, with their times in whole seconds. They are
    deleted after they were done: a program killed meanwhile leaves them to the next one.

    An end always means something: the call may be on the screen.
    """
    files = sorted(home.glob(f"{WAITING}.*[0-9]"))  # of one that was killed
    mine = home / f"{WAITING}.{time.time_ns()}"
    with suppress(OSError):
        os.replace(home / WAITING, mine)  # a client that writes meanwhile creates a new one
        files.append(mine)
    rows = [row for file in files for row in _rows(file)]
    try:
        yield [kept for row in rows if (kept := _read(row)) and _means(kept, now)]
    finally:
        for file in files:
            with suppress(OSError):
                file.unlink()


def forget(home: Path, number: str) -> list[Path]:
    """Remove the events of this number (in normalised form); returns the changed files. Raises `OSError`."""
    changed = []
    for file in sorted(home.glob(f"{WAITING}*")):
        rows = _rows(file)
        others = [row for row in rows if not ((kept := _read(row)) and kept.number == number)]
        if len(others) < len(rows):
            write_whole(file, "".join(f"{row}\n" for row in others).encode(), private=True)
            changed.append(file)
    return changed


def _rows(file: Path) -> list[str]:
    """The file's lines; none if it is no file or unreadable."""
    try:
        return read_plain(file, _MOST).decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _read(row: str) -> PhoneEvent | None:
    at, _, rest = row.partition(" ")
    kind, _, query = rest.partition("?")
    if kind not in KINDS or not at.isascii() or not at.isdigit():
        return None
    return replace(event(kind, fields_of(query)), at=float(at[:12]))


def _means(kept: PhoneEvent, now: float) -> bool:
    kind = kept.kind
    return kind in (ENDED, REJECTED) or (kind != SHOW and abs(now - kept.at) <= FRESH_SECONDS)
