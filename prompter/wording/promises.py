"""A call-back in words: the card for the manager's chat, the sheet of paper, a line of a list. No Textual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from prompter.call.state import CALLED, CANCELLED, HANDED_OVER, KEPT, KEPT_LATE, Promise
from prompter.handover_file import Owed
from prompter.journal.batch import Contact
from prompter.journal.closed import ClosedPromise
from prompter.kb.model import MANAGER
from prompter.locale import _
from prompter.locale.formats import clock_time, day_and_time, promise_time
from prompter.locale.names import LANGUAGE_NAMES
from prompter.text.phone import grouped
from prompter.text.safe import clean_line


def when(moment: float, now: float, zone: tzinfo | None = None) -> str:
    """A time of day, with its day unless that is today."""
    days = {datetime.fromtimestamp(one, zone).date() for one in (moment, now)}
    return clock_time(moment, zone) if len(days) == 1 else day_and_time(moment, zone)


def left(owed: Owed, now: float) -> str:
    """How much time is left, or how long it is overdue."""
    seconds = owed.due - now
    if seconds > 0:
        return _("in {time}").format(time=promise_time(seconds))
    return _("overdue by {time}").format(time=promise_time(seconds))


def who(owed: Owed | Promise) -> str:
    """Who calls."""
    return _("manager") if owed.who == MANAGER else _("operator")


def caller(owed: Owed) -> str:
    """Number and name."""
    return _caller(owed.number, owed.name)


def _caller(number: str, name: str) -> str:
    return ", ".join(part for part in (grouped(number) or _("number forgotten"), name) if part)


def card(owed: Owed, now: float, zone: tzinfo | None = None) -> str:
    """The text pasted into the manager's chat: all that whoever calls needs, one thing a line."""
    until, made = when(owed.due, now, zone), when(owed.made, now, zone)
    rows = [
        _("Call back by {time}, promised at {made}").format(time=until, made=made),
        f"{_('Number')}: {caller(owed)}",
        f"{_('Question')}: {_one_line(owed.question) or '–'}",
        *(f"{_('Note')}: {_one_line(note)}" for note in owed.notes),
        f"{_('Language')}: {LANGUAGE_NAMES.get(owed.language, owed.language)}",
        f"{_('Who calls')}: {who(owed)}",
    ]
    if owed.operator:
        rows.append(f"{_('Promised by')}: {owed.operator}")
    return "\n".join(rows)


def sheet(owed: Sequence[Owed], operator: str, company: str, now: float, zone: tzinfo | None = None) -> str:
    """The call-backs on paper, for the next shift: a box to tick for each."""
    heading = " · ".join(
        part for part in (_("Call-backs"), company, operator, day_and_time(now, zone)) if part
    )
    rows = [heading, "=" * len(heading), ""]
    for one in owed:
        late = f"  ▲ {left(one, now)}" if one.due <= now else ""
        called = f"  ({_('called')})" if one.state == CALLED else ""
        rows += [f"[ ] {caller(one)}{called}{late}"]
        rows += [f"    {row}" for row in card(one, now, zone).splitlines() if caller(one) not in row]
        rows += [f"    {_('Called back at: ______  by: ______________')}", ""]
    rows += [] if owed else [_("Nobody is owed a call back"), ""]
    return "\n".join(rows)


def sheet_without(text: str, number: str) -> str:
    """A sheet without the call-backs to this number; "" if none is left."""
    heading, *entries = re.split(r"^(?=\[ \] )", text, flags=re.MULTILINE)
    theirs = re.compile(rf"\[ \] {re.escape(grouped(number))}(?=,|  |\r?$)", re.MULTILINE)
    left = [entry for entry in entries if not theirs.match(entry)]
    return "".join([heading, *left]) if left else ""


def listed(owed: Sequence[Owed], now: float, zone: tzinfo | None = None) -> Iterator[str]:
    """Two rows per call-back: its name in commands, time and caller; then who calls and what was asked."""
    names = short_names([one.id for one in owed])
    for one in owed:
        mark = "▲" if one.due <= now else "◑" if one.due - now <= one.warn else "○"
        called = f"  {_('called')}" if one.state == CALLED else ""
        yield f"{mark} {names[one.id]}  {when(one.due, now, zone)}  {left(one, now)}  {caller(one)}{called}"
        question = f"«{_one_line(one.question)}»" if one.question else ""
        details = [
            who(one),
            LANGUAGE_NAMES.get(one.language, one.language),
            question,
            *map(_one_line, one.notes),
        ]
        yield "    " + " · ".join(part for part in details if part)


_MARKS = {KEPT: "✓", KEPT_LATE: "▲", CANCELLED: "✕", HANDED_OVER: "→"}


def closed_listed(
    closed: Sequence[ClosedPromise],
    people: Mapping[str, Contact],
    text: Callable[[str], str],
    now: float,
    zone: tzinfo | None = None,
) -> Iterator[str]:
    """Two rows per closed call-back: when, how and whom; then its deadline, who called, question and reason.

    `text` gives the text of a note by its id, "" for a forgotten one.
    """
    for one in closed:
        promise, person = one.promise, people.get(one.promise.contact)
        whom = _caller(person.number, person.name) if person else _caller("", "")
        yield f"{_MARKS[one.how]} {when(one.at, now, zone)}  {_how(one)}  {whom}"
        question = _one_line(text(promise.note))
        details = [
            _("due {time}").format(time=when(promise.due, now, zone)),
            who(promise),
            f"«{question}»" if question else "",
            _reason(text(one.reason)) if one.reason else "",
        ]
        yield "    " + " · ".join(part for part in details if part)


def _reason(text: str) -> str:
    return f"{_('Reason')}: {_one_line(text)}" if text else _("reason forgotten")


def _how(one: ClosedPromise) -> str:
    if one.how == KEPT_LATE:
        return _("late by {time}").format(time=promise_time(-one.late))
    return {KEPT: _("in time"), CANCELLED: _("cancelled"), HANDED_OVER: _("handed over")}[one.how]


def short_names(ids: Sequence[str]) -> dict[str, str]:
    """The shortest ends of the ids that distinguish them all, at least four characters."""
    length = 4
    while len({id_[-length:] for id_ in ids}) < len(set(ids)):
        length += 1
    return {id_: id_[-length:] for id_ in ids}


def _one_line(text: str) -> str:
    return clean_line(text)
