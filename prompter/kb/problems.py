"""A problem found in what the trainer wrote: where, which, and with what. Words are made at the edge."""

from __future__ import annotations

from msgspec import Struct, field

ERROR, WARNING = "error", "warning"

MOST_ERRORS = 500
"""No more is looked for in one file, or between files: nobody mends more at once, and each may cost a look
through every name there is."""


class Place(Struct, frozen=True, order=True):
    """A place in a file: `file` relative to the base's folder, `line` and `col` counted from 1."""

    file: str
    line: int = 1
    col: int = 1


class Problem(Struct, frozen=True):
    """One problem: a stable `code` (see `kb.codes`), its arguments, where, and a second place if any.

    `args` are plain strings and numbers for the message's placeholders. `severity` is `error`
    (the base cannot be used) or `warning`; what `prompter check` tells instead is the code's own, which
    may call an error what does not keep a base from loading (`kb.codes`).
    """

    place: Place
    code: str
    args: dict[str, str | int] = field(default_factory=dict)
    severity: str = ERROR
    other: Place | None = None


class BaseUnusable(Exception):
    """A base cannot be loaded; `problems` tells why. At least one of them is an error."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{p.place.file}:{p.place.line}:{p.code}" for p in problems))
        self.problems = problems
