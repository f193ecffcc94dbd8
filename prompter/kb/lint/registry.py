"""Every lint, in the order in which they run. A new one is added here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from prompter.kb.lint import (
    forbidden,
    ledger,
    letters,
    lists,
    norms,
    notices,
    promises,
    reviews,
    screen,
    speaking,
    spelling,
    translations,
    typography,
    unused,
    ways,
)
from prompter.kb.lint.seen import Seen
from prompter.kb.problems import Problem
from prompter.kb.silence import Silences

Lint = Callable[[Seen], Iterator[Problem]]

LINTS: tuple[Lint, ...] = (
    ways.check,
    promises.check,
    norms.check,
    forbidden.check,
    ledger.check,
    letters.check,
    typography.check,
    spelling.check,
    lists.check,
    translations.check,
    speaking.check,
    screen.check,
    unused.check,
    notices.check,
    reviews.check,
)

MOST = 200
"""Problems reported per lint: nobody reads more, and the place of each costs a look at its file."""


def lint(seen: Seen, silences: Silences) -> tuple[list[Problem], bool]:
    """The unsilenced problems found by the lints, in no order, and whether there are more."""
    found: list[Problem] = []
    more = False
    for one in LINTS:
        problems = list(islice((problem for problem in one(seen) if not silences.hush(problem)), MOST + 1))
        more = more or len(problems) > MOST
        found += problems[:MOST]
    return found, more
