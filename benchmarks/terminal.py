"""A real pseudo-terminal with a readable screen, to run and time any terminal program.

    with Terminal([sys.executable, "-m", "prompter"]) as term:
        ms = term.wait_for("компания Skynet", 10)
        ms = term.press_until("f3", "Говорите, пожалуйста")
        term.png("screen.png")

Output is stamped when it is read, and read between small pieces of parsing, so that a time is that
of the bytes that brought the text and not of our own work on them. Unix only.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

KEYS: dict[str, bytes] = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
    **{f"ctrl+{letter}": bytes([ord(letter) & 31]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal without the kitty protocol sends for a key, by the key's name."""

_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4, "super": 8}


def kitty(key: str) -> bytes:
    """What a terminal with the kitty keyboard protocol sends: `kitty("ctrl+и")` is `ESC [ 1080 ; 5 u`."""
    *modifiers, letter = key.split("+")
    return f"\x1b[{ord(letter)};{1 + sum(_MODIFIERS[name] for name in modifiers)}u".encode()


def encode(key: str | bytes) -> bytes:
    """The bytes of a key: a name from `KEYS`, a single character, or bytes as they are."""
    if isinstance(key, bytes):
        return key
    if key in KEYS:
        return KEYS[key]
    if len(key) == 1:
        return key.encode()
    raise ValueError(f"unknown key {key!r}: use a name from KEYS, one character, or type_text()")


# --- what pyte cannot take --------------------------------------------------------------------------

_ODD = re.compile(
    rb"\x1b\[(?P<private>[<=>?]?)(?P<args>[0-9;:]*)(?P<between>[<-?0-;\x20-\x2f]*)(?P<final>[@-~])"
    rb"|\x1b\](?P<osc>.*?)(?:\x07|\x1b\\)"  # OSC: titles, links, the clipboard
    rb"|\x1b[PX^_].*?\x1b\\",  # DCS, SOS, PM, APC
    re.DOTALL,
)
_UNFINISHED = re.compile(
    rb"\x1b(?:\[[\x20-\x3f]*|\](?:(?!\x07|\x1b\\).)*|[PX^_](?:(?!\x1b\\).)*)?\Z",
    re.DOTALL,
)
_COLON = re.compile(rb"4:0|4:[0-9]+|[0-9]+(?::[0-9]*)+")


def _plain_sgr(args: bytes) -> bytes:
    """Colour arguments without colons, which pyte does not know: `4:3` (a curl) becomes `4`."""

    def flat(match: re.Match[bytes]) -> bytes:
        return b"24" if match[0] == b"4:0" else b"4" if match[0].startswith(b"4:") else b""

    return _COLON.sub(flat, args)


class _Screen(pyte.Screen):
    """A pyte screen with the alternate buffer, and with dim kept in the place of blink."""

    def __init__(self, columns: int, lines: int) -> None:
        self._main: dict[int, Any] | None = None
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is None:
            self._main = {y: copy(line) for y, line in self.buffer.items()}
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is not None:
            self.buffer.clear()
            self.buffer.update(self._main)
            self._main = None
            self.dirty.update(range(self.lines))

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        super().select_graphic_rendition(*attrs)
        rest = iter(attrs)
        for attr in rest:
            if attr in (38, 48):  # colours have arguments, and a 2 or 5 among them
                for _ in range({5: 1, 2: 3}.get(next(rest, 0), 0)):
                    next(rest, None)
            elif attr in (2, 22):
                self.cursor.attrs = self.cursor.attrs._replace(blink=attr == 2)
            elif attr in (5, 6):
                self.cursor.attrs = self.cursor.attrs._replace(blink=False)


