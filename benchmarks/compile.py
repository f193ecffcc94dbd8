"""From YAML to a base in use, against only parsing the same files with libyaml.

python -m benchmarks.compile [--pairs 10] [--phrases 10000] [--files 2000]

First everything: `load_sources`, that is reading, checking and building, as many times as the reference:
`for event in yaml.parse(text, Loader=yaml.CSafeLoader)` over the same files. Then what a trainer's save
costs: one file of all is edited and `open_base` runs in a fresh process.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.largebase import FILES, PHRASES, make
from benchmarks.stats import machine, paired, report, table
from prompter.kb.build import load_sources
from prompter.kb.opening import open_base

GOAL = 3.0
GOAL_EDIT_MS = 300

_OPEN = """
import sys, time
start = time.perf_counter(), time.process_time()
from pathlib import Path
from prompter.kb.opening import open_base
opened = open_base(Path(sys.argv[1]), Path(sys.argv[2]))
assert not opened.stale
print(time.perf_counter() - start[0], time.process_time() - start[1])
"""


def events(files: list[Path]) -> float:
    """Milliseconds to parse every file and use nothing of it."""
    start = time.process_time()
    for path in files:
        for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            pass
    return (time.process_time() - start) * 1000


def everything(folder: Path) -> float:
    """Milliseconds to compile the whole base."""
    start = time.process_time()
    load_sources(folder)
    return (time.process_time() - start) * 1000


def edit(folder: Path, number: int) -> None:
    """Change a text in one scenario, as a trainer would."""
    path = folder / "scenarios" / "case-0007.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Вопрос", f"Вопрос {number},", 1), encoding="utf-8", newline="\n")


def after_an_edit(folder: Path, cache: Path, number: int) -> tuple[float, float, float]:
    """Milliseconds in a fresh process: wall, processor, and wall with the interpreter's start."""
    edit(folder, number)
    start = time.perf_counter()
    command = [sys.executable, "-c", _OPEN, str(folder), str(cache)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    whole = time.perf_counter() - start
    wall, processor = map(float, told.split())
    return wall * 1000, processor * 1000, whole * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, value in (("pairs", 10), ("phrases", PHRASES), ("files", FILES)):
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    options = parser.parse_args()
    print(machine())
    with TemporaryDirectory(prefix="prompter-bench-") as top:
        folder, cache = make(Path(top) / "kb", options.phrases, options.files), Path(top) / "cache"
        files = sorted(folder.rglob("*.yaml"))
        result = paired(lambda: everything(folder), lambda: events(files), options.pairs)
        print(report(f"Compile of {options.phrases} phrases, processor time", result, GOAL))
        open_base(folder, cache)
        edits = [after_an_edit(folder, cache, number) for number in range(options.pairs)]
    names = ("open_base, by the clock", "open_base, processor time", "with the interpreter's start")
    rows = [
        (name, f"{statistics.median(times):.0f} ms", f"{min(times):.0f} ms")
        for name, times in zip(names, zip(*edits, strict=True), strict=True)
    ]
    print(f"One changed file of {options.files}, in a fresh process (goal {GOAL_EDIT_MS} ms)")
    print(table(("", "median", "least"), rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
