"""A tree of YAML nodes, read by the schema into plain values that remember where each was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from prompter.kb import schema
from prompter.kb.problems import MOST_ERRORS, Place, Problem
from prompter.kb.yamlread import Mapping, Node, Scalar, Sequence
from prompter.text.duration import parse_duration
from prompter.text.safe import clean, clean_line

Path = tuple[str | int, ...]

_NAME = re.compile(r"[^\W_][\w-]{0,59}")
_STEP_ID = re.compile(r"[\w-]+\.[\w-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_FLAGS = {"true": True, "yes": True, "да": True, "false": False, "no": False, "нет": False}
_SHOWN = 60


class Source(Struct):
    """One file, read: `data` holds what was right, the places also what was wrong.

    A value that could not be read is missing from `data`; `wrote` still knows that it was there,
    so that no later check complains about its absence.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def wrote(self, *path: str | int) -> bool:
        """Whether something was written at `path`, readable or not."""
        return path in self.places

    def at(self, *path: str | int) -> Place:
        """Where the value at `path` stands, or the nearest thing around it."""
        return self._nearest(self.places, path)

    def key_at(self, *path: str | int) -> Place:
        """Where the name of `path` stands, or the nearest name around it."""
        return self._nearest(self.keys, path)

    def _nearest(self, places: dict[Path, Place], path: Path) -> Place:
        while path:
            if path in places:
                return places[path]
            path = path[:-1]
        return Place(self.file)


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None if nothing is near. Slow to import, so only here."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


def unknown(place: Place, code: str, args: dict[str, str | int], word: str, known: Iterable[str]) -> Problem:
    """A problem about a word that is none of `known`, with what was probably meant."""
    near = suggest(word, known)
    return Problem(place, code, {**args, "suggestion": near} if near else args)


def read_by(
    node: Node, type_: schema.Type, file: str, languages: tuple[str, ...] | None = None
) -> tuple[Source, list[Problem]]:
    """Read a file's root node. `languages` are those a text may have; None when they are not known."""
    reader = _Reader(Source(file), languages)
    value = reader.read(node, type_, ())
    reader.source.data = value if isinstance(value, dict) else {"": value}
    return reader.source, reader.problems


class _Bad(Exception):
    """This value cannot be read; the problem is already noted."""


