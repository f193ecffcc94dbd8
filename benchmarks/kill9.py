"""`kill -9` at random moments of scripted calls: is anything lost, doubled, or late after the restart?

python -m benchmarks.kill9 [--kills 200] [--seed 1] [--only NUMBER] [--kb DIR]

Each kill: a fresh home (with a compiled revision), a call played key by key, SIGKILL at a random moment after
a random key, usually within the time that a key takes. A key is acknowledged when its effect was on the
screen, even if the screen was read only after the kill. Then

- the journal (a copy of it) must hold every acknowledged key, in order, at most one key more, no id
  and no fact twice, and the events of one key under one cause;
- the restarted program must show the step that the journal ends with, which is the last acknowledged
  one or that of the key in progress;
- every remaining time on the screen must agree with the deadline shown before the kill and with the one
  in the journal, within 1 s; a clock or promise that ran must still be there.

Exit code 1 if any of this fails.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kills import Row, by_cause, doubled, read_journal, run_kills, total
from benchmarks.programs import CALLS, GREETING, Step, need, new_home, prompter, quit_program
from benchmarks.terminal import Terminal

ALLOWED = 1.0
"""Seconds that a clock may be off."""
DRAWING = 0.15
"""Seconds between the program's reading of its clock and our reading of the drawn line."""
NORMS = {"silence": "Сказать", "hold": "Удержание", "callback": "Перезвонить"}
"""Norms, and the word that identifies their line on the screen."""

REMAINING = re.compile(rf"({'|'.join(NORMS.values())})[^│┃|]*?осталось\s+(?:(\d+):(\d\d)|(\d+)\s*(мин|с))")


@dataclass(slots=True)
class Sightings:
    """The deadline of each norm on the screen: (resolution, Unix time) of its first and latest drawing."""

    shown: dict[str, str] = field(default_factory=dict)
    deadlines: dict[str, tuple[int, float]] = field(default_factory=dict)

    def look(self, term: Terminal) -> None:
        """Record every remaining time that has just changed."""
        now = time.time() - (time.perf_counter() - term.last_output)
        found = {match[1]: match for line in term.lines() for match in REMAINING.finditer(line)}
        for gone in self.shown.keys() - found.keys():
            del self.shown[gone], self.deadlines[gone]
        for title, match in found.items():
            if self.shown.get(title) == match[0]:
                continue
            self.shown[title] = match[0]
            if match[2] is not None:
                self.deadlines[title] = 1, now + 60 * int(match[2]) + int(match[3])
            else:
                unit = 60 if match[5] == "мин" else 1
                self.deadlines[title] = unit, now + unit * int(match[4])

    def watch(self, term: Terminal, regex: str | re.Pattern[str] | None, timeout: float) -> bool:
        """Read until the pattern is shown or time is up; returns whether it is shown."""
        end = time.perf_counter() + timeout
        while True:
            self.look(term)
            if regex is not None and term.shows(regex):
                return True
            left = end - time.perf_counter()
            if left <= 0 or (term.exit_code is not None and not term.read(0)):
                return False
            term.read(min(left, 0.02))


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: `delay` seconds after the key of step number `step`, -1 being before the first."""

    script: str
    step: int
    delay: float
    pauses: tuple[float, ...]

    @classmethod
    def draw(cls, rng: random.Random) -> Moment:
        """A random moment: half within 12 ms of a key, a running hold five times as likely."""
        script = rng.choice(sorted(CALLS))
        steps = CALLS[script]
        weights = [1, *(5 if "clock_started" in step.writes else 1 for step in steps)]
        step = rng.choices(range(-1, len(steps)), weights)[0]
        longest = rng.choices((0.012, 0.06, 1.2), (5, 4, 1))[0]
        pauses = tuple(rng.uniform(0, 0.03) for _ in steps)
        return cls(script, step, rng.uniform(0, longest), pauses)


@dataclass(slots=True)
class Outcome:
    """The result of one kill. `where` it struck: script, moment."""

    where: str
    lost: int = 0
    doubled: int = 0
    wrong_card: int = 0
    clocks: int = 0
    wrong_clocks: int = 0
    drift: float = 0.0
    in_flight: bool = False
    restart_ms: float = 0.0
    notes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether this kill did harm."""
        return bool(self.lost or self.doubled or self.wrong_card or self.wrong_clocks)


def running(rows: list[Row]) -> dict[str, float]:
    """Deadlines by norm, from the journal: running limits and open promises, without undone keys."""
    undone = {row["data"].get("undone") for row in rows if row["type"] in ("undone", "voided")}
    found: dict[str, float] = {}
    for row in rows:
        if row["cause"] in undone:
            continue
        data, kind = row["data"], row["type"]
        if (kind == "clock_started" and data["kind"] == "limit") or kind == "clock_resumed":
            found[data["norm"]] = data["deadline"]
        elif kind in ("clock_stopped", "clock_suspended"):
            found.pop(data["norm"], None)
        elif kind in ("promise_made", "promise_changed") and "norm" in data:
            found[data["norm"]] = data["due"]
        elif kind == "ended":
            found.pop("hold", None)
    return found


