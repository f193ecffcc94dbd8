"""Alternated pairs, their ratio with a confidence interval, and tables."""

from __future__ import annotations

import os
import platform
import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paired:
    """Measurements: `a[i]` and `b[i]` were taken next to each other in time."""

    a: tuple[float, ...]
    b: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """a / b of every pair."""
        return tuple(x / y for x, y in zip(self.a, self.b, strict=True))

    @property
    def ratio_of_medians(self) -> float:
        """Median of a over median of b."""
        return statistics.median(self.a) / statistics.median(self.b)

    @property
    def median_ratio(self) -> float:
        """Median of the paired ratios."""
        return statistics.median(self.ratios)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% confidence interval of the median ratio."""
        return bootstrap(self.ratios)


def paired(
    measure_a: Callable[[], float], measure_b: Callable[[], float], pairs: int = 30, warmup: int = 2
) -> Paired:
    """Measure both in turn, alternating which comes first; warm-up pairs are discarded."""
    a: list[float] = []
    b: list[float] = []
    for number in range(warmup + pairs):
        if number % 2:
            second, first = measure_b(), measure_a()
        else:
            first, second = measure_a(), measure_b()
        if number >= warmup:
            a.append(first)
            b.append(second)
    return Paired(tuple(a), tuple(b))


def bootstrap(values: Sequence[float], rounds: int = 5000, seed: int = 1) -> tuple[float, float]:
    """The 95% bootstrap percentile interval of the median; the same values give the same interval."""
    rng = random.Random(seed)
    medians = sorted(statistics.median(rng.choices(values, k=len(values))) for _ in range(rounds))
    return medians[int(rounds * 0.025)], medians[min(rounds - 1, int(rounds * 0.975))]


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: `share` is 0.95 for p95."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, aligned to be readable as plain text too."""
    cells = [[str(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headers))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in cells]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def report(title: str, result: Paired, goal: float, unit: str = "ms") -> str:
    """The result of a pairing as a table, with its goal."""
    low, high = result.interval
    rows: list[tuple[object, ...]] = [
        (
            name,
            f"{statistics.median(values):.1f} {unit}",
            f"{percentile(values, 0.95):.1f} {unit}",
            f"{min(values):.1f} {unit}",
        )
        for name, values in (("prompter", result.a), ("reference", result.b))
    ]
    met = "met" if result.median_ratio <= goal else "NOT met"
    ratio = f"{result.ratio_of_medians:.2f}"
    paired_ratio = f"{result.median_ratio:.2f} [{low:.2f}, {high:.2f}]"
    return "\n".join(
        (
            f"{title}, {len(result.a)} alternated pairs",
            table(("", "median", "p95", "least"), rows),
            f"ratio of medians {ratio}; median of paired ratios {paired_ratio} (95% CI); goal {goal}: {met}",
        )
    )


def machine() -> str:
    """The machine in one line, without its name."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    parts = (
        model,
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"Textual {metadata.version('textual')}",
        f"{platform.system()} {platform.machine()}",
    )
    return ", ".join(parts)
