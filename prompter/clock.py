"""The desk's time: UTC that runs on evenly, whatever is done to the machine's clock.

Seconds are counted by a clock that nobody can set and that counts the machine's sleep; what time of day
that makes is asked of the machine once. When its clock is set (by a person, by the network), the
difference is taken over in one step, and the desk moves what it remembers along: a hold that had 40
seconds left still has them, a call back owed in 20 minutes is owed in 20 minutes, at another time of day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

SET_SECONDS = 2.0
"""From which difference on the machine's clock counts as set; less is the drift of two honest clocks."""

_BUSY_SECONDS = 0.5


class Clock(Protocol):
    """Where the desk's time comes from."""

    def now(self) -> float:
        """Unix seconds, UTC. Only `follow` makes it jump."""

    def follow(self) -> float:
        """Take over what was done to the machine's clock: by how many seconds `now` jumped, mostly 0."""


# Linux's own monotonic clock stands still while the machine sleeps, and so does Python's on macOS.
_COUNTING = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def running_seconds() -> float:
    """Seconds of a clock that nobody sets and that goes on while the computer sleeps."""
    return time.monotonic() if _COUNTING is None else time.clock_gettime(_COUNTING)


class SystemClock:
    """The machine's own clocks: one that counts, one that tells the time of day."""

    def __init__(
        self, wall: Callable[[], float] = time.time, running: Callable[[], float] = running_seconds
    ) -> None:
        self._wall, self._running = wall, running
        self._began = wall() - running()

    def now(self) -> float:
        """Unix seconds, UTC. Only `follow` makes it jump."""
        return self._began + self._running()

    def follow(self) -> float:
        """Take over what was done to the machine's clock: by how many seconds `now` jumped, mostly 0."""
        if hasattr(time, "tzset"):
            time.tzset()  # the machine may have been carried to another zone
        before = self._running()
        by = self._wall() - self._began - before
        # between the two looks the machine may have slept: what they say then fits no one moment
        if abs(by) < SET_SECONDS or self._running() - before > _BUSY_SECONDS:
            return 0.0
        self._began += by
        return by
