"""Opening a journal for a command: this desk's own to work on, any desk's to read."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from prompter.journal import schema
from prompter.journal.files import JOURNAL
from prompter.journal.packing import packed
from prompter.journal.rows import text_of
from prompter.text.safe import clean_line

_PATIENCE = 5.0
"""Seconds that a command waits for another writer."""


@contextmanager
def visited(path: Path) -> Iterator[sqlite3.Connection]:
    """This desk's journal, migrated to this program's schema. Raises `journal.files.EXPECTED`."""
    if not path.is_file():
        raise FileNotFoundError(2, "no journal", str(path))
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as db:
        schema.prepare(db)
        yield db


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Any desk's journal, left unchanged: one with an older schema is read from a copy.

    Raises `journal.files.EXPECTED`.
    """
    if not path.is_file():
        raise FileNotFoundError(2, "no journal", str(path))
    with ExitStack() as stack:
        db = stack.enter_context(closing(_opened(path, stack)))
        if schema.version_of(db) != len(schema.STEPS):
            db = stack.enter_context(closing(_migrated(db, stack)))
        db.create_function("packed", 1, packed, deterministic=True)
        yield db


def _opened(path: Path, stack: ExitStack) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # what the log needs beside the file cannot be created in a read-only folder
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prompter-")))
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").is_file():
                shutil.copyfile(f"{path}{suffix}", folder / f"copy.db{suffix}")
        db = sqlite3.connect(folder / "copy.db", timeout=_PATIENCE)
    return db


def _migrated(db: sqlite3.Connection, stack: ExitStack) -> sqlite3.Connection:
    if schema.version_of(db) > len(schema.STEPS):
        raise schema.NewerJournal(schema.version_of(db))
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="prompter-")))
    db.execute("VACUUM INTO ?", (str(folder / "copy.db"),))
    copy = sqlite3.connect(folder / "copy.db", isolation_level=None)
    schema.prepare(copy)
    return copy


def found(place: Path) -> list[Path]:
    """The journals in a folder: its own, those one folder below, else every `.db` in it; a file is itself."""
    if not place.is_dir():
        return [place]
    homes = [folder / JOURNAL for folder in (place, *sorted(place.iterdir()))]
    journals = [file for file in homes if file.is_file()]
    return journals or sorted(place.glob("*.db"))


def desk_of(db: sqlite3.Connection) -> str:
    """The desk whose journal this is; "" if not recorded. Raises `sqlite3.Error`."""
    row = db.execute("SELECT value FROM meta WHERE key = 'desk'").fetchone()
    return clean_line(text_of(row[0])) if row else ""
