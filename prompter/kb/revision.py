"""A checked base as one immutable JSON file, named by its hash: what the program runs on.

A start from an unchanged base reads that file and nothing else: no YAML, no schema, no checks are
imported on that way. In the cache folder stand `revisions/<hash>.json` and, for each base's folder,
`current-<hash of its path>.json`: which revision its files gave, and what they looked like then.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prompter.kb.model import (
    Answer,
    KnowledgeBase,
    Norm,
    Outcome,
    Phrase,
    Scenario,
    Step,
    Word,
    Wording,
)
from prompter.kb.problems import BaseUnusable, Place, Problem
from prompter.kb.source import Fingerprint, fingerprint

KEEP = 20
"""How many revisions stay in the cache."""

# Raised when the content of a revision changes its shape or its meaning: older files are then compiled anew.
_FORMAT = 1
_HEAD = f'{{"format":{_FORMAT},"revision":"'.encode()
_MIDDLE = b'","base":'
_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A base ready for use. `stale`: its files are broken now (`problems`), this is the last good one."""

    base: KnowledgeBase
    problems: list[Problem]
    stale: bool = False


def name_of(base: KnowledgeBase) -> str:
    """The hash that names a base's content: 16 hex digits."""
    return _hash(_body(base))


def to_json(base: KnowledgeBase) -> bytes:
    """The whole base; the same base always gives the same bytes."""
    body = _body(base)
    return _HEAD + _hash(body).encode() + _MIDDLE + body + b"}"


def from_json(data: bytes) -> KnowledgeBase:
    """The base that `to_json` wrote. ValueError if the file is damaged or of another format."""
    start = len(_HEAD) + 16
    name, body = data[len(_HEAD) : start], data[start + len(_MIDDLE) : -1]
    if data[: len(_HEAD)] != _HEAD or data[start : start + len(_MIDDLE)] != _MIDDLE:
        raise ValueError("not a revision of this format")
    if _hash(body).encode() != name:
        raise ValueError("the revision is damaged")
    try:
        with uncollected():
            return _base(name.decode(), json.loads(body))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a revision of this format") from error


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


def open_base(folder: Path, cache: Path) -> Opened:
    """The base in `folder`: from the cache when its files are unchanged, else compiled and cached.

    If the files are broken now, the last good revision of this folder, with the problems; BaseUnusable
    if there is none. A cache that cannot be read or written only costs time.
    """
    look = fingerprint(folder)
    index = _read_index(folder, cache)
    if index is not None and index["fingerprint"] == look:
        base = load_revision(cache, index["revision"])
        if base is not None:
            return Opened(base, index["problems"])
    from prompter.kb.build import load_sources

    try:
        base, problems = load_sources(folder)
    except BaseUnusable as broken:
        last = load_revision(cache, index["revision"]) if index is not None else None
        if last is None:
            raise
        return Opened(last, broken.problems, stale=True)
    _store(folder, cache, look, base, problems)
    return Opened(base, problems)


def load_revision(cache: Path, name: str) -> KnowledgeBase | None:
    """A stored revision by its hash; None if it is not there or damaged."""
    if not _NAME.fullmatch(name):
        return None
    try:
        base = from_json(_revision_file(cache, name).read_bytes())
    except (OSError, ValueError):
        return None
    return base if base.revision == name else None


# The cache


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _revision_file(cache: Path, name: str) -> Path:
    return cache / "revisions" / f"{name}.json"


def _index_file(folder: Path, cache: Path) -> Path:
    path = os.path.normcase(os.path.realpath(folder))
    return cache / f"current-{_hash(path.encode('utf-8', 'surrogateescape'))}.json"


