"""`kill -9` at random moments of a shift that the phone drives: is an event, a promise lost, a call doubled?

python -m benchmarks.phone_kill9 [--kills 200] [--seed 1] [--only NUMBER]

Each kill: a fresh home, calls that ring, are answered, hold, ring during a hold, end and are declined, sent
by the phone's own client; the operator's keys in between, a promise among them. SIGKILL comes at a random
moment of a random step, usually within the time that an event takes. The client's exit code says whether an
event was received; otherwise it keeps the event for the next start. Then the program starts again, the phone
repeats its last two events, and goes on to the end of the shift. In the end

- every call rang, was answered and ended exactly as often as the phone sent it: once;
- what was acknowledged before the kill is in the journal as the kill left it;
- the promise, once its key was seen on the screen, is on the screen after the restart.

Exit code 1 if any of this fails.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import threading
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kills import Row, by_cause, doubled, read_journal, run_kills, total
from benchmarks.programs import GREETING, need, new_home, prompter, quit_program
from benchmarks.terminal import Terminal
from prompter.phone.client import DONE, KEPT, tell
from prompter.phone.place import PORT

FIRST, SECOND, THIRD = "+996555123456", "+996700112233", "+996777445566"


@dataclass(frozen=True, slots=True)
class Sent:
    """An event sent by the phone, and what is on the screen then."""

    kind: str
    call: str
    number: str
    shows: str

    @property
    def argv(self) -> list[str]:
        """The client's arguments."""
        return [self.kind, "--id", self.call, "--number", self.number]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key of the operator, and what is on the screen then."""

    key: str
    shows: str


PROMISED = Pressed("enter", r"(?i)в течение\s+«?\d+\s*мин")
SHIFT: tuple[Sent | Pressed, ...] = (
    Sent("ringing", "1", FIRST, "☎ Звонят"),
    Sent("answered", "1", FIRST, r"Разговор.*123-?456|Разговор .*12-34-56"),
    Pressed("enter", "Слушайте"),
    Pressed("f4", "Ожидайте, пожалуйста"),
    Pressed("2", "(?i)номер"),
    PROMISED,
    Pressed("enter", "Слушайте"),
    Sent("ended", "1", FIRST, "○ Ожидание"),
    Sent("ringing", "2", SECOND, "☎ Звонят"),
    Sent("answered", "2", SECOND, "Разговор .*11-22-33"),
    Pressed("enter", "Слушайте"),
    Pressed("f4", "Ожидайте, пожалуйста"),
    Pressed("enter", "Удержание"),
    Sent("ringing", "3", THIRD, "☎ звонит"),
    Sent("answered", "3", THIRD, "‖ ждёт"),
    Sent("ended", "3", THIRD, "Удержание .*11-22-33"),
    Sent("ended", "2", SECOND, "○ Ожидание"),
    Sent("ringing", "4", FIRST, "☎ Звонят"),
    Sent("rejected", "4", FIRST, "○ Ожидание"),
)
WRITES = {"ringing": "rang", "answered": "connected", "ended": "ended", "rejected": "ring_stopped"}
EXPECTED = Counter(WRITES[step.kind] for step in SHIFT if isinstance(step, Sent))


@dataclass(slots=True)
class Outcome:
    """The result of one kill. `where` it struck: which step, how long after it."""

    where: str
    in_flight: bool = False
    kept: bool = False
    lost: int = 0
    doubled: int = 0
    promises: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether this kill did harm."""
        return bool(self.lost or self.doubled or self.promises)


class Sending(threading.Thread):
    """The client at work; `outcome` is "" until it has ended."""

    def __init__(self, step: Sent) -> None:
        super().__init__(daemon=True)
        self.step, self.outcome = step, ""
        self.start()

    def run(self) -> None:
        """Send the event."""
        self.outcome = tell(self.step.argv)


def ready(term: Terminal, home: Path) -> None:
    """Wait until this program accepts phone events."""
    end = time.monotonic() + 30
    while not (home / PORT).exists():
        term.read_for(0.02)
        if time.monotonic() > end:
            sys.exit("the phone is never heard")


def do(term: Terminal, step: Sent | Pressed) -> None:
    if isinstance(step, Pressed):
        term.press(step.key)
    else:
        telling = Sending(step)
        while not telling.outcome:
            term.read(0.01)
        if telling.outcome != DONE:
            sys.exit(f"{step} was not heard: {telling.outcome}")
    need(term, term.wait_for(step.shows, 10), f"{step}")


