import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.worddiff import GONE, NEW, SAME, word_diff


def told(old: str, new: str) -> str:
    marks = {SAME: "{}", GONE: "-{}-", NEW: "+{}+"}
    return " ".join(marks[one.kind].format(one.text) for one in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Добрый день", "Добрый  день", "Добрый день"),
        ("Добрый день, слушаю", "Добрый вечер, слушаю Вас", "Добрый -день,- +вечер,+ слушаю +Вас+"),
        ("", "Да", "+Да+"),
        ("Да", "", "-Да-"),
        ("раз\nдва", "раз\nтри", "раз\n -два- +три+"),
    ],
)
def test_words(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


@given(st.text("аб \n", max_size=20), st.text("аб \n", max_size=20))
def test_nothing_is_lost(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert " ".join(one.text for one in pieces if one.kind != GONE).split() == new.split()
    assert " ".join(one.text for one in pieces if one.kind != NEW).split() == old.split()
