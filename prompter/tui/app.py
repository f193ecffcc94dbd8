"""The application: one desk, one screen, keys by their physical place."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.geometry import Size

from prompter.call.events import LIVE
from prompter.desk import Desk
from prompter.kb.problems import Problem
from prompter.settings import Settings
from prompter.text.safe import clean
from prompter.tui import messages
from prompter.tui.keys import KEYS, KeyInTurn, physical
from prompter.tui.learning import LOOKS_EVERY, Learning
from prompter.tui.overlay import Covering
from prompter.tui.screen import MainScreen
from prompter.tui.themes import THEMES, no_colour

if TYPE_CHECKING:
    from prompter.tui.base_news import BaseNews, Living
    from prompter.tui.phone import PhoneTold, Phoning
    from prompter.tui.too_small import TooSmall

_AFTER_THE_FIRST_FRAME = 0.3


def _commands() -> type[Provider]:
    from prompter.tui.palette import Commands

    return Commands


def _driver() -> type[Driver] | None:
    """The terminal driver; None means Textual's own."""
    if os.name != "posix":
        return None
    from prompter.tui.terminal import TerminalDriver

    return TerminalDriver


LEAST = 60, 18
"""The smallest window, in columns and rows: in a lower one a contact form leaves no room for the phrase."""


