from datetime import date

import pytest

from prompter.text.day import day_after, parse_day


@pytest.mark.parametrize("text", ["2027-03-01", " 2027-03-01 ", "2027-3-1", "01.03.2027", " 1.3.2027 "])
def test_a_day(text: str) -> None:
    assert parse_day(text) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2027-13-01",
        "12.31.2026",
        "32.01.2027",
        "2026",
        "завтра",
        "31.12",
        "1.3.27",
        "0-1-1",
    ],
)
def test_no_day(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (also the calendar's own)
        parse_day(text)


@pytest.mark.parametrize("text", ["20261231", "2026-W53-4", "2026-365", "01/03/2027", "٣.1.2026"])
def test_another_way_to_write_a_day_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        parse_day(text)


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("10d", date(2026, 9, 10)),
        ("2 нед.", date(2026, 9, 14)),
        ("6m", date(2027, 2, 28)),
        ("6мес", date(2027, 2, 28)),
        ("4м", date(2026, 12, 31)),
        ("1г", date(2027, 8, 31)),
        ("18m", date(2028, 2, 29)),
    ],
)
def test_a_period(period: str, day: date) -> None:
    assert day_after(date(2026, 8, 31), period) == day


@pytest.mark.parametrize("period", ["", "m", "0m", "6", "6 h", "1000y", "-1m"])
def test_no_period(period: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        day_after(date(2026, 8, 31), period)
