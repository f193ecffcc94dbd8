"""The terminal under the screen (not on Windows): what happens when it closes, when the program is stopped
and goes on, when it is told to end.

Textual's driver knows a terminal that stays open. Here stand the other cases: each leaves in order (the
call is in the journal, the terminal is as it was), and nothing hangs or runs on without a terminal.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

_LOOK_SECONDS = 1.0


class _Output:
    """What the screen is written to. A terminal that has gone takes no more, and that is no failure."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, unless nobody can read it."""
        try:
            self._file.write(text)
        except OSError:
            return

    def flush(self) -> None:
        """Flush, unless nobody can read it."""
        try:
            self._file.flush()
        except OSError:
            return

    def fileno(self) -> int:
        """The file's number."""
        return int(self._file.fileno())


class TerminalDriver(LinuxDriver):
    """Textual's driver, for a terminal that may close or stop."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = _Output(self._file)  # else its thread dies, and the screen waits for it for ever
        self._ready = False

    def start_application_mode(self) -> None:
        """Take the terminal; the first time also listen to who wants the program to end."""
        if not self._ready:
            self._ready = True
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._app.exit)
            loop.add_signal_handler(signal.SIGHUP, self._hung_up)
            loop.call_later(_LOOK_SECONDS, self._look)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _sigcont_application(self, *args: object) -> None:
        """Go on after a stop."""
        if not (self._ready and self._app.is_running):
            return
        if self._key_thread and not self._must_signal_resume:
            # A plain stop gave nothing back: a second thread would read the keys beside the first.
            self.suspend_application_mode()
        super()._sigcont_application(*args)
        self._app.call_later(self._app.refresh, layout=True)  # the terminal shows nothing of it any more

    def _run_input_thread(self) -> None:
        """Read keys; a terminal that cannot be read has gone."""
        try:
            self.run_input_thread()
        except OSError:
            self._app.call_later(self._gone)

    def _look(self) -> None:
        """Not everybody is told that the terminal closed (`nohup`): look from time to time."""
        if os.isatty(self.fileno):
            asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look)
        else:
            self._gone()

    def _hung_up(self) -> None:
        """Mostly the terminal closed; somebody may also have sent the signal by hand."""
        if os.isatty(self.fileno):
            self._app.exit()
        else:
            self._gone()

    def _gone(self) -> None:
        """Nobody sees the screen any more: leave, and write nothing into what is closed."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):  # terminals all three, or there would be no screen
            os.dup2(nothing, number)
        os.close(nothing)
        self._app.exit()
