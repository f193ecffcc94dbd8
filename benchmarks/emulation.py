"""What pyte, the terminal emulator, cannot handle."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import pyte

ODD = re.compile(
    rb"\x1b\[(?P<private>[<=>?]?)(?P<args>[0-9;:]*)(?P<between>[<-?0-;\x20-\x2f]*)(?P<final>[@-~])"
    rb"|\x1b\](?P<osc>.*?)(?:\x07|\x1b\\)"  # OSC: titles, links, the clipboard
    rb"|\x1b[PX^_].*?\x1b\\",  # DCS, SOS, PM, APC
    re.DOTALL,
)
"""Control sequences that pyte misreads, and some that it reads."""

UNFINISHED = re.compile(
    rb"\x1b(?:\[[\x20-\x3f]*|\](?:(?!\x07|\x1b\\).)*|[PX^_](?:(?!\x1b\\).)*)?\Z",
    re.DOTALL,
)
"""A sequence whose end has not arrived yet."""

_COLON = re.compile(rb"4:0|4:[0-9]+|[0-9]+(?::[0-9]*)+")


def plain_sgr(args: bytes) -> bytes:
    """Colour arguments without colons, which pyte does not know: `4:3` (a curl) becomes `4`."""

    def flat(match: re.Match[bytes]) -> bytes:
        return b"24" if match[0] == b"4:0" else b"4" if match[0].startswith(b"4:") else b""

    return _COLON.sub(flat, args)


class Screen(pyte.Screen):
    """A pyte screen with the alternate buffer, and with dim stored as blink."""

    def __init__(self, columns: int, lines: int) -> None:
        self._main: dict[int, Any] | None = None
        super().__init__(columns, lines)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        """Pyte's, and the alternate buffer."""
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is None:
            self._main = {y: copy(line) for y, line in self.buffer.items()}
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        """Pyte's, and back from the alternate buffer."""
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and 1049 in modes and self._main is not None:
            self.buffer.clear()
            self.buffer.update(self._main)
            self._main = None
            self.dirty.update(range(self.lines))

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        """Pyte's, and dim."""
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
