"""A problem in what the trainer wrote: place, code and arguments. Wording is added at the edge."""

from __future__ import annotations

from msgspec import Struct, field

ERROR, WARNING = "error", "warning"

MOST_ERRORS = 500
"""Stop after this many errors in one file, or between files: nobody fixes more at once, and each may cost a
search through all names."""


class Place(Struct, frozen=True, order=True):
    """A place in a file: `file` relative to the base's folder, `line` and `col` counted from 1."""

    file: str
    line: int = 1
    col: int = 1


class Problem(Struct, frozen=True):
    """One problem: a stable `code` (see `kb.codes`), its arguments, its place, and a second place if any.

    `args` are plain strings and numbers for the message's placeholders. `severity` is `error` (the base
    cannot be used) or `warning`; `prompter check` reports the code's own severity instead, which may be error
    for what does not keep a base from loading (`kb.codes`).
    """

    place: Place
    code: str
    args: dict[str, str | int] = field(default_factory=dict)
    severity: str = ERROR
    other: Place | None = None


class BaseUnusable(Exception):
    """Raised if a base cannot be loaded; `problems` has at least one error."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{p.place.file}:{p.place.line}:{p.code}" for p in problems))
        self.problems = problems
