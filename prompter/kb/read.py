"""Reads a tree of YAML nodes by the schema into plain values whose places can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from prompter.kb import schema, yamlread
from prompter.kb.problems import MOST_ERRORS, Place, Problem
from prompter.kb.yamlread import Mapping, Node, Scalar, Sequence
from prompter.text.day import parse_day
from prompter.text.duration import parse_duration
from prompter.text.safe import clean, clean_line

Path = tuple[str | int, ...]

_NAME = re.compile(r"[^\W_][\w-]{0,59}")
_STEP_ID = re.compile(r"[\w-]+\.[\w-]+")
# Almost every text: nothing that might need cleaning, single spaces between words.
_WORD = "[!-~\u0400-\u0481\u048a-\u052f«»„“”‘’—–…№]+"
_TIDY = re.compile(f"{_WORD}(?: {_WORD})*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_FLAGS = {"true": True, "yes": True, "да": True, "false": False, "no": False, "нет": False}
_SHOWN = 60


class Source(Struct):
    """One file, read: `data` holds the valid part.

    `root` is the file as written, without what was refused: an unreadable value is missing from `data`, but
    `wrote` still knows of it, so that no later check reports it missing. For a file without such problems
    `data` has everything but the places; only its `text` is kept, and parsed again if a place is asked for.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    root: Node | None = None
    text: bytes = b""

    def wrote(self, *path: str | int) -> bool:
        """Whether there is something at `path`, readable or not."""
        return _held(self.data, path) is not None or (not self.text and self._find(path) is not None)

    def names(self, *path: str | int) -> list[str]:
        """The names in the mapping at `path`, whether their values are readable or not."""
        if self.text:
            found = _held(self.data, path)
            return list(found) if isinstance(found, dict) else []
        node = self._find(path)
        return list(node.entries) if isinstance(node, Mapping) else []

    def at(self, *path: str | int) -> Place:
        """The place of the value at `path`, or of the nearest thing around it."""
        found = list(self._follow(path))
        return found[-1][1].place if found else Place(self.file)

    def key_at(self, *path: str | int) -> Place:
        """The place of the name at `path`, or of the nearest name around it; a list item is its own."""
        found = list(self._follow(path))
        return found[-1][0].place if found else Place(self.file)

    def _tree(self) -> Node | None:
        if self.root is None and self.text:
            self.root = yamlread.read(self.text, self.file)[0]
        return self.root

    def _find(self, path: Path) -> Node | None:
        node = self._tree()
        for part in path:
            found = _inside(node, part)
            if found is None:
                return None
            node = found[1]
        return node

    def _follow(self, path: Path) -> Iterator[tuple[Node, Node]]:
        """Name and value of each part of the path, as far as it exists."""
        node, name = self._tree(), None
        for part in path:
            found = _inside(node, part)
            if found is None:
                return
            name, node = found[0] or name, found[1]
            yield name or node, node


def _held(data: Any, path: Path) -> Any:
    """The readable value at `path`, or None."""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
        else:
            data = data.get(part) if isinstance(data, dict) else None
    return data


def _inside(node: Node | None, part: str | int) -> tuple[Node | None, Node] | None:
    """The value in `node` under a name or at an index, with its name node; None if there is none."""
    if isinstance(node, Mapping):
        return node.entries.get(str(part))
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        return node.items[part], node.items[part]
    if isinstance(node, Scalar) and part == 0:  # a list of one item, written without the dash
        return None, node
    return None


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None if nothing is close. rapidfuzz is slow to import."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def unknown(place: Place, code: str, args: dict[str, str | int], word: str, known: Iterable[str]) -> Problem:
    """A problem about a word that is not among `known`, with what was probably meant."""
    near = suggest(word, known)
    return Problem(place, code, {**args, "suggestion": near} if near else args)


def read_by(
    node: Node, type_: schema.Type, file: str, languages: tuple[str, ...] | None = None
) -> tuple[Source, list[Problem]]:
    """Read a file's root node. `languages` are those a text may have; None if unknown.

    Refused names are removed from the node, so that later checks do not find them.
    """
    reader = _Reader(file, languages)
    value = reader.read(node, type_, "", None)
    return Source(file, value if isinstance(value, dict) else {"": value}, node), reader.problems


class _Bad(Exception):
    """This value cannot be read; the problem is already recorded."""


