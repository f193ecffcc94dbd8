"""A query being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.tui.query import Searching


@pytest.mark.parametrize("key", ["escape", "backspace"])
def test_leaving(key: str) -> None:
    assert Searching("").key(key, None, 3) is None


def test_backspace_takes_a_letter_and_lights_the_first() -> None:
    assert Searching("тих", 2).key("backspace", None, 3) == Searching("ти", 0)
    assert Searching("тих", 2).key("escape", None, 3) is None


def test_arrows_go_round() -> None:
    search = Searching("а")
    assert search.key("down", None, 2) == Searching("а", 1)
    assert Searching("а", 1).key("down", None, 2) == search
    assert search.key("up", None, 2) == Searching("а", 1)
    assert search.key("down", None, 0) is search


def test_letters_digits_and_space_are_text() -> None:
    search = Searching("т", 1)
    assert search.key("0", "0", 3) == Searching("т0", 0)
    assert search.key("space", " ", 3) == Searching("т ", 0)
    assert search.key("и", "и", 3) == Searching("ти", 0)


@pytest.mark.parametrize(
    ("key", "character"), [("f3", None), ("tab", "\t"), ("ctrl+a", "\x01"), ("left", None)]
)
def test_other_keys_change_nothing(key: str, character: str | None) -> None:
    search = Searching("т", 1)
    assert search.key(key, character, 3) is search


def test_pasted_text_is_made_harmless() -> None:
    assert Searching("а").typed("\x1b[2J\nб\u202eв\tг").query == "а[2J бв г"
    assert len(Searching("").typed("а" * 10_000).query) == 200


@given(st.text(), st.integers(0, 9))
def test_any_paste_keeps_to_one_line(text: str, index: int) -> None:
    search = Searching("", index).typed(text)
    assert search.index == 0
    assert len(search.query) <= 200
    assert not {"\n", "\x1b", "\u202e"} & set(search.query)