class PrompterApp(App[None]):
    """The operator's window, beside the softphone."""

    CSS_PATH = "prompter.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", priority=True, show=False),
        Binding("ctrl+c", "no_copy", priority=True, show=False),
    ]

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        home: Path,
        problems: Sequence[Problem] = (),
        folder: Path | None = None,
    ) -> None:
        super().__init__(driver_class=_driver())
        self.desk, self.settings, self.home, self.problems = desk, settings, home, problems
        self._folder = folder
        self._living: Living | None = None
        self._learning: Learning | None = None
        self._phoning: Phoning | None = None
        self.failure: Exception | None = None
        self.parting: list[str] = []
        """What is still to be read when the screen has closed: each a line for standard output."""
        self._small: TooSmall | None = None
        for theme in THEMES.values():
            self.register_theme(theme)
        self.wear(settings.theme)
        self.no_color = no_colour()
        self._filters = [one for one in self._filters if not isinstance(one, Monochrome)]
        if self.no_color:
            self._filters.append(NoColor())  # Textual's own filter gives greys: colours too

    def wear(self, theme: str) -> None:
        """Apply a theme, by its name in the settings."""
        self.theme = THEMES[theme].name

    def get_default_screen(self) -> MainScreen:
        """The operator's screen, the only permanent one."""
        return MainScreen(self.desk, self.settings, self.home, self.problems)

    def on_ready(self) -> None:
        """After the first frame: start watching the base's folder, if there is one, and listening."""
        self.set_timer(_AFTER_THE_FIRST_FRAME, self._watch)
        self.set_timer(_AFTER_THE_FIRST_FRAME, self._listen)
        self.set_interval(1.0, self._look_at_size)
        self.set_interval(LOOKS_EVERY, self._learn)

    def _learn(self) -> None:
        """Add what was missed in a finished call to the operator's practice, if she agreed."""
        screen = next(iter(self.screen_stack), None)
        if isinstance(screen, MainScreen) and screen.desk.mode == LIVE:
            self._learning = self._learning or Learning(screen.desk)
            self._learning.look(screen.settings.learn_from_calls)

    def _watch(self) -> None:
        screen = next(iter(self.screen_stack), None)  # none any more if the program is left at once
        if self._folder is None or not isinstance(screen, MainScreen):
            return
        from prompter.tui.base_news import Living

        self._living = Living(self, screen, self._folder, self.home, self.problems)
        self._living.start()

    def _listen(self) -> None:
        screen = next(iter(self.screen_stack), None)
        if isinstance(screen, MainScreen):
            from prompter.tui.phone import Phoning

            self._phoning = Phoning(self, screen, self.home)
            self._phoning.start()

    def on_phone_told(self, message: PhoneTold) -> None:
        """A phone event from the listener's thread."""
        if self._phoning:
            self._phoning.hear(message)
            self._look()

    def on_phone_refused(self) -> None:
        """A request with a wrong token."""
        if self._phoning:
            self._phoning.hear_refused()
            self._look()

    def uncover(self) -> None:
        """Close what covers the operator's screen for reading; a drill is suspended."""
        covering = self.screen_stack[1:]
        if self._small in covering:
            return
        if len(covering) > 1 or any(isinstance(one, MainScreen) for one in covering):
            from prompter.tui.practice.aside import stand_aside

            stand_aside(self)
        elif isinstance(self.screen, Covering):
            self.screen.dismiss()

    def come_up(self) -> None:
        """Bring the window to the front, if its terminal can."""
        self.bell()
        if self._driver and not self.is_headless:
            self._driver.write("\x1b[1t\x1b[5t")  # restore from the taskbar, raise above other windows

    def on_base_news(self, message: BaseNews) -> None:
        """News of the base's files from the watching thread."""
        if self._living:
            self._living.hear(message.news)
            self._look()

    def on_unmount(self) -> None:
        """Leave nothing running."""
        if self._living:
            self._living.stop()
        if self._phoning:
            self._phoning.stop()

    def get_key_display(self, binding: Binding) -> str:
        """Keys are named as on the keyboard."""
        return binding.key

    def _in_turn(self, key: str) -> bool:
        """Queue a key behind those waiting for the operator's screen; False if another screen is on top."""
        screen = next(reversed(self.screen_stack), None)  # none any more while the program is being left
        return isinstance(screen, MainScreen) and screen.post_message(KeyInTurn(key))

    async def on_event(self, event: events.Event) -> None:
        """First of all: map Ctrl with a Cyrillic letter to its physical key, clean what is pasted."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            event.key = physical(event.key)
            if event.key in KEYS and self.focused is None and self._in_turn(event.key):
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = clean(event.text)
        await super().on_event(event)

    def _look_at_size(self) -> None:
        """Notice a resize whose signal was lost, as may happen among others."""
        if self.is_headless or sys.__stderr__ is None:
            return
        try:
            size = Size(*os.get_terminal_size(sys.__stderr__.fileno()))
        except (OSError, ValueError):  # the terminal is gone, or its stream is closed
            return
        if size != self.size and size.area:
            self.post_message(events.Resize(size, size))

    def on_resize(self, event: events.Resize) -> None:
        """Tell hidden screens too, so that they come back at the right size."""
        for screen in self.screen_stack[:-1]:
            screen.post_message(events.Resize(event.size, event.virtual_size))
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        """Show a notice while the window is too small to work in."""
        width, height = size
        small = width < LEAST[0] or height < LEAST[1]
        if small and not self._hidden:
            from prompter.tui.too_small import TooSmall

            self._small = TooSmall()
            self.push_screen(self._small)
        elif self._small is not None and not small:
            self._small.dismiss()

    @property
    def _hidden(self) -> bool:
        """Whether the window is too small to show anything."""
        return self._small in self.screen_stack

    async def action_leave(self) -> None:
        """Quit; during a call only when asked twice."""
        screen = self.operators
        if screen is None or screen.may_leave():
            self.exit()
        else:
            self._look()

    @property
    def operators(self) -> MainScreen | None:
        """The topmost of the operator's screens: her own, or that of a drill over it."""
        return next((one for one in reversed(self.screen_stack) if isinstance(one, MainScreen)), None)

    def action_no_copy(self) -> None:
        """Ctrl+C is pressed to copy: it must not close the program."""
        if screen := self.operators:
            screen.tell(messages.refusal("no-copy"), bad=True)
            self._look()

    def _look(self) -> None:
        """Redraw the covering screen, so that new messages are visible there too."""
        if isinstance(self.screen, Covering):
            self.screen.look()

    def action_command_palette(self) -> None:
        """Open the palette with its prompt in the interface's language."""
        from prompter.tui.palette import Palette

        if not self._hidden and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def _handle_exception(self, error: Exception) -> None:
        """Keep the failure for `prompter.commands.screen`, which reports it without a traceback."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Close; Textual would print the traceback here."""
        self._close_messages_no_wait()
