"""F12: the other language, in which the phrases are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompter.call import actions as a
from prompter.tui.picture import other_language

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


def turn_language(screen: MainScreen) -> None:
    """The other language for this call, or for the greeting that stands ready.

    A query being typed stays, and its preview turns with the call.
    """
    desk = screen.desk
    other = other_language(desk, screen.seen.header.language)
    if desk.state.active:
        refused = desk.act(a.SetLanguage(other))
        if not screen.finding.search:
            screen.done(refused)
            return
    elif other:
        desk.speak(other)
    screen.draw()
