"""From the start to the greeting on the screen, against the reference's start to its text.

python -m benchmarks.start [--first | --large] [--pairs 30] [--kb DIR]
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from benchmarks.largebase import FILES, PHRASES, make
from benchmarks.programs import (
    GREETING,
    REFERENCE_READY,
    arguments,
    need,
    new_home,
    prompter,
    quit_program,
    reference,
)
from benchmarks.stats import machine, paired, report
from benchmarks.terminal import Terminal


def start(term: Terminal, ready: re.Pattern[str]) -> float:
    with term:
        ms = need(term, term.wait_for(ready, 60), ready)
        term.settle(0.1, 2)
        quit_program(term)
    return ms


def measure(options: argparse.Namespace, home: Path | None) -> float:
    """One start; without a home, the very first, in a fresh one."""
    if home is not None:
        return start(prompter(options, home), GREETING)
    with new_home() as fresh:
        return start(prompter(options, fresh), GREETING)


def main() -> int:
    parser = arguments(__doc__, pairs=30)
    parser.add_argument("--first", action="store_true", help="the first start: nothing compiled, fresh home")
    parser.add_argument("--large", action="store_true", help="with 10,000 phrases in 2,000 files")
    options = parser.parse_args()
    title, goal = ("First start of all", 1.5) if options.first else ("Start, revision present", 1.25)
    print(machine())
    with new_home() as home:
        if options.large:
            options.kb = make(home / "kb")
            title, goal = f"{title}, {PHRASES} phrases in {FILES} files", 1.6
        result = paired(
            lambda: measure(options, None if options.first else home),
            lambda: start(reference(), REFERENCE_READY),
            options.pairs,
        )
    print(report(title, result, goal))
    return 0


if __name__ == "__main__":
    sys.exit(main())
