"""What an operator chose for which words: kept, looked at, forgotten; it breaks ties and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.search.index import Entry, build
from prompter.search.learned import FILE, Learned
from prompter.search.rank import rank

A, B, C, D = (("scenario", name) for name in "abcd")


@pytest.fixture
def learned(tmp_path: Path) -> Learned:
    return Learned.read(tmp_path / "home" / FILE)


def test_the_latest_of_three_stands_first_also_after_a_restart(learned: Learned) -> None:
    for thing in (A, B, C, A, D):
        learned.choose("Не   СЛЫШНО", thing)
    assert learned.chosen == {"не слышно": [D, A, C]}
    assert Learned.read(learned.path).chosen == learned.chosen
    assert [path.name for path in learned.path.parent.iterdir()] == [FILE]


def test_the_oldest_queries_are_forgotten(learned: Learned) -> None:
    for number in range(501):
        learned.chosen[f"q{number}"] = [A]
    learned.choose("q3", B)
    assert len(learned.chosen) == 500
    assert "q0" not in learned.chosen
    assert list(learned.chosen)[-1] == "q3"


def test_nothing_typed_is_not_learned(learned: Learned) -> None:
    learned.choose(" … ", A)
    assert not learned.chosen
    assert not learned.path.exists()


def test_forgotten_is_forgotten_on_disk(learned: Learned) -> None:
    learned.choose("да", A)
    assert learned.forget() == 1
    assert not learned.path.exists()
    assert learned.forget() == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1]", b'{"a": 1}', b'{"a": [["x"]]}', b"[" * 100_000, b" " * 1_000_001],
)
def test_a_damaged_file_is_as_none(learned: Learned, content: bytes) -> None:
    learned.path.parent.mkdir()
    learned.path.write_bytes(content)
    again = Learned.read(learned.path)
    assert again.chosen == {}
    again.choose("да", A)
    assert Learned.read(learned.path).chosen == {"да": [A]}


def test_what_cannot_be_kept_counts_until_the_end(learned: Learned) -> None:
    learned.path.parent.write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError, match=r".+"):
        learned.choose("да", A)
    assert learned.chosen == {"да": [A]}


def test_a_choice_breaks_a_tie_and_nothing_else() -> None:
    index = build(
        [
            Entry("a", "не слышно вас", kind="scenario"),
            Entry("b", "не слышно вас", kind="scenario"),
            Entry("c", "вас почему-то совсем плохо слышно сегодня", kind="scenario"),
        ]
    )

    def order(*chosen: tuple[str, str]) -> list[int | str]:
        return [hit.entry.id for hit in rank(index, "не слышно вас", learned={"не слышно вас": chosen})]

    assert order()[:2] == ["a", "b"]
    assert order(B)[:2] == ["b", "a"]
    assert order(C)[:2] == ["a", "b"]
