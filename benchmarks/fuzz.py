"""Many spoilt files: does anything crash, hang or fill the memory?

python -m benchmarks.fuzz [--files 100000] [--seed 1] [--jobs 2] [--only NUMBER] [--kb DIR]

Each number spoils one file in one to four ways (`mutations.py`) and gives it to the code that reads it:

- nine in ten are files of the base: read, checked, built as `prompter check` does it. Allowed are a base or
  `BaseUnusable`, nothing else. Problems must have words; a base must come back the same from its JSON,
  hold no control character, and every card of it must draw;
- the others are the compiled revision, the cache's index and the settings file: the first two may only cost
  time, the last may only be refused in words.

A number's file depends on `--seed` and the number alone: `--only` repeats it and leaves the file. Exit code 1
if anything failed, if a file took longer than the limit, or if a process grew over 200 MB. Unix only.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from shutil import copytree
from unittest.mock import patch

from msgspec import Struct, field

from benchmarks.mutations import mutate
from prompter import settings
from prompter.call.view.card import ready_card
from prompter.call.view.parts import Viewer
from prompter.kb import gather
from prompter.kb.build import load_sources
from prompter.kb.codes import describe
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import open_base
from prompter.kb.problems import BaseUnusable, Problem
from prompter.kb.read import Source
from prompter.kb.revision import from_json, to_json
from prompter.kb.source import bundled, fingerprint
from prompter.text.safe import unsafe_at

LIMIT = 2.0
"""Seconds that one file may take; the machine may be busy."""
MOST_MEMORY = 200
"""MB that a process may grow to."""
_HUNG = 30.0
_VIEWER = Viewer(operator="Айгуль", gender="f", department="", language="", ui="ru")
_SETTINGS = 'operator = "Айгуль"\nform = "f"\nui = "ru"\nbell = true\nkeep_days = 90\ndepartment = ""\n'


class Failure(Struct):
    """What went wrong with a number's file."""

    number: int
    file: str
    what: str


class Result(Struct):
    """The results of some numbers: counts by ending, the failures, the slowest, the peak memory."""

    ends: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    slowest: float = 0.0
    memory: int = 0

    def add(self, other: Result) -> None:
        """Add another process's result."""
        self.ends.update(other.ends)
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)


_Read = tuple[Source | None, list[Problem]]


class TooLong(Exception):
    """A file took longer than the limit."""


@contextmanager
def _limited() -> Iterator[None]:
    def stop(_signal: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Bench:
    """A copy of the base in its own folder, whose files are spoilt in turn and restored."""

    def __init__(self, base: Path, folder: Path, seed: int) -> None:
        self.seed = seed
        self._remembered: dict[tuple[object, ...], _Read] = {}
        self.folder = folder / "kb"
        self.home = folder / "home"
        copytree(base, self.folder)
        self.home.mkdir()
        settings.file(self.home).write_text(_SETTINGS, encoding="utf-8")
        open_base(self.folder, self.home)
        names = [name for name, *_ in fingerprint(self.folder)]
        self.sources = [self.folder / name for name in names]
        self.others = [
            *sorted(self.home.glob("*.json")),
            *self.home.glob("*/*.json"),
            settings.file(self.home),
        ]
        self.bytes = {path: path.read_bytes() for path in (*self.sources, *self.others)}

    def spoil(self, number: int) -> tuple[Path, bytes]:
        """Which file the number spoils, and its new content."""
        chance = Random(f"{self.seed}:{number}")
        path = chance.choice(self.sources if chance.random() < 0.9 else self.others)
        return path, mutate(chance, self.bytes[path], list(self.bytes.values()))

    def run(self, numbers: Iterable[int]) -> Result:
        """Spoil, read and restore for every number."""
        result = Result()
        for number in numbers:
            path, data = self.spoil(number)
            path.write_bytes(data)
            began = time.perf_counter()
            try:
                with _limited():
                    end = self.read(path)
            except Exception:  # noqa: BLE001  # whatever it is: that is what is looked for
                end = "FAILED"
                result.failures.append(Failure(number, path.name, traceback.format_exc()))
            result.ends[end] += 1
            result.slowest = max(result.slowest, time.perf_counter() - began)
            path.write_bytes(self.bytes[path])
            if number % 25 == 0:  # a compilation leaves its garbage to its process, which does many here
                gc.unfreeze()
                gc.collect()
        result.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << (20 if _MAC else 10))
        return result

    def read(self, path: Path) -> str:
        """Read the file with the code under test; returns how that ended."""
        if path in self.sources:
            with patch.object(gather, "_read_file", self._reader(path)):
                return self._source()
        if path == settings.file(self.home):
            try:
                settings.load(self.home, {}, {})
            except (settings.BadSetting, settings.UnreadableSettings):
                return "settings refused"
            return "settings read"
        _sound(open_base(self.folder, self.home).base)
        for cached in self.home.glob("revisions/*.json"):
            if cached not in self.bytes:  # a foreign revision: nothing but ours may have been compiled
                raise AssertionError(f"another revision: {cached.name}")
        return "cache mended or unhurt"

    def _reader(self, spoilt: Path) -> Callable[..., _Read]:
        """`gather._read_file`, caching files that are not spoilt: five times as many numbers."""
        read: Callable[..., _Read] = gather._read_file

        def remembering(folder: Path, name: str, *how: object) -> _Read:
            if folder / name == spoilt:
                return read(folder, name, *how)
            if (name, *how) not in self._remembered:
                self._remembered[(name, *how)] = read(folder, name, *how)
            source, problems = self._remembered[(name, *how)]
            return source, [*problems]

        return remembering

    def _source(self) -> str:
        try:
            base, problems = load_sources(self.folder)
        except BaseUnusable as unusable:
            base, problems = None, unusable.problems
        for problem in problems:
            words = " ".join(filter(None, describe(problem, str)))
            if problem.code in words or unsafe_at(problem.place.file) is not None:
                raise AssertionError(f"no words for {problem}")
        if base is None:
            return "base refused"
        _sound(base)
        return "base accepted"


