"""`kill -9` at random moments of scripted calls: is anything lost, doubled, or late after the restart?

python -m benchmarks.kill9 [--kills 200] [--seed 1] [--only NUMBER] [--kb DIR]

Each kill: a fresh home (with a compiled revision), a call played key by key, SIGKILL at a random
moment after a random key, most often within the time that a key needs. A key is acknowledged when
its effect was on the screen, also if the screen was read only after the death. Then

- the journal (a copy of it) must hold every acknowledged key, in order, at most one key more, no id
  and no fact twice, and the events of one key under one cause;
- the restarted program must show the step that the journal ends with, which is the last acknowledged
  one or the one whose key was under way;
- every remaining time on the screen must come to the deadline shown before the kill and to the one
  in the journal, within 1 s; a clock or promise that ran must still be there.

Exit code 1 if any of this fails.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.programs import CALLS, GREETING, Step, arguments, need, new_home, prompter, quit_program
from benchmarks.stats import machine, table
from benchmarks.terminal import Terminal
from prompter.journal.packing import unpacked

ALLOWED = 1.0
"""Seconds that a clock may be off."""
DRAWING = 0.15
"""Seconds between the program's look at its clock and our reading of the drawn line."""
NORMS = {"silence": "Сказать", "hold": "Удержание", "callback": "Перезвонить"}
"""Norms and the word that names their line on the screen."""

REMAINING = re.compile(rf"({'|'.join(NORMS.values())})[^│┃|]*?осталось\s+(?:(\d+):(\d\d)|(\d+)\s*(мин|с))")


@dataclass(slots=True)
class Sightings:
    """The deadline of each norm by the screen: (resolution, Unix time) of its first and newest drawing."""

    shown: dict[str, str] = field(default_factory=dict)
    deadlines: dict[str, tuple[int, float]] = field(default_factory=dict)

    def look(self, term: Terminal) -> None:
        """Note every remaining time that has just changed."""
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
        """Read for so long, or until the pattern is shown; whether it is."""
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
        """A moment at random: half within 12 ms of a key, a running hold five times as likely."""
        script = rng.choice(sorted(CALLS))
        steps = CALLS[script]
        weights = [1, *(5 if "clock_started" in step.writes else 1 for step in steps)]
        step = rng.choices(range(-1, len(steps)), weights)[0]
        longest = rng.choices((0.012, 0.06, 1.2), (5, 4, 1))[0]
        pauses = tuple(rng.uniform(0, 0.03) for _ in steps)
        return cls(script, step, rng.uniform(0, longest), pauses)


@dataclass(slots=True)
class Outcome:
    """What one kill did."""

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


Row = dict[str, Any]


def read_journal(home: Path) -> list[Row]:
    """All events, read from a copy, so that the restarted program finds the files as the kill left them."""
    files = sorted(home.rglob("journal.db*"))
    if not files:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / "journal.db")) as database:
            database.row_factory = sqlite3.Row
            (sound,) = database.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                raise sqlite3.DatabaseError(sound)
            try:
                rows = database.execute("SELECT * FROM events ORDER BY seq").fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):  # killed before the first commit
                    return []
                raise
    return [
        {**{name: unpacked(value) for name, value in dict(row).items()}, "data": json.loads(row["data"])}
        for row in rows
    ]


def by_cause(rows: list[Row]) -> list[list[Row]]:
    """The events of calls and promises, one list for each run of the same cause."""
    groups: list[list[Row]] = []
    for row in rows:
        if row["stream"] not in ("call", "promise"):
            continue
        if groups and groups[-1][0]["cause"] == row["cause"]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def doubled(groups: list[list[Row]]) -> list[str]:
    """Ids that come twice, keys whose events are torn apart, facts that one key wrote twice."""
    rows = [row for group in groups for row in group]
    ids = [row["id"] for row in rows]
    causes = [group[0]["cause"] for group in groups]
    found = [f"id {id_} twice" for id_ in {i for i in ids if ids.count(i) > 1}]
    found += [f"cause {cause} in two places" for cause in {c for c in causes if causes.count(c) > 1}]
    for group in groups:
        facts = [(row["type"], json.dumps(row["data"], sort_keys=True)) for row in group]
        found += [f"{type_} twice by one key" for type_, data in {f for f in facts if facts.count(f) > 1}]
    return found


def running(rows: list[Row]) -> dict[str, float]:
    """Deadlines by norm, by the journal: limits and promises that stand, undone keys left out."""
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
    """Compare keys and causes; the number of the step that the journal ends with, -1 for none."""
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
    """Every norm that runs by the journal is on the screen, and all three agree on its deadline."""
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
    """Press the keys up to the moment, kill; the number of the last acknowledged step."""
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


def one_kill(options: argparse.Namespace, template: Path, moment: Moment) -> Outcome:
    outcome, before, after = Outcome(), Sightings(), Sightings()
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
            if after.watch(term, wanted, 15):
                outcome.restart_ms = (term.last_output - term.started) * 1000
                expected = running(rows)
                titles = {NORMS.get(norm, norm) for norm in expected}
                if titles:  # a line may be drawn a moment after the card
                    end = time.perf_counter() + 2
                    while not titles <= after.deadlines.keys() and time.perf_counter() < end:
                        after.watch(term, None, 0.02)
                check_clocks(before, after, expected, outcome)
            else:
                outcome.wrong_card += 1
                outcome.notes.append(f"after the restart not on the screen: {wanted}\n{term.text().rstrip()}")
            quit_program(term)
    return outcome


def warm_home(options: argparse.Namespace, home: Path) -> None:
    """Start once and quit, so that the revision is compiled and the journal has its tables."""
    with prompter(options, home) as term:
        need(term, term.wait_for(GREETING, 60), GREETING)
        term.settle(0.3, 3)
        quit_program(term)


def main() -> int:
    parser = arguments(__doc__, kills=200, seed=1)
    parser.add_argument("--only", type=int, help="repeat only the kill with this number")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    print(machine())
    with new_home() as template:
        warm_home(options, template)
        for number in range(options.kills) if options.only is None else (options.only,):
            moment = Moment.draw(random.Random(f"{options.seed}/{number}"))
            outcome = one_kill(options, template, moment)
            outcomes.append(outcome)
            if outcome.failed:
                where = f"{moment.delay * 1000:.0f} ms after step {moment.step}"
                print(f"kill {number} ({moment.script}, {where}):", *outcome.notes, sep="\n  ", flush=True)
    row = (
        len(outcomes),
        sum(outcome.in_flight for outcome in outcomes),
        sum(outcome.lost for outcome in outcomes),
        sum(outcome.doubled for outcome in outcomes),
        sum(outcome.wrong_card for outcome in outcomes),
        sum(outcome.clocks for outcome in outcomes),
        sum(outcome.wrong_clocks for outcome in outcomes),
        f"{max((outcome.drift for outcome in outcomes), default=0):.2f} s",
        f"{max((outcome.restart_ms for outcome in outcomes), default=0):.0f} ms",
    )
    headers = (
        "kills",
        "key under way",
        "lost",
        "doubled",
        "wrong card",
        "clocks and promises",
        "of them wrong",
        "largest clock difference",
        "slowest restart",
    )
    print(table(headers, [row]))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
