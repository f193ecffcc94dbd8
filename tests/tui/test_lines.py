"""Header, tree, the typed line and the key bar: what stays, what leaves first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.content import Content

from prompter import locale
from prompter.call.view.parts import (
    CURRENT,
    DONE,
    IDLE,
    OVER,
    PAUSED,
    PLAIN,
    POSSIBLE,
    SUSPENDED,
    TALKING,
    WARNING,
    Header,
    Person,
    TreeLine,
)
from prompter.tui import messages
from prompter.tui.footer import KeyHint, KeysPane, Typed, TypedPane
from prompter.tui.header import HeaderPane, Top, named, names_caller
from prompter.tui.tree import Scenarios, TreePane
from tests.call.builders import bundled
from tests.tui.cards import SHORT, WIDTHS

NARROW, WIDE = 60, 38
"""The tree's width under and beside the card."""

CALLER = Person("+996555123456", "Бакыт")
TALK = Header(TALKING, "ru", elapsed=11.0, person=CALLER)


def top(header: Header = TALK, **more: object) -> Top:
    desk = {"operator": "Айгуль", "department": "Отдел продаж", "time": "14:32", "unrecorded": False}
    return Top(header=header, languages=("ru", "ky"), **{**desk, **more})


def head(part: Top, width: int = 120) -> str:
    """The header's one line."""
    (row,) = HeaderPane("header").lines(part, width, 1)
    assert row.cell_length <= width
    return row.plain


def tree(*rows: TreeLine, lit: int = -1, width: int = WIDE, height: int = 20) -> list[Content]:
    """The tree's rows, each as wide as it may be."""
    drawn = TreePane("tree").lines(Scenarios(rows, lit), width, height)
    assert all(row.cell_length <= width for row in drawn)
    return drawn


def typed(part: Typed, width: int = 60) -> str:
    """The line above the keys."""
    (row,) = TypedPane("typed").lines(part, width, 1)
    assert row.cell_length <= width
    return row.plain


def keys(*hints: KeyHint, width: int = 60) -> str:
    """The key bar."""
    (row,) = KeysPane("keys").lines(hints, width, 1)
    assert row.cell_length <= width
    return row.plain


# header


def test_the_header_between_and_in_calls() -> None:
    assert head(top(Header(IDLE, "ru"))).startswith(f" ○ {locale._('Waiting')}")
    assert "☎" not in head(top(Header(IDLE, "ru")))
    row = head(top())
    assert row.startswith(f" ● {locale._('Talking')} 0:11")
    assert "☎ +996 555 12-34-56  Бакыт" in row
    assert "Айгуль · Отдел продаж" in row
    assert row.rstrip().endswith("RU/ky  14:32")


@pytest.mark.parametrize(
    ("clock", "glyph", "word"), [("", "◐", ""), (WARNING, "◑", ", истекает"), (OVER, "▲", ", превышено")]
)
def test_a_running_limit_names_the_header(clock: str, glyph: str, word: str) -> None:
    header = replace(TALK, title="Удержание", clock=clock)
    assert head(top(header)).startswith(f" {glyph} Удержание{word} 0:11")


def test_in_a_narrow_window_the_operator_leaves_first_then_the_name() -> None:
    row = head(top(), 60)
    assert "Айгуль" not in row
    assert "+996 555 12-34-56" in row
    assert row.rstrip().endswith("14:32")
    row = head(top(unrecorded=True), 60)
    assert locale._("not being recorded") in row
    assert row.rstrip().endswith("14:32")


def test_a_caller_and_the_operator_are_not_read_as_one_name() -> None:
    person = Person("+996701222333", "Тимур")
    ringing = Header(IDLE, "ru", ringing=(person,), dialled=True)
    assert "Айгуль" not in head(top(ringing, department="Техническая поддержка"), 80)
    for width in range(60, 140):
        row = head(top(ringing, department="Техническая поддержка"), width)
        assert "Айгуль" not in row or "Тимур   Айгуль" in re.sub(" {3,}", "   ", row)


