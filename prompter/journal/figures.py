"""The figures of a report: what happened at one or more desks between two moments."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import Any

import msgspec.json

from prompter.call.state import HANDED_OVER, OPEN, PENDING
from prompter.journal.counted import CallSummary, PromiseSummary

_CALLS = "SELECT call, told FROM calls WHERE at >= ? AND at < ?"
_PROMISES = "SELECT promise, told FROM promises WHERE at < ?"

OVERDUE = "overdue"
"""Counted beside a promise's own states: it is pending and its deadline has passed."""


class NormFigures:
    """How often a norm was met and broken, and the worst excess in seconds."""

    def __init__(self) -> None:
        self.met = self.broken = 0
        self.worst = 0.0

    def count(self, late: float) -> None:
        """Count one more judgement."""
        self.met += not late
        self.broken += bool(late)
        self.worst = max(self.worst, late)


class Figures:
    """What a report shows. Maps are by id: outcome ("" for an interrupted call), scenario, norm, mark, step.

    `rings` are the unanswered ones, by how they ended; `untold` calls have no outcome yet; `seconds` is all
    calls' length, `unread` the number of unreadable rows. Days are in `zone`.

    `owed` call-backs were promised in the period, `promises` are these by state; `earlier` counts older ones
    still pending at its end.
    """

    def __init__(self, now: float, zone: tzinfo | None = None) -> None:
        self.now, self.zone = now, zone
        self.calls = self.untold = self.gaps = self.answered = self.unread = self.owed = 0
        self.seconds = 0.0
        self.outcomes, self.scenarios, self.languages = Counter[str](), Counter[str](), Counter[str]()
        self.directions, self.rings, self.days = Counter[str](), Counter[str](), Counter[str]()
        self.required, self.missed, self.overridden = Counter[str](), Counter[str](), Counter[str]()
        self.norms: dict[str, NormFigures] = {}
        self.promises, self.earlier = Counter[str](), Counter[str]()
        self._calls: set[Any] = set()
        self._quarters: dict[float, str] = {}
        self._promises: dict[str, PromiseSummary] = {}

    def add(self, db: sqlite3.Connection, since: float, until: float) -> None:
        """Count this journal between two moments; what another journal contained already counts once.

        Raises `sqlite3.Error`.
        """
        alike = Counter[tuple[Any, ...]]()
        for call, summary in self._read(db.execute(_CALLS, (since, until)), CallSummary):
            if call not in self._calls:
                self._calls.add(call)
                alike[self._one(summary)] += 1
        for shape, times in alike.items():
            self._count(shape, times)
        for promise, summary in self._read(db.execute(_PROMISES, (until,)), PromiseSummary):
            known = self._promises.get(promise)
            # one that was handed over ended in the other desk's journal
            if known is None or _rank(summary) > _rank(known):
                self._promises[promise] = summary
        self._count_promises(since, until)

    def _read(self, rows: Iterable[tuple[Any, str]], kind: Callable[..., Any]) -> Iterable[tuple[Any, Any]]:
        decode = msgspec.json.Decoder(kind).decode
        for id_, text in rows:
            try:
                yield id_, decode(text)
            except (msgspec.DecodeError, TypeError):
                self.unread += 1

    def _one(self, summary: CallSummary) -> tuple[Any, ...]:
        """Count what is individual; return what it shares with thousands of others, counted at once."""
        if not summary.ring:
            self.seconds += max(0.0, summary.ended - summary.started)
            for judged in summary.norms:
                norm = self.norms.get(judged.norm) or self.norms.setdefault(judged.norm, NormFigures())
                norm.count(judged.late)
        day = self._day(summary.ended)
        common = (
            summary.outcome,
            summary.untold,
            summary.language,
            summary.direction,
            summary.gaps,
            summary.answered,
        )
        return (
            summary.ring,
            day,
            common,
            summary.scenarios,
            summary.requires,
            summary.missed,
            summary.overridden,
        )

    def _day(self, moment: float) -> str:
        quarter = moment // 900  # no zone's day begins inside one
        day = self._quarters.get(quarter)
        if day is None:
            day = datetime.fromtimestamp(moment, self.zone).strftime("%Y-%m-%d")
            self._quarters[quarter] = day
        return day

    def _count(self, shape: tuple[Any, ...], times: int) -> None:
        """Count calls that are alike."""
        ring, day, common, *lists = shape
        if ring:
            self.rings[ring] += times
            return
        outcome, untold, language, direction, gaps, answered = common
        self.calls += times
        self.untold += untold * times
        if not untold:
            self.outcomes[outcome] += times
        self.languages[language] += times
        self.directions[direction] += times
        self.days[day] += times
        for counter, ids in zip(
            (self.scenarios, self.required, self.missed, self.overridden), lists, strict=True
        ):
            for id_ in ids:
                counter[id_] += times
        self.gaps += gaps * times
        self.answered += answered * times

    def _count_promises(self, since: float, until: float) -> None:
        made = [one for one in self._promises.values() if one.made >= since]
        self.owed, self.promises = len(made), Counter(one.state for one in made)
        self.promises[OVERDUE] = sum(one.due < self.now for one in made if one.state in PENDING)
        end = min(self.now, until)
        stood = [one for one in self._promises.values() if one.made < since and _stood(one, end)]
        self.earlier = Counter({OPEN: len(stood), OVERDUE: sum(one.due < end for one in stood)})

    @property
    def passed_over(self) -> int:
        """How often the offered answers were passed over for another scenario."""
        return sum(self.overridden.values())


def _stood(summary: PromiseSummary, end: float) -> bool:
    """Whether the promise was still pending at this moment."""
    return summary.state in PENDING or summary.closed >= end


def _rank(summary: PromiseSummary) -> tuple[int, float]:
    """A pending promise says more than a handed over one, a closed one the most; later beats earlier."""
    if summary.state == HANDED_OVER:
        return 0, summary.closed
    return (1 if summary.state in PENDING else 2), summary.closed


def collect(journals: Iterable[sqlite3.Connection], since: float, until: float, now: float) -> Figures:
    """The figures of these journals together."""
    figures = Figures(now)
    for db in journals:
        figures.add(db, since, until)
    return figures
