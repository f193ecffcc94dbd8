"""Lines of text: wrapping, aligning, boxes, bars, times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from prompter.call.words import FILLED, MISSING, TIMED, Fragment
from prompter.tui.draw import bar, boxed, countdown, cut, filled, hanging, line, spread, window, wrapped
from tests.tui.cards import SHORT, TEXTS


@given(TEXTS, st.integers(5, 130))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    rows = wrapped(Content(text), width)
    assert all(row.cell_length <= width for row in rows)
    assert "".join("".join(row.plain for row in rows).split()) == "".join(text.split())


@given(SHORT, SHORT, st.integers(12, 100))
def test_two_ends_of_a_line(left: str, right: str, width: int) -> None:
    right = right[:5]
    row = spread(Content(left), Content(right), width)
    assert row.cell_length == width
    assert row.plain.endswith(right)


def test_the_left_is_cut_where_both_do_not_fit() -> None:
    assert spread(Content("Клиента не слышно"), Content("0:15"), 12).plain == "Клиент… 0:15"
    assert spread(Content("Клиент"), Content(""), 6).plain == "Клиент"
    assert cut(Content("Клиент"), 4).plain == "Кли…"
    assert cut(Content("Клиент"), 6).plain == "Клиент"
    assert cut(Content("Клиент"), -3).cell_length == 0


def test_text_hangs_under_itself() -> None:
    rows = hanging(Content("Нельзя"), Content("раз два три"), 10, 18)
    assert [row.plain for row in rows] == ["Нельзя    раз два", "          три"]


@given(SHORT, SHORT, SHORT, st.integers(20, 120))
def test_a_box_is_as_wide_as_told(text: str, title: str, note: str, width: int) -> None:
    rows = boxed([Content(text)], width, title, note, "bold")
    assert {row.cell_length for row in rows} == {width}
    assert [row.plain[0] + row.plain[-1] for row in rows] == ["╭╮", *["││"] * (len(rows) - 2), "╰╯"]


def test_a_box_with_and_without_a_note() -> None:
    rows = [row.plain for row in boxed([Content("да")], 24, "Сказать", "слайд 9", "bold")]
    assert rows == ["╭─ Сказать ────────────╮", "│ да                   │", "╰──────────── слайд 9 ─╯"]
    assert boxed([], 12, "А", "", "bold")[-1].plain == "╰──────────╯"


def test_what_is_too_long_for_a_frame_stands_whole_within() -> None:
    title, note = "Очень длинное название шага", "и очень длинный источник"
    rows = boxed([Content("да")], 30, title, note, "bold")
    assert {row.cell_length for row in rows} == {30}
    assert [row.plain.count("…") for row in rows] == [1, 0, 0, 0, 0, 1]
    inside = " ".join(row.plain.strip("│ ") for row in rows[1:-1])
    assert inside == f"{title} да {note}"
    wide = boxed([Content("漢字")], 30, "漢字漢字", "漢字", "bold")
    assert {row.cell_length for row in wide} == {30}


def test_missing_and_timed_words_stand_out() -> None:
    text = (Fragment("Я "), Fragment("x", MISSING, "settings"), Fragment("2", TIMED), Fragment("!", FILLED))
    assert filled(text, "", {"settings": "имя"}).plain == "Я ‹имя?›‹2›!"
    assert filled((Fragment("x", MISSING, "odd"),), "", {}).plain == "‹x?›"


@given(st.integers(0, 60), st.integers(1, 40), st.data())
def test_the_lit_row_is_in_the_window(count: int, height: int, data: st.DataObject) -> None:
    focus = data.draw(st.integers(0, max(0, count - 1)))
    shown = window(count, height, focus)
    assert len(shown) == min(count, height)
    assert not count or focus in shown
    assert all(0 <= n < count for n in shown)


@pytest.mark.parametrize(("share", "used"), [(-1, 0), (0, 0), (0.5, 5), (1, 10), (7, 10)])
def test_a_bar(share: float, used: int) -> None:
    assert bar(share, 10, "bold").plain == "━" * used + "─" * (10 - used)


@pytest.mark.parametrize(
    ("left", "shown"),
    [(120, "2:00"), (14.01, "0:15"), (0.2, "0:01"), (0, "+0:00"), (-0.9, "+0:00"), (-65, "+1:05")],
)
def test_time_left_ends_with_the_zero(left: float, shown: str) -> None:
    assert countdown(left) == shown


def test_parts_are_no_markup() -> None:
    assert line("[red]a[/]", ("[b]", "bold"), Content("[/x]")).plain == "[red]a[/][b][/x]"
