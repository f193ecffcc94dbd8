"""What is typed alike is one: case, ё, Kyrgyz letters, look-alikes; and where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.folding import fold, places, unmixed, words


def test_letters_that_people_type_as_one() -> None:
    assert fold("Ещё ҮНҮҢҮЗ, өтө!") == "еще унунуз  ото "


def test_words_are_letters_and_digits() -> None:
    assert words("«15-ти минут», wi-fi; №5") == ["15", "ти", "минут", "wi", "fi", "5"]
    assert words("") == words("—!🙂\n") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cаламатта", "саламатта"),  # a Latin c
        ("скоpocть", "скорость"),  # Latin p, o, c
        ("skуnеt", "skynet"),  # Cyrillic у, е
        ("wi", "wi"),
        ("лан", "лан"),
        ("fдом", "fдом"),  # f looks like nothing Cyrillic, м is no Latin m by sound: left alone
    ],
)
def test_a_word_of_two_scripts_becomes_one(typed: str, meant: str) -> None:
    assert unmixed(typed) == meant


def test_stress_marks_count_for_nothing() -> None:
    assert words("пла\u0301тит по\u0301зже") == ["платит", "позже"]


@given(st.text(max_size=40))
def test_every_word_has_its_place(text: str) -> None:
    spans = places(text)
    assert [unmixed(fold(text[start:end])) for start, end in spans] == words(text)


def test_a_place_covers_the_word_as_written() -> None:
    text = "Скажи\u0301те, «Ещё» раз"
    assert [text[start:end] for start, end in places(text)] == ["Скажи\u0301те", "Ещё", "раз"]
