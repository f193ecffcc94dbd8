"""Phone numbers as they are typed, kept and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.phone import grouped, normalise, too_short


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0555123456", "+996555123456"),
        ("0555 12-34-56", "+996555123456"),
        (" (0555) 123-456 ", "+996555123456"),
        ("996555123456", "+996555123456"),
        ("+996 555 12 34 56", "+996555123456"),
        ("555123456", "+996555123456"),
        ("312 97-00-00", "+996312970000"),
        ("+7 495 123-45-67", "+74951234567"),
        (" +7 495 123-45-67", "+74951234567"),
        ("84951234567", "84951234567"),
        ("055512345", "055512345"),
        ("1234", "1234"),
        ("103", "103"),
        ("12", ""),
        ("", ""),
        ("нет", ""),
        ("+", ""),
        ("٠٥٥٥١٢٣٤٥٦", ""),
    ],
)
def test_one_form(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["0700", " 0 700", "055512345", "0555 12-34-5", "+996 555 12", "+7 495 12", "00996555", "0312 97", "+99"],
)
def test_digits_are_missing(typed: str) -> None:
    assert too_short(typed)


@pytest.mark.parametrize(
    "typed", ["0700123456", "+996555123456", "103", "1234", "312970", "+7 495 123-45-67", "00996555123456"]
)
def test_what_can_be_called_is_long_enough(typed: str) -> None:
    assert not too_short(typed)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+996555123456", "+996 555 12-34-56"),
        ("+74951234567", "+74951234567"),
        ("+9965551234567", "+9965551234567"),
        ("103", "103"),
        ("", ""),
    ],
)
def test_groups(number: str, shown: str) -> None:
    assert grouped(number) == shown


@given(st.text(st.sampled_from("0123456789+- ()abв")))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    once = normalise(typed)
    assert normalise(once) == once
    assert normalise(grouped(once)) == once
    assert set(once) <= set("+0123456789")
