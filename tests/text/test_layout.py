"""Which letter stands where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.layout import latin_key, swap_layout

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("привет", "ghbdtn"),
        ("GHBDTN", "привет"),
        ("ЦШ-АШ", "wi-fi"),
        ("cjtlbybnt c vtytl;thjv", "соедините с менеджером"),
        ("gjl`v", "подём"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_the_other_layout(typed: str, meant: str) -> None:
    assert swap_layout(typed) == meant


def test_kyrgyz_letters_stand_on_russian_keys() -> None:
    assert [latin_key(letter) for letter in "ңөү"] == [latin_key(letter) for letter in "ноу"]
    assert swap_layout("үй") == "eq"


def test_every_letter_has_its_own_key() -> None:
    keys = [latin_key(letter) for letter in LETTERS]
    assert len(set(keys)) == len(LETTERS)
    assert all(key.isascii() for key in keys)
    assert [latin_key(letter.upper()) for letter in LETTERS] == keys


@pytest.mark.parametrize("letter", ["q", "Q", "1", "!", "漢", "ß"])
def test_other_letters_stay(letter: str) -> None:
    assert latin_key(letter) == letter


@given(st.text(st.sampled_from(LETTERS + " "), min_size=1))
def test_there_and_back(text: str) -> None:
    assert swap_layout(swap_layout(text)) == text
