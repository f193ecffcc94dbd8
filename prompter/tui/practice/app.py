"""The application of `prompter practice`: the menus of practice are its only screen that stays."""

from __future__ import annotations

from textual.screen import Screen

from prompter.tui.app import PrompterApp
from prompter.tui.practice.home import PracticeHome
from prompter.tui.practice.lesson import Lessons, Wish


class PracticeApp(PrompterApp):
    """Practice without live work behind it."""

    def __init__(self, lessons: Lessons, wish: Wish) -> None:
        self.lessons, self.wish = lessons, wish
        super().__init__(lessons.desk(), lessons.settings, lessons.home)

    def get_default_screen(self) -> Screen[None]:  # type: ignore[override]
        """The menus."""
        return PracticeHome(self.lessons, self.wish, self.exit)
