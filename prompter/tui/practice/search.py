"""The operator's search in a drill: it learns nothing, and shows no words that the level covers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prompter.search.index import OPENING
from prompter.tui.search import Finding
from prompter.wording.results import Result

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


class CoveredFinding(Finding):
    """Finds scenarios; `covers`: neither phrases nor duties, whose words stand in a result."""

    def __init__(self, screen: MainScreen, home: Path, covers: bool) -> None:
        super().__init__(screen, home)
        self._covers = covers

    def _found(self, query: str) -> tuple[Result, ...]:
        found = super()._found(query)
        return tuple(one for one in found if one.kind in OPENING) if self._covers else found

    def _learn(self, query: str, one: Result) -> None:
        """What a trainee chooses breaks no tie in live work."""
