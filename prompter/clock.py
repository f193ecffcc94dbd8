"""The desk's time: UTC that runs evenly even if the machine's clock is set.

Seconds are counted by a clock that nobody can set and that counts the machine's sleep; the time of day is
read from the machine once. When its clock is set (by a person, by the network), the difference is taken over
in one step, and the desk shifts what it remembers: a hold that had 40 seconds left still has them, a
call-back due in 20 minutes stays due in 20 minutes, at another time of day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

SET_SECONDS = 2.0
"""From this difference on the machine's clock counts as set; less is normal drift."""

_BUSY_SECONDS = 0.5


class Clock(Protocol):
    """The source of the desk's time."""

    def now(self) -> float:
        """Unix seconds, UTC. Only `follow` makes it jump."""

    def follow(self) -> float:
        """Take over a change of the machine's clock; returns by how many seconds `now` jumped, mostly 0."""


# Linux's own monotonic clock stops while the machine sleeps, and so does Python's on macOS.
_COUNTING = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def running_seconds() -> float:
    """Seconds of a clock that nobody sets and that goes on while the computer sleeps."""
    return time.monotonic() if _COUNTING is None else time.clock_gettime(_COUNTING)


class SystemClock:
    """The machine's own clocks: one for durations, one for the time of day."""

    def __init__(
        self, wall: Callable[[], float] = time.time, running: Callable[[], float] = running_seconds
    ) -> None:
        self._wall, self._running = wall, running
        self._began = wall() - running()

    def now(self) -> float:
        """Unix seconds, UTC. Only `follow` makes it jump."""
        return self._began + self._running()

    def follow(self) -> float:
        """Take over a change of the machine's clock; returns by how many seconds `now` jumped, mostly 0."""
        if hasattr(time, "tzset"):
            time.tzset()  # the machine may have moved to another time zone
        before = self._running()
        by = self._wall() - self._began - before
        # if the machine slept between the two readings, they belong to no single moment
        if abs(by) < SET_SECONDS or self._running() - before > _BUSY_SECONDS:
            return 0.0
        self._began += by
        return by