def test_a_long_title_leaves_room_for_the_time_and_the_caller() -> None:
    title = "Удержание и ещё очень длинное уточнение к этому названию"
    for width in (60, 80):
        row = head(top(replace(TALK, title=title, clock=OVER)), width)
        assert row.startswith(" ▲ Удержание")
        assert "…, превышено 0:11" in row
        assert "☎ …34-56" in row
        assert row.rstrip().endswith("14:32")


def test_whether_the_header_names_the_caller() -> None:
    assert names_caller(top(), 60)
    assert names_caller(top(replace(TALK, person=Person())), 60)
    long = top(replace(TALK, person=Person(CALLER.number, "Константин Константинопольский")))
    assert not names_caller(long, 60)
    assert names_caller(long, 120)
    for part, width in ((top(), 60), (long, 120)):
        assert part.header.person.name in head(part, width)
    assert "Константинопольский" not in head(long, 60)


def test_outgoing_and_waiting_calls() -> None:
    row = head(top(replace(TALK, outgoing=True, waiting=Person("0700", ""))))
    assert f"{locale._('outgoing')} ☎" in row
    assert f"‖ {locale._('waiting')} 0700" in row


def test_a_person_in_one_piece() -> None:
    assert named(CALLER) == "+996 555 12-34-56  Бакыт"
    assert named(Person("", "Бакыт")) == "Бакыт"
    assert named(Person()) == ""


HEADERS = st.builds(
    Header,
    st.sampled_from([IDLE, TALKING]),
    st.sampled_from(["ru", "ky"]),
    title=st.just("") | SHORT,
    clock=st.sampled_from(["", WARNING, OVER]),
    elapsed=st.floats(0, 1e6),
    person=st.builds(Person, st.sampled_from(["", CALLER.number, "1" * 40]), st.just("") | SHORT),
    outgoing=st.booleans(),
    waiting=st.none() | st.builds(Person, st.just("0700"), SHORT),
)


@given(HEADERS, SHORT, SHORT, st.booleans(), st.sampled_from(WIDTHS))
def test_any_header_fits(header: Header, operator: str, department: str, bad: bool, width: int) -> None:
    row = head(top(header, operator=operator, department=department, unrecorded=bad), width)
    assert row.rstrip().endswith("14:32")
    assert "\n" not in row


# tree

ROWS = (
    TreeLine("greeting", "Приветствие", DONE, "F2"),
    TreeLine("inaudible", "Клиента не слышно", CURRENT, "F3"),
    TreeLine("inaudible", "Попросить говорить", CURRENT, step="inaudible.ask", left=14.2),
    TreeLine("inaudible", "Попрощаться", POSSIBLE, step="inaudible.goodbye"),
    TreeLine("clarify", "Уточнить информацию", PAUSED, "F4", left=-5.0, clock=OVER),
    TreeLine("other", "Без клавиши", PLAIN),
)


def test_the_tree_says_where_we_are() -> None:
    rows = [row.plain for row in tree(*ROWS)]
    assert rows[0].startswith(" F2  Приветствие")
    assert rows[0].endswith("✓ ")
    assert rows[1].endswith("▶ ")
    assert rows[2].startswith("     ▶ Попросить говорить")
    assert rows[2].endswith("0:15 ")
    assert rows[3].startswith("     ○ Попрощаться")
    assert rows[4].endswith("+0:05  ‖ ")
    assert rows[5].startswith(" –   Без клавиши")


@pytest.mark.parametrize(
    ("clock", "left", "said"),
    [
        ("", 75.0, "◐ ещё 1:15"),
        (WARNING, 20.0, "◑ истекает 0:20"),
        (OVER, -5.0, "▲ превышено +0:05"),
        (SUSPENDED, 75.0, "‖ стоит 1:15"),
    ],
)
def test_a_clock_in_the_tree_by_sign_and_word(clock: str, left: float, said: str) -> None:
    row = TreeLine("a", "Клиент ждёт", CURRENT, step="a.b", left=left, clock=clock)
    assert tree(row, width=NARROW)[0].plain.endswith(f" {said} ")
    sign, time = said[0], said.split()[-1]
    long = replace(row, title="Поблагодарить за ожидание и ещё что-нибудь")
    assert tree(long)[0].plain.endswith(f"… {sign} {time} ")


