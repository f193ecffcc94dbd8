"""The command line as tests run it: in this process with what it told, or in one of its own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pytest

from prompter.cli import main


class Told(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command in this process."""
    yield from running(capsys)


def running(capsys: pytest.CaptureFixture[str], *before: object) -> Iterator[Run]:
    """For a fixture: runs commands in this process, each with the arguments `before` in front of its own."""

    def call(*arguments: object) -> Told:
        try:
            code = main([str(one) for one in (*before, *arguments)])
        except SystemExit as left:
            code = left.code
        assert code in (0, 1, 2)
        return Told(code, *capsys.readouterr())

    yield call
    gc.enable()  # a command that ends with its process switches it off


def started(
    *arguments: str, env: Mapping[str, str] | None = None, stdout: int | None = None, stdin: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "prompter", *arguments]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "", **(env or {})},
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        timeout=60,
    )
