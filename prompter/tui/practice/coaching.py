"""The trainer plays the caller: she chooses what he says next, on the same screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompter.call.phrases import text_in
from prompter.locale import _
from prompter.practice.caller import CallerLine
from prompter.tui.forms.menu import Item, Menu

if TYPE_CHECKING:
    from prompter.tui.practice.screen import PracticeScreen


class Coaching:
    """Opens the list of the caller's lines when it is his turn, and on `Enter` if there is nothing to say."""

    def __init__(self, screen: PracticeScreen) -> None:
        self.screen = screen
        self._asked = ""

    def follow(self) -> None:
        """Ask if it is the caller's turn at a place where the trainer was not asked yet."""
        screen, drill = self.screen, self.screen.drill
        place = drill.place
        free = screen.panels.open is None and not screen.searching and not drill.clock.held
        if drill.desk.state.active and not drill.waits_for_phrase and free and place != self._asked:
            self.ask()

    def ask(self) -> None:
        """Ask what the caller says."""
        self._asked = self.screen.drill.place
        lines = self.screen.drill.planned()
        items = [Item(str(number), self._words(one)) for number, one in enumerate(lines)]
        menu = Menu(_("Trainer: what does the caller say?"), items, self._say, self.screen.panels.leave)
        self.screen.panels.show(menu)

    def _words(self, one: CallerLine) -> str:
        base, ui = self.screen.desk.base, self.screen.desk.viewer.ui
        said = f"({one.text})" if one.heard else f"«{one.text}»"
        if one.meant:
            title = text_in(base.scenarios[one.meant].title, ui, base.languages)
            return f"{title}: {said}"
        return said

    def _say(self, _verb: str, number: str) -> None:
        screen = self.screen
        screen.panels.close()
        screen.drill.say(screen.drill.planned()[int(number)])
        if heard := screen.drill.heard:
            screen.speak(heard)
        screen.draw()
