"""The application of `prompter practice`; its base screen is the menus of practice."""

from __future__ import annotations

from pathlib import Path

from textual.screen import Screen

import prompter.tui.app
from prompter.tui.app import PrompterApp
from prompter.tui.practice.home import PracticeHome
from prompter.tui.practice.lesson import Lessons, Wish


class PracticeApp(PrompterApp):
    """Practice without live work behind it."""

    CSS_PATH = str(Path(prompter.tui.app.__file__).with_name("prompter.tcss"))

    def __init__(self, lessons: Lessons, wish: Wish) -> None:
        self.lessons, self.wish = lessons, wish
        super().__init__(lessons.desk(), lessons.settings, lessons.home)

    def get_default_screen(self) -> Screen[None]:  # type: ignore[override]
        """The menus."""
        return PracticeHome(self.lessons, self.wish, self.exit)
