"""From a key to the changed phrase on the screen, against the reference's key to its changed text.

python -m benchmarks.keys [--pairs 60] [--kb DIR]

Both programs run all the time, and both are idle for a moment before every key.
"""

from __future__ import annotations

import random
import re
import sys
from itertools import count, cycle

from benchmarks.programs import (
    GREETING,
    REFERENCE_READY,
    TALK,
    arguments,
    need,
    new_home,
    prompter,
    reference,
)
from benchmarks.stats import machine, paired, report
from benchmarks.terminal import Terminal

PHRASES = (("f3", "Говорите, пожалуйста"), ("f5", "Просьба не вести"), ("f4", "Ожидайте, пожалуйста"))
"""Opened one after another, each undone by Esc."""


def at_rest(*terms: Terminal) -> None:
    """Wait until nothing is drawn, then a random moment, so that no key coincides with the same tick."""
    for term in terms:
        term.settle(0.08, 3)
    for term in terms:
        term.read_for(random.uniform(0, 0.04))


def main() -> int:
    options = arguments(__doc__, pairs=60).parse_args()
    random.seed(1)
    print(machine())
    with new_home() as home, prompter(options, home) as ours, reference() as theirs:
        need(ours, ours.wait_for(GREETING, 60), GREETING)
        need(theirs, theirs.wait_for(REFERENCE_READY, 60), REFERENCE_READY)
        need(ours, ours.press_until("enter", TALK), TALK)
        phrases, numbers = cycle(PHRASES), count(1)

        def key_in_ours() -> float:
            key, phrase = next(phrases)
            at_rest(theirs, ours)
            ms = need(ours, ours.press_until(key, phrase), phrase)
            at_rest(ours)
            back = re.compile(rf"(?s)\A(?!.*{phrase}).*{TALK.pattern}")
            need(ours, ours.press_until("esc", back), back)
            return ms

        def key_in_theirs() -> float:
            changed = rf"phrase {next(numbers)}\b"
            at_rest(ours, theirs)
            return need(theirs, theirs.press_until("f3", changed), changed)

        result = paired(key_in_ours, key_in_theirs, options.pairs, warmup=6)
    print(report("Key to changed phrase", result, 2.0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
