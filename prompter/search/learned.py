"""What an operator chose for which words: it breaks ties, can be looked at, and be forgotten."""

from __future__ import annotations

from pathlib import Path

import msgspec

from prompter.files import read_plain, write_whole
from prompter.search.index import Thing
from prompter.search.rank import learned_as

FILE = "learned.json"
_MOST_QUERIES, _MOST_CHOICES, _MOST_BYTES = 500, 3, 1_000_000


class Learned:
    """For a query, as `learned_as` writes it, what was chosen for it, the latest first. Kept in one file.

    What was asked last stands last; of more than 500 queries the oldest are forgotten.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.chosen: dict[str, list[Thing]] = {}

    @classmethod
    def read(cls, path: Path) -> Learned:
        """What the file holds; nothing where it is missing or damaged: it only breaks ties."""
        learned = cls(path)
        try:
            data = read_plain(path, _MOST_BYTES)
            learned.chosen = msgspec.json.decode(data, type=dict[str, list[Thing]])
        except (OSError, msgspec.DecodeError, RecursionError):
            learned.chosen = {}
        return learned

    def choose(self, query: str, thing: Thing) -> None:
        """Remember a choice. OSError where it cannot be kept: then until the program ends."""
        words = learned_as(query)
        if not words:
            return
        before = [one for one in self.chosen.pop(words, []) if one != thing]
        self.chosen[words] = [thing, *before][:_MOST_CHOICES]
        while len(self.chosen) > _MOST_QUERIES:
            del self.chosen[next(iter(self.chosen))]
        write_whole(self.path, msgspec.json.encode(self.chosen))

    def forget(self) -> int:
        """Forget everything, also on disk; how many queries there were. OSError where the file stays."""
        count = len(self.chosen)
        self.chosen = {}
        self.path.unlink(missing_ok=True)
        return count
