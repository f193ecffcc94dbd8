"""F12: show the phrases in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompter.call import actions as a
from prompter.tui.picture import other_language

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


def turn_language(screen: MainScreen) -> None:
    """Switch the language of this call, or of the greeting between calls.

    A query being typed stays, and its preview switches with the call.
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
