"""What a phone starts at every event, against a Python that only imports sockets.

python -m benchmarks.phone_client [--pairs 40]

A listener of our own receives the events, so that nothing of the screen is measured; both processes are
started and waited for in turn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.programs import arguments, new_home
from benchmarks.stats import machine, paired, report
from prompter.phone import instance
from prompter.phone.listener import DONE, Answer, Listener
from prompter.phone.place import PORT
from prompter.phone.request import PhoneEvent
from prompter.phone.token import Token

GOAL = 1.5


def run(command: list[str], home: Path) -> float:
    """Milliseconds until the process has ended."""
    env = {**os.environ, "PROMPTER_HOME": str(home)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # no installation compiles its modules at every start
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    options = arguments(__doc__, pairs=40).parse_args()
    heard: list[PhoneEvent] = []

    def take(event: PhoneEvent, answer: Answer) -> None:
        heard.append(event)
        answer(DONE)

    print(machine())
    with new_home() as home:
        lock = instance.take(str(home))
        token = Token(home)
        token.current()
        listener = Listener(take, lambda: None, token.current)
        (home / PORT).write_text(f"{listener.start()}\n")
        call = [sys.executable, "-m", "prompter", "call", "ringing", "--number", "+996555123456", "--id", "1"]
        sockets = [sys.executable, "-c", "import socket"]
        result = paired(lambda: run(call, home), lambda: run(sockets, home), options.pairs)
        listener.stop()
        assert lock is not None
    print(report("prompter call", result, GOAL))
    print(f"{len(heard)} events heard")
    return 0


if __name__ == "__main__":
    sys.exit(main())
