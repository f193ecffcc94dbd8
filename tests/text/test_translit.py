"""Cyrillic words in Latin letters are heard as what they are, whoever spelt them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.folding import fold
from prompter.text.translit import sound, sounds


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("privetstvie", "приветствие"),
        ("salamatsyzby", "саламатсызбы"),
        ("zayavka", "заявка"),
        ("zajavka", "заявка"),
        ("zaiavka", "заявка"),
        ("obyasnyaet", "объясняет"),
        ("zamorozit", "заморозить"),
        ("tarifnyj", "тарифный"),
        ("tarifniy", "тарифный"),
        ("mojno", "можно"),
        ("jatam", "жатам"),
        ("zhatam", "жатам"),
        ("xorosho", "хорошо"),
        ("khorosho", "хорошо"),
        ("poyot", "поёт"),
        ("kompaniya", "компания"),
        ("companiya", "компания"),
        ("centr", "центр"),
        ("tsentr", "центр"),
        ("unung", "үнүң"),
        ("shchit", "щит"),
        ("zwonili", "звонили"),
    ],
)
def test_a_latin_spelling_sounds_like_the_word(typed: str, meant: str) -> None:
    assert sound(fold(meant)) in sounds(typed)


def test_different_words_stay_apart() -> None:
    assert not set(sounds("balans")) & {sound("баланста"), sound("бланс")}


@given(st.text("abcjxyozh", max_size=40))
def test_the_readings_are_few(word: str) -> None:
    assert len(sounds(word)) <= 4
