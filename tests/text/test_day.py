from datetime import date

import pytest

from prompter.text.day import parse_day


@pytest.mark.parametrize("text", ["2026-12-31", " 2026-12-31 ", "31.12.2026"])
def test_reads(text: str) -> None:
    assert parse_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "12.31.2026", "2026", "завтра", "31.12", "0-1-1", "٣.1.2026"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (also the calendar's own)
        parse_day(text)
