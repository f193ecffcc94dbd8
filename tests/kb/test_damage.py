"""Slips of a trainer's hand: a sample of `benchmarks/damage.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.damage import FAR, GOAL, NEAR, UNTOLD, Bench
from benchmarks.damages import WAYS

SAMPLE = 90
"""Ten of each way; the whole takes a minute."""


def test_slips_are_told_where_they_happened(tmp_path: Path) -> None:
    bench = Bench(tmp_path, seed=7)
    ends = [bench.run(number).end for number in range(SAMPLE)]
    told, missed = ends.count(NEAR), ends.count(FAR) + ends.count(UNTOLD)
    assert told > SAMPLE / 2, "most slips matter"
    assert told >= GOAL * (told + missed)


def test_the_same_number_is_the_same_slip(tmp_path: Path) -> None:
    first, second = (Bench(tmp_path / name, seed=3).run(5) for name in ("a", "b"))
    assert first.damage == second.damage
    assert first.damage != Bench(tmp_path / "c", seed=4).run(5).damage


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_the_base_is_mended_afterwards(number: int, tmp_path: Path) -> None:
    bench = Bench(tmp_path, seed=1)
    files = {file: (bench.folder / file).read_bytes() for file in bench.files}
    result = bench.run(number)
    assert (bench.folder / result.file).read_bytes() == files[result.file]
    assert "\n".join(result.damage.lines).encode() != files[result.file]
