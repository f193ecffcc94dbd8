"""Opening a base: its last revision if the files are unchanged, else a new one from what changed.

Starting from an unchanged base reads a single file: no YAML, schema or checks are imported. The cache folder
holds `revisions/<hash>.json` and, for each base's folder, `current-<hash of its path>.json`: which revision
its files gave, and their fingerprint at that time.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import msgspec
import msgspec.json
from msgspec import Struct

from prompter import __version__
from prompter.files import read_plain, write_whole
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import BaseUnusable, Problem
from prompter.kb.revision import FORMAT, from_json, from_json_lazily, to_json
from prompter.kb.source import Fingerprint, fingerprint

KEEP = 20
"""How many revisions are kept in the cache."""

# Ten times what 10,000 phrases take.
_MAX_BYTES = 100_000_000
_UNREADABLE = (OSError, msgspec.DecodeError, UnicodeError, RecursionError)
"""What reading a damaged index may raise, or the index of a folder whose name is not valid text."""
_NAME = re.compile(r"[0-9a-f]{16}")


class Opened(Struct, frozen=True):
    """A base ready for use. `stale`: its files have errors now (`problems`), this is the last good one.

    `before` is the folder's previous revision, if it was compiled anew.
    """

    base: KnowledgeBase
    problems: list[Problem]
    stale: bool = False
    before: KnowledgeBase | None = None


class _Index(Struct, frozen=True):
    """Which revision a base's folder gave, with which problems and which fingerprint.

    `program` is the version that read and checked them: another version may judge differently.
    """

    format: int
    program: str
    fingerprint: Fingerprint
    revision: str
    problems: list[Problem]


def open_base(folder: Path, cache: Path) -> Opened:
    """The base in `folder`: from the cache if its files are unchanged, else compiled and cached.

    If the files have errors now, the folder's last good revision with the problems; raises BaseUnusable if
    there is none. A cache that cannot be read or written only costs time.
    """
    look = fingerprint(folder)
    index = _read_index(folder, cache)
    ours = index if index is not None and index.program == __version__ else None
    if ours is not None and ours.fingerprint == look:
        base = load_revision(cache, ours.revision)
        if base is not None:
            return Opened(base, ours.problems)
    good = _stored(cache, index.revision, from_json) if index is not None else None
    from prompter.kb.build import load_sources
    from prompter.kb.settled import Last

    last = Last(good, ours.fingerprint, ours.problems) if good is not None and ours is not None else None
    try:
        base, problems = load_sources(folder, last)
    except BaseUnusable as broken:
        if good is None:
            raise
        return Opened(good, broken.problems, stale=True)
    _store(folder, cache, look, base, problems)
    return Opened(base, problems, before=good)


def last_look(folder: Path, cache: Path, revision: str) -> Fingerprint | None:
    """The fingerprint of the folder's files when they gave this revision; None if unknown."""
    index = _read_index(folder, cache)
    return index.fingerprint if index is not None and index.revision == revision else None


def load_revision(cache: Path, name: str, rest: Callable[[], None] | None = None) -> KnowledgeBase | None:
    """A stored revision by its hash, with steps decoded on demand; None if missing or damaged.

    In a thread beside the screen, `rest` is called often, so that no key waits for the whole.
    """
    return _stored(cache, name, lambda data: from_json_lazily(data, rest))


def _stored(cache: Path, name: str, decode: Callable[[bytes], KnowledgeBase]) -> KnowledgeBase | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        base = decode(read_plain(_revision_file(cache, name), _MAX_BYTES))
    except (OSError, ValueError):
        return None
    return base if base.revision == name else None


def remembers(folder: Path, cache: Path) -> bool:
    """Whether a revision of this folder is cached: its base can then be opened without the folder."""
    index = _read_index(folder, cache)
    return index is not None and _revision_file(cache, index.revision).is_file()


# The cache


def _revision_file(cache: Path, name: str) -> Path:
    return cache / "revisions" / f"{name}.json"


def _index_file(folder: Path, cache: Path) -> Path:
    path = os.path.normcase(os.path.realpath(folder))
    return cache / f"current-{crc32(path.encode('utf-8', 'surrogateescape')):08x}.json"


def _read_index(folder: Path, cache: Path) -> _Index | None:
    try:
        index = msgspec.json.decode(read_plain(_index_file(folder, cache), _MAX_BYTES), type=_Index)
    except _UNREADABLE:
        return None
    return index if index.format == FORMAT else None


def _store(
    folder: Path, cache: Path, look: Fingerprint, base: KnowledgeBase, problems: list[Problem]
) -> None:
    index = _Index(FORMAT, __version__, look, base.revision, problems)
    # A full disk or a folder of somebody else's: the program still works, only its next start is slower. The
    # same holds for a file whose name is not valid text, which JSON cannot hold.
    with contextlib.suppress(OSError, UnicodeEncodeError):
        write_whole(_revision_file(cache, base.revision), to_json(base))
        write_whole(_index_file(folder, cache), msgspec.json.encode(index))
        _prune(cache)


def _prune(cache: Path) -> None:
    """Remove all but the newest revisions, keeping those that a folder's index names."""
    current = set()
    for path in cache.glob("current-*.json"):
        with contextlib.suppress(*_UNREADABLE):
            current.add(msgspec.json.decode(read_plain(path, _MAX_BYTES), type=_Index).revision)
    files = sorted(
        (cache / "revisions").glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )
    for path in files[KEEP:]:
        if path.stem not in current:
            path.unlink(missing_ok=True)
