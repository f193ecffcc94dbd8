"""20 valid and 1,000 hostile requests a second: do they delay keys, does every event arrive, does memory
grow?

python -m benchmarks.phone_load [--seconds 60] [--rate 1000]

A call runs on the screen all the time. First the key to the changed phrase is measured without load, then
under it. The valid events are rings of other callers and their ends: each must be answered with 200 and be in
the journal once.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import socket
import statistics
import sys
import threading
import time
from argparse import Namespace
from collections import deque
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.keys import PHRASES
from benchmarks.programs import GREETING, TALK, arguments, need, new_home, prompter, quit_program
from benchmarks.stats import machine, percentile, table
from benchmarks.terminal import Terminal
from prompter.phone.place import PORT, TOKEN
from tests.journal.makers import query

VALID = 20
GOAL = 2.0
FLAT = 1.0
"""MiB that memory may grow in the second half of the load: in the first half caches fill."""

KEYS = 40


def hostile(port: int) -> Iterator[bytes]:
    """What anybody on this computer, or a page in its browser, could send."""
    host = f"Host: 127.0.0.1:{port}\r\n"
    path = "/v1/call/ringing?number=0555123456&id=x"
    return cycle(
        data.encode()
        for data in (
            f"GET {path}&token={'0' * 32} HTTP/1.1\r\n{host}\r\n",
            f"GET {path}&token=x HTTP/1.1\r\n{host}Origin: http://evil.example\r\n\r\n",
            f"GET {path}&token=x HTTP/1.1\r\n{host}Sec-Fetch-Site: cross-site\r\n\r\n",
            f"GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            f"POST {path} HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nabcde",
            '{"call":"ringing","token":"' + "0" * 32 + '"}\n',
            "{" * 3000 + "\n",
            "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
            f"GET {path} HTTP/1.1\r\n{host}X: {'a' * 8000}",
            f"GET {path}",  # and no more: waits for its time limit
            "",
        )
    )


def flood(port: int, rate: int, stop: multiprocessing.synchronize.Event, sent: object) -> None:
    """In a process of its own: the given number of connections a second, each left open for a while."""
    requests, open_ones, count = hostile(port), deque[socket.socket](), 0
    began = time.perf_counter()
    while not stop.is_set():
        behind = int((time.perf_counter() - began) * rate) - count
        for _ in range(min(behind, 100)):
            one = socket.socket()
            one.setblocking(False)
            with suppress(OSError):
                one.connect(("127.0.0.1", port))
            with suppress(OSError):
                one.send(next(requests))
            open_ones.append(one)
            if len(open_ones) > 100:
                open_ones.popleft().close()
            count += 1
        time.sleep(0.002)
    sent.value = count  # type: ignore[attr-defined]


class Valid:
    """The phone itself: 20 events a second of several lines, each repeated until it is accepted."""

    LINES = 10

    def __init__(self, home: Path) -> None:
        self._port, self._token = int((home / PORT).read_text()), (home / TOKEN).read_text().strip()
        self.acknowledged = self.again = 0
        self.slowest = 0.0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._lines = [threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(self.LINES)]

    def start(self) -> None:
        """Start sending."""
        for line in self._lines:
            line.start()

    def stop(self) -> None:
        """Stop sending."""
        self._stop.set()
        for line in self._lines:
            line.join()

    def _run(self, line: int) -> None:
        began, told = time.perf_counter(), 0
        while not self._stop.is_set():
            for kind in ("ringing", "ended"):
                self._tell(kind, told * self.LINES + line)
                time.sleep(random.uniform(0, 0.1))
            told += 1
            time.sleep(max(0.0, began + told * 2 * self.LINES / VALID - time.perf_counter()))

    def _tell(self, kind: str, number: int) -> None:
        told = f"/v1/call/{kind}?id=v{number}&number=0700{number:06}&token={self._token}"
        data = f"GET {told} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        began, again = time.perf_counter(), 0
        while not self._heard(data):
            again += 1
        with self._lock:
            self.acknowledged += 1
            self.again += again
            self.slowest = max(self.slowest, time.perf_counter() - began)

    def _heard(self, data: bytes) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=10) as connection:
                connection.sendall(data)
                return connection.recv(100).split()[1:2] == [b"200"]
        except OSError:
            return False


def key_times(term: Terminal, seconds: float, least: int) -> list[float]:
    """Milliseconds from a key to its phrase, for the given time and at least `least` times."""
    times: list[float] = []
    phrases, end = cycle(PHRASES), time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < least:
        key, phrase = next(phrases)
        term.read_for(random.uniform(0.05, 0.3))
        times.append(need(term, term.press_until(key, phrase), phrase))
        back = re.compile(rf"(?s)\A(?!.*{phrase}).*{TALK.pattern}")
        need(term, term.press_until("esc", back), back)
    return times


@dataclass(slots=True)
class Measured:
    """The measurements: milliseconds of keys, MiB before and after, hostile requests, events kept."""

    peace: list[float]
    load: list[float]
    before: float
    after: float
    hostile: int
    kept: dict[str, int]


def measure(options: Namespace, home: Path, valid: Valid, term: Terminal) -> Measured:
    """Keys without load, then under it; a call is on the screen."""
    peace = key_times(term, 0, KEYS)
    stop, sent = multiprocessing.Event(), multiprocessing.Value("i", 0)
    port = int((home / PORT).read_text())
    flooding = multiprocessing.Process(target=flood, args=(port, options.rate, stop, sent))
    flooding.start()
    valid.start()
    load = key_times(term, options.seconds / 2, 1)
    before = (term.rss_kb() or 0) / 1024
    load += key_times(term, options.seconds / 2, KEYS)
    after = (term.rss_kb() or 0) / 1024
    valid.stop()
    stop.set()
    flooding.join()
    term.read_for(0.5)
    quit_program(term)
    with closing(term):
        kept = dict(query(home / "journal.db", "SELECT type, count(*) FROM events GROUP BY type"))
    return Measured(peace, load, before, after, sent.value, kept)


def judged(options: Namespace, valid: Valid, seen: Measured) -> bool:
    """Print the figures; returns whether all goals are met."""
    medians = [statistics.median(times) for times in (seen.peace, seen.load)]
    rows = [
        (name, len(times), f"{median:.1f} ms", f"{percentile(times, 0.95):.1f} ms")
        for name, times, median in zip(
            ("in peace", "under the load"), (seen.peace, seen.load), medians, strict=True
        )
    ]
    print(table(("key to changed phrase", "keys", "median", "p95"), rows))
    ratio = medians[1] / medians[0]
    recorded = seen.kept.get("rang", 0) + seen.kept.get("ring_stopped", 0)
    grown = f"memory {seen.before:.1f} -> {seen.after:.1f} MiB, goal within {FLAT}"
    right = [
        (f"ratio of medians {ratio:.2f}, goal {GOAL}", ratio <= GOAL),
        (
            f"{valid.acknowledged} valid events heard in {options.seconds} s ({valid.again} told again, "
            f"the slowest after {valid.slowest * 1000:.0f} ms), {recorded} recorded",
            valid.acknowledged == recorded,
        ),
        (grown, seen.after - seen.before <= FLAT),
    ]
    print(f"{seen.hostile} hostile requests in {options.seconds} s")
    for text, met in right:
        print(f"{text}: {'met' if met else 'NOT met'}")
    return all(met for _, met in right)


def main() -> int:
    """Start the program with a call on its screen, and measure."""
    options = arguments(__doc__, seconds=60, rate=1000).parse_args()
    random.seed(1)
    print(machine())
    with new_home() as home, prompter(options, home) as term:
        need(term, term.wait_for(GREETING, 60), GREETING)
        while not ((home / PORT).exists() and (home / TOKEN).exists()):
            term.read_for(0.1)
        need(term, term.press_until("enter", TALK), TALK)
        valid = Valid(home)
        seen = measure(options, home, valid, term)
    return 0 if judged(options, valid, seen) else 1


if __name__ == "__main__":
    sys.exit(main())
