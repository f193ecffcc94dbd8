"""A query being typed, and which result is selected. Pure."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from prompter.text.safe import clean

_LONGEST = 200


class Searching(Struct, frozen=True):
    """The text so far, and the index of the selected result."""

    query: str
    index: int = 0

    def typed(self, text: str) -> Searching:
        """After more text; selects the first result."""
        return Searching((self.query + clean(text).replace("\n", " "))[:_LONGEST])

    def key(self, key: str, character: str | None, results: int) -> Searching | None:
        """After a key; None if it leaves the search."""
        if key == "escape" or (key == "backspace" and not self.query):
            return None
        if key == "backspace":
            return Searching(self.query[:-1])
        if key in ("up", "down") and results:
            return replace(self, index=(self.index + (1 if key == "down" else -1)) % results)
        if character and character.isprintable():
            return self.typed(character)
        return self