class _Reader:
    def __init__(self, source: Source, languages: tuple[str, ...] | None) -> None:
        self.source = source
        self.languages = languages
        self.problems: list[Problem] = []

    def read(self, node: Node, type_: schema.Type, path: Path) -> Any:
        """The typed value, or None when it is wrong and told so."""
        self.source.places[path] = node.place
        try:
            return self._value(node, type_, path)
        except _Bad:
            return None

    def _bad(self, place: Place, code: str, **args: str | int) -> _Bad:
        self._tell(Problem(place, code, args))
        return _Bad()

    def _tell(self, problem: Problem) -> None:
        if len(self.problems) < MOST_ERRORS:
            self.problems.append(problem)

    def _value(self, node: Node, type_: schema.Type, path: Path) -> Any:
        if isinstance(node, Mapping) and node.broken:
            raise _Bad
        match type_:
            case schema.Record():
                return self._record(self._mapping(node, path), type_, path)
            case schema.MapOf():
                return self._map(self._mapping(node, path, type_), type_, path)
            case schema.ListOf():
                return self._list(node, type_, path)
            case schema.Either():
                if isinstance(node, Scalar):
                    text = self._text(node, path)
                    if not _STEP_ID.fullmatch(text):
                        raise self._bad(node.place, "needs-language", field=_name(path))
                    return text
                return self._value(node, type_.mapping, path)
            case _:
                return self._scalar(node, type_, path)

    # Collections

    def _mapping(self, node: Node, path: Path, type_: schema.MapOf | None = None) -> Mapping:
        if isinstance(node, Mapping):
            if not node.entries:
                raise self._bad(node.place, "empty-value", field=_name(path))
            return node
        if isinstance(node, Scalar) and not node.value.strip():
            raise self._bad(self.source.key_at(*path), "empty-value", field=_name(path))
        if type_ is not None and type_.key == schema.LANGUAGE:
            raise self._bad(node.place, "needs-language", field=_name(path))
        raise self._bad(node.place, "expected-mapping", field=_name(path))

    def _entry(self, key: Scalar, value: Node, type_: schema.Type, path: Path, into: dict[str, Any]) -> None:
        self.source.keys[path] = key.place
        read = self.read(value, type_, path)
        if read is not None:
            into[str(path[-1])] = read

    def _record(self, node: Mapping, type_: schema.Record, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.entries:
            known = type_.by_name.get(key.value)
            if known is not None:
                self._entry(key, value, known.type, (*path, known.name), result)
            elif type_.languages is not None and self._is_language(key.value):
                self._entry(key, value, self._forms(value, type_.languages), (*path, key.value), result)
            else:
                self._unknown(key, "unknown-field", type_.by_name)
        for one in type_.fields:
            if one.required and not self.source.wrote(*path, one.name):
                place = self.source.key_at(*path)
                self._tell(Problem(place, "missing-field", {"field": one.name}))
        return result

    def _forms(self, node: Node, type_: schema.MapOf) -> schema.MapOf:
        """A word's forms are keyed by gender or, when the first key says so, by time."""
        first = node.entries[0][0].value if isinstance(node, Mapping) and node.entries else ""
        return schema.MapOf(schema.TIME, type_.value) if ":" in first else type_

    def _is_language(self, key: str) -> bool:
        return key in self.languages if self.languages is not None else bool(_LANGUAGE.fullmatch(key))

    def _map(self, node: Mapping, type_: schema.MapOf, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.entries:
            name = self._key(key, type_.key)
            if name is not None:
                self._entry(key, value, type_.value, (*path, name), result)
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

    def _unknown(self, key: Scalar, code: str, known: Iterable[str]) -> None:
        args: dict[str, str | int] = {"field": _short(key.value)}
        self._tell(unknown(key.place, code, args, key.value, known))

    def _list(self, node: Node, type_: schema.ListOf, path: Path) -> list[Any]:
        if isinstance(node, Scalar) and type_.single:
            self.source.places[(*path, 0)] = node.place
            return [self._value(node, type_.item, path)]
        if isinstance(node, Scalar) and not node.value.strip():
            raise self._bad(self.source.key_at(*path), "empty-value", field=_name(path))
        if not isinstance(node, Sequence):
            raise self._bad(node.place, "expected-list", field=_name(path))
        if not node.items and not type_.may_be_empty:
            raise self._bad(node.place, "empty-value", field=_name(path))
        for index, item in enumerate(node.items):
            self.source.keys[(*path, index)] = item.place
        return [self.read(item, type_.item, (*path, index)) for index, item in enumerate(node.items)]

    # Scalars

    def _text(self, node: Node, path: Path, lines: bool = False) -> str:
        if not isinstance(node, Scalar):
            raise self._bad(node.place, "expected-text", field=_name(path))
        text = clean(node.value).strip() if lines else clean_line(node.value)
        if not text:
            raise self._bad(self.source.key_at(*path), "empty-value", field=_name(path))
        return text

    def _scalar(self, node: Node, type_: schema.Type, path: Path) -> Any:
        text = self._text(node, path, lines=isinstance(type_, schema.Text) and type_.lines)
        match type_:
            case schema.Flag():
                if text.lower() not in _FLAGS:
                    raise self._bad(node.place, "bad-flag", field=_name(path), value=_short(text))
                return _FLAGS[text.lower()]
            case schema.Duration():
                return self._duration(node.place, text, path)
            case schema.Choice():
                return self._choice(node.place, text, type_, path)
            case schema.NewLanguage():
                if not _LANGUAGE.fullmatch(text):
                    raise self._bad(node.place, "bad-language", value=_short(text))
        return text

    def _duration(self, place: Place, text: str, path: Path) -> int:
        try:
            seconds = parse_duration(text)
        except ValueError:
            seconds = 0
        if not seconds:
            raise self._bad(place, "bad-duration", field=_name(path), value=_short(text))
        return seconds

    def _choice(self, place: Place, text: str, type_: schema.Choice, path: Path) -> str:
        if text not in type_.values:
            args: dict[str, str | int] = {
                "field": _name(path),
                "value": _short(text),
                "allowed": ", ".join(type_.values),
            }
            if type_.code == "bad-choice":
                self._tell(unknown(place, type_.code, args, text, type_.values))
            else:
                self._tell(Problem(place, type_.code, args))
            raise _Bad
        return text


def _name(path: Path) -> str:
    """The last name in a path: what a message calls the thing."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _short(text: str) -> str:
    return clean_line(text)[:_SHOWN]
