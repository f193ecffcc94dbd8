"""The base's news on screen: a saved file reaches it without a key, and so does a mistake in it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from prompter.kb.problems import Problem
from prompter.kb.watching import AWAY, BROKEN, FAILED, MENDED, TAKEN, News, Watcher
from prompter.locale import _
from prompter.locale.formats import clock_time
from prompter.tui import messages
from prompter.tui.footer import Typed

if TYPE_CHECKING:
    from prompter.tui.app import PrompterApp
    from prompter.tui.screen import MainScreen

_BRIEF_SECONDS = 5.0


class BaseNews(Message):
    """What the watching thread tells the app: threads touch no widget."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self.news = news


class Living:
    """Has the base's folder watched and hears what became of it. `problems` are those of the start."""

    def __init__(
        self, app: PrompterApp, screen: MainScreen, folder: Path, home: Path, problems: Sequence[Problem]
    ) -> None:
        self._app, self._screen = app, screen
        self._lasting = screen.scripts
        self._brief: Timer | None = None
        revision, broken = screen.desk.base.revision, messages.errors(problems)
        self._watcher = Watcher(folder, home, revision, self._post, broken)

    def start(self) -> None:
        """Watch from now on."""
        self._watcher.start()

    def stop(self) -> None:
        """Watch no more."""
        self._watcher.stop()

    def _post(self, news: News) -> None:
        with contextlib.suppress(RuntimeError):  # the app closes just now
            self._app.post_message(BaseNews(news))

    def hear(self, news: News) -> None:
        """Take a new revision; say what an operator or a trainer at her side has to know."""
        if news.base is not None:
            self._screen.desk.take(news.base)
        if news.kind == BROKEN:
            self._lasting = messages.broken(news.problems)
            self._say(self._lasting)
            return
        if news.kind in (TAKEN, MENDED):
            self._lasting = Typed()
        desk = self._screen.desk
        told = _told(news.kind, clock_time(desk.clock.now(), desk.viewer.zone))
        self._say(Typed(message=told, bad=news.kind in (AWAY, FAILED)))
        self._brief = self._screen.set_timer(_BRIEF_SECONDS, lambda: self._say(self._lasting))

    def _say(self, line: Typed) -> None:
        if self._brief:
            self._brief.stop()
            self._brief = None
        self._screen.scripts = line
        self._screen.draw()


def _told(kind: str, clock: str) -> str:
    if kind == AWAY:
        return _("The scripts' folder cannot be reached: the last ones work on")
    if kind == FAILED:
        return _("The saved scripts could not be checked: the last ones work on")
    return _("Scripts updated {time}").format(time=clock)
