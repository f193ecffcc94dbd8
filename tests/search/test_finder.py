"""What a base's finder gives first: scenarios in a call, what must not be said, one's own department."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter.kb.model import Forbidden, KnowledgeBase
from prompter.search.entries import ARTICLE, EXPRESSION, NORM, STATUS
from prompter.search.finder import Finder
from prompter.search.index import OPENING
from prompter.search.rank import Context, Hit
from tests.call.builders import bundled

CALL = Context(in_call=True)
MAYBE = Forbidden(
    "maybe",
    title={"ru": "«Может быть»"},
    why={"ru": "Это догадка"},
    pattern={"ru": ["может быть"], "ky": ["балким"]},
    window=0,
    unless={"ru": ["не может быть"]},
)


def with_forbidden(*expressions: Forbidden) -> KnowledgeBase:
    return replace(bundled(), forbidden={one.id: one for one in expressions})


ALL = Finder(bundled())
FINDER = Finder(with_forbidden(MAYBE))


def things(hits: list[Hit]) -> list[tuple[str, int | str]]:
    return [hit.entry.thing for hit in hits]


@pytest.mark.parametrize("query", ["перезвонит менеджер", "удержание", "обед"])
def test_in_a_call_scenarios_come_first(query: str) -> None:
    between, within = ALL.find(query), ALL.find(query, CALL)
    assert between[0].entry.kind not in OPENING
    assert within[0].entry.kind in OPENING
    assert set(things(within[:5])) & set(things(between[:5]))


def test_what_must_not_be_said_comes_first_with_its_words() -> None:
    (first, *_) = FINDER.find("ну Может  быть, завтра")
    assert (first.entry.kind, first.entry.id) == (EXPRESSION, "maybe")
    assert [first.entry.text[start:end] for start, end in first.spans] == ["Может  быть"]


def test_what_must_not_be_said_stands_once() -> None:
    found = things(FINDER.find("может быть, балким, может быть"))
    assert found.count((EXPRESSION, "maybe")) == 1


def test_in_a_call_it_stands_behind_the_scenarios_that_fit() -> None:
    found = things(Finder(bundled()).find("алло алло", CALL))
    assert found[0][0] == "scenario"
    assert (EXPRESSION, "hello_hello") in found[:4]
    assert things(Finder(bundled()).find("алло алло"))[0] == (EXPRESSION, "hello_hello")


def test_an_exception_is_no_offence() -> None:
    found = FINDER.find("разговор не может быть продолжен")
    assert found[0].entry.kind != EXPRESSION
    assert not [hit for hit in found if hit.entry.text == "разговор не может быть продолжен"]


def test_an_expression_of_another_department_is_left_out() -> None:
    finder = Finder(with_forbidden(replace(MAYBE, departments=("support",))))

    def first(department: str) -> bool:
        hits = finder.find("может быть", Context(department=department))
        return (EXPRESSION, "maybe") in things(hits)

    assert (first("support"), first(""), first("sales")) == (True, True, False)


def test_one_language_alone() -> None:
    kyrgyz = Finder(with_forbidden(MAYBE), "ky")
    assert {hit.entry.lang for hit in kyrgyz.find("менеджер")} == {"ky"}
    assert things(kyrgyz.find("балким"))[0] == (EXPRESSION, "maybe")
    assert not [hit for hit in kyrgyz.find("может быть") if hit.score == 1.0]


def test_so_many_at_most() -> None:
    assert len(ALL.find("не", CALL, limit=3)) == 3
    assert len(Finder(bundled()).find("может быть", limit=1)) == 1


@pytest.mark.parametrize(
    ("kind", "query"), [(NORM, "удержание"), (STATUS, "кофе-брейк"), (ARTICLE, "рабочее время")]
)
def test_the_handbook_is_found(kind: str, query: str) -> None:
    assert ALL.find(query)[0].entry.kind == kind


@given(st.text(max_size=80))
def test_any_query_is_answered(query: str) -> None:
    for hit in FINDER.find(query, CALL):
        ends = 0
        for start, end in hit.spans:
            assert ends <= start < end <= len(hit.entry.text)
            ends = end


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "а" * 10_000,
        "не " * 3_000,
        "🙂🙂",
        "\u202e\u0000\x1b[2J",
        "(.*)+$[",
        "'; DROP TABLE events; --",
        "%00",
    ],
)
def test_hostile_queries_are_only_words(query: str) -> None:
    assert len(FINDER.find(query, CALL)) <= 20
