"""Rests of words that are endings, and rests that make another word."""

from __future__ import annotations

import pytest

from prompter.text.endings import KYRGYZ, RUSSIAN, endings


@pytest.mark.parametrize(
    "rest", ["", "а", "ами", "ого", "ую", "ией", "ть", "ете", "вшими", "ющаяся", "емся", "енный", "л", "ишь"]
)
def test_russian_endings(rest: str) -> None:
    assert endings(rest) & RUSSIAN


@pytest.mark.parametrize(
    "rest", ["", "лар", "лордун", "ымды", "унуздун", "га", "дан", "ган", "ыныз", "байт", "абыз"]
)
def test_kyrgyz_endings(rest: str) -> None:
    assert endings(rest) & KYRGYZ


@pytest.mark.parametrize("rest", ["кофе", "провод", "стр", "жка", "ключ", "15"])
def test_no_endings(rest: str) -> None:
    assert endings(rest) == 0
