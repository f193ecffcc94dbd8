"""Backups of a journal, in the folder beside it: complete, private, and forgetting callers as it does."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from prompter.journal.forgetting import forget_older

FOLDER = "backups"


def folder_of(journal: Path) -> Path:
    """The folder of this journal's backups."""
    return journal.parent / FOLDER


def make(db: sqlite3.Connection, why: str, target: Path | None = None) -> Path:
    """Copy the open journal as it is now, and return the copy's path. Others may go on writing.

    Without a `target` it goes among the other backups, `why` in its name. Raises `sqlite3.Error`, or
    `OSError`, also if the file exists.
    """
    if target is None:
        journal = Path(db.execute("PRAGMA database_list").fetchone()[2])
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = _free(folder_of(journal), f"{journal.stem}-{why}-{stamp}")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        # VACUUM omits free pages: nothing that was forgotten comes along.
        db.execute("VACUUM INTO ?", (str(target),))
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise
    return target


def _free(folder: Path, name: str) -> Path:
    number, path = 1, folder / f"{name}.db"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.db"
    return path


def copies(journal: Path) -> list[Path]:
    """The backups of this journal, by name."""
    return sorted(folder_of(journal).glob(f"{journal.stem}-*.db"))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A backup, opened for changes: deleted data leaves no trace in it. Raises `sqlite3.Error`."""
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        db.execute("PRAGMA secure_delete = ON")
        yield db
    finally:
        db.close()


def forget_old(journal: Path, before: float) -> None:
    """Empty contacts and notes from before this moment (Unix seconds) in every backup that can be opened."""
    for copy in copies(journal):
        with contextlib.suppress(sqlite3.Error), opened(copy) as db:
            forget_older(db, before)
