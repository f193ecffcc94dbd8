"""A reader's position in the handbook: the query, the selected page, how far it is scrolled. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from prompter.call.view.handbook import Page
from prompter.search.words import fitting
from prompter.text.safe import clean
from prompter.wording.handbook import kind_name

_LONGEST = 200
_LEAP = 10
"""Lines of a list skipped by PgUp and PgDn."""


class Browsing(Struct, frozen=True):
    """The query, the selected page's key, whether arrows scroll its text, its first visible line.

    A page removed by an edit of the scripts is replaced by the first one.
    """

    query: str = ""
    selected: tuple[str, str] = ("", "")
    reading: bool = False
    top: int = 0

    def found(self, pages: Sequence[Page]) -> list[Page]:
        """The pages that match the query; the name of a kind matches all of its pages."""
        if not self.query:
            return list(pages)
        kinds = {kind: kind_name(kind) for kind in {page.kind for page in pages}}
        return fitting(pages, self.query, lambda page: (*page.found_by, kinds[page.kind]))

    def index(self, found: Sequence[Page]) -> int:
        """The index of the selected page."""
        return next((n for n, page in enumerate(found) if page.key == self.selected), 0)

    def typed(self, text: str) -> Browsing:
        """After more text; selects the first matching page, in the list."""
        return Browsing((self.query + clean(text).replace("\n", " "))[:_LONGEST])

    def key(
        self, key: str, character: str | None, found: Sequence[Page], last: int, room: int
    ) -> Browsing | None:
        """After a key; None if it closes the handbook.

        `last` is how far the selected text can be scrolled, `room` how many of its lines are visible.
        """
        if key == "escape":
            return self._back()
        if key == "backspace":
            return Browsing(self.query[:-1])
        if key in ("up", "down", "pageup", "pagedown"):
            return self._scrolled(key, last, room) if self.reading else self._moved(key, found)
        if key == "enter":
            return replace(self, reading=True) if found else self
        if character and character.isprintable():
            return self.typed(character)
        return self

    def _back(self) -> Browsing | None:
        """From the text to the list, from a filtered list to the whole one, from that out of the handbook."""
        if self.reading:
            return replace(self, reading=False, top=0)
        return replace(self, query="") if self.query else None

    def _scrolled(self, key: str, last: int, room: int) -> Browsing:
        page = max(1, room - 1)
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}[key]
        return replace(self, top=max(0, min(last, min(self.top, last) + by)))

    def _moved(self, key: str, found: Sequence[Page]) -> Browsing:
        if not found:
            return self
        index, end = self.index(found), len(found) - 1
        if key in ("up", "down"):  # wraps around, as in every list
            index = (index + (1 if key == "down" else -1)) % len(found)
        else:
            index = max(0, min(end, index + (_LEAP if key == "pagedown" else -_LEAP)))
        return replace(self, selected=found[index].key, top=0)