def test_titles_of_the_base_are_not_cut() -> None:
    for scenario in bundled().scenarios.values():
        title = scenario.title["ru"]
        row = TreeLine(scenario.id, title, PAUSED, scenario.key, left=-605.0, clock=OVER)
        assert title in tree(row)[0].plain
        for step in scenario.steps:
            title = bundled().steps[step].title["ru"]
            assert title in tree(TreeLine(scenario.id, title, DONE, step=step))[0].plain


def test_the_lit_line_is_reversed_and_in_sight() -> None:
    rows = tree(*ROWS, lit=5, height=3)
    assert len(rows) == 3
    assert "Без клавиши" in rows[-1].plain
    assert [any("reverse" in str(span.style) for span in row.spans) for row in rows] == [False, False, True]
    assert "Попросить говорить" in " ".join(row.plain for row in tree(*ROWS, height=1))


@pytest.mark.parametrize("height", [3, 5, 11])
def test_the_present_step_is_in_sight_among_all_scenarios(height: int) -> None:
    scenarios = list(bundled().scenarios.values())
    assert len(scenarios) > height
    for here in scenarios:
        rows = [TreeLine(one.id, one.title["ru"], PLAIN, one.key) for one in scenarios]
        at = scenarios.index(here) + 1
        rows[at:at] = [
            TreeLine(here.id, "Этот шаг", CURRENT, step="a.b"),
            *[replace(rows[0], step="c.d")] * 4,
        ]
        seen = [row.plain for row in tree(*rows, height=height)]
        assert len(seen) == height
        assert any("▶ Этот шаг" in row for row in seen), here.id