def check_journal(
    rows: list[Row], steps: tuple[Step, ...], pressed: int, acked: int, outcome: Outcome
) -> int:
    """Compare keys and causes; returns the number of the step that the journal ends with, -1 for none."""
    groups = by_cause(rows)
    writing = [number for number, step in enumerate(steps) if step.writes]
    for place, number in enumerate(n for n in writing if n <= acked):
        types = {row["type"] for row in groups[place]} if place < len(groups) else set()
        missing = set(steps[number].writes) - types
        if missing:
            outcome.lost += 1
            outcome.notes.append(f"step {number} ({steps[number].keys}) lacks {', '.join(sorted(missing))}")
    twice = doubled(groups)
    could = sum(number <= pressed for number in writing)
    if len(groups) > could:
        twice.append(f"{len(groups)} causes from {could} keys")
    outcome.doubled += len(twice)
    outcome.notes += twice
    written = writing[: len(groups)]
    return written[-1] if written else -1


def check_clocks(before: Sightings, after: Sightings, expected: dict[str, float], outcome: Outcome) -> None:
    """Every norm running in the journal is on the screen, and all three agree on its deadline."""
    for norm, deadline in expected.items():
        title = NORMS.get(norm, norm)
        outcome.clocks += 1
        if title not in after.deadlines:
            outcome.wrong_clocks += 1
            outcome.notes.append(f"{title} is not on the screen after the restart")
            continue
        resolution, shown = after.deadlines[title]
        apart = [shown - deadline]
        if title in before.deadlines and before.deadlines[title][0] == resolution:
            apart.append(shown - before.deadlines[title][1])
        worst = max(abs(value) for value in apart)
        if resolution == 1:
            outcome.drift = max(outcome.drift, worst)
        if worst > ALLOWED * resolution + DRAWING:
            outcome.wrong_clocks += 1
            outcome.notes.append(f"{title} is off by {worst:.2f} s (shown in steps of {resolution} s)")


def play_and_kill(term: Terminal, moment: Moment, seen: Sightings) -> int:
    """Press the keys up to the moment, kill; returns the number of the last acknowledged step."""
    steps = CALLS[moment.script]
    acked = -1
    for number in range(moment.step):
        steps[number].press(term)
        if not seen.watch(term, steps[number].shows, 5):
            need(term, None, f"{moment.script}, step {number}: {steps[number].shows}")
        seen.watch(term, None, moment.pauses[number])
        acked = number
    if moment.step >= 0:
        steps[moment.step].press(term)
    seen.watch(term, None, moment.delay)
    term.kill()
    if moment.step >= 0 and term.shows(steps[moment.step].shows):
        acked = moment.step
    seen.look(term)
    return acked


def one_kill(options: argparse.Namespace, template: Path, rng: random.Random) -> Outcome:
    """Play a call up to a random moment, kill, restart, compare."""
    moment = Moment.draw(rng)
    where = f"{moment.script}, {moment.delay * 1000:.0f} ms after step {moment.step}"
    outcome, before = Outcome(where), Sightings()
    steps = CALLS[moment.script]
    with new_home() as parent:
        home = parent / "home"
        shutil.copytree(template, home)
        with prompter(options, home) as term:
            need(term, term.wait_for(GREETING, 30), GREETING)
            acked = play_and_kill(term, moment, before)
            outcome.in_flight = acked < moment.step
        try:
            rows = read_journal(home)
        except sqlite3.DatabaseError as error:
            outcome.lost += 1
            outcome.notes.append(f"the journal cannot be read: {error}")
            rows = []
        reached = check_journal(rows, steps, moment.step, acked, outcome)
        wanted = GREETING.pattern if reached < 0 else steps[reached].shows
        with prompter(options, home) as term:
            check_restart(term, wanted, before, running(rows), outcome)
            quit_program(term)
    return outcome


def check_restart(
    term: Terminal, wanted: str, before: Sightings, expected: dict[str, float], outcome: Outcome
) -> None:
    """The step that the journal ends with is on the screen again, and every running norm."""
    after = Sightings()
    if not after.watch(term, wanted, 15):
        outcome.wrong_card += 1
        outcome.notes.append(f"after the restart not on the screen: {wanted}\n{term.text().rstrip()}")
        return
    outcome.restart_ms = (term.last_output - term.started) * 1000
    titles = {NORMS.get(norm, norm) for norm in expected}
    if titles:  # a line may be drawn a moment after the card
        end = time.perf_counter() + 2
        while not titles <= after.deadlines.keys() and time.perf_counter() < end:
            after.watch(term, None, 0.02)
    check_clocks(before, after, expected, outcome)


COLUMNS: dict[str, Callable[[Sequence[Outcome]], object]] = {
    "key under way": total("in_flight"),
    "lost": total("lost"),
    "doubled": total("doubled"),
    "wrong card": total("wrong_card"),
    "clocks and promises": total("clocks"),
    "of them wrong": total("wrong_clocks"),
    "largest clock difference": lambda all_: f"{max((one.drift for one in all_), default=0):.2f} s",
    "slowest restart": lambda all_: f"{max((one.restart_ms for one in all_), default=0):.0f} ms",
}

if __name__ == "__main__":
    sys.exit(run_kills(__doc__, one_kill, COLUMNS))
