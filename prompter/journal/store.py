"""The journal: an append-only record of events in one SQLite file on this disk.

It runs in the screen's thread, so it never waits long, and an operational failure never raises: what cannot
be kept now is queued in memory, and `trouble` has the reason.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from prompter.call.events import LIVE, PROMISE, Event
from prompter.journal import projections as projecting
from prompter.journal import queries, schema
from prompter.journal.batch import (
    FULL,
    GONE,
    LOCKED,
    SET_ASIDE,
    UNREAD,
    Batch,
    Contact,
    LastCall,
    Note,
    Trouble,
    cleaned,
)
from prompter.journal.files import (
    EXPECTED,
    JournalError,
    forget_broken,
    identity,
    is_broken,
    make_private,
    set_aside,
    trouble_of,
)
from prompter.journal.forgetting import forget_older
from prompter.journal.live import LiveRows
from prompter.journal.memory import LiveEvents, Queue
from prompter.journal.news import News
from prompter.journal.rows import Row, contact_of, json_list, story, text_of, to_row
from prompter.text.safe import clean, clean_line

BUSY_SECONDS = 0.05
_VISIT_SECONDS = 5.0
"""How long a command waits for another writer; a screen waits only `BUSY_SECONDS`."""

DAY = 86400.0


class Journal:
    """The events of this desk. To be used only in the thread that opened it.

    `desk` is this desk's UUID from the file; while the file cannot be opened, one of our own, which queued
    events exchange for the file's. `recovered`: the live events were read from the file; `skipped` is the
    number of its unreadable records. `visiting`: opened by a command, while a screen may be at work on the
    same file. It leaves to the screen what is the screen's: the side file, a broken file, other live events.
    """

    def __init__(self, path: Path, visiting: bool = False) -> None:
        self.path, self.visiting = path, visiting
        self.desk = str(uuid.uuid4())
        self.skipped = 0
        self._db: sqlite3.Connection | None = None
        self._queue = Queue(path)
        self._failure: Trouble | None = None
        self._moved: Trouble | None = None
        self._synchronous = ""
        self._live = LiveRows(visiting)
        self._live_events = LiveEvents()
        self.recovered = False
        self._file_id: tuple[int, int] | None = None  # of the file that was open last
        self._taken = False
        self._left = ""
        self._news = News(self._read)

    @classmethod
    def open(cls, path: Path, visiting: bool = False) -> Journal:
        """The journal in this file, made if missing, with what an earlier program left in the side file.

        Never raises for an operational failure.
        """
        journal = cls(path, visiting)
        journal._connect()
        for batch in journal._queue.take_in(journal.desk):
            journal._live_events.follow(batch)
        journal._flush()
        return journal

    @property
    def trouble(self) -> Trouble | None:
        """Why nothing is recorded now, else what was set aside since the start, else None."""
        return self._failure or self._moved

    @property
    def pending(self) -> int:
        """The number of batches queued in memory and not in the journal."""
        return len(self._queue)

    @property
    def in_memory(self) -> int:
        """How many of them would be lost with this program: the side file could not take them either."""
        return self._queue.in_memory

    # Writing

    def append(self, batch: Batch) -> bool:
        """Keep a batch in one transaction, after everything queued. False: it is queued too.

        Raises `TypeError` or `ValueError` for a body that JSON cannot hold, and queues nothing.
        """
        for event in batch.events:
            to_row(event)  # what can never be written must not block the queue
        batch = cleaned(batch)
        self._live_events.follow(batch)
        self._queue.append(batch)
        return self.retry()

    def retry(self) -> bool:
        """Try to write the queue, in order, reopening the file if needed. Returns whether all is written.

        What is not goes into the side file.
        """
        if self._replaced() or self._failure:
            self._restore()
        return self._flush()

    def _flush(self) -> bool:
        failed_before = False
        while self._queue and self._db and not self._failure:
            try:
                self._write(self._db, self._queue.first)
            except EXPECTED as error:
                self._failed(error)
                if failed_before:
                    break  # the new file broke as well: once per call is enough
                failed_before = True
            else:
                self._queue.taken()
        if not self.visiting:
            self._queue.save()
        return not self._queue and not self._failure

    def forget_older_than(self, days: float, now: float, keep: Iterable[str] = ()) -> int:
        """Delete numbers, names and texts of notes older than `days` at `now`, except the ids in `keep`.

        Events stay; damaged files that were kept are deleted. Returns how many contacts and notes were
        emptied; 0 also if the file is in trouble.
        """
        forget_broken(self.path, now - days * DAY)
        if not self._db:
            return 0
        try:
            return forget_older(self._db, now - days * DAY, keep)
        except EXPECTED as error:
            self._failed(error)
            self._flush()
            return 0

    def close(self) -> None:
        """Try once more to write the queue, then close the file."""
        self.retry()
        self._disconnect()

    def begin(self) -> bool:
        """Mark the program as running. Returns whether it was left properly the last time."""
        before = self._read("SELECT value FROM meta WHERE key = 'left'")
        self._mark("no")
        return before == [("yes",)]

    def leave(self) -> None:
        """The program is left properly."""
        self._mark("yes")

    def _mark(self, left: str) -> None:
        self._left = left
        if not self._db or self._failure:
            return
        try:
            self._probe(self._db)
        except EXPECTED as error:
            self._failed(error)
            self._flush()

    # Reading

    def recover(self) -> list[Event]:
        """The events of all that was live when the last batch was kept, as written; then the queued ones.

        Drills are not included. Events in the file are missing while it cannot be read; what is live in it is
        then kept for the next start.
        """
        self._live.keep = True
        self._news.begin()
        rows = self._read(queries.RECOVER)
        if rows is None:
            return [event for batch in self._queue for event in batch.events if event.mode == LIVE]
        self._live.read(self._read("SELECT kind, id FROM live") or [])
        events, self.skipped = story(rows)
        known = {event.id for event in events}
        queued = (e for batch in self._queue for e in batch.events)
        events += [e for e in queued if e.id not in known and e.mode == LIVE]
        self._live_events.recovered(events, self._live.known)
        self.recovered = True
        self._know_words()
        return events

    def _know_words(self) -> None:
        """Read the text of every note that a live event refers to."""
        if notes := self._live_events.named("note"):
            texts = self._read(queries.NOTES, (json_list(notes),))
            self._live_events.know(
                notes=[Note(id_, clean(text_of(text)), at) for id_, text, at in texts or ()]
            )

    def news(self) -> list[Event]:
        """What other programs (a command, another window) wrote about promises since the last look."""
        if not self._db or self._failure or not self.recovered:
            return []
        events = self._news.look()
        if events:
            self._live_events.follow(Batch(tuple(events)))
            self._know_words()
        return events

    def events(self, query: str, values: Any = ()) -> list[Event]:
        """The readable events on disk that a query for `rows.COLUMNS` finds."""
        return story(self._read(query, values) or [])[0]

    def contacts(self, ids: Iterable[str]) -> dict[str, Contact]:
        """The known contacts with these ids, queued ones included."""
        wanted = set(ids)
        rows = self._read(queries.CONTACTS, (json_list(wanted),)) or []
        found = {contact.id: contact for contact in map(contact_of, rows)}
        found |= {c.id: c for c in self._queue.contacts() if c.id in wanted}
        self._live_events.know(found.values())
        return found

    def contact_by_number(self, number: str, mode: str = LIVE) -> Contact | None:
        """The newest contact with this number known to calls of this mode; None for an unknown number and for
        ""."""
        if not number:
            return None
        rows = self._read(queries.NEWEST_CONTACT, {"number": number, "mode": mode}) or []
        found = [*map(contact_of, rows), *(c for c in self._queue.contacts(mode) if c.number == number)]
        return max(reversed(found), key=lambda c: c.at, default=None)

    def note(self, id_: str) -> str:
        """The text of a note, "" if unknown or forgotten."""
        for batch in reversed(self._queue):
            for note in batch.notes:
                if note.id == id_:
                    return note.text
        rows = self._read("SELECT text FROM notes WHERE id = ?", (id_,))
        return clean(text_of(rows[0][0])) if rows else ""

    def last_call(self, caller: str, mode: str = LIVE) -> LastCall | None:
        """This caller's call that ended last.

        `caller` is a number or a contact's id. Undone and queued calls do not count.
        """
        if not caller:
            return None
        rows = self._read(queries.LAST_CALL, {"caller": caller, "mode": mode})
        if not rows:
            return None
        outcome, at, *rest = rows[0]
        texts = (clean_line(text_of(one)) for one in rest)
        return LastCall(clean_line(text_of(outcome)), at, *texts)

    # The file

    def _connect(self) -> None:
        """Open the file, and find out at once whether it can be written."""
        try:
            self._db = self._opened()
            self._failure = None
            if self._taken:
                self._taken = False
                self._moved = Trouble(GONE, {"path": clean_line(str(self.path))})
                self._begin_with_live_events()
            self._probe(self._db)
        except EXPECTED as error:
            self._failed(error)

    def _opened(self) -> sqlite3.Connection:
        make_private(self.path)
        db = sqlite3.connect(
            self.path, timeout=_VISIT_SECONDS if self.visiting else BUSY_SECONDS, isolation_level=None
        )
        try:
            schema.prepare(db)
            self._agree_on_desk(db)
        except BaseException:
            db.close()
            raise
        self._synchronous = ""
        now = identity(self.path)
        self._news.reopened(another=self._file_id != now)
        self._taken = self._taken or self._file_id not in (None, now)
        self._file_id = now
        return db

    def _agree_on_desk(self, db: sqlite3.Connection) -> None:
        """Take the file's desk id, or give it ours; update queued events."""
        query = "SELECT value FROM meta WHERE key = 'desk'"
        row = db.execute(query).fetchone()
        if row is None:
            db.execute("INSERT INTO meta VALUES ('desk', ?) ON CONFLICT (key) DO NOTHING", (self.desk,))
            row = db.execute(query).fetchone()
        ours, self.desk = self.desk, clean_line(text_of(row[0]))
        if ours != self.desk:
            self._queue.exchange(ours, self.desk)
            self._live_events.exchange(ours, self.desk)

    def _replaced(self) -> bool:
        """Whether the open file was taken away or replaced, so that writes are lost.

        That lasts until another is open: only then can a new file begin with the live events.
        """
        self._taken = self._taken or (self._db is not None and identity(self.path) != self._file_id)
        return self._taken

    def _restore(self) -> None:
        """After a failure: find out whether it is over."""
        if self._db and self._failure and self._failure.code in (LOCKED, FULL) and not self._taken:
            try:
                self._probe(self._db)
                self._failure = None
            except EXPECTED as error:
                self._failed(error)
        else:
            # A connection that met a read-only file stays read-only: only a new one can tell.
            self._disconnect()
            self._connect()

    def _probe(self, db: sqlite3.Connection) -> None:
        """Raise what a write would, so that trouble shows before any key is pressed.

        After `begin` it is a real write: a full disk and a read-only one still grant a lock.
        """
        with db:
            db.execute("BEGIN IMMEDIATE")
            if self._left:
                db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('left', ?)", (self._left,))

    def _failed(self, error: JournalError) -> None:
        """Remember why nothing is recorded; move a broken file away and begin a new one."""
        self._failure = trouble_of(error, self.path)
        if self.visiting or not is_broken(error) or (self._db and self._replaced()):
            return  # in the last case the file that is there now is not the one that broke
        self._disconnect()
        try:
            moved = clean_line(str(set_aside(self.path)))
            code = SET_ASIDE if self.recovered else UNREAD
            self._moved = Trouble(code, {"path": clean_line(str(self.path)), "moved": moved})
            self._live.keep = False
            self._begin_with_live_events()
            self._file_id, self._taken = None, False
            self._db = self._opened()
            self._failure = None
        except EXPECTED as again:
            self._failure = trouble_of(again, self.path)

    def _begin_with_live_events(self) -> None:
        """A new file needs the events of all that is live before the queued ones."""
        self._live.forget()
        if (live := self._live_events.batch()).events:
            self._queue.begin_with(live)

    def _disconnect(self) -> None:
        if self._db:
            self._db.close()
        self._db = None

    def _read(self, query: str, values: Any = ()) -> list[Row] | None:
        """All rows, None if the file cannot be read."""
        if not self._db:
            return None
        try:
            return self._db.execute(query, values).fetchall()
        except EXPECTED as error:
            self._failed(error)
            self._flush()
            return None

    def _write(self, db: sqlite3.Connection, batch: Batch) -> None:
        # A lost promise is a caller waiting in vain: it must survive even a power failure.
        self._set_synchronous(db, "FULL" if any(e.body.STREAM == PROMISE for e in batch.events) else "NORMAL")
        with db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(queries.PUT_CONTACT, [(c.id, c.number, c.name, c.at) for c in batch.contacts])
            db.executemany(queries.PUT_NOTE, [(n.id, n.text, n.at) for n in batch.notes])
            rows = [to_row(e) for e in batch.events]
            db.executemany(queries.PUT_NAME, {(name,) for row in rows for name in (row[1], row[6])})
            db.executemany(queries.INSERT_EVENT, rows)
            projecting.follow(db, batch.events)
            if batch.live is not None:
                self._live.replace(db, batch.live)
        self._news.wrote(batch)

    def _set_synchronous(self, db: sqlite3.Connection, level: str) -> None:
        if level != self._synchronous:
            db.execute(f"PRAGMA synchronous = {level}")
            self._synchronous = level