class _Reader:
    """Reads nodes by type. `name` is what a message calls the value, `key` is the node that names it.

    The root has no name; a list item is its own key.
    """

    def __init__(self, file: str, languages: tuple[str, ...] | None) -> None:
        self.file = file
        self.languages = languages
        self.problems: list[Problem] = []

    def read(self, node: Node, type_: schema.Type, name: str, key: Node | None) -> Any:
        """The typed value, or None if it is wrong and was reported."""
        try:
            if isinstance(type_, schema.Text):  # the most common type
                return self._text(node, name, key, type_.lines)
            return self._value(node, type_, name, key)
        except _Bad:
            return None

    def _bad(self, place: Place, code: str, **args: str | int) -> _Bad:
        self._report(Problem(place, code, args))
        return _Bad()

    def _report(self, problem: Problem) -> None:
        if len(self.problems) < MOST_ERRORS:
            self.problems.append(problem)

    def _named_at(self, key: Node | None) -> Place:
        return key.place if key is not None else Place(self.file)

    def _value(self, node: Node, type_: schema.Type, name: str, key: Node | None) -> Any:
        if isinstance(type_, schema.Text):
            return self._text(node, name, key, type_.lines)
        if isinstance(node, Mapping) and node.broken:
            raise _Bad
        if isinstance(type_, schema.MapOf):
            return self._map(self._mapping(node, name, key, type_), type_)
        if isinstance(type_, schema.Record):
            return self._record(self._mapping(node, name, key), type_, key)
        if isinstance(type_, schema.ListOf):
            return self._list(node, type_, name, key)
        if isinstance(type_, schema.Either):
            return self._either(node, type_, name, key)
        return self._scalar(node, type_, name, key)

    # Collections

    def _mapping(self, node: Node, name: str, key: Node | None, type_: schema.MapOf | None = None) -> Mapping:
        if isinstance(node, Mapping):
            if not node.entries:
                raise self._bad(node.place, "empty-value", field=name)
            return node
        if isinstance(node, Scalar) and not node.value.strip():
            raise self._bad(self._named_at(key), "empty-value", field=name)
        if type_ is not None and type_.key == schema.LANGUAGE:
            raise self._bad(node.place, "needs-language", field=name)
        raise self._bad(node.place, "expected-mapping", field=name)

    def _record(self, node: Mapping, type_: schema.Record, named: Node | None) -> dict[str, Any]:
        result: dict[str, Any] = {}
        refused: dict[str, str] = {}
        for entry, (key, value) in node.entries.items():
            known = type_.by_name.get(key.value)
            if known is not None:
                read = self.read(value, known.type, known.name, key)
            elif type_.languages is not None and self._is_language(key.value):
                read = self.read(value, self._forms(value, type_.languages), key.value, key)
            else:
                refused[entry] = self._unknown(key, "unknown-field", type_.by_name)
                continue
            if read is not None:
                result[key.value] = read
        _rename(node, refused)
        for name in type_.required:
            if name not in node.entries:
                self._report(Problem(self._named_at(named), "missing-field", {"field": name}))
        return result

    def _forms(self, node: Node, type_: schema.MapOf) -> schema.MapOf:
        """A word's forms are keyed by gender or, if the first key looks like one, by time."""
        first = next(iter(node.entries), "") if isinstance(node, Mapping) else ""
        return schema.MapOf(schema.TIME, type_.value) if ":" in first else type_

    def _is_language(self, key: str) -> bool:
        return key in self.languages if self.languages is not None else bool(_LANGUAGE.fullmatch(key))

    def _map(self, node: Mapping, type_: schema.MapOf) -> dict[str, Any]:
        result: dict[str, Any] = {}
        refused = []
        languages = self.languages or () if type_.key == schema.LANGUAGE else ()
        for entry, (key, value) in node.entries.items():
            known = key.value if key.value in languages else self._key(key, type_.key)
            if known is None:
                refused.append(entry)
            elif (read := self.read(value, type_.value, known, key)) is not None:
                result[known] = read
        _take_out(node, refused)
        return result

    def _key(self, key: Scalar, kind: str) -> str | None:
        text = key.value
        if kind == schema.LANGUAGE:
            if self._is_language(text):
                return text
            self._unknown(key, "unknown-language", self.languages or ())
        elif kind == schema.TIME:
            if _TIME.fullmatch(text):
                return text.zfill(5)
            self._bad(key.place, "bad-time", value=_short(text))
        elif kind == schema.FORM:
            if text in ("m", "f"):
                return text
            self._bad(key.place, "bad-form", value=_short(text))
        elif _NAME.fullmatch(text):
            return text
        else:
            self._bad(key.place, "bad-name", value=_short(text))
        return None

    def _unknown(self, key: Scalar, code: str, known: Iterable[str]) -> str:
        """Report a name that is not among `known`; returns the one that was probably meant, or ""."""
        args: dict[str, str | int] = {"field": _short(key.value)}
        if len(self.problems) >= MOST_ERRORS:
            return ""
        problem = unknown(key.place, code, args, key.value, known)
        self._report(problem)
        return str(problem.args.get("suggestion", ""))

    def _list(self, node: Node, type_: schema.ListOf, name: str, key: Node | None) -> list[Any]:
        if isinstance(node, Scalar) and type_.single:
            return [self._value(node, type_.item, name, key)]
        if isinstance(node, Scalar) and not node.value.strip():
            raise self._bad(self._named_at(key), "empty-value", field=name)
        if not isinstance(node, Sequence):
            raise self._bad(node.place, "expected-list", field=name)
        if not node.items and not type_.may_be_empty:
            raise self._bad(node.place, "empty-value", field=name)
        return [self.read(item, type_.item, name, item) for item in node.items]

    def _either(self, node: Node, type_: schema.Either, name: str, key: Node | None) -> Any:
        if not isinstance(node, Scalar):
            return self._value(node, type_.mapping, name, key)
        text = self._text(node, name, key)
        if not _STEP_ID.fullmatch(text):
            raise self._bad(node.place, "needs-language", field=name)
        return text

    # Scalars

    def _text(self, node: Node, name: str, key: Node | None, lines: bool = False) -> str:
        if not isinstance(node, Scalar):
            if isinstance(node, Mapping) and node.broken:
                raise _Bad
            raise self._bad(node.place, "expected-text", field=name)
        text = node.value
        if not _TIDY.fullmatch(text):
            text = clean(text).strip() if lines else clean_line(text)
        if not text:
            raise self._bad(self._named_at(key), "empty-value", field=name)
        return text

    def _scalar(self, node: Node, type_: schema.Type, name: str, key: Node | None) -> Any:
        text = self._text(node, name, key)
        if isinstance(type_, schema.Ref):
            return text
        if isinstance(type_, schema.Flag):
            if text.lower() not in _FLAGS:
                raise self._bad(node.place, "bad-flag", field=name, value=_short(text))
            return _FLAGS[text.lower()]
        if isinstance(type_, schema.Duration):
            return self._duration(node.place, text, name)
        if isinstance(type_, schema.Date):
            return self._date(node.place, text, name)
        if isinstance(type_, schema.Choice):
            return self._choice(node.place, text, type_, name)
        if isinstance(type_, schema.NewLanguage) and not _LANGUAGE.fullmatch(text):
            raise self._bad(node.place, "bad-language", value=_short(text))
        return text

    def _duration(self, place: Place, text: str, name: str) -> int:
        try:
            seconds = parse_duration(text)
        except ValueError:
            seconds = 0
        if not seconds:
            raise self._bad(place, "bad-duration", field=name, value=_short(text))
        return seconds

    def _date(self, place: Place, text: str, name: str) -> str:
        try:
            return parse_day(text).isoformat()
        except ValueError:
            raise self._bad(place, "bad-date", field=name, value=_short(text)) from None

    def _choice(self, place: Place, text: str, type_: schema.Choice, name: str) -> str:
        if text not in type_.values:
            args: dict[str, str | int] = {
                "field": name,
                "value": _short(text),
                "allowed": ", ".join(type_.values),
            }
            if type_.code == "bad-choice":
                self._report(unknown(place, type_.code, args, text, type_.values))
            else:
                self._report(Problem(place, type_.code, args))
            raise _Bad
        return text


def _rename(node: Mapping, refused: dict[str, str]) -> None:
    """Treat refused fields as written under the names meant, so that none of those is reported missing."""
    for name, meant in refused.items():
        key, value = node.entries.pop(name)
        if meant:
            node.entries.setdefault(meant, (key, value))


def _take_out(node: Mapping, names: list[str]) -> None:
    for name in names:
        node.entries.pop(name, None)


def _short(text: str) -> str:
    return clean_line(text)[:_SHOWN]
