"""A checked base as one immutable JSON file, named by its hash: what the program runs on.

Where they are kept, and when one is taken instead of the YAML, is told in `opening`.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_origin
from zlib import crc32

import msgspec
import msgspec.json
from msgspec import Struct
from msgspec.structs import fields, replace

from prompter.kb.model import KnowledgeBase

# Raised when the content of a revision changes its shape or its meaning: older files are then compiled anew.
FORMAT = 3


class _Stored(Struct, frozen=True):
    """A revision's file. The checksum finds a damaged one."""

    format: int
    revision: str
    checksum: int
    base: msgspec.Raw


def name_of(base: KnowledgeBase) -> str:
    """The hash that names a base's content: 16 hex digits."""
    return _name(_body(base))


def to_json(base: KnowledgeBase) -> bytes:
    """The whole base; the same base always gives the same bytes."""
    body = _body(base)
    return msgspec.json.encode(_Stored(FORMAT, _name(body), crc32(body), msgspec.Raw(body)))


def from_json(data: bytes) -> KnowledgeBase:
    """The base that `to_json` wrote. ValueError if the file is damaged or of another format."""
    try:
        with uncollected():
            stored = _checked(data)
            base = msgspec.json.decode(stored.base, type=KnowledgeBase)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError("not a revision of this format") from error
    return replace(base, revision=stored.revision)


def from_json_gently(data: bytes, rest: Callable[[], None]) -> KnowledgeBase:
    """As `from_json`, resting often: decoded at once in a thread, a large base would hold up a key."""
    try:
        stored = _checked(data)
        rest()
        parts = msgspec.json.decode(stored.base, type=dict[str, msgspec.Raw])
        values = {
            field.name: _decoded(parts[field.name], field.type, rest)
            for field in fields(KnowledgeBase)
            if field.required or field.name in parts
        }
    except (msgspec.DecodeError, RecursionError, KeyError) as error:
        raise ValueError("not a revision of this format") from error
    return KnowledgeBase(**{**values, "revision": stored.revision})


_AT_ONCE = 250
"""Entries decoded without a rest: about 2 ms."""


def _decoded(part: msgspec.Raw, type_: Any, rest: Callable[[], None]) -> Any:
    """One field of the base; a mapping of many entries some at a time."""
    rest()
    if get_origin(type_) is not Mapping:
        return msgspec.json.decode(part, type=type_)
    decoder = msgspec.json.Decoder(get_args(type_)[1])
    entries = {}
    for number, (id_, entry) in enumerate(msgspec.json.decode(part, type=dict[str, msgspec.Raw]).items(), 1):
        entries[id_] = decoder.decode(entry)
        if number % _AT_ONCE == 0:
            rest()
    return entries


def _checked(data: bytes) -> _Stored:
    stored = msgspec.json.decode(data, type=_Stored)
    if stored.format != FORMAT or crc32(stored.base) != stored.checksum:
        raise ValueError("the revision is damaged or of another format")
    return stored


def _body(base: KnowledgeBase) -> bytes:
    return msgspec.json.encode(replace(base, revision=""))


def _name(body: bytes) -> str:
    from hashlib import sha256  # OpenSSL takes 3 ms to load, and a start from a revision needs none of it

    return sha256(body).hexdigest()[:16]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Tens of thousands of objects that all stay: to look through them for garbage only costs time.

    They are put out of the collector's sight for good: its next look would stop every key for 0.1 s.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.enable()
