"""Copying the phrase: what is copied, and how it reaches the clipboard without blocking the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.message import Message
from textual.worker import get_current_worker

from prompter.call.view.parts import Spoken
from prompter.call.words import MISSING, Filled
from prompter.tui import messages

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen

TIMEOUT = 2.0
"""Seconds allowed for a clipboard tool; one that hangs is killed and the next is tried."""

_LOOK = 0.1
"""Seconds between checks whether the program is being left while a tool hangs."""

NO_OSC52 = frozenset({"", "dumb", "linux", "vt100", "vt220", "cons25"})
"""Terminals, by TERM, known to ignore requests to set the clipboard (OSC 52)."""


class Phrase(Struct, frozen=True):
    """Words to copy, as they would be said. `missing` are the sources of words not given."""

    text: str
    missing: tuple[str, ...] = ()


class Tool(Struct, frozen=True):
    """A program that sets the clipboard from its standard input."""

    argv: tuple[str, ...]
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """The name shown to the operator."""
        return self.argv[0]


class Copied(Message):
    """The result of one press: `tool` is the program that took the words, or ""."""

    def __init__(self, phrase: Phrase, number: int, of: int, tool: str) -> None:
        super().__init__()
        self.phrase, self.number, self.of, self.tool = phrase, number, of, tool


def phrases(spoken: Spoken | None) -> tuple[Phrase, ...]:
    """The wordings, without quotes."""
    return tuple(_phrase(variant) for variant in spoken.variants) if spoken else ()


def _phrase(filled: Filled) -> Phrase:
    text = "".join("…" if fragment.kind == MISSING else fragment.text for fragment in filled)
    return Phrase(" ".join(text.split()), tuple(f.source for f in filled if f.kind == MISSING))


def tools(env: Mapping[str, str], platform: str) -> Iterator[Tool]:
    """The programs that set the clipboard of the person at this keyboard, best first.

    Over SSH only those of a forwarded X display do: others would set the remote machine's clipboard.
    """
    far = bool(env.get("SSH_CONNECTION") or env.get("SSH_TTY"))
    display = env.get("DISPLAY", "")
    if platform == "darwin" and not far:
        yield Tool(("pbcopy",))
    if env.get("WAYLAND_DISPLAY") and not far:
        yield Tool(("wl-copy",))
    if display and not (far and display.startswith(":")):
        yield Tool(("xclip", "-selection", "clipboard"))
        yield Tool(("xsel", "--clipboard", "--input"))
    if env.get("WSL_DISTRO_NAME") and not far:
        yield Tool(("clip.exe",), "utf-16-le")


def terminal_takes(env: Mapping[str, str]) -> bool:
    """Whether this terminal may set the clipboard: only a few that do not are known."""
    if sys.platform == "win32":  # no TERM there; the new terminal takes it
        return bool(env.get("WT_SESSION"))
    return env.get("TERM", "") not in NO_OSC52 and env.get("TERM_PROGRAM") != "Apple_Terminal"


def _go_on() -> bool:
    return False


def hand_over(text: str, env: Mapping[str, str], stopped: Callable[[], bool] = _go_on) -> str:
    """Put the text on the system's clipboard; returns the name of the tool that took it, or "".

    Blocks; `stopped` is polled to find out whether nobody waits for it any more.
    """
    if sys.platform == "win32":
        return _windows(text)
    for tool in tools(env, sys.platform):
        if not stopped() and _took(tool, text, env, stopped):
            return tool.name
    return ""


def _took(tool: Tool, text: str, env: Mapping[str, str], stopped: Callable[[], bool]) -> bool:
    program = shutil.which(tool.argv[0], path=env.get("PATH"))
    if program is None:
        return False
    utf8 = {**env, "LC_CTYPE": "UTF-8"} if tool.name == "pbcopy" else env  # else it takes Mac Roman
    try:
        process = subprocess.Popen(
            [program, *tool.argv[1:]],
            stdin=subprocess.PIPE,
            # no pipes: xclip stays behind to serve the clipboard, and would hold them open
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=utf8,
            start_new_session=True,  # so that it outlives this window
        )
    except OSError:
        return False
    end = time.monotonic() + TIMEOUT
    data: bytes | None = text.encode(tool.encoding)
    while True:
        try:
            process.communicate(data, timeout=_LOOK)
        except subprocess.TimeoutExpired:
            data = None  # already being written
            if stopped() or time.monotonic() > end:
                process.kill()
                process.wait()
                return False
        else:
            return process.returncode == 0


def _windows(text: str) -> str:
    if sys.platform == "win32":  # repeated for mypy: the library is installed only there
        import pyperclip  # type: ignore[import-untyped, unused-ignore]

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError):
            return ""
        return "Windows"
    return ""


class Copier:
    """Copies what the card shows. Pressed again on the same words it takes their next variant."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._wordings: tuple[Phrase, ...] = ()
        self._index = 0
        self._latest: object = None
        self._one = threading.Lock()

    def copy(self, spoken: Spoken | None) -> None:
        """Start copying; the screen receives the result as `Copied`."""
        wordings = phrases(spoken)
        if not wordings:
            self.screen.tell(messages.refusal("no-phrase"), bad=True)
            return
        again = wordings == self._wordings
        self._index = (self._index + 1) % len(wordings) if again else 0
        self._wordings = wordings
        self._begin()

    def copy_text(self, text: str) -> None:
        """Copy a text as it is, line by line."""
        self._wordings, self._index = (Phrase(text),), 0
        self._begin()

    def _begin(self) -> None:
        wordings = self._wordings
        self._latest = press = object()
        work = partial(self._work, press, wordings, self._index)
        self.screen.run_worker(work, thread=True, group="copy")

    def _work(self, press: object, wordings: tuple[Phrase, ...], index: int) -> None:
        """In a thread: the tool may hang."""
        with self._one:  # the words of the last press must arrive last
            if press is self._latest:
                phrase = wordings[index]
                worker = get_current_worker()
                tool = hand_over(phrase.text, os.environ, lambda: worker.is_cancelled)
                self.screen.post_message(Copied(phrase, index + 1, len(wordings), tool))

    def tell(self, copied: Copied) -> None:
        """Report how it was copied; without a tool ask the terminal, which never answers."""
        how = copied.tool
        if not how and terminal_takes(os.environ):
            self.screen.app.copy_to_clipboard(copied.phrase.text)
            how = "terminal"
        text, bad = messages.copied(how, copied.number, copied.of, copied.phrase.missing)
        self.screen.tell(text, bad=bad)
