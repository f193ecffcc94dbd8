"""From a trainer's save to the operator's screen, and the delay of keys pressed meanwhile.

python -m benchmarks.living [--saves 30] [--keys 300] [--phrases 10000] [--files 2000]

The base is that of `largebase`. Keys are pressed all the time, F3 and F9 in turn, first without saves, then
while the editors' ways of saving take turns; both are repeated, so that neither gets the quieter minutes. A
save is timed from its last byte to the bytes that show the scenario's new title.
"""

from __future__ import annotations

import random
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import largebase
from benchmarks.programs import GREETING, TALK, arguments, need, new_home, prompter
from benchmarks.stats import machine, percentile, table
from benchmarks.terminal import Terminal
from prompter.kb.source import SCENARIOS

ROUNDS = 3
SAVE_GOAL, KEY_GOAL = 1500.0, 2.0
"""Milliseconds from a save to the screen; the p95 of keys during saves, relative to that without."""

KEYS = (("f3", re.compile("Говорите, пожалуйста")), ("f9", re.compile("есть ли дополнительные вопросы")))
"""Pressed in turn. Not Esc: a terminal's Esc waits for what may follow it."""

TITLE = re.compile("ru: Уточнить информацию.*")
EDITED, OTHERS = "clarify.yaml", 10


# The editors' ways. Each takes the scenarios' folder and the text, and ends with the last byte written.


def in_place(folder: Path, text: str) -> None:
    (folder / EDITED).write_text(text, encoding="utf-8")


def by_renaming(folder: Path, text: str) -> None:
    beside = folder / f".{EDITED}.tmp"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / EDITED)


def as_vim_does(folder: Path, text: str) -> None:
    (folder / f".{EDITED}.swp").write_bytes(b"b0VIM 9.0")
    (folder / "4913").touch()
    (folder / "4913").unlink()
    (folder / EDITED).replace(folder / f"{EDITED}~")
    in_place(folder, text)
    (folder / f"{EDITED}~").unlink()


def several_at_once(folder: Path, text: str) -> None:
    for file in sorted(folder.glob("case-*.yaml"))[:OTHERS]:
        file.write_text(file.read_text(encoding="utf-8") + "# saved\n", encoding="utf-8")
    in_place(folder, text)


def in_two_halves(folder: Path, text: str) -> None:
    with (folder / EDITED).open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(0.3)
        file.write(text[len(text) // 2 :])


WAYS: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    by_renaming,
    as_vim_does,
    several_at_once,
    in_two_halves,
)


@dataclass
class Trainer:
    """Saves in a thread of its own; the next save waits until the one before was seen."""

    folder: Path
    saved: int = 0
    shown: float = 0.0
    seen: threading.Event = field(default_factory=threading.Event)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def work(self, saves: int) -> None:
        """Save the given number of times, in another way each time; stops if a save does not arrive."""
        for _ in range(saves):
            time.sleep(random.uniform(0.5, 1.5))
            way = WAYS[self.saved % len(WAYS)]
            text = (self.folder / EDITED).read_text(encoding="utf-8")
            self.saved += 1
            self.seen.clear()
            way(self.folder, TITLE.sub(f"ru: Уточнить информацию {self.saved}", text))
            at = time.perf_counter()
            if not self.seen.wait(60):
                return
            self.took[way.__name__].append((self.shown - at) * 1000)

    def look(self, term: Terminal) -> None:
        """Notice the latest save on the screen."""
        if not self.seen.is_set() and re.search(rf"Уточнить информацию {self.saved}\b", term.text()):
            self.shown = term.last_output
            self.seen.set()


def press(term: Terminal, key: str, wanted: re.Pattern[str], trainer: Trainer) -> float:
    """Milliseconds from the key to its effect; saves that appear meanwhile are noticed."""
    since, end = term.press(key), time.perf_counter() + 30
    while not wanted.search(term.text()):
        if time.perf_counter() > end or not (term.read(0.01) or term.exit_code is None):
            need(term, None, wanted)
        trainer.look(term)
    return (term.last_output - since) * 1000


def idle(term: Terminal, trainer: Trainer) -> None:
    """Wait as long as an operator in a hurry takes for the next key."""
    end = time.perf_counter() + random.uniform(0.03, 0.12)
    while time.perf_counter() < end:
        term.read(0.005)
        trainer.look(term)


def keys(term: Terminal, trainer: Trainer, enough: Callable[[int], bool]) -> list[float]:
    took: list[float] = []
    while not enough(len(took)):
        for key, wanted in KEYS:
            idle(term, trainer)
            took.append(press(term, key, wanted, trainer))
    return took


def main() -> int:
    parser = arguments(__doc__, saves=30, keys=300, phrases=largebase.PHRASES, files=largebase.FILES)
    options = parser.parse_args()
    random.seed(1)
    print(machine())
    with new_home() as home, new_home() as place:
        base = largebase.make(place / "kb", options.phrases, options.files)
        options.kb = str(base)
        trainer = Trainer(base / SCENARIOS)
        trainer.seen.set()
        quiet: list[float] = []
        busy: list[float] = []
        with prompter(options, home) as term:
            need(term, term.wait_for(GREETING, 120), GREETING)
            need(term, term.press_until("enter", TALK, 30), TALK)
            for _ in range(ROUNDS):
                quiet += keys(term, trainer, lambda done: done >= options.keys / ROUNDS)
                work = threading.Thread(target=trainer.work, args=(options.saves // ROUNDS,), daemon=True)
                work.start()
                busy += keys(term, trainer, lambda done, work=work: not work.is_alive())
    return tell(trainer, quiet, busy)


def tell(trainer: Trainer, quiet: list[float], busy: list[float]) -> int:
    every = [ms for took in trainer.took.values() for ms in took]
    if len(every) < trainer.saved:
        print(f"save {trainer.saved} never came")
        return 1
    rows = [
        (name, len(took), f"{percentile(took, 0.5):.0f} ms", f"{max(took):.0f} ms")
        for name, took in [*trainer.took.items(), ("all", every)]
    ]
    print("From a save to the screen")
    print(table(("way of saving", "saves", "median", "most"), rows))
    print(f"goal {SAVE_GOAL:.0f} ms: {'met' if max(every) <= SAVE_GOAL else 'NOT met'}\n")
    key_rows = []
    for name, took in (("nobody saves", quiet), ("during saves", busy)):
        shares = [f"{percentile(took, share):.1f} ms" for share in (0.5, 0.95, 0.99)]
        key_rows.append((name, len(took), *shares, f"{max(took):.1f} ms"))
    print("From a key to what it brings")
    print(table(("", "keys", "median", "p95", "p99", "most"), key_rows))
    ratio = percentile(busy, 0.95) / percentile(quiet, 0.95)
    met = "met" if ratio <= KEY_GOAL else "NOT met"
    print(f"p95 during saves is {ratio:.2f} of that without; goal {KEY_GOAL}: {met}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
