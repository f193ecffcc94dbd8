"""Many slips of a trainer's hand: is each one reported at its place?

python -m benchmarks.damage [--bases 500] [--seed 1] [--only NUMBER] [--show]

Every number damages one line of the bundled base in one way (`damages.WAYS`) and has it checked as `prompter
check` does. Nothing may crash or hang. A slip that changes what is loaded must be reported by a new problem
within one line of it. Each way's oracle says which changes cannot be recognised in the files, since the
result could have been written on purpose (`Damage.plausible`): these are counted separately. Exit code 1 if
anything crashed or took over the limit, or if less than 95% was reported.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.damages import WAYS, Damage
from benchmarks.stats import machine, table
from prompter.kb.checking import check_folder
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import Problem
from prompter.kb.source import LEDGER_FILE, bundled

BASES = 500
GOAL = 0.95
TODAY = date(2026, 11, 22)
LIMIT = 5.0
"""Seconds that one base may take; the machine may be busy."""

SAME, PLAUSIBLE, NEAR, FAR, UNTOLD = "no change", "plausible", "told", "told elsewhere", "untold"

Kind = tuple[str, tuple[tuple[str, object], ...]]


class Result(Struct, frozen=True):
    """The result of a number: how it ended, and what was reported."""

    number: int
    way: str
    file: str
    damage: Damage
    end: str
    told: list[Problem]
    seconds: float


class Bench:
    """A copy of the base whose files are damaged in turn and restored."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder / "kb", seed
        copytree(bundled(), self.folder)
        self.files = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*.yaml")
            if path.name != LEDGER_FILE
        )
        self.whole, problems = looked_at(self.folder)
        self.usual = Counter(map(_kind, problems))

    def run(self, number: int) -> Result:
        """Damage, check, restore. Exceptions of a check propagate."""
        way, file, damage = self._damage(number)
        path = self.folder / file
        text = path.read_bytes()
        start = time.perf_counter()
        try:
            path.write_text("\n".join(damage.lines), encoding="utf-8", newline="\n")
            base, problems = looked_at(self.folder)
        finally:
            path.write_bytes(text)
        told = _new(problems, self.usual)
        return Result(
            number, way, file, damage, self._end(file, damage, base, told), told, time.perf_counter() - start
        )

    def _damage(self, number: int) -> tuple[str, str, Damage]:
        names = list(WAYS)
        way = names[number % len(names)]
        chance = Random(f"{self.seed} {number}")
        while True:
            # every line of the base is as likely as any other, whatever the size of its file
            sizes = [(self.folder / file).stat().st_size for file in self.files]
            file = chance.choices(self.files, sizes)[0]
            lines = (self.folder / file).read_text(encoding="utf-8").split("\n")
            if damage := WAYS[way](chance, lines):
                return way, file, damage

    def _end(self, file: str, damage: Damage, base: KnowledgeBase | None, told: list[Problem]) -> str:
        if base is not None and base == self.whole:
            return SAME
        places = [place for one in told for place in (one.place, one.other) if place and place.file == file]
        if any(damage.line - 1 <= place.line <= damage.last + 1 for place in places):
            return NEAR
        if damage.plausible and not told:
            return PLAUSIBLE
        return FAR if told else UNTOLD


def looked_at(folder: Path) -> tuple[KnowledgeBase | None, list[Problem]]:
    """The base without its revision's name, None if it is unusable; and every problem."""
    checked = check_folder(folder, TODAY)
    base = checked.base
    return base and replace(base, revision=""), checked.problems


def _kind(problem: Problem) -> Kind:
    """A problem without its place, which moves with the lines above it."""
    return problem.code, tuple(sorted(problem.args.items()))


def _new(problems: list[Problem], usual: Counter[Kind]) -> list[Problem]:
    """Those that the undamaged base does not have."""
    left = usual.copy()
    found = []
    for one in problems:
        if left[_kind(one)] > 0:
            left[_kind(one)] -= 1
        else:
            found.append(one)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bases", type=int, default=BASES, help=f"default {BASES}")
    parser.add_argument("--seed", type=int, default=1, help="default 1")
    parser.add_argument("--only", type=int, help="one number, with what was told")
    parser.add_argument("--show", action="store_true", help="every slip that was not told at its place")
    options = parser.parse_args()
    numbers = range(options.bases) if options.only is None else [options.only]
    with TemporaryDirectory(prefix="prompter-damage-") as top:
        bench = Bench(Path(top), options.seed)
        results = [bench.run(number) for number in numbers]
    missed = [one for one in results if one.end in (FAR, UNTOLD)]
    for one in results if options.only is not None else missed if options.show else ():
        _show(one)
    print(machine())
    near = _print(results)
    slowest = max(one.seconds for one in results)
    print(f"told within one line: {near:.1%} (goal {GOAL:.0%}); slowest {slowest:.2f} s")
    return 0 if near >= GOAL and slowest < LIMIT else 1


def _print(results: list[Result]) -> float:
    """Print a table by way; returns how much of what should be reported was."""
    ends = (SAME, PLAUSIBLE, NEAR, FAR, UNTOLD)
    counts = Counter((one.way, one.end) for one in results)
    rows = [(way, *(str(counts[way, end]) for end in ends)) for way in WAYS]
    sums = Counter(one.end for one in results)
    rows.append(("together", *(str(sums[end]) for end in ends)))
    print(table(("way", *ends), rows))
    due = sums[NEAR] + sums[FAR] + sums[UNTOLD]
    return sums[NEAR] / due if due else 1.0


def _show(one: Result) -> None:
    print(f"{one.number} {one.way}: {one.end}, {one.file}:{one.damage.line}")
    line = one.damage.line
    for number in range(max(1, line - 2), min(len(one.damage.lines), line + 2) + 1):
        print(f"  {'>' if number == line else ' '} {number:4} {one.damage.lines[number - 1]}")
    for problem in one.told:
        print(f"  told: {problem.place.file}:{problem.place.line} {problem.code} {problem.args}")


if __name__ == "__main__":
    sys.exit(main())
