import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.safe import clean, clean_line, for_spreadsheet, invisible_at, unsafe_at, without_danger


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Добрый день", "Добрый день"),
        ("\x1b[2Jпривет\x07", "[2Jпривет"),
        ("a\u202eb\u2066c\u2069d", "abcd"),
        ("сл\u200bо\xadво\ufeff", "слово"),
        ("\x9b31mred\x7f", "31mred"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a b"),
        ("и\u0306", "й"),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


def test_clean_line_is_one_line() -> None:
    assert clean_line("  one\n\ttwo\u00a0 three ") == "one two three"


def test_positions() -> None:
    assert unsafe_at("ab\x1bc") == 2
    assert unsafe_at("a\tb\nc\u200b") is None
    assert invisible_at("a\tb\nc\u200b") == 5
    assert unsafe_at("\x1b\x1b", 1) == 1
    assert without_danger("a\x1b\u202eb") == "a  b"


@given(st.text(alphabet=st.characters()))
def test_nothing_unsafe_is_left(text: str) -> None:
    result = clean(text)
    assert invisible_at(result) is None
    assert clean(result) == result
    result.encode("utf-8")


@pytest.mark.parametrize("unit", ["\u0316\u0300", "\u0300", "\u0316"])
def test_the_normaliser_gets_no_long_run_to_sort(unit: str) -> None:
    assert len(clean("a" + unit * 100_000)) <= 31


def test_stays_composed() -> None:
    assert unicodedata.is_normalized("NFC", clean("Кыргызстан й ё é"))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@sum", "\t=1"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(cell: str) -> None:
    assert for_spreadsheet(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-0.25", "+996555123456", "", "баланс - 5", "5%"])
def test_a_spreadsheet_takes_a_number_for_a_number(cell: str) -> None:
    assert for_spreadsheet(cell) == cell
