"""`prompter journal`: export, verify, rebuild, back up, and forget a number."""

from __future__ import annotations

import argparse
import csv
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec.json

from prompter.call.records import UnknownRecord
from prompter.commands.base import tell
from prompter.commands.days import day, moments
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import where
from prompter.commands.outfile import CSV, SCREEN, form_of, not_written, streamed_out
from prompter.commands.visit import trouble_words
from prompter.files import write_whole
from prompter.handover_file import BadHandover, without
from prompter.journal import backups
from prompter.journal import projections as projecting
from prompter.journal.files import EXPECTED, JOURNAL, trouble_of
from prompter.journal.forgetting import forget_number, is_owed
from prompter.journal.packing import unpacked
from prompter.journal.rows import COLUMNS, from_row
from prompter.journal.visiting import visited
from prompter.locale import _, ngettext
from prompter.phone import waiting
from prompter.text.phone import grouped, normalise
from prompter.text.safe import clean_line
from prompter.tui.quitting import FOLDER as HANDOVER
from prompter.wording.promises import sheet_without

FIELDS = ("id", "desk", "stream", "call", "at", "mode", "revision", "cause", "type", "v", "data")

_JSONL = "jsonl"
_FORMS = {".csv": CSV, ".jsonl": _JSONL}


def options(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    parser.description = _(
        "Looks after this desk's record of events: copies, checks and exports it, and forgets a number."
    )
    verbs = parser.add_subparsers(dest="verb", metavar=_("what"), title=_("what is done"), required=True)
    out = verbs.add_parser("export", help=_("every event, without callers' numbers, names and notes"))
    screen = _("«-» for the screen, the default")
    out.add_argument("file", nargs="?", default=SCREEN, metavar=_("FILE"), help=screen)
    out.add_argument("--format", choices=(CSV, _JSONL), help=_("jsonl by default"))
    out.add_argument(
        "--from", dest="since", type=day, metavar=_("DAY"), help=_("from this day on, 2026-11-29")
    )
    out.add_argument("--to", dest="until", type=day, metavar=_("DAY"), help=_("up to this day, it included"))
    verbs.add_parser(
        "verify", help=_("whether the file is sound and the reports' figures are those of the events")
    )
    verbs.add_parser("rebuild", help=_("draw the reports' figures out of the events again"))
    copy = verbs.add_parser("backup", help=_("a copy, while the program may be running"))
    beside = _("by default in `backups`, beside the journal")
    copy.add_argument("file", nargs="?", metavar=_("FILE"), help=beside)
    gone = verbs.add_parser("forget", help=_("all that is known of a number, also in the copies"))
    gone.add_argument("--number", required=True, metavar=_("NUMBER"), help=_("as it is dialled"))
    for one in (parser, *verbs.choices.values()):
        where(one)


def run(given: argparse.Namespace, here: Here) -> int:
    """Run it; returns 0, 1 if something is wrong or not allowed, 2 if it could not run."""
    path = here.home / JOURNAL
    with _reporting(path), visited(path) as db:
        return _VERBS[given.verb](given, db, path)


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    """Report trouble with the journal or the disk. Raises CouldNotRun."""
    try:
        yield
    except FileNotFoundError as error:
        tell(_("there is no journal yet: {path}").format(path=error.filename or path))
        raise CouldNotRun from error
    except BrokenPipeError:  # not the journal's trouble: the export's reader has closed the pipe
        raise
    except EXPECTED as error:
        tell(trouble_words(trouble_of(error, path)))
        raise CouldNotRun from error


# export


def _export(given: argparse.Namespace, db: sqlite3.Connection, path: Path) -> int:
    form = form_of(given.file, given.format, _FORMS, _JSONL)
    since, until = moments(given.since, given.until)
    events = db.execute(f"SELECT {COLUMNS} FROM events WHERE at >= ? AND at < ? ORDER BY seq", (since, until))
    write = _csv if form == CSV else _jsonl
    with streamed_out(given.file) as out:
        write(out, events)
    return 0


def _csv(out: IO[str], events: sqlite3.Cursor) -> None:
    table = csv.writer(out)
    table.writerow(FIELDS)
    table.writerows(_exported(row) for row in events)


def _jsonl(out: IO[str], events: sqlite3.Cursor) -> None:
    for row in events:
        one: dict[str, Any] = dict(zip(FIELDS, _exported(row), strict=True))
        with suppress(msgspec.DecodeError):  # a damaged one is exported as text
            one["data"] = msgspec.json.decode(one["data"])
        out.write(msgspec.json.encode(one).decode() + "\n")


def _exported(row: tuple[Any, ...]) -> list[Any]:
    values = [clean_line(one) if isinstance(one, str) else one for one in map(unpacked, row)]
    values[4] = datetime.fromtimestamp(row[4], UTC).isoformat(timespec="milliseconds")
    return values


# verify and rebuild


def _verify(given: argparse.Namespace, db: sqlite3.Connection, path: Path) -> int:
    problems = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    unread = count = 0
    for row in db.execute(f"SELECT {COLUMNS} FROM events"):
        count += 1
        try:
            from_row(row)
        except UnknownRecord:
            unread += 1
    different = projecting.differences(db)
    for problem in problems:
        print(clean_line(str(problem)))
    if unread:
        text = ngettext("{n} event cannot be read", "{n} events cannot be read", unread)
        print(text.format(n=unread))
    if different:
        text = ngettext("{n} figure differs from the events", "{n} figures differ from the events", different)
        print(text.format(n=different) + ": prompter journal rebuild")
    events = ngettext("{n} event", "{n} events", count).format(n=count)
    sound = not (problems or unread or different)
    print(f"{events}, {_('all is sound') if sound else _('not sound')}")
    return 0 if sound else 1


def _rebuild(given: argparse.Namespace, db: sqlite3.Connection, path: Path) -> int:
    calls, promises = projecting.rebuild(db)
    text = ngettext("{n} call", "{n} calls", calls).format(n=calls)
    owed = ngettext("{n} call-back", "{n} call-backs", promises).format(n=promises)
    print(f"{text}, {owed}")
    return 0


# copies and forgetting


def _backup(given: argparse.Namespace, db: sqlite3.Connection, path: Path) -> int:
    try:
        copy = backups.make(db, "backup", Path(given.file) if given.file else None)
    except FileExistsError as error:
        tell(_("{file} is there already").format(file=error.filename))
        raise CouldNotRun from error
    except OSError as error:
        raise not_written(error.filename or given.file, error) from error
    with backups.opened(copy) as made:
        (found,) = made.execute("PRAGMA quick_check").fetchone()
    print(clean_line(str(copy)) if found == "ok" else clean_line(str(found)))
    return 0 if found == "ok" else 1


def _forget(given: argparse.Namespace, db: sqlite3.Connection, path: Path) -> int:
    number = normalise(given.number)
    if not number:
        tell(_("Write the number in 3 to 15 digits, without letters"))
        raise CouldNotRun
    if is_owed(db, number):
        tell(_("this number is owed a call back: close it first, prompter promises close"))
        return 1
    if path.with_name(f"{path.name}.waiting").exists():
        tell(_("records wait beside the journal: start prompter once, so that they are taken in"))
        return 1
    people, words = forget_number(db, number)
    changed = [path] if people or words else []
    unread = 0
    for copy in backups.copies(path):
        try:
            with _reporting(copy), backups.opened(copy) as old:
                if any(forget_number(old, number)):
                    changed.append(copy)
        except CouldNotRun:  # the number must still go from the others
            unread += 1
    changed += [*_beside(path, number), *waiting.forget(path.parent, number)]
    for file in changed:
        print(clean_line(str(file)))
    tell(_("forgotten") if changed else _("nothing was known of this number"))
    tell(_("copies that «prompter journal backup FILE» put elsewhere are not reached: delete them"))
    if unread:
        text = ngettext(
            "{n} copy could not be read: if the number may stand in it, delete it",
            "{n} copies could not be read: if the number may stand in them, delete them",
            unread,
        )
        tell(text.format(n=unread))
    return 1 if unread else 0


def _beside(path: Path, number: str) -> list[Path]:
    """Remove the number from files beside the journal: handover files, sheets, broken journals. Returns them.

    A file that cannot be edited is deleted; other callers in a handover file or sheet are kept.
    """
    written = {number.removeprefix("+").encode(), grouped(number).encode()}
    changed = []
    for file in [*path.parent.glob(f"{path.name}.*broken-*"), *(path.parent / HANDOVER).glob("*")]:
        data = file.read_bytes() if file.is_file() else b""
        if not any(one in data for one in written):
            continue
        left = _left(file, data, number)
        if left == data:
            continue  # it occurs only in another caller's words
        if left:
            write_whole(file, left, private=True, lasting=True)
        else:
            file.unlink()
        changed.append(file)
    return changed


def _left(file: Path, data: bytes, number: str) -> bytes:
    """What is left of the file, b"" if nothing."""
    try:
        if file.suffix == ".json":
            left = without(data, number)
            if left != data:
                message = _(
                    "{file}: nobody calls this number back any more, unless another desk took it from there"
                )
                tell(message.format(file=file))
            return left
        if file.suffix == ".txt":
            text = data.decode("utf-8-sig")
            rest = sheet_without(text, number)
            return data if rest == text else rest.encode("utf-8-sig") if rest else b""
    except (BadHandover, UnicodeDecodeError):
        pass
    tell(_("{file} could not be read and is deleted whole").format(file=file))
    return b""


_VERBS: Mapping[str, Callable[[argparse.Namespace, sqlite3.Connection, Path], int]] = {
    "export": _export,
    "verify": _verify,
    "rebuild": _rebuild,
    "backup": _backup,
    "forget": _forget,
}
