"""The search's figures: quality, time for a key and for a pasted query, memory and time of the index.

    python -m benchmarks.search BENCH_DIR [--sizes 500,10000,100000] [--seeds 7,8] [--rounds 3]

Runs `search-bench` with the product's plug-in on its own queries and on further sets made by `search_queries`
with other seeds, each size in a fresh process. The best time of several rounds counts: other work on the
machine can only add. Prints a table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PLUGIN = Path(__file__).with_name("search_plugin.py")
TIMES = ("p99_ms", "key_p99_ms", "build_s", "mem_mb")


def once(bench: Path, queries: str, size: int) -> dict[str, Any]:
    """One run of one set at one size, in a process of its own."""
    command = [sys.executable, "bench.py", str(PLUGIN), "--one", "--keystrokes", "--sizes", str(size)]
    subprocess.run(
        command, cwd=bench, env={**os.environ, "BENCH_QUERIES": queries}, check=True, capture_output=True
    )
    tag = queries.removeprefix("queries").removesuffix(".jsonl")
    return json.loads((bench / "results" / f"search_plugin{tag}-{size}.json").read_text())


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The last run with the best of the times."""
    return runs[-1] | {name: min(run[name] for run in runs) for name in TIMES}


def row(name: str, run: dict[str, Any]) -> str:
    total = run["all"]
    classes = " ".join(f"{kind} {found['top1']:.2f}" for kind, found in sorted(run["cats"].items()))
    figures = (
        f"{total['top1']:.3f}",
        f"{total['top5']:.3f}",
        run["key_p99_ms"],
        run["p99_ms"],
        run["build_s"],
    )
    return f"| {name} | {run['n']} | " + " | ".join(map(str, figures)) + f" | {run['mem_mb']} | {classes} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sizes", default="500,10000,100000")
    parser.add_argument("--seeds", default="")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    print("| set | entries | top-1 | top-5 | key p99, ms | pasted p99, ms | build, s | MB | top-1 by class |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        bench = Path(folder) / "bench"
        shutil.copytree(args.bench, bench, copy_function=shutil.copyfile)
        for path in [bench, *bench.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        sets = ["queries.jsonl"]
        for seed in filter(None, args.seeds.split(",")):
            sets.append(f"queries_{seed}.jsonl")
            with (bench / sets[-1]).open("w") as file:
                maker = [sys.executable, "-m", "benchmarks.search_queries", str(bench), "--seed", seed]
                subprocess.run(maker, stdout=file, check=True)
        for queries in sets:
            for size in map(int, args.sizes.split(",")):
                run = best([once(bench, queries, size) for _ in range(args.rounds)])
                print(row(queries.removesuffix(".jsonl"), run), flush=True)


if __name__ == "__main__":
    main()
