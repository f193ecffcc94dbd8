"""What goes wrong with a journal's file, for tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from prompter.journal.store import Journal


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


def code(journal: Journal) -> str:
    return journal.trouble.code if journal.trouble else ""


def aside(path: Path) -> list[Path]:
    return sorted(f for f in path.parent.iterdir() if ".broken-" in f.name)


def break_open(journal: Journal, path: Path) -> Journal:
    """The journal opened again, and all but the first page of its file overwritten behind its back."""
    journal.close()
    journal = Journal.open(path)
    journal.recover()
    assert journal._db
    journal._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal._db.execute("PRAGMA cache_size = 0")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    return journal


def broken(journal: Journal) -> Journal:
    """The same journal, whose file is damaged from now on."""
    assert journal._db
    real = journal._db

    class Damaged:
        def __enter__(self) -> object:
            return real.__enter__()

        def __exit__(self, *args: object) -> object:
            return real.__exit__(*args)  # type: ignore[arg-type]

        def execute(self, *_: object) -> object:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

        def close(self) -> None:
            real.close()

    journal._db = Damaged()  # type: ignore[assignment]
    return journal
