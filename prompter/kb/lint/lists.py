"""Lists of what callers say: duplicate lines, lines without a dash, texts cut off by a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prompter.kb.lint.seen import Seen, note
from prompter.kb.lint.texts import HEARD, PATTERN, Text, files
from prompter.kb.problems import Place, Problem
from prompter.kb.read import Source
from prompter.text.folding import fold

_LISTS = ("caller", "asked", "replies", "never", "pattern", "unless")
"""Lists of short lines. A variant of a phrase may be long, and continue on the next line."""

# An item, then a deeper line that is neither an item nor a field nor a comment: YAML adds it to the item.
_GOES_ON = re.compile(
    r"^( *)- (?![\"'|>])(?![\w.-]+:(?: |$))[^\n]*\n\1 +(?!#)(\S[^\n]*)$",
    re.MULTILINE,
)
_NAME = re.compile(r"^ *(?:- +)*([\w.-]+):(?: |$)")
_LANGUAGE_DEPTH = 2
_QUOTED = r"[\"'|>{\[#]"
_CUT = re.compile(
    rf"^ *+(?:- )*+(?!{_QUOTED})(?![\w.-]+: *{_QUOTED})[^\n#]*?\S +(#[^\s#][^\n]*)$", re.MULTILINE
)


def check(seen: Seen) -> Iterator[Problem]:
    """Duplicate lines, lines joined to the one above, texts that were cut off."""
    yield from _twice(seen)
    yield from _callers(seen)
    for source in files(seen.sources):
        yield from _goes_on(seen, source)
        yield from _cut(seen, source)


def _twice(seen: Seen) -> Iterator[Problem]:
    """The same line twice in one list."""
    last: tuple[object, ...] = ()
    known: dict[str, Text] = {}
    for text in seen.written:
        if text.field not in _LISTS and text.use not in (HEARD, PATTERN):
            continue
        where = (text.source.file, text.path[: text.path.index(text.language) + 1])
        if where != last:
            last, known = where, {}
        folded = text.text if text.use == PATTERN else " ".join(fold(text.text).split())
        if first := known.get(folded):
            yield note(text.place, "line-twice", first.place, line=text.text)
        known.setdefault(folded, text)


def _callers(seen: Seen) -> Iterator[Problem]:
    """The same caller's words in two scenarios that one operator sees: they identify neither."""
    departments = seen.sources.departments_of()
    known: dict[tuple[str, str], list[tuple[str, Text]]] = {}
    for text in seen.written:
        if text.field != "caller":
            continue
        scenario = _scenario(text.source)
        folded = (text.language, " ".join(fold(text.text).split()))
        for other, first in known.setdefault(folded, []):
            mine, theirs = departments.get(scenario, set()), departments.get(other, set())
            if other != scenario and (not mine or not theirs or mine & theirs):
                yield note(text.place, "same-caller-words", first.place, words=text.text, scenario=other)
                break
        known[folded].append((scenario, text))


def _scenario(source: Source) -> str:
    return source.file.rpartition("/")[2].rpartition(".")[0]


def _goes_on(seen: Seen, source: Source) -> Iterator[Problem]:
    """A dash that is missing or too deep joins two lines, and neither is found any more."""
    for found, place in _found(_GOES_ON, _whole(seen, source), source.file, 2):
        lines = seen.texts.lines(source.file)
        if _list_of(lines, place.line - 2) in _LISTS and not _NAME.match(found[2]):
            yield note(place, "line-goes-on", line=found[2].strip()[:60])


def _whole(seen: Seen, source: Source) -> str:
    """The file's text, from memory if it was read without problems, else from the disk."""
    if source.text and b"\r" not in source.text:
        return source.text.decode("utf-8-sig", "replace")
    return "\n".join(seen.texts.lines(source.file))


def _found(
    pattern: re.Pattern[str], text: str, file: str, group: int
) -> Iterator[tuple[re.Match[str], Place]]:
    """Every match in a file, with the place of its group."""
    line, counted = 1, 0
    for found in pattern.finditer(text):
        at = found.start(group)
        line, counted = line + text.count("\n", counted, at), at
        yield found, Place(file, line, at - text.rfind("\n", 0, at))


def _list_of(lines: list[str], at: int) -> str:
    """The name of the field whose list a line belongs to: the second name above it, each less indented."""
    depth = len(lines[at]) - len(lines[at].lstrip(" "))
    names = 0
    for line in (lines[row] for row in range(at - 1, -1, -1)):
        indent = len(line) - len(line.lstrip(" "))
        if indent < depth and (found := _NAME.match(line)):
            names, depth = names + 1, indent
            if names == _LANGUAGE_DEPTH:
                return found[1]
    return ""


def _cut(seen: Seen, source: Source) -> Iterator[Problem]:
    """A # after a space begins a comment: the rest of the text is not read."""
    text = _whole(seen, source)
    for found, place in _found(_CUT, text, source.file, 1) if " #" in text else ():
        yield note(place, "cut-by-comment", rest=found[1][:60])
