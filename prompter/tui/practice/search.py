"""The operator's search in a drill: it learns nothing, and shows no words that the level hides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prompter.search.index import OPENING
from prompter.tui.search import Finding
from prompter.wording.results import Result

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


class CoveredFinding(Finding):
    """Finds scenarios; `covers`: omits phrases and duties, whose words a result would show."""

    def __init__(self, screen: MainScreen, home: Path, covers: bool) -> None:
        super().__init__(screen, home)
        self._covers = covers

    def _found(self, query: str) -> tuple[Result, ...]:
        found = super()._found(query)
        return tuple(one for one in found if one.kind in OPENING) if self._covers else found

    def _learn(self, query: str, one: Result) -> None:
        """A trainee's choices must not affect live work."""
