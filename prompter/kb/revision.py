"""A checked base as one immutable JSON file, named by its hash: what the program runs on.

`opening` says where they are kept, and when one is used instead of the YAML.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zlib import crc32

import msgspec
import msgspec.json
from msgspec import Struct
from msgspec.structs import fields, replace

from prompter.kb.model import KnowledgeBase, Step

# Increase it when a revision's content changes shape or meaning: older files are then compiled anew.
FORMAT = 4


class _Stored(Struct, frozen=True):
    """A revision's file. The checksum detects damage."""

    format: int
    revision: str
    checksum: int
    base: msgspec.Raw


def name_of(base: KnowledgeBase) -> str:
    """The hash that identifies a base's content: 16 hex digits."""
    return _name(_body(base))


def to_json(base: KnowledgeBase) -> bytes:
    """The whole base; the same base always gives the same bytes."""
    body = _body(base)
    return msgspec.json.encode(_Stored(FORMAT, _name(body), crc32(body), msgspec.Raw(body)))


def from_json(data: bytes) -> KnowledgeBase:
    """The base that `to_json` wrote. Raises ValueError if the file is damaged or of another format."""
    try:
        with uncollected():
            stored = _checked(data)
            base = msgspec.json.decode(stored.base, type=KnowledgeBase)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError("not a revision of this format") from error
    return replace(base, revision=stored.revision)


def from_json_lazily(data: bytes, rest: Callable[[], None] | None = None) -> KnowledgeBase:
    """Like `from_json`, but each step is decoded on demand: a call needs few of 10,000.

    In a thread beside the screen `rest` is called between the parts, so that no key waits for the whole.
    """
    rest = rest or _go_on
    try:
        stored = _checked(data)
        rest()
        parts = msgspec.json.decode(stored.base, type=dict[str, msgspec.Raw])
        values: dict[str, Any] = {}
        for field in fields(KnowledgeBase):
            rest()
            if field.name == "steps":
                values["steps"] = _Steps(parts["steps"])
            elif field.required or field.name in parts:
                values[field.name] = msgspec.json.decode(parts[field.name], type=field.type)
    except (msgspec.DecodeError, RecursionError, KeyError) as error:
        raise ValueError("not a revision of this format") from error
    return KnowledgeBase(**{**values, "revision": stored.revision})


def _go_on() -> None:
    pass


class _Steps(Mapping[str, Step]):
    """Steps decoded on demand; the file's checksum guarantees that they can be."""

    def __init__(self, encoded: msgspec.Raw) -> None:
        self._encoded = msgspec.json.decode(encoded, type=dict[str, msgspec.Raw])
        self._decoder = msgspec.json.Decoder(Step)
        self._decoded: dict[str, Step] = {}

    def __getitem__(self, id_: str) -> Step:
        step = self._decoded.get(id_)
        if step is None:
            step = self._decoded[id_] = self._decoder.decode(self._encoded[id_])
        return step

    def __contains__(self, id_: object) -> bool:
        return id_ in self._encoded

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


def _checked(data: bytes) -> _Stored:
    stored = msgspec.json.decode(data, type=_Stored)
    if stored.format != FORMAT or crc32(stored.base) != stored.checksum:
        raise ValueError("the revision is damaged or of another format")
    return stored


def _body(base: KnowledgeBase) -> bytes:
    return msgspec.json.encode(replace(base, revision="", steps=dict(base.steps)))


def _name(body: bytes) -> str:
    from hashlib import sha256  # OpenSSL takes 3 ms to load, and a start from a revision needs none of it

    return sha256(body).hexdigest()[:16]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Pause garbage collection while creating tens of thousands of objects that all stay.

    They are frozen for good: otherwise the collector's next scan would block every key for 0.1 s.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.enable()