def _read_index(folder: Path, cache: Path) -> dict[str, Any] | None:
    try:
        index = json.loads(_index_file(folder, cache).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    shape = {"format": int, "fingerprint": list, "revision": str, "problems": list}
    if not isinstance(index, dict) or not all(isinstance(index.get(k), t) for k, t in shape.items()):
        return None
    if index["format"] != _FORMAT:
        return None
    try:
        index["problems"] = [_problem(one) for one in index["problems"]]
    except (TypeError, ValueError):
        return None
    return index


def _store(
    folder: Path, cache: Path, look: Fingerprint, base: KnowledgeBase, problems: list[Problem]
) -> None:
    index = {
        "format": _FORMAT,
        "fingerprint": look,
        "revision": base.revision,
        "problems": [_problem_data(one) for one in problems],
    }
    # A full disk or a folder of somebody else's: the program works on, only slower at the next start.
    with contextlib.suppress(OSError):
        (cache / "revisions").mkdir(parents=True, exist_ok=True)
        _write(_revision_file(cache, base.revision), to_json(base))
        _write(_index_file(folder, cache), json.dumps(index, ensure_ascii=False).encode())
        _prune(cache)


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _prune(cache: Path) -> None:
    """Remove all but the newest revisions; one that a folder's index names stays, however old."""
    current = set()
    for path in cache.glob("current-*.json"):
        with contextlib.suppress(OSError, ValueError, RecursionError, TypeError, KeyError):
            current.add(json.loads(path.read_bytes())["revision"])
    files = sorted(
        (cache / "revisions").glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )
    for path in files[KEEP:]:
        if path.stem not in current:
            path.unlink(missing_ok=True)


def _problem_data(problem: Problem) -> list[Any]:
    other = problem.other
    return [
        [problem.place.file, problem.place.line, problem.place.col],
        problem.code,
        problem.args,
        problem.severity,
        [other.file, other.line, other.col] if other else None,
    ]


def _problem(data: list[Any]) -> Problem:
    place, code, args, severity, other = data
    return Problem(Place(*place), code, args, severity, Place(*other) if other else None)


# Objects to JSON and back. A field that has its default is left out, so that most steps are short.


def _body(base: KnowledgeBase) -> bytes:
    phrases = {step.say.id: step.say for step in base.steps.values() if step.say is not None}
    content = {
        "company": base.company,
        "languages": base.languages,
        "open": base.open,
        "outgoing": base.outgoing,
        "talk": base.talk,
        "show_drafts": base.show_drafts,
        "departments": base.departments,
        "marks": base.marks,
        "norms": [_filled(one) for one in base.norms.values()],
        "outcomes": [_filled(one) for one in base.outcomes.values()],
        "words": [_filled(one) for one in base.words.values()],
        "phrases": {name: _phrase_data(one) for name, one in phrases.items()},
        "scenarios": [_filled(one) for one in base.scenarios.values()],
        "steps": [_step_data(one) for one in base.steps.values()],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _filled(one: Norm | Outcome | Word | Scenario | Step | Answer) -> dict[str, Any]:
    """Every field that holds something; an empty text, list or mapping, `False`, 0 and None are defaults."""
    found = ((name, getattr(one, name)) for name in one.__slots__)
    return {name: value for name, value in found if value}


def _phrase_data(phrase: Phrase) -> dict[str, list[list[Any]]]:
    return {
        language: [[one.text, one.hash, one.approved] for one in wordings]
        for language, wordings in phrase.wordings.items()
    }


def _step_data(step: Step) -> dict[str, Any]:
    data = _filled(step)
    if step.say is not None:
        data["say"] = step.say.id
    if step.answers:
        data["answers"] = [_filled(one) for one in step.answers]
    return data


def _base(name: str, data: dict[str, Any]) -> KnowledgeBase:
    phrases = {
        phrase: Phrase(
            phrase, {language: tuple([Wording(*one) for one in texts]) for language, texts in found.items()}
        )
        for phrase, found in data.pop("phrases").items()
    }
    return KnowledgeBase(
        **{
            **data,
            "revision": name,
            "languages": tuple(data["languages"]),
            "norms": {one["id"]: Norm(**one) for one in data["norms"]},
            "outcomes": {one["id"]: _outcome(one) for one in data["outcomes"]},
            "words": {one["id"]: Word(**one) for one in data["words"]},
            "scenarios": {one["id"]: _scenario(one) for one in data["scenarios"]},
            "steps": {one["id"]: _step(one, phrases) for one in data["steps"]},
        }
    )


def _lists(data: dict[str, Any], *names: str) -> None:
    """Lists under languages become tuples, where they are."""
    for name in names:
        if name in data:
            data[name] = {language: tuple(texts) for language, texts in data[name].items()}


def _outcome(data: dict[str, Any]) -> Outcome:
    if "requires" in data:
        data["requires"] = tuple(data["requires"])
    return Outcome(**data)


def _scenario(data: dict[str, Any]) -> Scenario:
    data["steps"] = tuple(data["steps"])
    if "departments" in data:
        data["departments"] = tuple(data["departments"])
    _lists(data, "caller")
    return Scenario(**data)


def _answer(data: dict[str, Any]) -> Answer:
    _lists(data, "replies")
    return Answer(**data)


def _step(data: dict[str, Any], phrases: dict[str, Phrase]) -> Step:
    if "say" in data:
        data["say"] = phrases[data["say"]]
    if "answers" in data:
        data["answers"] = tuple([_answer(one) for one in data["answers"]])
    if "late" in data:
        data["late"] = tuple(data["late"])
    _lists(data, "never")
    return Step(**data)
