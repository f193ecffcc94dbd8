"""Comments that silence a problem: `# prompter: молчать КОД - причина`.

After a value the comment covers its line; on a line of its own it covers the next entry with everything
indented below it; with «в файле» (`молчать в файле КОД - причина`) the whole file. A silence needs a reason,
must name a code, and must silence something: else it is a problem itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from prompter.kb.codes import CODES
from prompter.kb.filetext import FileTexts
from prompter.kb.problems import WARNING, Place, Problem
from prompter.kb.read import unknown
from prompter.text.safe import clean_line

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s*prompter:\s*молчать(?P<all>\s+в\s+файле)?\s+(?P<code>[\w-]+)"
    r"(?:\s*[-–—:]\s*(?P<reason>.*))?",
    re.IGNORECASE,
)
MARK = "prompter:"


class Silence(Struct, frozen=True):
    """One comment: at `place` it silences `code` on lines `first` to `last` of its file."""

    place: Place
    code: str
    reason: str
    first: int
    last: int

    def covers(self, problem: Problem) -> bool:
        """Whether the comment silences that problem."""
        place = problem.place
        return (
            problem.code == self.code
            and place.file == self.place.file
            and self.first <= place.line <= self.last
        )


class Silences:
    """The silences in some files, and which of them were needed."""

    def __init__(self, files: Iterable[str], texts: FileTexts) -> None:
        written = [one for file in files for one in _written(file, texts.lines(file))]
        self._wrong = [fault for one in written for fault in _faults(one)]
        faulty = {fault.place for fault in self._wrong}
        self._sound = [one for one in written if one.place not in faulty]
        self._used: set[Silence] = set()

    def hush(self, problem: Problem) -> bool:
        """Whether a problem is silenced. Records the silences that were used."""
        covering = [one for one in self._sound if one.covers(problem)]
        self._used.update(covering)
        return bool(covering)

    def problems(self, complete: bool) -> list[Problem]:
        """The problems of the silences themselves; unused ones only if all was checked (`complete`)."""
        unused = [one for one in self._sound if one not in self._used] if complete else []
        return self._wrong + [_problem(one, "silence-unused") for one in unused]


def _faults(one: Silence) -> Iterator[Problem]:
    if one.code not in CODES:
        name: dict[str, str | int] = {"name": one.code}
        fault = unknown(one.place, "silence-unknown-code", name, one.code, CODES)
        yield Problem(fault.place, fault.code, fault.args, WARNING)
    elif CODES[one.code].blocks:
        yield _problem(one, "silence-blocking")
    elif not one.reason:
        yield _problem(one, "silence-no-reason")


def _problem(one: Silence, code: str) -> Problem:
    return Problem(one.place, code, {"silenced": one.code}, WARNING)


def _written(file: str, lines: Sequence[str]) -> Iterator[Silence]:
    for number, line in enumerate(lines):
        found = _COMMENT.search(line) if MARK in line else None
        if found is None:
            continue
        place = Place(file, number + 1, found.start() + 1)
        first, last = number, number
        if found["all"]:
            first, last = 0, len(lines)
        elif not line[: found.start()].strip():
            first, last = _block(lines, number)
        reason = clean_line(found["reason"] or "")
        yield Silence(place, clean_line(found["code"]).lower(), reason, first + 1, last + 1)


def _block(lines: Sequence[str], at: int) -> tuple[int, int]:
    """The first line of content below a comment, and the last line indented deeper (both from 0)."""
    first = at + 1
    while first < len(lines) and not _content(lines[first]):
        first += 1
    if first >= len(lines):
        return at, at
    indent, last = _indent(lines[first]), first
    for number in range(first + 1, len(lines)):
        if not _content(lines[number]):
            continue
        if _indent(lines[number]) <= indent and not _item_of(lines[number], lines[first], indent):
            break
        last = number
    return first, last


def _content(line: str) -> bool:
    stripped = line.lstrip()
    return bool(stripped) and not stripped.startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _item_of(line: str, head: str, indent: int) -> bool:
    """Whether a line is an item of the list named by `head`: its dash may be at the name's own indent."""
    item = line.lstrip(" ")
    return _indent(line) == indent and item.startswith("- ") and not head.lstrip(" ").startswith("- ")
