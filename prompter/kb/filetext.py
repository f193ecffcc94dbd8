"""The text of a base's files, line by line, for showing a problem or finding its exact place."""

from __future__ import annotations

import re
from pathlib import Path

from prompter.files import read_plain
from prompter.kb.problems import Place
from prompter.kb.yamlread import MAX_BYTES


class FileTexts:
    """The lines of the files in a folder, each file read once. An unreadable file has none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines: dict[str, list[str]] = {}

    def lines(self, file: str) -> list[str]:
        """The lines without their endings; `file` is named as in a `Place`."""
        if file not in self._lines:
            try:
                data = read_plain(self.folder / file, MAX_BYTES)
            except (OSError, ValueError):  # a name with a null byte
                data = b""
            text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
            self._lines[file] = text.split("\n")
        return self._lines[file]

    def line(self, place: Place) -> str | None:
        """The line of a place; None if it does not exist."""
        lines = self.lines(place.file)
        return lines[place.line - 1] if 0 < place.line <= len(lines) and any(lines) else None

    def find(self, start: Place, words: str) -> Place:
        """Where `words` first occur from `start` on, separated by any white space; `start` if nowhere."""
        parts = words.split()
        if not parts:
            return start
        words_ = r"\s+".join(map(re.escape, parts))
        text = self.text_from(start)
        found = re.search(rf"(?<!\w){words_}(?!\w)", text) or re.search(words_, text)
        return self.place_in(start, found.start()) if found else start

    def text_from(self, start: Place) -> str:
        """The file from a place on, as far as one text may reach; "" if the file has changed."""
        if self.line(start) is None:
            return ""
        first = self.lines(start.file)[start.line - 1][start.col - 1 :]
        if _BLOCK.match(first):  # the indicator of a block text that begins below is not part of it
            first = " " * len(first)
        return "\n".join([first, *self.lines(start.file)[start.line : start.line + _MOST_LINES]])

    def place_in(self, start: Place, at: int) -> Place:
        """The place of the character `at` of `text_from(start)`."""
        before = self.text_from(start)[:at]
        row = before.count("\n")
        col = len(before) - before.rfind("\n") if row else start.col + len(before)
        return Place(start.file, start.line + row, col)


_BLOCK = re.compile(r"[|>][+-]?[0-9]?[+-]?\s*(?:#.*)?$")
_MOST_LINES = 200
