"""Scenarios by the words typed, in whatever layout and letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.kb.model import Scenario
from prompter.search.scenarios import matching
from prompter.text.layout import swap_layout
from tests.call.builders import bundled


def found(query: str) -> list[str]:
    """The ids that fit, in their order."""
    return [scenario.id for scenario in matching(bundled().scenarios.values(), query)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("менедж", ["manager"]),
        ("МЕНЕДЖЕР", ["manager"]),
        ("начальник", ["manager"]),  # only callers say it
        ("алло", ["cannot_hear"]),
        ("слышно не", ["inaudible", "cannot_hear"]),  # the order of words does not matter
        ("звон", ["outgoing"]),
        ("вонок", []),  # a word's beginning, not its middle
        ("менедж тишина", []),  # every word must fit
        ("vtytl;", ["manager"]),  # «менедж» with the English layout on
        ("fkkj!", ["cannot_hear"]),
    ],
)
def test_what_a_query_finds(query: str, ids: list[str]) -> None:
    assert found(query) == ids


@pytest.mark.parametrize("query", ["", "  ", "?!", "«»"])
def test_no_word_leaves_all(query: str) -> None:
    assert found(query) == list(bundled().scenarios)


def scenario(id_: str, title: str, *said: str) -> Scenario:
    kind = next(iter(bundled().scenarios.values()))
    return type(kind)(
        **{
            **{f: getattr(kind, f) for f in kind.__struct_fields__},
            "id": id_,
            "title": {"ru": title},
            "caller": {"ru": said},
        }
    )


def test_titles_come_before_what_callers_say() -> None:
    rows = [
        scenario("a", "Первый", "тариф дорогой"),
        scenario("b", "Тарифы"),
        scenario("c", "Тариф", "тариф"),
    ]
    assert [one.id for one in matching(rows, "тариф")] == ["b", "c", "a"]


def test_a_word_may_stand_in_the_title_and_another_in_the_callers_words() -> None:
    rows = [scenario("a", "Интернет", "не работает")]
    assert matching(rows, "интернет работает") == rows


def test_yo_and_other_letters() -> None:
    rows = [scenario("a", "Подключён"), scenario("b", "Үй"), scenario("c", "wi-fi")]
    assert [one.id for one in matching(rows, "подключен")] == ["a"]
    assert [one.id for one in matching(rows, "ПОДКЛЮЧЁН")] == ["a"]
    assert [one.id for one in matching(rows, "үй")] == ["b"]
    assert [one.id for one in matching(rows, "wi fi")] == ["c"]
    assert [one.id for one in matching(rows, "цш-аш")] == ["c"]


@given(st.text())
def test_any_query_finds_some_of_them_in_no_other_order(query: str) -> None:
    assert set(found(query)) <= set(bundled().scenarios)
    assert len(found(query)) == len(set(found(query)))


@pytest.mark.parametrize("word", ["Приветствие", "нецензурная лексика", "завершение"])
def test_a_query_in_the_other_layout_finds_the_same(word: str) -> None:
    assert found(swap_layout(word)) == found(word) != []
