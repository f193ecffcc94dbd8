"""The token that phone requests must carry; it authorises call events only."""

from __future__ import annotations

import os
import re
from pathlib import Path

from prompter.files import read_plain, write_whole
from prompter.phone.place import TOKEN

_FORM = re.compile(rb"[0-9a-f]{32}")


class Token:
    """The token in its file, which may be replaced while the program runs."""

    def __init__(self, home: Path) -> None:
        self.path = home / TOKEN
        self._seen: tuple[int, int, int] | None = None
        self._value = ""

    def current(self) -> str:
        """The valid token; created if missing. Raises `OSError`."""
        try:
            status = self.path.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen == self._seen:
                return self._value
            found = read_plain(self.path, 64).strip()
        except FileNotFoundError:
            return self.rotate()
        if not _FORM.fullmatch(found):
            return self.rotate()
        self._seen, self._value = seen, found.decode()
        return self._value

    def rotate(self) -> str:
        """Create a new token; the old one is invalid from now on. Raises `OSError`."""
        value = os.urandom(16).hex()
        write_whole(self.path, f"{value}\n".encode(), private=True)
        self._seen = None
        return value
