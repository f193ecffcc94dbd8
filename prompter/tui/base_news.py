"""News of the base on screen: saved files, and the errors in them, appear without a key."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.message import Message

from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import Problem
from prompter.kb.watching import AWAY, BACK, BROKEN, FAILED, News, Watcher
from prompter.locale import _
from prompter.locale.formats import clock_time
from prompter.tui import messages
from prompter.tui.footer import Typed

if TYPE_CHECKING:
    from prompter.tui.app import PrompterApp
    from prompter.tui.screen import MainScreen

_BRIEF_SECONDS = 5.0


class BaseNews(Message):
    """From the watching thread to the app: threads touch no widget."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.news = news


class Living:
    """Has the base's folder watched and handles the news. `problems` are those of the start."""

    def __init__(
        self, app: PrompterApp, screen: MainScreen, folder: Path, home: Path, problems: Sequence[Problem]
    ) -> None:
        self._app, self._screen = app, screen
        revision, broken = screen.desk.base.revision, messages.errors(problems)
        self._watcher = Watcher(folder, home, revision, self._post, broken)

    def start(self) -> None:
        """Start watching."""
        self._watcher.start()

    def stop(self) -> None:
        """Stop watching."""
        self._watcher.stop()

    def _post(self, news: News) -> None:
        with contextlib.suppress(RuntimeError):  # the app is just closing
            self._app.post_message(BaseNews(news))

    def hear(self, news: News) -> None:
        """Take a new revision; show what an operator, or a trainer at her side, has to know.

        What is wrong with a save is shown until other news comes, the rest for some seconds.
        """
        if news.base is not None:
            self._take(news.base)
        desk = self._screen.desk
        if news.kind == BROKEN:
            line = messages.broken(news.problems)
        elif news.unapproved:
            line = messages.unapproved(news.unapproved)
        else:
            text = _news_text(news.kind, clock_time(desk.clock.now(), desk.viewer.zone))
            line = Typed(message=text, bad=news.kind in (AWAY, FAILED))
        self._say(line)
        if not line.bad:
            self._screen.set_timer(_BRIEF_SECONDS, partial(self._forget, line))

    def _take(self, base: KnowledgeBase) -> None:
        desk = self._screen.desk
        department = desk.viewer.department
        desk.take(base)
        if desk.viewer.department != department:
            self._screen.settings = replace(self._screen.settings, department="")
            text = _(
                "Your department is no longer in the scripts: all scenarios are shown. Choose one: Ctrl+P"
            )
            self._screen.tell(text, bad=True, stays=True)

    def _forget(self, line: Typed) -> None:
        if self._screen.scripts is line:  # no other news since
            self._say(Typed())

    def _say(self, line: Typed) -> None:
        self._screen.scripts = line
        self._screen.draw()


def _news_text(kind: str, clock: str) -> str:
    if kind == AWAY:
        return _("The scripts' folder cannot be reached: the last good ones stay in use")
    if kind == FAILED:
        return _("The saved scripts could not be checked: the last good ones stay in use")
    if kind == BACK:
        return _("The scripts' folder is back")
    return _("Scripts updated {time}").format(time=clock)
