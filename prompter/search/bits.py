"""Sets of entries as integers, one bit per entry, and scores added up for all entries at once.

Python's integers handle a hundred thousand entries in microseconds, where a loop would take milliseconds. The
first entry is the highest bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def bits_of(docs: Iterable[int], count: int) -> int:
    """The set of these entries, out of `count`."""
    page = bytearray((count >> 3) + 1)
    for doc in docs:
        page[doc >> 3] |= 128 >> (doc & 7)
    return int.from_bytes(page, "big")


def docs_of(members: int, count: int) -> Iterator[int]:
    """The entries of a set, in order."""
    digits = format(members, "b").zfill(((count >> 3) + 1) * 8)
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


class Scores:
    """A binary score for each entry: `planes[n]` is the set of entries whose score has bit `n`."""

    def __init__(self) -> None:
        self.planes: list[int] = []

    def add(self, members: int, weight: int) -> None:
        """Add `weight` to the score of every member."""
        lowest = 0
        while weight:
            if weight & 1:
                self._carry(members, lowest)
            weight >>= 1
            lowest += 1

    def _carry(self, carry: int, plane: int) -> None:
        while carry:
            while plane >= len(self.planes):
                self.planes.append(0)
            old = self.planes[plane]
            self.planes[plane] = old ^ carry
            carry &= old
            plane += 1

    def best(self, among: int, wanted: int) -> tuple[int, int]:
        """Entries certain to be in the top `wanted`, plus those tied for the last places."""
        sure, rest = 0, among
        for plane in reversed(self.planes):
            upper = rest & plane
            count = upper.bit_count()
            if count > wanted:
                rest = upper
            else:
                sure |= upper
                wanted -= count
                rest ^= upper
        return sure, rest
