"""YAML bytes -> a tree of nodes that know their places, or problems; never an exception, never a guess.

The tree is built from the parser's events and not by PyYAML's composer: the composer dies on deep
nesting, lets a second equal key win silently and swells aliases into gigabytes. Every scalar
stays text until the schema types it, so `0555`, `9:30` and `no` mean what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct, field

from prompter.kb import yamlsyntax
from prompter.kb.problems import ERROR, MOST_ERRORS, WARNING, Place, Problem
from prompter.text import safe

MAX_BYTES = 4_000_000
"""A larger file is refused unread (10,000 phrases are about this much, and they stand in many files)."""
MAX_DEPTH = 20
"""Nesting that no base needs; the deepest place of a scenario is 7."""
MAX_EVENTS = 600_000
"""What a file may consist of: about two for each value. The fullest base has one for each 7 bytes."""
_MOST_REPORTED = 20

_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(Struct):
    """A text as written; `plain` means without quotes and not a block."""

    place: Place
    value: str
    plain: bool = True


class Mapping(Struct):
    """Keys and values in order. `flow` means `{}`; `broken`: a text taken for keys, already reported."""

    place: Place
    flow: bool = False
    broken: bool = False
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)


class Sequence(Struct):
    """Items in order."""

    place: Place
    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def read(data: bytes, file: str, max_bytes: int = MAX_BYTES) -> tuple[Node | None, list[Problem]]:
    """The root node of a YAML file, and what is wrong with it; None when it cannot be understood at all.

    `file` is the name that goes into the places.
    """
    if len(data) > max_bytes:
        return None, [Problem(Place(file), "file-too-large", {"limit": max_bytes // 1_000_000})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        return None, [Problem(yamlsyntax.place_at(file, before, len(before)), "not-utf8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(_bad_characters(text, file))
    text = _plain_indents(safe.without_danger(text))
    reader = _Reader(file, problems)
    try:
        reader.run(text)
    except yaml.YAMLError as error:
        _add_unless_known(problems, yamlsyntax.explain(error, text, file))
        return None, problems
    except (ValueError, OverflowError):
        # The pure Python parser says this about an escape like "\UFFFFFFFF".
        problems.append(Problem(Place(file), "yaml-syntax"))
        return None, problems
    if reader.root is None and not problems:
        problems.append(Problem(Place(file), "empty-file"))
    return reader.root, problems


def _add_unless_known(problems: list[Problem], problem: Problem) -> None:
    """A syntax error on a line whose cause was already told is not told twice."""
    if not any(known.place.line == problem.place.line and known.severity == ERROR for known in problems):
        problems.append(problem)


_NBSP_INDENT = re.compile("^[ \t]*([\xa0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
_NBSP_COLON = re.compile(r"^ *(?:- +)?[\w.-]+:([\xa0\u2007\u202f])", re.MULTILINE)
_WIDE_SPACES = re.compile("^[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+", re.MULTILINE)


def _bad_characters(text: str, file: str) -> Iterator[Problem]:
    """Problems with characters that are seen as something else or not at all."""
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


class _Reader:
    """Consumes events; a stack of open collections instead of recursion."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.root: Node | None = None
        self.stack: list[Mapping | Sequence] = []
        # For each open mapping: the keys seen, and the key whose value is awaited.
        self.keys: list[dict[str, Place]] = []
        self.awaiting: list[Scalar | None] = []
        self.documents = 0

    def run(self, text: str) -> None:
        """Read to the end, or to the first thing that is refused outright; then there is no root."""
        for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            if number > MAX_EVENTS:
                self._refuse(Place(self.file), "too-many-values", most=MAX_EVENTS // 2)
                self.root = None
                return
            if not self._take(event):
                self.root = None
                return

    def _take(self, event: yaml.Event) -> bool:
        """Whether to read on. The commonest events first: a large base has hundreds of thousands."""
        if isinstance(event, yaml.NodeEvent):
            return self._node(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            return self.documents == 1 or self._refuse(_place(self.file, event), "several-documents")
        return True

    def _node(self, event: yaml.NodeEvent) -> bool:
        place = _place(self.file, event)
        if event.anchor is not None:
            return self._refuse(place, "anchor")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place) if event.tag is None else self._refuse(place, "tag")
        if isinstance(event, yaml.CollectionStartEvent):
            return self._open(event, place) if event.tag is None else self._refuse(place, "tag")
        return True

    def _refuse(self, place: Place, code: str, **args: str | int) -> bool:
        self.problems.append(Problem(place, code, args))
        return False

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> bool:
        value = event.value
        if event.style == '"' and (at := safe.unsafe_at(value)) is not None:
            # An escape like "\x1b": the raw text was looked through before.
            args: dict[str, str | int] = {"char": f"U+{ord(value[at]):04X}"}
            self.problems.append(Problem(place, "control-character", args))
        return self._add(Scalar(place, value, plain=not event.style))

    def _open(self, event: yaml.CollectionStartEvent, place: Place) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            return self._refuse(place, "too-deep")
        node: Mapping | Sequence
        if isinstance(event, yaml.MappingStartEvent):
            node = Mapping(place, flow=bool(event.flow_style))
        else:
            node = Sequence(place)
        if not self._add(node):
            return False
        self.stack.append(node)
        self.keys.append({})
        self.awaiting.append(None)
        return True

    def _close(self) -> None:
        node = self.stack.pop()
        self.keys.pop()
        self.awaiting.pop()
        if isinstance(node, Mapping) and node.flow:
            self._cut_at_comma(node)

    def _add(self, node: Node) -> bool:
        """Put a finished scalar or a new collection where it belongs."""
        if not self.stack:
            self.root = node
            return True
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return True
        key = self.awaiting[-1]
        if key is not None:
            self.awaiting[-1] = None
            parent.entries.append((key, node))
            return True
        if not isinstance(node, Scalar):
            return self._refuse(node.place, "key-not-text")
        first = self.keys[-1].setdefault(node.value, node.place)
        if first is not node.place and len(self.problems) < MOST_ERRORS:
            args: dict[str, str | int] = {"field": safe.clean_line(node.value)[:60], "line": first.line}
            self.problems.append(Problem(node.place, "duplicate-key", args, other=first))
        self.awaiting[-1] = node
        return True

    def _cut_at_comma(self, node: Mapping) -> None:
        """`{ru: Говорите, пожалуйста}`: YAML sees a second key; `{daypart}`: YAML sees no text at all."""
        for index, (key, value) in enumerate(node.entries):
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
