"""Memory after the start and after scripted calls, against the reference.

python -m benchmarks.memory [--runs 5] [--kb DIR]

The programs run one after the other: together they would share pages, making PSS too small.
"""

from __future__ import annotations

import argparse
import statistics
import sys

from benchmarks.programs import (
    CALLS,
    GREETING,
    REFERENCE_READY,
    arguments,
    need,
    new_home,
    play,
    prompter,
    quit_program,
    reference,
)
from benchmarks.stats import machine, table
from benchmarks.terminal import Terminal

GOAL = 1.5
KINDS = ("RSS", "PSS", "USS")


def look(term: Terminal) -> list[float]:
    """RSS, PSS, USS in MiB, of a program with nothing more to draw."""
    term.settle(0.3, 3)
    return [(kb or 0) / 1024 for kb in (term.rss_kb(), term.pss_kb(), term.uss_kb())]


def ours(options: argparse.Namespace) -> list[list[float]]:
    with new_home() as home:
        with prompter(options, home) as term:  # compiles the base
            need(term, term.wait_for(GREETING, 60), GREETING)
            quit_program(term)
        with prompter(options, home) as term:
            need(term, term.wait_for(GREETING, 60), GREETING)
            after_start = look(term)
            for steps in CALLS.values():
                play(term, steps)
            return [after_start, look(term)]


def theirs() -> list[list[float]]:
    presses = sum(len(steps) for steps in CALLS.values())
    with reference() as term:
        need(term, term.wait_for(REFERENCE_READY, 60), REFERENCE_READY)
        after_start = look(term)
        for number in range(1, presses + 1):
            need(term, term.press_until("f3", rf"phrase {number}\b"), f"phrase {number}")
        return [after_start, look(term)]


def main() -> int:
    options = arguments(__doc__, runs=5).parse_args()
    print(machine())
    runs = [(ours(options), theirs()) for _ in range(options.runs)]
    rows: list[tuple[object, ...]] = []
    for when, moment in enumerate(("after the start", "after scripted calls")):
        for what, kind in enumerate(KINDS):
            a = statistics.median(mine[when][what] for mine, _ in runs)
            b = statistics.median(other[when][what] for _, other in runs)
            if a and b:
                met = "met" if a / b <= GOAL else "NOT met"
                rows.append((moment, kind, f"{a:.1f}", f"{b:.1f}", f"{a / b:.2f}", GOAL, met))
    print(f"Memory in MiB, medians of {options.runs} runs")
    print(table(("", "", "prompter", "reference", "ratio", "goal", ""), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