def _sound(base: KnowledgeBase) -> None:
    data = to_json(base)
    if from_json(data) != base:
        raise AssertionError("another base came back")
    if (at := unsafe_at(data.decode())) is not None:
        raise AssertionError(f"U+{ord(data.decode()[at]):04X} in a base")
    for step in base.steps:
        ready_card(base, step, _VIEWER, 0.0)


_MAC = sys.platform == "darwin"


# --- processes ----------------------------------------------------------------------------------------


@contextmanager
def bench(base: Path, seed: int) -> Iterator[Bench]:
    """A bench in a folder in memory if possible: a hundred thousand files wear out a disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Bench(base, Path(folder), seed)


def _work(base: Path, seed: int, numbers: range, told: Connection) -> None:
    with bench(base, seed) as ours:
        for start in range(0, len(numbers), 200):
            faulthandler.dump_traceback_later(200 * LIMIT + _HUNG, exit=True)  # hung where no signal reaches
            told.send(ours.run(numbers[start : start + 200]))


def spread(base: Path, seed: int, count: int, jobs: int) -> Result:
    """Run the numbers up to `count` in several processes, with a progress line now and then."""
    context = multiprocessing.get_context("spawn")
    total, done = Result(), 0
    readers: dict[Connection, BaseProcess] = {}
    for job in range(jobs):
        reader, writer = context.Pipe(duplex=False)
        process: BaseProcess = context.Process(
            target=_work, args=(base, seed, range(job, count, jobs), writer)
        )
        process.start()
        writer.close()
        readers[reader] = process
    last = time.monotonic()
    while readers:
        for ready in wait(list(readers)):
            reader = next(one for one in readers if one is ready)
            try:
                result = reader.recv()
            except EOFError:
                ended = readers.pop(reader)
                ended.join()
                if ended.exitcode:
                    total.failures.append(Failure(-1, "", f"a process died: exit code {ended.exitcode}"))
                continue
            total.add(result)
            done += sum(result.ends.values())
        if time.monotonic() - last > 20:
            last = time.monotonic()
            print(f"{done} of {count}, {len(total.failures)} failures, {total.memory} MB", file=sys.stderr)
    return total


def main() -> int:
    """Run what the arguments ask for; returns 0 if nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--kb", type=Path, default=bundled())
    given = parser.parse_args()
    began = time.monotonic()
    if given.only is not None:
        folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        ours = Bench(given.kb, folder, given.seed)
        path, data = ours.spoil(given.only)
        (folder / path.name).write_bytes(data)
        print(f"{path.relative_to(folder)}, spoilt: {folder / path.name}")
        total = ours.run([given.only])
    else:
        total = spread(given.kb, given.seed, given.files, given.jobs)
    for failure in total.failures[:20]:
        print(f"--only {failure.number} --seed {given.seed}: {failure.file}\n{failure.what}")
    for end, times in total.ends.most_common():
        print(f"{times:8}  {end}")
    print(
        f"{len(total.failures)} failures; slowest file {total.slowest * 1000:.0f} ms; "
        f"memory {total.memory} MB at most; {time.monotonic() - began:.0f} s in {given.jobs} processes"
    )
    return int(bool(total.failures) or total.memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