@pytest.mark.parametrize("ui", ["ru", "ky", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_found_is_said_whole(ui: str, width: int) -> None:
    locale.activate(ui)
    rows = TreePane("tree").lines(Scenarios((), found=()), width, 20)
    assert all(row.cell_length <= width for row in rows)
    said = " ".join(" ".join(row.plain for row in rows).split())
    assert said == locale._("Nothing fits. Enter: note these words, Esc: back")


@given(SHORT, st.none() | st.floats(-9000, 9000), st.sampled_from([WIDE, NARROW]), st.booleans())
def test_any_title_fits_the_tree(title: str, left: float | None, width: int, lit: bool) -> None:
    for step in ("", "a.b"):
        row = TreeLine("a", title, CURRENT, "F2", step, left, WARNING)
        (drawn,) = tree(row, lit=0 if lit else -1, width=width)
        assert drawn.cell_length == width


def test_markup_stays_text() -> None:
    markup = "[@click=app.bell]x[/]"
    drawn = [*tree(TreeLine("a", markup, DONE, "F2"), TreeLine("a", markup, DONE, step="b"))]
    drawn += TypedPane("typed").lines(Typed(query=markup), 80, 1)
    drawn += TypedPane("typed").lines(Typed(message=markup), 80, 1)
    drawn += KeysPane("keys").lines((KeyHint("F9", markup),), 80, 1)
    header = replace(TALK, title=markup, person=Person(markup, markup))
    drawn += HeaderPane("header").lines(top(header, operator=markup), 200, 1)
    assert [row.plain.count(markup) for row in drawn] == [1, 1, 1, 1, 1, 4]
    assert not [span for row in drawn for span in row.spans if "click" in str(span.style)]


# the typed line


def test_search_before_message_before_invitation() -> None:
    assert typed(Typed(query="тих", message="нет")) == " ⌕ тих▏"
    assert typed(Typed(query="")) == " ⌕ ▏"
    assert typed(Typed(message="готово")) == " готово"
    assert typed(Typed(message="нельзя", bad=True)) == " ▲ нельзя"
    invitation = locale._("type the caller's words…")
    assert typed(Typed()) == f" ⌕ {invitation}"


@given(SHORT, st.sampled_from([20, 60, 120]))
def test_of_a_long_query_the_end_is_seen(query: str, width: int) -> None:
    row = typed(Typed(query=query), width)
    assert row.endswith(f"{query[-5:]}▏")
    assert typed(Typed(message=query), width)


@pytest.mark.parametrize("ui", ["ru", "ky"])
def test_refusals_are_read_whole_in_the_narrowest_window(ui: str) -> None:
    locale.activate(ui)
    for code in messages._REFUSALS:
        said = messages.refusal(code)
        assert typed(Typed(message=said, bad=True)) == f" ▲ {said}"


def test_a_long_message_takes_lines() -> None:
    told = "Скрипты с ошибкой, работает последняя исправная версия. clarify.yaml:12: неизвестное поле «goo»"
    rows = TypedPane("typed").lines(Typed(message=told, bad=True), 60, 4)
    assert " ".join(" ".join(row.plain for row in rows).split()) == f"▲ {told}"
    assert len(rows) == 2
    endless = TypedPane("typed").lines(Typed(message=f"{told} " * 9), 60, 4)
    assert len(endless) == 4
    assert endless[-1].plain.endswith("…")


# the key bar

HINTS = (
    KeyHint("Enter", "сказано", rank=0),
    KeyHint("1–3", "ответ", rank=1),
    KeyHint("0", "не по сценарию", rank=6),
    KeyHint("Ctrl+O", "заметка", rank=8),
    KeyHint("F1", "клавиши", rank=0),
)


def test_the_least_needed_key_leaves_first() -> None:
    whole = " Enter сказано   1–3 ответ   0 не по сценарию   Ctrl+O заметка   F1 клавиши"
    assert keys(*HINTS, width=len(whole)) == whole
    tight = " Enter сказано  1–3 ответ  0 не по сценарию  Ctrl+O заметка  F1 клавиши"
    assert keys(*HINTS, width=len(whole) - 1) == tight
    assert keys(*HINTS, width=len(tight) - 1) == " Enter сказано   1–3 ответ   0 не по сценарию   F1 клавиши"
    assert keys(*HINTS, width=45) == " Enter сказано   1–3 ответ   F1 клавиши"
    assert keys(*HINTS, width=30) == " Enter сказано   F1 клавиши"


def test_of_equal_ranks_the_last_leaves_first() -> None:
    equal = (KeyHint("Enter", "да", rank=0), KeyHint("F9", "раз", rank=5), KeyHint("F12", "два", rank=5))
    assert keys(*equal, width=20) == " Enter да   F9 раз"


@given(st.lists(st.builds(KeyHint, SHORT, SHORT, st.booleans(), st.integers(1, 9)), max_size=8))
def test_enter_and_help_stay_whatever_is_between(between: list[KeyHint]) -> None:
    row = keys(HINTS[0], *between, HINTS[-1], width=40)
    assert row.startswith(" Enter сказано")
    assert row.endswith("F1 клавиши")


def test_wide_letters_count_twice() -> None:
    hints = (HINTS[0], KeyHint("F9", "漢字漢字", rank=4), HINTS[-1])
    assert keys(*hints, width=43) == " Enter сказано   F9 漢字漢字   F1 клавиши"
    assert keys(*hints, width=37) == " Enter сказано   F1 клавиши"
    assert typed(Typed(query="漢" * 30), 20) == f" ⌕ {'漢' * 7}▏"


def test_a_key_that_cannot_act_stays_dim() -> None:
    hints = (KeyHint("Esc", "назад", acts=False),)
    (row,) = KeysPane("keys").lines(hints, 60, 1)
    assert row.plain == " Esc назад"
    assert {str(span.style) for span in row.spans} == {"$text-off"}
