"""When a real call comes, the drill is suspended and closed; the trainee may resume it later."""

from __future__ import annotations

from typing import Any

from textual.app import App

from prompter.locale import _
from prompter.tui.practice.screen import PracticeScreen
from prompter.tui.screen import MainScreen


def stand_aside(app: App[Any]) -> bool:
    """Suspend the drill on screen and return to the operator's. False if there is no live work behind it.

    The drill can be resumed by «Go on» in the menus of practice, even an exam.
    """
    live: object = app.screen_stack[0]
    if not isinstance(live, MainScreen):
        return False
    drilled = False
    while app.screen is not app.screen_stack[0]:
        if isinstance(app.screen, PracticeScreen):
            app.screen.stand_still()
            drilled = True
        app.pop_screen()
    if drilled:
        live.tell(_("The drill is paused: Ctrl+P, Practice, Go on"))
    return True
