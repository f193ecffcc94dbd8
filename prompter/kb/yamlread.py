"""YAML bytes -> a tree of nodes that know their places, or problems; never an exception, never a guess.

The tree is built from the parser's events, not by PyYAML's composer, which crashes on deep nesting, silently
keeps the last of duplicate keys and expands aliases into gigabytes. Every scalar stays text until the schema
types it, so `0555`, `9:30` and `no` mean what was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NoReturn

import yaml
from msgspec import Struct, field

from prompter.kb import yamlsyntax
from prompter.kb.problems import ERROR, MOST_ERRORS, WARNING, Place, Problem
from prompter.text import safe

MAX_BYTES = 4_000_000
"""A larger file is refused unread (10,000 phrases are about this much, and they are in many files)."""
MAX_DEPTH = 20
"""Nesting that no base needs; a scenario goes 7 deep."""
MAX_EVENTS = 600_000
"""Parser events in a file, about two for each value. The densest base has one for each 7 bytes."""
_MOST_REPORTED = 20

_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Written(Struct, gc=False):
    """A part of a file; `mark` is where the parser found it."""

    file: str
    mark: Any

    @property
    def place(self) -> Place:
        """Its place, computed on demand: a large base has half a million nodes, and few are reported."""
        return Place(self.file, self.mark.line + 1, self.mark.column + 1)


class Scalar(Written):
    """A text as written; `plain` means neither quoted nor a block."""

    value: str
    plain: bool = True


class Mapping(Written):
    """Keys and values in order, by their names.

    `flow` means `{}`; `broken`: a text mistaken for keys, already reported.
    """

    flow: bool = False
    broken: bool = False
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


class Sequence(Written):
    """Items in order."""

    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def read(data: bytes, file: str, max_bytes: int = MAX_BYTES) -> tuple[Node | None, list[Problem]]:
    """The root node of a YAML file, and its problems; None if it cannot be parsed at all.

    `file` is the file name used in the places.
    """
    if len(data) > max_bytes:
        return None, [Problem(Place(file), "file-too-large", {"limit": max_bytes // 1_000_000})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # the object, not `data`: a BOM is not part of it
        return None, [Problem(yamlsyntax.place_at(file, before, len(before)), "not-utf8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems: list[Problem] = []
    if unusual(text):
        problems += _bad_characters(text, file)
        text = _plain_indents(safe.without_danger(text))
    reader = _Reader(file, problems)
    try:
        reader.run(text)
    except yaml.YAMLError as error:
        _add_unless_known(problems, yamlsyntax.explain(error, text, file))
        return None, problems
    except (ValueError, OverflowError):
        # The pure Python parser raises this on an escape like "\UFFFFFFFF".
        problems.append(Problem(Place(file), "yaml-syntax"))
        return None, problems
    if reader.root is None and not problems:
        problems.append(Problem(Place(file), "empty-file"))
    return reader.root, problems


def _add_unless_known(problems: list[Problem], problem: Problem) -> None:
    """Add a syntax error unless its line already has an error, which caused it."""
    if not any(known.place.line == problem.place.line and known.severity == ERROR for known in problems):
        problems.append(problem)


def unusual(text: str) -> bool:
    """Whether a text contains anything but letters, digits and signs that are what they look like."""
    return _UNUSUAL.search(text) is not None


# Almost every file consists of these only, and needs no closer look.
_UNUSUAL = re.compile("[^\n -~\u0400-\u0481\u048a-\u052f«»„“”‘’—–…№]")
_NBSP_INDENT = re.compile("^[ \t]*([\xa0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
_NBSP_COLON = re.compile(r"^ *(?:- +)?[\w.-]+:([\xa0\u2007\u202f])", re.MULTILINE)
_WIDE_SPACES = re.compile("^[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+", re.MULTILINE)


def _bad_characters(text: str, file: str) -> Iterator[Problem]:
    """Problems with characters that look like others or are invisible."""
    at = safe.invisible_at(text)
    reported = 0
    while at is not None and reported < _MOST_REPORTED:
        dangerous = safe.unsafe_at(text[at]) is not None
        place = yamlsyntax.place_at(file, text, at)
        args: dict[str, str | int] = {"char": f"U+{ord(text[at]):04X}"}
        if dangerous:
            yield Problem(place, "control-character", args)
        else:
            yield Problem(place, "invisible-character", args, WARNING)
        reported += 1
        at = safe.invisible_at(text, at + 1)
    for pattern, code in ((_NBSP_INDENT, "nbsp-indent"), (_NBSP_COLON, "nbsp-colon")):
        found = pattern.search(text)
        if found:
            yield Problem(yamlsyntax.place_at(file, text, found.start(1)), code)


def _plain_indents(text: str) -> str:
    """Indents of other spaces as plain ones: already reported, they must not cause a second problem."""
    if not _NBSP_INDENT.search(text) and not _NBSP_COLON.search(text):
        return text
    text = _WIDE_SPACES.sub(lambda found: " " * len(found[0]), text)
    return _NBSP_COLON.sub(lambda found: found[0][:-1] + " ", text)


class _Refused(Exception):
    """Stop reading; the problem is already recorded."""


class _Reader:
    """Consumes events; a stack of open collections instead of recursion."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.root: Node | None = None
        self.open: list[Mapping | Sequence] = []
        # The key whose value comes next, and its mapping: only the innermost open one can have a pending key.
        self.key: Scalar | None = None
        self.fields: dict[str, tuple[Scalar, Node]] = {}
        self.documents = 0

    def run(self, text: str) -> None:
        """Read to the end, or to the first thing refused outright, which leaves no root."""
        takes: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        events = iter(_LOADER(text).get_event, None)
        try:
            for event in islice(events, MAX_EVENTS):
                take = takes.get(type(event))
                if take is not None:
                    take(event)
            if next(events, None) is not None:
                self._refuse(Place(self.file), "too-many-values", most=MAX_EVENTS // 2)
        except _Refused:
            self.root = None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_name(event)
        node = Scalar(self.file, event.start_mark, event.value, not event.style)
        if event.style == '"':
            self._look_for_escapes(node)
        self._add(node)

    def _mapping(self, event: yaml.MappingStartEvent) -> None:
        self._begin(event, Mapping(self.file, event.start_mark, bool(event.flow_style)))

    def _sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._begin(event, Sequence(self.file, event.start_mark))

    def _begin(self, event: yaml.CollectionStartEvent, node: Mapping | Sequence) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_name(event)
        if len(self.open) >= MAX_DEPTH:
            self._refuse(node.place, "too-deep")
        self._add(node)
        self.open.append(node)

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        node = self.open.pop()
        if isinstance(node, Mapping) and node.flow:
            self._cut_at_comma(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._refuse(_place(self.file, event), "anchor")

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(_place(self.file, event), "several-documents")

    def _add(self, node: Node) -> None:
        """Put a finished scalar or a new collection where it belongs."""
        key = self.key
        if key is not None:
            self.fields[key.value] = (key, node)
            self.key = None
            return
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.root = node
        elif isinstance(parent, Sequence):
            parent.items.append(node)
        elif isinstance(node, Scalar):
            self.key, self.fields = node, parent.entries
            if node.value in parent.entries:
                self._report_duplicate(node, parent.entries[node.value][0])
        else:
            self._refuse(node.place, "key-not-text")

    # Problems

    def _refuse(self, place: Place, code: str, **args: str | int) -> NoReturn:
        self.problems.append(Problem(place, code, args))
        raise _Refused

    def _refuse_name(self, event: yaml.NodeEvent) -> NoReturn:
        self._refuse(_place(self.file, event), "tag" if event.anchor is None else "anchor")

    def _look_for_escapes(self, node: Scalar) -> None:
        """Check for escapes like "\x1b"; the raw text was checked before."""
        at = safe.unsafe_at(node.value)
        if at is not None:
            args: dict[str, str | int] = {"char": f"U+{ord(node.value[at]):04X}"}
            self.problems.append(Problem(node.place, "control-character", args))

    def _report_duplicate(self, key: Scalar, first: Scalar) -> None:
        """Report a duplicate key: otherwise the last one would silently win."""
        if len(self.problems) >= MOST_ERRORS:
            return
        args: dict[str, str | int] = {"field": safe.clean_line(key.value)[:60], "line": first.place.line}
        self.problems.append(Problem(key.place, "duplicate-key", args, other=first.place))

    def _cut_at_comma(self, node: Mapping) -> None:
        """`{ru: Говорите, пожалуйста}`: YAML sees a second key; `{daypart}`: YAML sees no text at all."""
        for index, (key, value) in enumerate(node.entries.values()):
            if isinstance(value, Scalar) and value.plain and not value.value:
                code = "brace-text" if index == 0 else "comma-in-braces"
                place = node.place if index == 0 else key.place
                if len(self.problems) < MOST_ERRORS:
                    self.problems.append(Problem(place, code, {"text": safe.clean_line(key.value)[:60]}))
                node.broken = True
                return


def _place(file: str, event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file)
