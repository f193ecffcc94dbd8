"""What callers asked and no script answers, read back from the journal: `0` in a call, searches without a
choice. Practice is excluded.

An occurrence is closed by an event that names it, so nothing is ever changed or lost, and later ones are open
again. Groups are computed at each look: they are a view, not a record.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from prompter.call.events import LIVE, Event, GapFilled, GapNoted, GapsClosed, SearchLeft, Undone, Voided
from prompter.ids import new_id
from prompter.journal.batch import Batch
from prompter.journal.queries import NOTES
from prompter.journal.rows import COLUMNS, json_list, story, text_of
from prompter.journal.store import Journal
from prompter.text.likeness import alike
from prompter.text.safe import clean

GAP, SEARCH = "gap", "search"
"""Kinds of occurrence: nothing fitted in a call; a search was left without a choice."""

_SAID = f"""
    SELECT {COLUMNS} FROM events e WHERE mode = '{LIVE}' AND (
        type IN ('gap_noted', 'gap_filled', 'search_left', 'gaps_closed')
        OR type IN ('undone', 'voided') AND call IN (SELECT call FROM events WHERE type = 'gap_noted')
    ) ORDER BY seq
"""


class Closing(Struct, frozen=True):
    """Who closed an occurrence, when (Unix seconds) and why."""

    at: float
    by: str
    reason: str


class Occurrence(Struct, frozen=True):
    """Something asked once: `at` in Unix seconds, `step` the call's, "" between calls.

    `words` is "" if nobody wrote them down, or if they were `forgotten`, as every note is in time.
    """

    id: str
    kind: str
    at: float
    step: str
    words: str
    forgotten: bool = False
    closed: Closing | None = None


class Group(Struct, frozen=True):
    """Similar occurrences, the latest last; those without words by the step where they were noted."""

    occurrences: tuple[Occurrence, ...]
    words: str

    @property
    def open(self) -> tuple[Occurrence, ...]:
        """Those that nobody closed."""
        return tuple(one for one in self.occurrences if one.closed is None)

    @property
    def name(self) -> str:
        """Its name for closing: the end of the id of its first open occurrence, or of its first."""
        return (self.open or self.occurrences)[0].id[-6:]

    @property
    def closing(self) -> Closing | None:
        """The latest closing."""
        closings = [one.closed for one in self.occurrences if one.closed]
        return max(closings, key=lambda one: one.at, default=None)


class JournalGaps(NamedTuple):
    """What one journal knows of gaps: its events, and the text of a note by its id."""

    events: list[Event]
    note: Callable[[str], str]

    def closings(self) -> JournalGaps:
        """The closings only."""
        return JournalGaps([one for one in self.events if isinstance(one.body, GapsClosed)], self.note)


def of_journal(journal: Journal) -> JournalGaps:
    """From this desk's journal."""
    return JournalGaps(journal.events(_SAID), journal.note)


def of_file(db: sqlite3.Connection) -> JournalGaps:
    """From another desk's journal (see `visiting.read_only`), all read now. Raises `sqlite3.Error`."""
    events = story(db.execute(_SAID).fetchall())[0]
    ids = json_list(one.body.note for one in events if isinstance(one.body, GapFilled | SearchLeft))
    texts = {id_: clean(text_of(text)) for id_, text, _at in db.execute(NOTES, (ids,))}
    return JournalGaps(events, lambda id_: texts.get(id_, ""))


def occurrences(*journals: JournalGaps) -> list[Occurrence]:
    """Everything that was asked, in order, without what was undone.

    A closing counts wherever it was written: ids belong to one desk only.
    """
    closings: dict[str, Closing] = {}
    for one in (event for source in journals for event in source.events):
        if isinstance(one.body, GapsClosed):
            closings |= dict.fromkeys(one.body.gaps, Closing(one.at, one.body.by, one.body.reason))
    found = {one.id: one for source in journals for one in _occurrences(source, closings)}
    return sorted(found.values(), key=lambda one: one.at)


def _occurrences(source: JournalGaps, closings: Mapping[str, Closing]) -> Iterator[Occurrence]:
    events = source.events
    undone = {(one.call, one.body.undone) for one in events if isinstance(one.body, Undone)}
    voided = {one.call for one in events if isinstance(one.body, Voided)}
    filled = {one.body.gap: one.body.note for one in events if isinstance(one.body, GapFilled)}
    for event in events:
        id_, kind, note = _asked(event, filled)
        taken_back = kind == GAP and (event.call in voided or (event.call, event.cause) in undone)
        if id_ and not taken_back:
            words = source.note(note) if note else ""
            step = getattr(event.body, "step", "")
            forgotten = bool(note) and not words
            yield Occurrence(id_, kind, event.at, step, words, forgotten, closings.get(id_))


def _asked(event: Event, filled: dict[str, str]) -> tuple[str, str, str]:
    """Id, kind and note of what an event says was asked; an empty id if nothing."""
    body = event.body
    if isinstance(body, GapNoted):
        return body.gap, GAP, filled.get(body.gap, "")
    if isinstance(body, SearchLeft):
        return event.id, SEARCH, body.note
    return "", "", ""


def grouped(found: Sequence[Occurrence]) -> list[Group]:
    """Groups of similar ones, the one with most open occurrences first."""
    spoken = [one for one in found if one.words]
    groups = [_group([spoken[index] for index in one]) for one in alike([one.words for one in spoken])]
    silent: dict[str, list[Occurrence]] = {}
    for one in found:
        if not one.words:
            silent.setdefault(one.step, []).append(one)
    groups += [_group(one) for one in silent.values()]
    return sorted(groups, key=lambda one: (-len(one.open), -one.occurrences[-1].at))


def _group(members: list[Occurrence]) -> Group:
    return Group(tuple(sorted(members, key=lambda one: one.at)), members[0].words)


def called(groups: Iterable[Group], name: str) -> Iterator[Group]:
    """The groups with open occurrences that have this name."""
    return (one for one in groups if one.open and one.name == name.lower())


def close(journal: Journal, groups: Iterable[Group], by: str, reason: str, at: float, revision: str) -> int:
    """Close every open occurrence of these groups; returns how many. Later ones are open again."""
    ids = tuple(one.id for group in groups for one in group.open)
    body = GapsClosed(ids, by, reason)
    event = Event(new_id(), journal.desk, "", at, LIVE, revision, new_id(), body)
    journal.append(Batch((event,)))
    return len(ids)
