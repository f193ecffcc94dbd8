"""The journal's files: made private, moved aside, and what an error about them means."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from prompter.journal.batch import FAILED, FULL, LOCKED, NEWER, UNWRITABLE, Trouble
from prompter.journal.schema import STEPS, NewerJournal, NotAJournal
from prompter.text.safe import clean_line

JOURNAL = "journal.db"
"""The journal's file name in the program's home."""

JournalError = sqlite3.Error | OSError | NotAJournal | NewerJournal
EXPECTED = (sqlite3.Error, OSError, NotAJournal, NewerJournal)
"""Every exception for an operational failure of opening, reading or writing."""

_CODES = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: UNWRITABLE,
    sqlite3.SQLITE_PERM: UNWRITABLE,
}


def make_private(path: Path) -> None:
    """Create the folder and the file, readable by its owner only. Raises `OSError` if impossible."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # Exclusive: opening and closing an existing file would drop SQLite's locks on it.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if os.name == "posix" and path.is_file():
            with contextlib.suppress(OSError):  # another owner's file may be usable all the same
                path.chmod(0o600)


def identity(path: Path) -> tuple[int, int] | None:
    """Distinguishes two files that were at the same path; None for no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def set_aside(path: Path, now: datetime | None = None) -> Path:
    """Move a broken journal and its side files away; returns the new path. Raises `OSError`."""
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    base = target = f"{path}.broken-{stamp}"
    number = 1
    while os.path.lexists(target):
        number += 1
        target = f"{base}-{number}"
    # The log first: left beside a new file, it would be replayed into it.
    for suffix in ("-wal", "-shm", ""):
        if os.path.lexists(f"{path}{suffix}"):
            os.rename(f"{path}{suffix}", f"{target}{suffix}")
    return Path(target)


def forget_broken(path: Path, before: float) -> None:
    """Delete what was set aside and last written before this moment (Unix seconds): it names callers."""
    for kept in path.parent.glob(f"{path.name}.*broken-*"):
        with contextlib.suppress(OSError):
            if kept.is_file() and kept.stat().st_mtime < before:
                kept.unlink()


def is_broken(error: JournalError) -> bool:
    """Whether the file is damaged or no journal, so that retrying cannot help."""
    return isinstance(error, NotAJournal) or _primary(error) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


def trouble_of(error: JournalError, path: Path) -> Trouble:
    """What an error means for the operator."""
    where = clean_line(str(path))
    if isinstance(error, NewerJournal):
        return Trouble(NEWER, {"path": where, "version": error.version, "known": len(STEPS)})
    if isinstance(error, OSError):
        return Trouble(UNWRITABLE, {"path": where, "reason": clean_line(error.strerror or "")})
    code = _CODES.get(_primary(error), FAILED)
    return Trouble(code, {"path": where, "reason": clean_line(str(error))})


def _primary(error: JournalError) -> int:
    """SQLite's primary result code, -1 if there is none."""
    code = getattr(error, "sqlite_errorcode", None)
    return -1 if code is None else int(code) & 0xFF
