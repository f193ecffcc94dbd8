"""What an operator chose for which words: it breaks ties, and can be viewed and forgotten."""

from __future__ import annotations

from pathlib import Path

import msgspec

from prompter.files import read_plain, write_whole
from prompter.search.index import Thing
from prompter.search.rank import learned_as

FILE = "learned.json"
_MOST_QUERIES, _MOST_CHOICES, _MOST_BYTES = 500, 3, 1_000_000


class Learned:
    """The choices made for a query, keyed as by `learned_as`, latest first. Kept in one file.

    Queries are in order of use; beyond 500 the oldest are forgotten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.chosen: dict[str, list[Thing]] = {}

    @classmethod
    def read(cls, path: Path) -> Learned:
        """Read the file; empty if it is missing or damaged: it only breaks ties."""
        learned = cls(path)
        try:
            data = read_plain(path, _MOST_BYTES)
            learned.chosen = msgspec.json.decode(data, type=dict[str, list[Thing]])
        except (OSError, msgspec.DecodeError, RecursionError):
            learned.chosen = {}
        return learned

    def choose(self, query: str, thing: Thing) -> None:
        """Remember a choice. Raises OSError if it cannot be saved: then it lasts until the program ends."""
        words = learned_as(query)
        if not words:
            return
        before = [one for one in self.chosen.pop(words, []) if one != thing]
        self.chosen[words] = [thing, *before][:_MOST_CHOICES]
        while len(self.chosen) > _MOST_QUERIES:
            del self.chosen[next(iter(self.chosen))]
        write_whole(self.path, msgspec.json.encode(self.chosen))

    def forget(self) -> int:
        """Forget everything, also on disk; returns the number of queries. Raises OSError if it fails."""
        count = len(self.chosen)
        self.chosen = {}
        self.path.unlink(missing_ok=True)
        return count
