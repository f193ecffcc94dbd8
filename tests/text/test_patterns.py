"""Patterns of what must not be said: what they find, what they leave alone, how bad ones are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.patterns import (
    EMPTY,
    LONG,
    NO_LETTERS,
    STAR_ALONE,
    STAR_INSIDE,
    Expression,
    PatternError,
    as_said,
    expression,
)


def said(one: Expression, text: str) -> list[str]:
    return [text[start:end] for start, end in one.find(text)]


def test_a_star_stands_for_any_ending() -> None:
    unsure = expression(["не уверен*"])
    assert said(unsure, "Я не уверена, подождите") == ["не уверена"]
    assert said(unsure, "Не  УВЕРЕН!") == ["Не  УВЕРЕН"]
    assert said(unsure, "Я уверена") == []
    assert said(expression(["*знаю"]), "Незнаю, признаю") == ["Незнаю", "признаю"]


def test_a_word_without_a_star_is_that_word() -> None:
    assert said(expression(["знаю"]), "узнаю, знают, знаю") == ["знаю"]


def test_ways_to_say_one_word() -> None:
    assert said(expression(["я|мы не знаю|знаем"]), "Мы не знаем. Я не знаю. Вы не знаете") == [
        "Мы не знаем",
        "Я не знаю",
    ]


def test_other_words_between_up_to_the_window() -> None:
    text = "не очень-то и уверена"  # three words between
    assert said(expression(["не уверен*"], window=3), text) == [text]
    assert said(expression(["не уверен*"], window=2), text) == []


def test_the_order_counts_unless_told_otherwise() -> None:
    text = "уверена я не до конца"
    assert said(expression(["не уверен*"]), text) == []
    assert said(expression(["не уверен*"], ordered=False), text) == ["уверена я не"]


def test_in_any_order_each_word_has_a_place_of_its_own() -> None:
    twice = expression(["раз* раз*"], ordered=False)
    assert said(twice, "раз") == []
    assert said(twice, "раз и разговор") == ["раз и разговор"]


def test_the_approved_phrase_is_no_offence() -> None:
    maybe = expression(["может быть"], unless=["не может быть продолжен*"])
    assert said(maybe, "Может быть, он перезвонит") == ["Может быть"]
    assert said(maybe, "Извините, наш разговор не может быть продолжен. Спасибо Вам за звонок") == []
    assert said(maybe, "Разговор не может быть продолжен, может быть завтра") == ["может быть"]


def test_no_pattern_reaches_across_sentences() -> None:
    assert said(expression(["не знаю"]), "Это не. Знаю точно") == []
    assert said(expression(["не знаю"]), "не\nзнаю") == []


def test_an_outcry_goes_with_what_follows() -> None:
    hello = expression(["алло алло"])
    assert said(hello, "Алло! Алло! Вы тут?") == ["Алло! Алло"]
    assert said(hello, "Алло... алло") == ["Алло... алло"]
    assert said(hello, "Слышите? Алло. Говорите. Алло!") == []


def test_letters_are_folded() -> None:
    kyrgyz = expression(["билбейм", "түшүнгөн жоксуз"])
    assert said(kyrgyz, "Тушунгон жоксуз") == ["Тушунгон жоксуз"]
    assert said(expression(["еще раз"]), "Ещё раз") == ["Ещё раз"]
    assert said(expression(["сомнева*"]), "cомневаюсь") == ["cомневаюсь"], "a Latin c"


def test_a_stress_mark_moves_no_place() -> None:
    assert said(expression(["не знаю"]), "я не́ зна́ю этого") == ["не́ зна́ю"]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", EMPTY),
        ("  ", EMPTY),
        ("не *", STAR_ALONE),
        ("не у*", STAR_ALONE),
        ("зн*аю", STAR_INSIDE),
        ("не|", EMPTY),
        ("а-б", NO_LETTERS),
        ("раз " * 7, LONG),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(PatternError) as refused:
        expression([pattern])
    assert refused.value.code == code


@given(st.text(alphabet="неуврамжтбыь *|.,!ё\n\u0301🙂", max_size=60))
def test_every_found_place_stands_in_the_text(text: str) -> None:
    one = expression(["не уверен*", "может быть", "не раз"], window=2, ordered=False, unless=["не может"])
    ends = 0
    for start, end in one.find(text):
        assert ends <= start < end <= len(text)
        ends = end


def test_a_pattern_reads_as_it_is_said() -> None:
    assert as_said("я|мы не уверен*|верен") == "я не уверен*"
