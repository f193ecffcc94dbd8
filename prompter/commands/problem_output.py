"""Output of problems: for a person at a terminal, a program, a code host's runner."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from msgspec import Struct

from prompter.commands.excerpt import GUTTER, WIDTH, excerpt
from prompter.kb.codes import describe
from prompter.kb.filetext import FileTexts
from prompter.kb.problems import ERROR, Place, Problem
from prompter.locale import _
from prompter.text.safe import clean_line


class Paint(Struct, frozen=True):
    """Colours, or none. A word always says the same as its colour."""

    on: bool = False

    def __call__(self, text: str, colour: str) -> str:
        """`text` in a colour of the table below."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.on and text else text


_COLOURS = {"error": "1;31", "warning": "1;33", "hint": "36", "place": "1", "dim": "2"}


def paint_for(out: TextIO) -> Paint:
    """Colours only for a terminal, and not if NO_COLOR asks for none."""
    dumb = os.environ.get("TERM") == "dumb" or (os.name == "nt" and "WT_SESSION" not in os.environ)
    return Paint(out.isatty() and not os.environ.get("NO_COLOR") and not dumb)


def as_text(problems: Iterable[Problem], texts: FileTexts, out: TextIO) -> None:
    """`file:line:col`, the message, the line with carets, the hint, the second place if there is one."""
    _tell(problems, texts, out, _from_here(texts.folder))


def _tell(problems: Iterable[Problem], texts: FileTexts, out: TextIO, folder: str) -> None:
    terminal = out.isatty()
    width = shutil.get_terminal_size((WIDTH, 24)).columns if terminal else WIDTH
    text = _TextOutput(texts, paint_for(out), width, folder, wrapped=terminal)
    for problem in problems:
        for line in text.lines(problem):
            print(line, file=out)
        print(file=out)


class _TextOutput(Struct, frozen=True):
    """Problems as text. `folder` is put before the names of files.

    `wrapped`: long sentences are wrapped at `width` cells between words.
    """

    texts: FileTexts
    paint: Paint
    width: int
    folder: str
    wrapped: bool

    def lines(self, problem: Problem) -> Iterator[str]:
        """All lines of one problem."""
        message, hint = describe(problem, _)
        kind = {"error": _("error"), "warning": _("warning")}[problem.severity]
        place, kind = f"{self._where(problem.place)}:", f"{kind}:"
        first, *rest = self._lines(f"{place} {kind} {clean_line(message)} [{problem.code}]", "    ")
        yield first.replace(place, self.paint(place, "place"), 1).replace(
            kind, self.paint(kind, problem.severity), 1
        )
        yield from rest
        yield from self._shown(problem.place, problem, problem.severity)
        for line in self._lines(f"     = {clean_line(hint)}", " " * GUTTER) if hint else ():
            yield f"{line[:GUTTER]}{self.paint(line[GUTTER:], 'hint')}"
        if problem.other:
            yield f"     = {_('also here')}: {self._where(problem.other)}"
            yield from self._shown(problem.other, problem, "hint")

    def _lines(self, text: str, indent: str) -> list[str]:
        if not self.wrapped or len(text) <= self.width:
            return [text]
        return textwrap.wrap(
            text,
            max(self.width, 2 * GUTTER),
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _shown(self, place: Place, problem: Problem, colour: str) -> Iterator[str]:
        shown = excerpt(self.texts, place, problem.args.values(), self.width)
        if shown:
            line, carets = shown
            yield line
            margin, stroke, marks = carets.partition("| ")
            yield f"{margin}{stroke}{self.paint(marks, colour)}"

    def _where(self, place: Place) -> str:
        return f"{clean_line(self.folder + place.file)}:{place.line}:{place.col}"


def _from_here(folder: Path) -> str:
    """The path to the base, put before file names so that an editor or a runner finds them.

    Empty if the base is not inside the current folder.
    """
    here, there = Path(os.path.realpath(os.curdir)), Path(os.path.realpath(folder))
    if here == there or not there.is_relative_to(here):
        return ""
    return f"{there.relative_to(here).as_posix()}/"


def as_json(problems: Iterable[Problem], texts: FileTexts, out: TextIO) -> None:
    """One object: {"problems": [{"file", "line", "col", "severity", "code", "message", "hint"}]}.

    `file` is relative to the base's folder, lines and columns count from 1.
    """
    entries = []
    for problem in problems:
        message, hint = describe(problem, _)
        place = problem.place
        entries.append(
            {
                "file": clean_line(place.file),
                "line": place.line,
                "col": place.col,
                "severity": problem.severity,
                "code": problem.code,
                "message": clean_line(message),
                "hint": clean_line(hint) if hint else None,
            }
        )
    # Windows writes files in cp1251, which has no «ң».
    plain = (out.encoding or "utf-8").lower() not in ("utf-8", "utf8")
    print(json.dumps({"problems": entries}, ensure_ascii=plain, indent=2), file=out)


def as_github(problems: Iterable[Problem], texts: FileTexts, out: TextIO) -> None:
    """Workflow commands: the runner shows each problem beside its line."""
    folder = _from_here(texts.folder)
    for problem in problems:
        message, hint = describe(problem, _)
        command = "error" if problem.severity == ERROR else "warning"
        place = problem.place
        fields = {
            "file": clean_line(folder + place.file),
            "line": str(place.line),
            "col": str(place.col),
            "title": problem.code,
        }
        listed = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
        words = "\n".join(clean_line(one) for one in (message, hint) if one)
        print(f"::{command} {listed}::{_data(words)}", file=out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


Report = Callable[[Iterable[Problem], FileTexts, TextIO], None]

FORMATS: dict[str, Report] = {"text": as_text, "json": as_json, "github": as_github}
"""The choices of `--format`."""


def tell_problems(problems: Iterable[Problem], folder: Path) -> None:
    """Print the problems that prevent another command, to standard error, sorted by place."""
    ordered = sorted(problems, key=lambda one: (one.place, one.code))
    _tell(ordered, FileTexts(folder), sys.stderr, "")
