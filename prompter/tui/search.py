"""The search on the operator's screen: the query, its results, and what choosing one does.

The index is built in a thread after the first frame, and again for every new base. What is typed before it is
ready stays, and is searched then.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from prompter.call.phrases import text_in
from prompter.call.view.handbook import Page, handbook
from prompter.call.view.tree import listed
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.search.finder import Finder
from prompter.search.index import SCENARIO
from prompter.search.learned import FILE, Learned
from prompter.search.rank import Context
from prompter.tui.query import Searching
from prompter.wording.results import Pages, Result, of_page, result

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen

LEAST = 3
"""A shorter query left without a choice is not recorded."""


class Indexed(Message):
    """The index built by the thread."""

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self.finder = finder


class Finding:
    """One operator's search. `search` is the query being typed, None while there is none."""

    def __init__(self, screen: MainScreen, home: Path) -> None:
        self._screen = screen
        self.search: Searching | None = None
        self.learned = Learned.read(home / FILE)
        self._finder: Finder | None = None
        self._asked_for: KnowledgeBase | None = None
        self._pages: Pages = {}
        self._shown: tuple[object, ...] = ()
        self._results: tuple[Result, ...] = ()

    # the index

    def follow(self) -> None:
        """Start building an index of the current base, unless done or under way."""
        base = self._screen.desk.base
        if self._asked_for is not base:
            self._asked_for = base
            self._screen.run_worker(lambda: self._make(base), thread=True, group="index")

    def _make(self, base: KnowledgeBase) -> None:
        """In a thread: it posts the result and touches nothing else."""
        finder = Finder(base)
        with contextlib.suppress(RuntimeError):  # the app is just closing
            self._screen.post_message(Indexed(finder))

    def take(self, finder: Finder) -> None:
        """The index is ready. One older than the current base is better than none."""
        if finder.base is self._asked_for or self._finder is None:
            self._finder = finder

    @property
    def ready(self) -> bool:
        """Whether there is an index to search."""
        return self._finder is not None

    # the query

    @property
    def query(self) -> str:
        """What was typed so far."""
        return self.search.query if self.search else ""

    def typed(self, text: str) -> None:
        """More of the query; the first letter opens the search."""
        self.follow()
        self.search = (self.search or Searching("")).typed(text)

    def key(self, event: events.Key) -> None:
        """A key of the open search. Words that were left without a choice are recorded."""
        assert self.search is not None
        if event.key == "enter":
            self._open()
            return
        count = len(self.results())
        before = self.search
        self.search = before.key(event.key, event.character, count)
        if self.search == before:
            return  # pasting a page letter by letter must not redraw each time
        if self.search is None and len(before.query.strip()) >= LEAST:
            self._screen.desk.note_search(before.query)
        self._screen.draw()

    # what it finds

    @property
    def selected(self) -> Result | None:
        """The result that Enter opens."""
        results = self.results()
        return results[self.search.index] if self.search and self.search.index < len(results) else None

    def results(self) -> tuple[Result, ...]:
        """What fits the query now; all scenarios while it is empty."""
        if self.search is None:
            return ()
        desk = self._screen.desk
        call = desk.state.active
        where = (call.id, call.frame.scenario, call.language) if call else ()
        key = (self.search.query, desk.base, desk.viewer, self._finder, where)
        if self._shown != key:
            before = self._results if self._shown[:1] == key[:1] else ()
            self._shown, self._results = key, self._found(self.search.query)
            self._keep_selected(before)
        return self._results

    def _keep_selected(self, before: tuple[Result, ...]) -> None:
        """A new base gives other results for the same words: keep the selection, else select the first."""
        if self.search and self.search.index < len(before):
            selected = before[self.search.index].thing
            places = (n for n, one in enumerate(self._results) if one.thing == selected)
            self.search = Searching(self.search.query, next(places, 0))

    def _found(self, query: str) -> tuple[Result, ...]:
        desk = self._screen.desk
        base, viewer, call = desk.base, desk.viewer, desk.state.active
        open_ = {one.id: one for one in listed(base, viewer, call)}
        if not query.strip():
            titles = ((one, text_in(one.title, viewer.ui, base.languages)) for one in open_.values())
            return tuple(Result(one.id, SCENARIO, title, one.key) for one, title in titles)
        if self._finder is None:
            return ()
        here = call.frame.scenario if call else ""
        context = Context(here, viewer.department, in_call=call is not None)
        pages = self._handbook()
        hits = self._finder.find(query, context, self.learned.chosen)
        made = (result(hit, base, viewer, pages) for hit in hits)
        return tuple(one for one in made if one and (not one.scenario or one.scenario in open_))

    def _handbook(self) -> Pages:
        desk = self._screen.desk
        call = desk.state.active
        language = (call.language if call else desk.viewer.language) or desk.base.languages[0]
        pages = handbook(desk.base, desk.viewer, language, desk.clock.now())
        self._pages = {of_page(page): page for page in pages}
        return self._pages

    def page(self, one: Result) -> Page | None:
        """The handbook page of a result, as of the last search."""
        return self._pages.get(one.page)

    # choosing

    def _open(self) -> None:
        """Open the selected result; if nothing was found, record the words as unanswered by the scripts."""
        screen, query, one = self._screen, self.query, self.selected
        if one:
            self._learn(query, one)
        if one and one.scenario:
            screen.open(one.scenario, preview=True, step=one.step)
        elif one:
            page = self.page(one)
            screen.deselect()
            screen.draw()
            screen.action_handbook(page.key if page else None)
        elif self.ready and query.strip():
            self._note(query)

    def _note(self, query: str) -> None:
        """Record unanswered words: in a call as its gap, between calls as a search without results."""
        desk = self._screen.desk
        refused = desk.note_gap(query) if desk.state.active else desk.note_search(query)
        if self._screen.done(refused):
            self._screen.tell(_("Written down as not in the script"))

    def _learn(self, query: str, one: Result) -> None:
        if query.strip():
            with contextlib.suppress(OSError):  # a full disk: it only breaks ties
                self.learned.choose(query, one.thing)
