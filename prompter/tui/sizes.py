"""The layout's two dimensions: narrow or wide, low or tall. The style sheet does the rest by class."""

from __future__ import annotations

from collections.abc import Iterator

WIDTHS = [(0, "-narrow"), (100, "-wide")]
HEIGHTS = [(0, "-low"), (32, "-tall")]
"""From which width (height), in cells, a screen has which class."""


def classes(width: int, height: int) -> Iterator[str]:
    """The classes of a window of this size in cells."""
    for limits, size in ((WIDTHS, width), (HEIGHTS, height)):
        yield [name for least, name in limits if size >= least][-1]
