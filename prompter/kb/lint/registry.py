"""Every lint, in the order in which they run. A new one is entered here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prompter.kb.lint import forbidden, ledger, norms, promises, reviews, ways
from prompter.kb.lint.seen import Seen
from prompter.kb.problems import Problem

Lint = Callable[[Seen], Iterator[Problem]]

LINTS: tuple[Lint, ...] = (
    ways.check,
    promises.check,
    norms.check,
    forbidden.check,
    ledger.check,
    reviews.check,
)


def lint(seen: Seen) -> Iterator[Problem]:
    """The problems that the lints find, in no order."""
    for one in LINTS:
        yield from one(seen)
