"""A git repository for a test, with somebody who commits."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")

_WHO = {
    "GIT_AUTHOR_NAME": "Айгуль",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "Айгуль",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git(folder: Path, *arguments: str, day: int = 1) -> int:
    """Run git, on that day of January 2026; its exit code."""
    at = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"2026-01-{day:02}T12:00:00+0000")
    command = ["git", "-C", str(folder), "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **_WHO, **at})
    return done.returncode


def commit(folder: Path, subject: str, day: int = 1) -> None:
    """Commit everything that lies in the folder, which becomes a repository with the first commit."""
    if not (folder / ".git").exists():
        assert git(folder, "init") == 0
    assert git(folder, "add", "-A") == 0
    assert git(folder, "commit", "-m", subject, day=day) == 0
