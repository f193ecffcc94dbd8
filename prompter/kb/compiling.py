"""The child process that compiles a saved base, so that parsing never delays a key.

    python -P -m prompter.kb.compiling FOLDER CACHE

The revision is written to the cache; one line of JSON, a `Compiled`, reports its name and the problems.
Parsing in a thread of the screen's process would delay keys by 100 to 200 ms, a separate process by 10.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec
import msgspec.json
from msgspec import Struct

from prompter.kb.problems import Problem

LIMIT_SECONDS = 60.0
"""How long a compilation may take before it counts as hung; 10,000 phrases take about two seconds."""

COMMAND = (sys.executable, "-P", "-m", "prompter.kb.compiling")
"""Run with the two folders appended. `-P`: nothing is imported from the current folder."""

_NICENESS = 5
"""The child yields to the screen and the softphone."""


class Compiled(Struct, frozen=True):
    """The result: a revision's name with its warnings, or "" with the errors.

    `unapproved` are the phrases that this edit hid from operators.
    """

    revision: str
    problems: list[Problem]
    unapproved: tuple[str, ...] = ()


class CompilerFailed(Exception):
    """The child died, hung, or could not be started: nothing is known about the files."""


class Compiler:
    """Runs one child at a time. `stop` is thread-safe, also while a child runs."""

    def __init__(self, limit: float = LIMIT_SECONDS, command: Sequence[str] = COMMAND) -> None:
        self._limit, self._command = limit, command
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()

    def compile(self, folder: Path, cache: Path) -> Compiled:
        """Compile the folder's files into the cache. Raises CompilerFailed."""
        output = self._run([*self._command, os.fspath(folder), os.fspath(cache)])
        try:
            return msgspec.json.decode(output, type=Compiled)
        except msgspec.DecodeError as error:
            raise CompilerFailed("no answer") from error

    def stop(self) -> None:
        """Kill the running child and start no more."""
        self._stopped.set()
        if child := self._child:
            child.kill()

    def _run(self, command: list[str]) -> bytes:
        # While this process lives it holds the write end of the child's input; see `_die_with_parent`.
        try:
            lifeline, held = os.pipe()
        except OSError as error:
            raise CompilerFailed(str(error)) from error
        try:
            child = subprocess.Popen(
                command,
                stdin=lifeline,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=_WINDOWS_FLAGS,
            )
        except OSError as error:
            os.close(held)
            raise CompilerFailed(str(error)) from error
        finally:
            os.close(lifeline)
        self._child = child
        try:
            if self._stopped.is_set():
                child.kill()
            output, _ = child.communicate(timeout=self._limit)
        except subprocess.TimeoutExpired as error:
            raise CompilerFailed("timeout") from error
        finally:
            os.close(held)
            self._child = None
            _end(child)
        if child.returncode:
            raise CompilerFailed(f"exit code {child.returncode}")
        return output


if sys.platform == "win32":
    _WINDOWS_FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _WINDOWS_FLAGS = 0


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    if child.stdout:
        child.stdout.close()
    with contextlib.suppress(subprocess.TimeoutExpired):  # stuck on a dead network share
        child.wait(1)


def main() -> int:
    """Compile once and print the result; returns 0 even if the files have problems."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from prompter.kb.changes import no_longer_approved
    from prompter.kb.opening import open_base
    from prompter.kb.problems import BaseUnusable

    folder, cache = map(Path, sys.argv[1:])
    try:
        opened = open_base(folder, cache)
    except BaseUnusable as broken:
        compiled = Compiled("", broken.problems)
    else:
        lost = no_longer_approved(opened.before, opened.base) if opened.before else ()
        compiled = Compiled("" if opened.stale else opened.base.revision, opened.problems, lost)
    sys.stdout.buffer.write(msgspec.json.encode(compiled))
    return 0


def _die_with_parent() -> None:
    """Exit at once when the parent is gone, for whatever reason: our input is then closed."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
