"""A checked base as one immutable JSON file, named by its hash: what the program runs on.

Where they are kept, and when one is taken instead of the YAML, is told in `opening`.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from zlib import crc32

import msgspec
import msgspec.json
from msgspec import Struct
from msgspec.structs import replace

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
    from hashlib import sha256  # OpenSSL takes 3 ms to load, and a start from a revision needs none of it

    return sha256(_body(base)).hexdigest()[:16]


def to_json(base: KnowledgeBase) -> bytes:
    """The whole base; the same base always gives the same bytes."""
    body = _body(base)
    return msgspec.json.encode(_Stored(FORMAT, name_of(base), crc32(body), msgspec.Raw(body)))


def from_json(data: bytes) -> KnowledgeBase:
    """The base that `to_json` wrote. ValueError if the file is damaged or of another format."""
    try:
        with uncollected():
            stored = msgspec.json.decode(data, type=_Stored)
            if stored.format != FORMAT or crc32(stored.base) != stored.checksum:
                raise ValueError("the revision is damaged or of another format")
            base = msgspec.json.decode(stored.base, type=KnowledgeBase)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError("not a revision of this format") from error
    return replace(base, revision=stored.revision)


def _body(base: KnowledgeBase) -> bytes:
    return msgspec.json.encode(replace(base, revision=""))


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Tens of thousands of objects that all stay: collecting garbage in between only costs time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
