"""What the phone reported before: events may be repeated, out of order, or report a known end."""

from __future__ import annotations

from collections import deque

from prompter.call.state import Call
from prompter.phone.request import ENDED, REJECTED

_MOST = 400

_AGAIN_SECONDS = 5.0
"""A phone without ids may report an end by two of its rules: declined and ended."""

_HUNG_UP_SECONDS = 60.0
"""An end without an id belongs to a call that a key ended at most this long before."""


class Remembered:
    """The last events, as (kind, the phone's call), of phones that give their calls ids."""

    def __init__(self) -> None:
        self._heard: set[tuple[str, str]] = set()
        self._order: deque[tuple[str, str]] = deque()

    def add(self, kind: str, phone: str) -> None:
        """Remember this event."""
        if (kind, phone) in self._heard:
            return
        self._heard.add((kind, phone))
        self._order.append((kind, phone))
        if len(self._order) > _MOST:
            self._heard.discard(self._order.popleft())

    def has(self, kind: str, phone: str) -> bool:
        """Whether this event was received."""
        return (kind, phone) in self._heard

    def is_past(self, kind: str, phone: str) -> bool:
        """Whether this is a repetition, or comes after the call's end."""
        return any(self.has(one, phone) for one in (kind, ENDED, REJECTED))


class Ends:
    """Ends reported without an id: by the number only, or with nothing for a hidden caller.

    `second` are the numbers that rang while a call of theirs was on the line.
    """

    def __init__(self) -> None:
        self.second: set[str] = set()
        self._number, self._at = "", 0.0
        self._hung_up = ""

    def are_known(self, number: str, now: float, last: Call | None, last_number: str) -> bool:
        """Whether the call is over here already: the phone reported it before, or a key ended it.

        `last` is the call that ended last, `last_number` its number.
        """
        if self._at and number == self._number and now - self._at <= _AGAIN_SECONDS:
            return True
        if last is None or last_number != number or last.id == self._hung_up:
            return False
        by_key = last.connected and not (last.phone or last.hung)
        if not by_key or now - last.ended > _HUNG_UP_SECONDS:
            return False
        self._hung_up = last.id
        return True

    def add(self, number: str, now: float) -> None:
        """Remember an end of this number."""
        self._number, self._at = number, now

    def begin(self, number: str, last: Call | None, last_number: str) -> None:
        """A call of this number rings or is answered: the next end belongs to it."""
        if number == self._number:
            self._at = 0.0
        if last and last_number == number:
            self._hung_up = last.id
