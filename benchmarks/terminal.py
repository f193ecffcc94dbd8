"""A real pseudo-terminal with a readable screen, to run and time any terminal program.

with Terminal([sys.executable, "-m", "prompter"]) as term: ms = term.wait_for("компания Skynet", 10) ms =
term.press_until("f3", "Говорите, пожалуйста") term.png("screen.png")

Output is timestamped when it is read, and read between small pieces of parsing, so that a time is that of the
bytes that brought the text, not of our own work on them. Unix only.
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
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from benchmarks.emulation import ODD, UNFINISHED, Screen, plain_sgr
from benchmarks.keyboard import encode


class Terminal:
    """A program in a pseudo-terminal. Use it as a context manager, or call `start` and `close`.

    In `env` a value of None removes the variable. `raw` is all that the program wrote, `title` the window
    title it set, `exit_code` its end (negative: the signal), `started` and `last_output` the moments
    (`time.perf_counter`) of the start and of the newest output on the screen.

    With `synchronized` it is a terminal that knows whole frames, as most do today: asked for mode 2026 it
    says yes, and `in_frame`: a frame has begun and is not complete yet.
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
            "PYTHONDONTWRITEBYTECODE": None,  # no installation compiles its modules at every start
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
        self._screen = Screen(self.cols, self.rows)
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
        """Send the program a signal; after SIGKILL also wait for its end and read what it left behind."""
        if self.exit_code is None:  # never a number that another process may have by now
            os.kill(self.pid, sig)
        if sig == signal.SIGKILL and self._process:
            self._process.wait()
            while self.read(0):
                pass

    def wait_exit(self, timeout: float = 5) -> int | None:
        """Read on until the program ends; returns its exit code, or None if it still runs."""
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
        """Resize the terminal; the kernel notifies the program."""
        self.rows, self.cols = rows, cols
        self._screen.resize(rows, cols)
        self._lines = [""] * rows
        self._screen.dirty.update(range(rows))
        self._set_size()

    def _set_size(self) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.cols, 0, 0))

    # --- reading -------------------------------------------------------------------------------------

    def _collect(self, timeout: float) -> bool:
        """Read one portion of output from the terminal and timestamp it."""
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
            self._collect(0)  # timestamps what came while we parsed
        self.last_output = moment
        return True

    def _idle(self, timeout: float) -> None:
        """`read`, but never returns at once if the program is gone."""
        before = time.perf_counter()
        if not self.read(timeout):
            time.sleep(max(0.0, min(timeout, 0.005) - (time.perf_counter() - before)))

    def read_for(self, seconds: float) -> None:
        """Keep reading for this long, as a terminal does while nobody types."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._idle(left)

    def settle(self, quiet: float = 0.2, limit: float = 5) -> bool:
        """Read until nothing was written for `quiet` seconds; False if that never happened."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if not self.read(quiet):
                return True
        return False

    def _feed(self, data: bytes) -> None:
        data = self._rest + data
        cut = UNFINISHED.search(data)
        self._rest = data[cut.start() :] if cut else b""
        self._stream.feed(ODD.sub(self._tame, data[: cut.start()] if cut else data))

    def _tame(self, match: re.Match[bytes]) -> bytes:
        """What pyte gets for one control sequence: the same, a simpler one, or nothing."""
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
            return b"\x1b[" + plain_sgr(match["args"]) + b"m" if final == b"m" else b""
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
        """Press a key, or several at once; returns the moment before the first byte was sent."""
        several = [keys] if isinstance(keys, str | bytes) else keys
        return self._send(b"".join(encode(key) for key in several))

    def type_text(self, text: str) -> float:
        """Type text as it is; returns the moment before the first byte was sent."""
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

        Raises ValueError if the pattern is on the screen already.
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
        """Memory used only by this program and its children."""
        return self._sum_kb("smaps_rollup", "Private_Clean", "Private_Dirty")

    def cpu_seconds(self) -> float:
        """Processor time of the program and its children so far, in steps of 10 ms."""
        ticks = 0
        for pid in self._family():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(int(value) for value in stat[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")

    def png(self, path: str | os.PathLike[str], size: int = 16) -> None:
        """Draw the screen into a PNG file with DejaVu Sans Mono of this size."""
        from benchmarks.picture import draw_png

        draw_png(self._screen, path, size)
