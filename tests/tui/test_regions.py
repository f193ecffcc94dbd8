"""Changed rows are handed to Textual as few regions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from prompter.tui.pane import _regions


@given(st.sets(st.integers(0, 40)))
def test_regions_cover_the_changed_rows_and_no_others(rows: set[int]) -> None:
    regions = _regions(sorted(rows), 20)
    assert [y for region in regions for y in range(region.y, region.bottom)] == sorted(rows)
    assert all(region.width == 20 for region in regions)
    assert all(one.bottom < other.y for one, other in pairwise(regions))
