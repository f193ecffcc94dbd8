"""`prompter check` of a large base, against only parsing the same files with libyaml.

python -m benchmarks.check [--pairs 8] [--phrases 10000] [--files 2000] [--profile]

Ours is `check_folder` in a fresh process each time, as a command runs it: the imports that it needs, reading,
all checks and lints with the dictionary, building the base, silences. The reference: the events of
`yaml.parse(text, Loader=CSafeLoader)` over the same files. Processor time of both. `--profile` shows where
one check spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.compile import events
from benchmarks.largebase import FILES, PHRASES, make
from benchmarks.stats import machine, paired, report
from prompter.kb.checking import check_folder

GOAL = 5.0
_TODAY = date(2026, 11, 22)


_CHECK = """
import sys, time
start = time.process_time()
from datetime import date
from pathlib import Path
from prompter.kb.checking import check_folder
checked = check_folder(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
assert checked.base is not None
print((time.process_time() - start) * 1000)
"""


def check(folder: Path) -> float:
    """Milliseconds to find every problem."""
    command = [sys.executable, "-c", _CHECK, str(folder), _TODAY.isoformat()]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, value in (("pairs", 8), ("phrases", PHRASES), ("files", FILES)):
        parser.add_argument(f"--{name}", type=int, default=value, help=f"default {value}")
    parser.add_argument("--profile", action="store_true", help="the functions that take longest")
    options = parser.parse_args()
    print(machine())
    with TemporaryDirectory(prefix="prompter-bench-") as top:
        folder = make(Path(top) / "kb", options.phrases, options.files)
        files = sorted(folder.rglob("*.yaml"))
        if options.profile:
            with cProfile.Profile() as profile:
                check_folder(folder, _TODAY)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
            return 0
        result = paired(lambda: check(folder), lambda: events(files), options.pairs)
        print(report(f"Check of {options.phrases} phrases, processor time", result, GOAL))
        print(f"{len(check_folder(folder, _TODAY).problems)} problems told")
    return 0


if __name__ == "__main__":
    sys.exit(main())