class Terminal:
    """A program in a pseudo-terminal. Use it as a context manager, or call `start` and `close`.

    In `env` a value of None removes the variable. `raw` is all that the program wrote, `title` the
    window title it set, `exit_code` its end (negative: the signal), `started` and `last_output` the
    moments (`time.perf_counter`) of the start and of the newest output on the screen.

    With `synchronized` it is a terminal that knows whole frames, as most do today: asked for mode 2026 it
    says yes, and `in_frame` tells that a frame was begun and is not all there yet.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        rows: int = 40,
        cols: int = 120,
        env: Mapping[str, str | None] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        synchronized: bool = False,
    ) -> None:
        self.argv = list(argv)
        self.synchronized, self.in_frame = synchronized, False
        self.rows, self.cols = rows, cols
        self.cwd = cwd
        wanted: dict[str, str | None] = {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "NO_COLOR": None,
            "COLUMNS": None,
            "LINES": None,
            **(env or {}),
        }
        self.env = {k: v for k, v in {**os.environ, **wanted}.items() if v is not None}
        self.raw = bytearray()
        self.title = ""
        self.started = self.last_output = 0.0
        self._queue: deque[tuple[float, bytes]] = deque()
        self._rest = b""
        self._fd = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: list[str] = []
        self._text: str | None = None

    # --- life ----------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> Self:
        """Start the program on an empty screen."""
        self._screen = _Screen(self.cols, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lines = [""] * self.rows
        self._fd, slave = pty.openpty()
        self._set_size()
        self.started = self.last_output = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                self.argv,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            )
        except BaseException:
            os.close(self._fd)
            self._fd = -1
            raise
        finally:
            os.close(slave)
        return self

    @property
    def pid(self) -> int:
        """The program's process id."""
        if self._process is None:
            raise RuntimeError("the program was not started")
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The program's exit code, None while it runs."""
        return self._process.poll() if self._process else None

    def kill(self, sig: int = signal.SIGKILL) -> None:
        """Send the program a signal; after SIGKILL also wait for its death and read what it left behind."""
        if self.exit_code is None:  # never a number that another process may have by now
            os.kill(self.pid, sig)
        if sig == signal.SIGKILL and self._process:
            self._process.wait()
            while self.read(0):
                pass

    def wait_exit(self, timeout: float = 5) -> int | None:
        """Read on until the program ends; its exit code, or None if it still runs."""
        end = time.perf_counter() + timeout
        while self.exit_code is None and time.perf_counter() < end:
            self._idle(0.02)
        while self.read(0):
            pass
        return self.exit_code

    def close(self) -> None:
        """End the program if it still runs (SIGTERM, then SIGKILL) and close the terminal."""
        if self._process and self.exit_code is None:
            self.kill(signal.SIGTERM)
            if self.wait_exit(2) is None:
                self.kill(signal.SIGKILL)
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def resize(self, rows: int, cols: int) -> None:
        """Give the terminal another size; the program is told by the kernel."""
        self.rows, self.cols = rows, cols
        self._screen.resize(rows, cols)
        self._lines = [""] * rows
        self._screen.dirty.update(range(rows))
        self._set_size()

    def _set_size(self) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))

    # --- reading -------------------------------------------------------------------------------------

    def _collect(self, timeout: float) -> bool:
        """Take one portion of output from the terminal and stamp it."""
        if self._fd < 0 or not select.select([self._fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # EIO: every writer is gone
            return False
        if data:
            self._queue.append((time.perf_counter(), data))
            self.raw += data
        return bool(data)

    def read(self, timeout: float) -> bool:
        """Read and show one portion of output; False if none came in this time."""
        if not self._queue and not self._collect(timeout):
            return False
        moment, data = self._queue.popleft()
        for start in range(0, len(data), 1024):
            self._feed(data[start : start + 1024])
            self._collect(0)  # stamps what came while we parsed
        self.last_output = moment
        return True

    def _idle(self, timeout: float) -> None:
        """`read`, but never returns at once for a program that has gone."""
        before = time.perf_counter()
        if not self.read(timeout):
            time.sleep(max(0.0, min(timeout, 0.005) - (time.perf_counter() - before)))

    def read_for(self, seconds: float) -> None:
        """Go on reading for so long, as a terminal does while nobody types."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._idle(left)

    def settle(self, quiet: float = 0.2, limit: float = 5) -> bool:
        """Read until nothing was written for `quiet` seconds; False if it never fell silent."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if not self.read(quiet):
                return True
        return False

    def _feed(self, data: bytes) -> None:
        data = self._rest + data
        cut = _UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else b""
        self._stream.feed(_ODD.sub(self._tame, data[: cut.start()] if cut else data))

    def _tame(self, match: re.Match[bytes]) -> bytes:
        """What pyte is given for one control sequence: the same, a simpler one, or nothing."""
        osc: bytes | None = match["osc"]
        if osc is not None:
            code, _, value = osc.partition(b";")
            if code in (b"0", b"2"):
                self.title = value.decode(errors="replace")
            return b""
        final: bytes | None = match["final"]
        if match[0] == b"\x1b[?2026$p" and self.synchronized:
            os.write(self._fd, b"\x1b[?2026;2$y")
        if final is None or match["between"]:
            return b""
        if match["private"] == b"?" and match["args"] == b"2026":
            self.in_frame = final == b"h"
            return b""
        if match["private"]:
            return match[0] if match["private"] == b"?" and final in b"hl" else b""
        if b":" in match["args"]:
            return b"\x1b[" + _plain_sgr(match["args"]) + b"m" if final == b"m" else b""
        return match[0]

    def _refresh(self) -> None:
        dirty = self._screen.dirty
        if dirty:
            for y in dirty:
                if y < self.rows:
                    row = self._screen.buffer[y]
                    self._lines[y] = "".join(row[x].data for x in range(self.cols))
            dirty.clear()
            self._text = None

    def lines(self) -> list[str]:
        """The screen's lines, each as wide as the screen."""
        self._refresh()
        return list(self._lines)

    def text(self) -> str:
        """The screen's text, lines joined by newlines."""
        self._refresh()
        if self._text is None:
            self._text = "\n".join(self._lines)
        return self._text

    def shows(self, regex: str | re.Pattern[str]) -> bool:
        """Whether the pattern is on the screen as read so far."""
        return re.search(regex, self.text()) is not None

    def wait_for(
        self, regex: str | re.Pattern[str], timeout: float = 15, since: float | None = None
    ) -> float | None:
        """Milliseconds from `since` (the start, if not given) to the output that brought the pattern.

        None if it did not come within `timeout` seconds from now, or the program ended without it.
        """
        since = self.started if since is None else since
        pattern = re.compile(regex)
        end = time.perf_counter() + timeout
        while not pattern.search(self.text()):
            if time.perf_counter() >= end:
                return None
            if not self.read(0.02) and self.exit_code is not None and not self.read(0):
                return None
        return max(0.0, self.last_output - since) * 1000

    # --- typing --------------------------------------------------------------------------------------

    def press(self, keys: str | bytes | Sequence[str | bytes]) -> float:
        """Press a key, or several at once; the moment before the first byte went out."""
        several = [keys] if isinstance(keys, str | bytes) else keys
        return self._send(b"".join(encode(key) for key in several))

    def type_text(self, text: str) -> float:
        """Type text as it is; the moment before the first byte went out."""
        return self._send(text.encode())

    def _send(self, data: bytes) -> float:
        moment = time.perf_counter()
        while data:
            data = data[os.write(self._fd, data) :]
        return moment

    def press_until(
        self,
        keys: str | bytes | Sequence[str | bytes],
        regex: str | re.Pattern[str],
        timeout: float = 5,
    ) -> float | None:
        """Press, then wait: milliseconds from the press to the pattern, None if it did not come.

        What is already on the screen cannot be waited for: that raises ValueError.
        """
        while self.read(0):
            pass
        if self.shows(regex):
            raise ValueError(f"{regex!r} is on the screen before {keys!r} is pressed")
        return self.wait_for(regex, timeout, since=self.press(keys))

    # --- what the program costs ----------------------------------------------------------------------

    def _family(self) -> list[int]:
        """The program and its descendants."""
        found = [self.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                with contextlib.suppress(OSError):
                    found.extend(int(child) for child in children.read_text().split())
        return found

    def _sum_kb(self, file: str, *names: str) -> int | None:
        total, seen = 0, False
        for pid in self._family():
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
                    name, _, value = line.partition(":")
                    if name in names:
                        total += int(value.split()[0])
                        seen = True
        return total if seen else None

    def rss_kb(self) -> int | None:
        """Resident memory of the program and its children, shared pages counted in full."""
        return self._sum_kb("status", "VmRSS")

    def pss_kb(self) -> int | None:
        """Resident memory with each shared page divided among its users."""
        return self._sum_kb("smaps_rollup", "Pss")

    def uss_kb(self) -> int | None:
        """Memory that only this program and its children hold."""
        return self._sum_kb("smaps_rollup", "Private_Clean", "Private_Dirty")

    def cpu_seconds(self) -> float:
        """Processor time of the program and its children so far, in steps of 10 ms."""
        ticks = 0
        for pid in self._family():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(int(value) for value in stat[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")

    # --- a picture -----------------------------------------------------------------------------------

    def png(self, path: str | os.PathLike[str], size: int = 16) -> None:
        """Draw the screen into a PNG file with DejaVu Sans Mono of this size."""
        from PIL import Image, ImageDraw

        width, height = int(_font("Book", size).getlength("M")), round(size * 1.3)
        image = Image.new("RGB", (width * self.cols, height * self.rows), _BACKGROUND)
        draw = ImageDraw.Draw(image)
        for y in range(self.rows):
            for x in range(self.cols):
                char = self._screen.buffer[y][x]
                fore, back = _colours(char)
                left, top = x * width, y * height
                cells = 2 if x + 1 < self.cols and self._screen.buffer[y][x + 1].data == "" else 1
                right, bottom = left + cells * width - 1, top + height - 1
                if char.data != "":
                    draw.rectangle((left, top, right, bottom), fill=back)
                if char.data.strip():
                    draw.text((left, top), char.data, fill=fore, font=_font(_style(char), size))
                if char.underscore:
                    draw.line((left, bottom - 1, right, bottom - 1), fill=fore)
                if char.strikethrough:
                    draw.line((left, top + height // 2, right, top + height // 2), fill=fore)
        image.save(path)


_Colour = tuple[int, int, int]
_BACKGROUND: _Colour = (12, 12, 12)
_FOREGROUND: _Colour = (204, 204, 204)
_NAMED: dict[str, _Colour] = {
    "black": (12, 12, 12),
    "red": (197, 15, 31),
    "green": (19, 161, 14),
    "brown": (193, 156, 0),
    "blue": (0, 55, 218),
    "magenta": (136, 23, 152),
    "cyan": (58, 150, 221),
    "white": (204, 204, 204),
    "brightblack": (118, 118, 118),
    "brightred": (231, 72, 86),
    "brightgreen": (22, 198, 12),
    "brightbrown": (249, 241, 165),
    "brightblue": (59, 120, 255),
    "brightmagenta": (180, 0, 158),
    "bfightmagenta": (180, 0, 158),  # pyte's own spelling of the background
    "brightcyan": (97, 214, 214),
    "brightwhite": (242, 242, 242),
}


@cache
def _font(style: str, size: int) -> Any:
    from PIL import ImageFont

    asked = ["fc-match", "-f", "%{file}", f"DejaVu Sans Mono:style={style}"]
    return ImageFont.truetype(subprocess.run(asked, capture_output=True, text=True, check=True).stdout, size)


def _style(char: Any) -> str:
    return {(True, True): "Bold Oblique", (True, False): "Bold", (False, True): "Oblique"}.get(
        (char.bold, char.italics), "Book"
    )


def _colour(name: str, default: _Colour) -> _Colour:
    if name in _NAMED:
        return _NAMED[name]
    if re.fullmatch("[0-9a-fA-F]{6}", name):
        return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)
    return default


def _colours(char: Any) -> tuple[_Colour, _Colour]:
    fore, back = _colour(char.fg, _FOREGROUND), _colour(char.bg, _BACKGROUND)
    if char.reverse:
        fore, back = back, fore
    if char.blink:  # dim, see _Screen
        fore = ((fore[0] + back[0]) // 2, (fore[1] + back[1]) // 2, (fore[2] + back[2]) // 2)
    return fore, back