def play_and_kill(term: Terminal, number: int, delay: float, outcome: Outcome) -> bool:
    """The steps up to the one with this number, then the kill during it; returns whether that was
    acknowledged."""
    for step in SHIFT[:number]:
        do(term, step)
    step = SHIFT[number]
    telling = Sending(step) if isinstance(step, Sent) else None
    if isinstance(step, Pressed):
        term.press(step.key)
    term.read_for(delay)
    term.kill()
    if telling is None:
        return term.shows(step.shows)
    telling.join(30)
    outcome.kept = telling.outcome == KEPT
    return telling.outcome == DONE


def one_kill(options: Namespace, template: Path, rng: random.Random) -> Outcome:
    """Work up to a random moment, kill, restart, work to the end of the shift, compare."""
    place = rng.randrange(len(SHIFT))
    delay = rng.uniform(0, rng.choices((0.015, 0.08, 0.8), (6, 3, 1))[0])
    outcome = Outcome(f"{delay * 1000:.0f} ms after step {place}")
    with new_home() as parent:
        home = parent / "home"
        shutil.copytree(template, home)
        os.environ["PROMPTER_HOME"] = str(home)
        with listening(options, home, GREETING) as term:
            acknowledged = play_and_kill(term, place, delay, outcome)
        outcome.in_flight = not acknowledged
        done = SHIFT[: place + acknowledged]
        check_heard(read_journal(home), done, outcome)
        with listening(options, home, "F1") as term:
            go_on(term, place, PROMISED in done, outcome)
        check_shift(read_journal(home), outcome)
    return outcome


@contextmanager
def listening(options: Namespace, home: Path, shows: str | re.Pattern[str]) -> Iterator[Terminal]:
    """The program, once it is drawn and accepts phone events."""
    (home / PORT).unlink(missing_ok=True)
    with prompter(options, home) as term:
        need(term, term.wait_for(shows, 30), shows)
        ready(term, home)
        yield term


def check_heard(rows: list[Row], done: Sequence[Sent | Pressed], outcome: Outcome) -> None:
    """What was acknowledged is in the journal as the kill left it."""
    found = Counter(row["type"] for row in rows)
    for kind, count in Counter(WRITES[one.kind] for one in done if isinstance(one, Sent)).items():
        if found[kind] < count:
            outcome.lost += 1
            outcome.notes.append(f"{count} {kind} were heard, {found[kind]} are in the journal")


def go_on(term: Terminal, place: int, promised: bool, outcome: Outcome) -> None:
    """Check the promise on the screen, then send the last two events once more and the rest of the shift."""
    term.settle(0.3, 3)
    if promised and term.wait_for("Перезвонить", 5) is None:
        outcome.promises += 1
        outcome.notes.append(f"the promise is not on the screen\n{term.text().rstrip()}")
    told = [one for one in SHIFT[: place + 1] if isinstance(one, Sent)]
    rest = [one for one in SHIFT[place + 1 :] if isinstance(one, Sent)]
    for one in (*told[-2:], *rest):  # in doubt the phone repeats it
        if tell(one.argv) != DONE:
            outcome.lost += 1
            outcome.notes.append(f"{one} was not heard after the restart")
        term.read_for(0.02)
    quit_program(term)


def check_shift(rows: list[Row], outcome: Outcome) -> None:
    """Every call rang, was answered and ended as often as the phone sent it: once."""
    counts = Counter(row["type"] for row in rows)
    for kind, count in (EXPECTED + Counter(call_started=3)).items():
        if counts[kind] != count:
            outcome.doubled += counts[kind] > count
            outcome.lost += counts[kind] < count
            outcome.notes.append(f"{counts[kind]} {kind}, {count} were told")
    twice = doubled(by_cause(rows))
    outcome.doubled += len(twice)
    outcome.notes += twice


COLUMNS = {
    "under way": total("in_flight"),
    "kept by the client": total("kept"),
    "lost": total("lost"),
    "doubled": total("doubled"),
    "promises lost": total("promises"),
}

if __name__ == "__main__":
    sys.exit(run_kills(__doc__, one_kill, COLUMNS))
