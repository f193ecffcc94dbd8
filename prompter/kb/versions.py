"""Earlier texts of a phrase, from git: the only module that knows of git.

git is only read. It runs without a pager, prompts, hooks or the network, and never for long.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from prompter.kb import schema, yamlread
from prompter.kb.read import read_by
from prompter.kb.source import SCENARIOS
from prompter.text.safe import clean_line

NO_GIT, NO_REPOSITORY, FAILED = "no-git", "no-repository", "failed"
"""Why there is no history: git is not installed, the folder is in no repository, or git failed otherwise."""

MOST_COMMITS = 300
_SECONDS = 20.0
_SAFE = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C.UTF-8",
}


class NoHistory(Exception):
    """git has no history of this folder: `code` is one of the constants above, `reason` in git's words."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(f"{code}: {reason}")
        self.code, self.reason = code, reason


Texts = dict[str, tuple[str, ...]]
"""The wordings of a phrase by language."""


class Version(Struct, frozen=True):
    """A phrase as of one commit: `at` in Unix seconds, `texts` by language, empty if it was gone.

    `phrase` is its name at the time.
    """

    commit: str
    at: float
    author: str
    subject: str
    phrase: str
    texts: Texts = field(default_factory=dict)


def versions(folder: Path, phrase: str) -> list[Version]:
    """Every commit that changed the phrase's texts, newest first. Raises NoHistory.

    A renamed file is followed, and so is a renamed step if one of its texts stayed the same.
    """
    scenario, _dot, step = phrase.partition(".")
    commits = list(_commits(folder, f"{SCENARIOS}/{scenario}.yaml"))
    found: list[Version] = []
    contents = _contents(folder, [f"{commit}:{path}" for commit, _at, _who, _what, path in commits])
    for (commit, at, author, subject, path), data in zip(commits, contents, strict=True):
        steps = _steps(data, path) if data is not None else {}
        if steps is None:  # a commit with a syntax error in the file is skipped
            continue
        step = _same_step(step, steps, found[-1] if found else None)
        name = f"{path.rpartition('/')[2].removesuffix('.yaml')}.{step}"
        texts = steps.get(step, {})
        if found and texts == found[-1].texts:
            found.pop()  # of two equal ones the older commit made the change
        found.append(Version(commit, at, author, subject, clean_line(name), texts))
    while found and not found[-1].texts:
        found.pop()
    return found


def _same_step(step: str, steps: dict[str, Texts], later: Version | None) -> str:
    """The step's name in an older file: its own, else that of the step with one of its texts."""
    if step in steps or later is None:
        return step
    for name, texts in steps.items():
        if any(words and words == later.texts.get(lang) for lang, words in texts.items()):
            return name
    return step


def _commits(folder: Path, path: str) -> Iterator[tuple[str, float, str, str, str]]:
    """Commit, time, author, subject, and the file's name at the time, relative to the repository."""
    form = "--format=%x1e%H%x1f%at%x1f%an%x1f%s%x1f"
    output = _git(
        folder,
        "log",
        "--follow",
        f"-n{MOST_COMMITS}",
        "--encoding=UTF-8",
        form,
        "--name-only",
        "--no-show-signature",
        "--",
        path,
    ).decode("utf-8", "replace")
    for record in output.split("\x1e")[1:]:
        commit, at, author, subject, names = record.split("\x1f", 4)
        if name := names.strip():
            yield commit, float(at), clean_line(author), clean_line(subject), name


def _contents(folder: Path, names: list[str]) -> Iterator[bytes | None]:
    """The content of each `commit:path`; None if the commit deleted the file."""
    if not names:
        return
    output = _git(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    at = 0
    for _name in names:
        end = output.index(b"\n", at)
        head, at = output[at:end], end + 1
        if head.endswith(b" missing"):
            yield None
            continue
        size = int(head.rpartition(b" ")[2])
        yield output[at : at + size]
        at += size + 1


def _steps(data: bytes, path: str) -> dict[str, Texts] | None:
    """The texts of each step in an old file; None if it cannot be parsed."""
    node, _problems = yamlread.read(data, path)
    if not isinstance(node, yamlread.Mapping):
        return None
    read, _problems = read_by(node, schema.SCENARIO, path)
    steps: dict[str, Any] = read.data.get("steps") or {}
    return {
        name: {lang: tuple(filter(None, texts)) for lang, texts in say.items()}
        for name, one in steps.items()
        if isinstance(say := one.get("say"), dict)
    }


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "--no-pager", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-C"]
    try:
        done = subprocess.run(
            [*command, os.fspath(folder), *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, **_SAFE},
        )
    except FileNotFoundError:
        raise NoHistory(NO_GIT) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoHistory(FAILED, clean_line(str(error))) from error
    if done.returncode:
        reason = clean_line(done.stderr.decode("utf-8", "replace"))
        raise NoHistory(NO_REPOSITORY if "not a git repository" in reason else FAILED, reason)
    return done.stdout
