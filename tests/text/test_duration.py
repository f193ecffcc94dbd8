import pytest

from prompter.text.duration import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15 с", 15),
        ("15с", 15),
        ("15 c", 15),
        ("15\u00a0с", 15),
        ("15\u202fсек.", 15),
        ("2 мин", 120),
        ("2 МИН", 120),
        ("1 ч", 3600),
        ("15s", 15),
        ("2m", 120),
        ("1h", 3600),
        (" 30 min ", 1800),
        ("0 с", 0),
    ],
)
def test_reads(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "15", "с", "-5 с", "1.5 ч", "15 лет", "две мин", "1 мин 5 с", "9" * 50 + " с", "٣ с"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)
