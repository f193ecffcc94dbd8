"""Results of the search: titles, what fitted, answers, and how they are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter import locale
from prompter.call.view.handbook import handbook
from prompter.search.entries import ARTICLE, EXPRESSION, NORM, STATUS
from prompter.search.index import CALLER, DUTY, PHRASE, SCENARIO, Entry
from prompter.search.rank import Hit
from prompter.tui.result_lines import result_lines
from prompter.wording.results import Result, of_page, result
from tests.call.builders import AIGUL, NOON, bundled
from tests.tui.cards import SHORT, TEXTS

WIDTHS = (38, 60)
PAGES = {of_page(page): page for page in handbook(bundled(), AIGUL, "ru", NOON)}
LATIN = ("manager", "Просит менеджера")


@pytest.fixture(autouse=True)
def russian() -> None:
    locale.activate("ru")


def told(entry: Entry, *spans: tuple[int, int]) -> Result:
    made = result(Hit(entry, 1.0, spans), bundled(), AIGUL, PAGES)
    assert made is not None
    return made


def test_a_scenario_by_its_title() -> None:
    id_, title = LATIN
    one = told(Entry(id_, title, "ru", SCENARIO, id_, "F8"), (7, 16))
    assert (one.title, one.text, one.key, one.scenario, one.step) == (title, "", "F8", id_, "")
    assert (one.in_text, one.spans) == (False, ((7, 16),))


def test_a_scenario_by_what_the_caller_says() -> None:
    one = told(Entry("manager", "Дайте начальника", "ru", CALLER, "manager", "F8"), (6, 16))
    assert (one.title, one.text, one.in_text) == (LATIN[1], "Дайте начальника", True)
    assert one.thing == (SCENARIO, "manager")


def test_a_phrase_and_a_duty_lead_to_their_step() -> None:
    for kind in (PHRASE, DUTY):
        one = told(Entry("closing.goodbye", "всего доброго", "ru", kind, "closing", "F9"), (0, 5))
        assert one.title == "Завершение · Попрощаться"
        assert (one.scenario, one.step, one.text) == ("closing", "closing.goodbye", "всего доброго")


def test_a_draft_is_found_hidden_or_marked() -> None:
    entry = Entry("clarify.ask", "Сураныч, линияда", "ky", PHRASE, "clarify", "F4", draft=True)
    hidden = told(entry, (0, 7))
    assert (hidden.step, hidden.text, hidden.spans) == ("clarify.ask", "", ())
    marked = result(Hit(entry, 1.0, ((0, 7),)), replace(bundled(), show_drafts=True), AIGUL, PAGES)
    assert marked is not None
    for lit in (0, -1):
        row = result_lines([marked], lit, 60, 20)[1].plain
        assert row.strip() == "черновик · Сураныч, линияда"
    assert "черновик" not in "".join(row.plain for row in result_lines([hidden], 0, 60, 20))


def test_words_of_the_steps_title_stand_out_where_they_are() -> None:
    one = told(Entry("closing.goodbye", "Попрощаться", "ru", DUTY, "closing", "F9"), (0, 11))
    assert [one.title[a:b] for a, b in one.spans] == ["Попрощаться"]
    assert (one.in_text, one.text) == (False, "")


def test_a_norm_and_a_status_are_answered() -> None:
    assert told(Entry("hold", "сколько держать", "ru", NORM)).text.startswith("не больше ")
    coffee = told(Entry("coffee", "Кофе-брейк", "ru", STATUS), (0, 10))
    assert (coffee.title, coffee.spans) == ("Кофе-брейк", ((0, 10),))
    assert coffee.text.endswith("Обязателен каждый рабочий день")
    assert (coffee.scenario, coffee.step) == ("", "")


def test_a_page_is_found_by_its_kind() -> None:
    for kind, name in ((ARTICLE, "ethics"), (EXPRESSION, "hello_hello")):
        one = told(Entry(name, "слова", "ru", kind))
        assert PAGES[one.page].id == name


@pytest.mark.parametrize(
    "entry",
    [
        Entry("gone", "Был", "ru", SCENARIO, "gone"),
        Entry("closing.gone", "Был", "ru", PHRASE, "closing"),
        Entry("gone", "Был", "ru", NORM),
    ],
)
def test_what_the_base_has_no_more_is_no_result(entry: Entry) -> None:
    assert result(Hit(entry, 1.0, ()), bundled(), AIGUL, PAGES) is None


ROWS = [
    Result("manager", CALLER, "Просит менеджера", "F8", "Дайте начальника", ((6, 16),), True),
    Result("hold", NORM, "Удержание", "", "не больше 2 мин"),
    Result("hello_hello", EXPRESSION, "«Алло, алло»", "", "", ((1, 5),)),
]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_thing_is_stands_in_one_column(width: int) -> None:
    rows = [row.plain for row in result_lines(ROWS, 0, width, 20)]
    assert [len(row) for row in rows] == [width] * 5
    kinds = [row for row in rows if row.endswith((" сценарий ", " норматив ", " нельзя "))]
    assert [row[:5] for row in kinds] == [" F8  ", " –   ", " –   "]
    assert rows[1].strip() == "Дайте начальника"


def test_the_lit_result_is_lit_whole() -> None:
    lit = result_lines(ROWS, 1, 60, 20)
    assert ["reverse" in str(row.spans) for row in lit] == [False, False, True, True, False]


def test_the_words_that_fitted_stand_out() -> None:
    rows = result_lines(ROWS, 1, 60, 20)
    marked = [
        row.plain[s.start : s.end] for row in (rows[1], rows[4]) for s in row.spans if "bold" in str(s.style)
    ]
    assert marked == ["начальника", "Алло"]


def test_a_long_text_begins_before_the_first_word_that_fitted() -> None:
    text = "Здравствуйте, я бы хотел, чтобы вы перезвонили мне, потому что менеджер обещал"
    one = replace(ROWS[0], text=text, spans=((text.index("менеджер"), text.index("менеджер") + 8),))
    (_title, row) = result_lines([one], 1, 38, 20)
    assert row.plain.strip().startswith("…")
    assert "менеджер" in row.plain


@given(
    st.lists(st.tuples(SHORT, TEXTS), min_size=1, max_size=12), st.integers(0, 11), st.sampled_from(WIDTHS)
)
def test_any_results_fit_and_the_lit_one_is_in_sight(
    texts: list[tuple[str, str]], lit: int, width: int
) -> None:
    lit = min(lit, len(texts) - 1)
    results = [
        Result(f"{n}", PHRASE, title, "", text, ((0, 1),), True) for n, (title, text) in enumerate(texts)
    ]
    for height in (2, 5, 40):
        rows = result_lines(results, lit, width, height)
        assert len(rows) <= height
        assert all(row.cell_length == width for row in rows)
        assert sum("reverse" in str(row.spans) for row in rows) == 2
