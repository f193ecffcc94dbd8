"""The terminal under the screen (not on Windows): when it closes, when the program is stopped and continued,
when it is asked to end.

Textual's driver knows a terminal that stays open. The other cases are handled here: each ends cleanly (the
call is in the journal, the terminal is restored), and nothing hangs or runs on without a terminal.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Iterable
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys

_LOOK_SECONDS = 1.0


class _Output:
    """The screen's output. A terminal that is gone takes no more, which is no failure."""

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


_KITTY = re.compile(r"\x1b\[(\d*)(?::[\d:]*)?(?:(;\d*)(?::(\d*))?)?(;[\d:]*)?([u~A-S])")
_RELEASED = "3"


class KeyParser(XTermParser):
    """Textual's key parser, for terminals that report more about a key than requested.

    Textual takes the kitty protocol's alternate codes (`ESC[1091::101;5u`) and kinds of event (`;5:1u`) for
    numbers: its thread dies, and no key works any more. They are removed here; a key that is still unreadable
    is ignored.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        match = _KITTY.fullmatch(sequence) if ":" in sequence else None
        ignored = [events.Key(Keys.Ignore, sequence)]
        if match is None:
            plain = sequence
        elif match[3] == _RELEASED:
            return ignored
        else:
            plain = f"\x1b[{match[1]}{match[2] or ''}{match[4] or ''}{match[5]}"
        try:
            return list(super()._sequence_to_key_events(plain, alt))
        except (ValueError, OverflowError):
            return ignored


linux_driver.XTermParser = KeyParser  # type: ignore[attr-defined]  # the driver makes its parser itself


class TerminalDriver(LinuxDriver):
    """Textual's driver, for a terminal that may close or stop."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = _Output(self._file)  # else its thread dies, and the screen waits for it for ever
        self._ready = False

    def start_application_mode(self) -> None:
        """Take over the terminal; the first time also handle the signals that end the program."""
        if not self._ready:
            self._ready = True
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self._app.exit)
            loop.add_signal_handler(signal.SIGHUP, self._hung_up)
            loop.call_later(_LOOK_SECONDS, self._look)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _sigcont_application(self, *args: object) -> None:
        """Continue after a stop."""
        if not (self._ready and self._app.is_running):
            return
        if self._key_thread and not self._must_signal_resume:
            # A plain stop released nothing: a second thread would read keys beside the first.
            self.suspend_application_mode()
        super()._sigcont_application(*args)
        self._app.call_later(self._app.refresh, layout=True)  # the terminal no longer shows the screen

    def _run_input_thread(self) -> None:
        """Read keys; a terminal that cannot be read is gone."""
        try:
            self.run_input_thread()
        except OSError:
            self._app.call_later(self._gone)

    def _look(self) -> None:
        """Poll: not every program gets the hang-up signal (`nohup`)."""
        if os.isatty(self.fileno):
            asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look)
        else:
            self._gone()

    def _hung_up(self) -> None:
        """Usually the terminal closed; but the signal may also have been sent by hand."""
        if os.isatty(self.fileno):
            self._app.exit()
        else:
            self._gone()

    def _gone(self) -> None:
        """Nobody sees the screen any more: exit, and write nothing to what is closed."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):  # terminals all three, or there would be no screen
            os.dup2(nothing, number)
        os.close(nothing)
        self._app.exit()
