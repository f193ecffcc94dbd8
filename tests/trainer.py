"""A trainer who has nothing but `docs/trainer.md`: does what it says, in its order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "trainer.md"
FOLDER = r"D:\scripts"
"""The folder of the scripts as the document writes it."""
PROMPT = FOLDER + "> "
NEW_FILE = "scenarios/wifi_password.yaml"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(rf"^{NEW_FILE}:(\d+):\d+: ошибка", re.MULTILINE)

Runs = Callable[[list[str]], str]
"""Runs a command and gives what it printed."""


def follow(folder: Path, runs: Runs) -> Iterator[tuple[str, str, str]]:
    """Go through the document: yields each command, what it should tell and what it told.

    A whole file is saved as `NEW_FILE`; a piece of one line is put where the last problem was told.
    """
    file, last = folder / NEW_FILE, ""
    for language, body in _FENCE.findall(DOCUMENT.read_text(encoding="utf-8")):
        if language == "yaml" and body.startswith("# yaml-language-server"):
            file.write_text(body, encoding="utf-8")
        elif language == "yaml":
            _mend(file, body, last)
        elif language == "console":
            for command, promised in _commands(body):
                last = runs(shlex.split(command)[1:])
                yield command, promised, _as_written(last, folder)


def _commands(body: str) -> Iterator[tuple[str, str]]:
    for piece in body.split(PROMPT)[1:]:
        command, _, promised = piece.partition("\n")
        yield command, promised


def _mend(file: Path, line: str, told: str) -> None:
    place = _PLACE.search(told)
    assert place, f"no mistake was told, yet the document mends one: {line}"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[int(place[1]) - 1] = line
    file.write_text("".join(lines), encoding="utf-8")


def _as_written(told: str, folder: Path) -> str:
    """What was told, with the document's folder and slashes in the place of this machine's."""
    return re.sub(
        re.escape(str(folder)) + r"[/\\]?(\S*\.yaml)?",
        lambda found: FOLDER + ("\\" + found[1].replace("/", "\\") if found[1] else ""),
        told,
    )
