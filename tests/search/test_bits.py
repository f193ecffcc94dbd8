"""Sets as numbers and scores in planes do what sets and a loop over all entries would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prompter.search.bits import Scores, bits_of, docs_of

COUNT = 37
DOCS = st.sets(st.integers(0, COUNT - 1))


@given(DOCS)
def test_a_set_there_and_back(docs: set[int]) -> None:
    assert list(docs_of(bits_of(docs, COUNT), COUNT)) == sorted(docs)


@given(st.lists(st.tuples(DOCS, st.integers(0, 20)), max_size=8), st.integers(0, COUNT))
def test_the_best_are_those_with_the_highest_sums(added: list[tuple[set[int], int]], wanted: int) -> None:
    scores = Scores()
    sums = dict.fromkeys(range(COUNT), 0)
    for docs, weight in added:
        scores.add(bits_of(docs, COUNT), weight)
        for doc in docs:
            sums[doc] += weight
    sure, tied = scores.best(bits_of(range(COUNT), COUNT), wanted)
    first, rest = set(docs_of(sure, COUNT)), set(docs_of(tied, COUNT))
    assert len(first) <= wanted
    assert len({sums[doc] for doc in rest}) <= 1, "only equals tie"
    worst = min((sums[doc] for doc in first), default=99)
    assert all(sums[doc] < worst for doc in rest) or not rest or not first
    assert all(sums[doc] < sums[min(rest)] for doc in set(range(COUNT)) - first - rest) if rest else True
    assert len(first) + len(rest) >= min(wanted, COUNT)
