"""`prompter promises`: list call-backs owed; close one, add a note, hand them to another desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec.json

from prompter.call import actions as a
from prompter.call.refusal import Refusal
from prompter.commands import visit
from prompter.commands.base import tell
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import count, where
from prompter.commands.outfile import SCREEN, SHEET, write_out
from prompter.desk import Desk
from prompter.files import read_plain
from prompter.handover import BACK, handed_over, owed, take
from prompter.handover_file import MOST_BYTES, BadHandover, HandedOver, Owed, from_file, to_file
from prompter.journal.closed import closed_promises
from prompter.journal.queries import CLOSED_PROMISES
from prompter.journal.store import DAY
from prompter.locale import N_, _, ngettext
from prompter.locale.errors import why
from prompter.text.phone import normalise
from prompter.wording import promises as words

_LIST, _TAKE, _CLOSE, _CLOSED, _NOTE, _PRINT, _EXPORT, _IMPORT = (
    "list",
    "take",
    "close",
    "closed",
    "note",
    "print",
    "export",
    "import",
)
_DAYS = 7


def options(parser: argparse.ArgumentParser) -> None:
    """The action, `list` by default."""
    parser.description = _("Shows this desk's call-backs and changes them, also while the program runs.")
    verbs = parser.add_subparsers(dest="verb", metavar=_("what"), title=_("what is done"))
    listing = verbs.add_parser(_LIST, help=_("who is owed a call back, the earliest first"))
    listing.add_argument("--json", action="store_true", help=_("as JSON"))
    _one(verbs.add_parser(_TAKE, help=_("somebody is calling now")))
    closing = verbs.add_parser(_CLOSE, help=_("the caller was informed; or, with --cancel, nobody will call"))
    _one(closing)
    closing.add_argument("--cancel", action="store_true", help=_("nobody will call back"))
    closing.add_argument("--reason", metavar=_("TEXT"), default="", help=_("why late, or why cancelled"))
    closed = verbs.add_parser(_CLOSED, help=_("how call-backs were closed and why, the latest first"))
    days = _("how many days back, {n} by default").format(n=_DAYS)
    closed.add_argument("--days", type=count, metavar="N", default=_DAYS, help=days)
    noting = verbs.add_parser(_NOTE, help=_("write down something about a call-back"))
    _one(noting)
    noting.add_argument("text", nargs="+", metavar=_("TEXT"), help=_("what is written down"))
    printing = verbs.add_parser(_PRINT, help=_("all of them on one sheet of paper, as text"))
    screen = _("«-» for the screen")
    by_default = _("«-» for the screen, the default")
    printing.add_argument("file", nargs="?", default=SCREEN, metavar=_("FILE"), help=by_default)
    giving = verbs.add_parser(_EXPORT, help=_("a file for another desk"))
    giving.add_argument("file", metavar=_("FILE"), help=screen)
    gone = _("they are the other desk's from now on and leave this one")
    giving.add_argument("--hand-over", action="store_true", help=gone)
    taking = verbs.add_parser(_IMPORT, help=_("another desk's become this desk's, each once"))
    taking.add_argument(
        "file", metavar=_("FILE"), help=_("the file that `promises export` wrote at the other desk")
    )
    for one in (parser, *verbs.choices.values()):
        where(one)


def _one(parser: argparse.ArgumentParser) -> None:
    text = _("as the list names it, or the number")
    parser.add_argument("promise", metavar=_("CALL-BACK"), help=text)


def run(given: argparse.Namespace, here: Here) -> int:
    """Run it; returns 0, 1 if there is no such call-back or it is not allowed, 2 if it could not run."""
    handed = _read(Path(given.file)) if given.verb == _IMPORT else None
    with visit.desk(here) as desk:
        if handed:
            return _import(desk, handed)
        return _VERBS[given.verb or _LIST](given, desk)


def _list(given: argparse.Namespace, desk: Desk) -> int:
    found = owed(desk)
    if getattr(given, "json", False):
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return 0
    for line in words.listed(found, desk.clock.now()):
        print(line)
    if not found:
        tell(_("Nobody is owed a call back"))
    return 0


def _find(desk: Desk, named: str) -> Owed:
    """The call-back meant by the end of its id, or its number. Raises CouldNotRun with 1."""
    number = normalise(named)
    found = [one for one in owed(desk) if one.id == named or (number and one.number == number)]
    found = found or [one for one in owed(desk) if len(named) >= 4 and one.id.endswith(named.lower())]
    if len(found) == 1:
        return found[0]
    text = _("several call-backs are meant by «{name}»") if found else _("no call-back «{name}»")
    tell(text.format(name=named) + ": prompter promises list")
    raise CouldNotRun(1)


def _take(given: argparse.Namespace, desk: Desk) -> int:
    one = _find(desk, given.promise)
    return _done(desk.act(a.CallPromise(one.id)), _("Calling back: {caller}"), one)


def _close(given: argparse.Namespace, desk: Desk) -> int:
    one = _find(desk, given.promise)
    if given.cancel:
        return _done(desk.cancel_promise(one.id, given.reason), _("Cancelled: {caller}"), one)
    return _done(desk.keep_promise(one.id, given.reason), _("Done: {caller}"), one)


def _closed(given: argparse.Namespace, desk: Desk) -> int:
    now, journal = desk.clock.now(), desk.journal
    since = now - given.days * DAY
    found = closed_promises(journal.events(CLOSED_PROMISES, (since,)))
    found = sorted((one for one in found if one.at >= since), key=lambda one: one.at, reverse=True)
    people = journal.contacts(one.promise.contact for one in found)
    for line in words.closed_listed(found, people, desk.note_text, now):
        print(line)
    if not found:
        tell(_("No call-back was closed in these days"))
    return 0


def _note(given: argparse.Namespace, desk: Desk) -> int:
    one = _find(desk, given.promise)
    return _done(desk.note_promise(one.id, " ".join(given.text)), _("Written down: {caller}"), one)


_REFUSED = {
    "reason-needed": N_("Write the reason: --reason TEXT"),
    "empty": N_("Nothing was written"),
    "no-promise": N_("This call-back is no longer open"),
}


def _done(refused: Refusal | None, text: str, one: Owed) -> int:
    if refused:
        tell(_(_REFUSED[refused.code]))
        return 1
    print(text.format(caller=words.caller(one)))
    return 0


# To another desk and from one


def _print(given: argparse.Namespace, desk: Desk) -> int:
    text = words.sheet(owed(desk), desk.viewer.operator, desk.base.company, desk.clock.now())
    write_out(given.file, text, SHEET)
    return 0


def _export(given: argparse.Namespace, desk: Desk) -> int:
    """Writes the file first: a call-back may be at two desks for a moment, but never at none."""
    given_away = handed_over(desk)
    ids = tuple(one.id for one in given_away.promises)
    write_out(given.file, to_file(given_away).decode(), lasting=given.hand_over)
    if given.hand_over and ids:
        desk.act(a.HandOver(ids))
    count = ngettext("{n} call-back", "{n} call-backs", len(ids)).format(n=len(ids))
    where_ = _("handed over") if given.hand_over else _("also stands at this desk")
    tell(f"{where_}: {count}" if ids else _("Nobody is owed a call back"))
    return 0


def _import(desk: Desk, handed: HandedOver) -> int:
    came = {one.id: take(desk, one) for one in handed.promises}
    taken = [one for one in handed.promises if came[one.id]]
    for line in words.listed(taken, desk.clock.now()):
        print(line)
    known = len(handed.promises) - len(taken)
    count = ngettext("{n} call-back taken", "{n} call-backs taken", len(taken)).format(n=len(taken))
    before = ngettext("{n} was here before", "{n} were here before", known).format(n=known) if known else ""
    tell(", ".join(part for part in (count, before) if part))
    if back := sum(how == BACK for how in came.values()):
        text = ngettext(
            "{n} was handed over here and is back. If another desk took it, too, agree who calls",
            "{n} were handed over here and are back. If another desk took them, too, agree who calls",
            back,
        )
        tell(text.format(n=back))
    return 0


_WRONG = {
    "not-ours": N_("{file} is no file of call-backs: make one with prompter promises export"),
    "newer": N_("{file} was written by a newer version. Update the program"),
    "damaged": N_("{file} is damaged: {reason}. Ask for it again"),
}


def _read(path: Path) -> HandedOver:
    """What another desk handed over. Raises CouldNotRun."""
    try:
        return from_file(read_plain(path, MOST_BYTES))
    except OSError as error:
        tell(_("{file} cannot be read: {reason}").format(file=path, reason=why(error)))
    except BadHandover as bad:
        tell(_(_WRONG[bad.code]).format(file=path, reason=bad.reason))
    raise CouldNotRun


_VERBS: Mapping[str, Callable[[argparse.Namespace, Desk], int]] = {
    _LIST: _list,
    _TAKE: _take,
    _CLOSE: _close,
    _CLOSED: _closed,
    _NOTE: _note,
    _PRINT: _print,
    _EXPORT: _export,
}
