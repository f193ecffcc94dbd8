"""The lines along the bottom, and when the bell rings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter import locale
from prompter.call.view.parts import OPEN, OVER, OVERDUE, RUNNING, SUSPENDED, WARNING, NormLine, Person
from prompter.kb.model import LIMIT, PROMISE, RESPOND, WAIT
from prompter.tui.norms import NormsPane, rang
from tests.call.builders import NOON
from tests.tui.cards import SHORT, WIDTHS

HOLD = NormLine("Удержание", LIMIT, RUNNING, 75.0, 120)
PAUSE = NormLine("Подождать ответа", WAIT, RUNNING, 2.0, 3)
SILENCE = NormLine("Сказать, если не слышно", RESPOND, RUNNING, 9.0, 15)
BAKYT = Person("+996555123456", "Бакыт")
BACK = NormLine("Перезвонить", PROMISE, OPEN, 1560.0, 1800, due=NOON, person=BAKYT)
LATE = NormLine("Перезвонит менеджер", PROMISE, OVERDUE, -3700.0, 900, due=NOON, person=BAKYT)


def drawn(*norms: NormLine, width: int = 80, height: int = 9) -> list[str]:
    """The rows of the pane."""
    rows = NormsPane("norms").lines(norms, width, height)
    assert all(row.cell_length <= width for row in rows)
    return [row.plain for row in rows]


@pytest.mark.parametrize("ui", ["ru", "ky", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_states_stand_in_one_column(ui: str, width: int) -> None:
    locale.activate(ui)
    over = replace(HOLD, state=OVER, left=-65.0)
    _rule, *rows = drawn(over, SILENCE, LATE, BACK, width=width)
    found = [re.match(r" \S (\S+(?: \S+)*) {2,}(?=\S)", row) for row in rows]
    assert len({match.end() for match in found if match}) == 1
    assert None not in found


def test_tails_stand_in_one_column() -> None:
    _rule, first, second = drawn(LATE, BACK)
    assert first.index("+996") == second.index("+996")
    assert "+996 555 12-34-56  Бакыт" in first


GLYPHS = [
    (HOLD, "◐"),
    (replace(HOLD, state=WARNING), "◑"),
    (replace(HOLD, state=OVER, left=-1.0), "▲"),
    (replace(HOLD, state=SUSPENDED), "‖"),
    (PAUSE, "◌"),
    (SILENCE, "◌"),
    (BACK, "○"),
    (replace(BACK, state=WARNING), "◑"),
    (LATE, "▲"),
]


@pytest.mark.parametrize(("norm", "glyph"), GLYPHS)
def test_a_glyph_says_what_the_colour_says(norm: NormLine, glyph: str) -> None:
    assert drawn(norm)[1].startswith(f" {glyph} {norm.title}")


@pytest.mark.parametrize(
    ("norm", "said"),
    [
        (HOLD, "осталось 1:15"),
        (replace(HOLD, state=OVER, left=-65.0), "превышено на 1:05"),
        (replace(HOLD, state=SUSPENDED), "1:15"),
        (BACK, "до 14:20, осталось 26 мин"),
        (LATE, "просрочено 1 ч 1 мин"),
        (replace(LATE, left=-20.0), "просрочено 20 с"),
    ],
)
def test_states_in_words(norm: NormLine, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prompter.tui.norms.clock_time", lambda at: "14:20" if at == NOON else "?")
    assert said in drawn(norm)[1]


def test_what_runs_out_says_so_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prompter.tui.norms.clock_time", lambda at: "14:20")
    assert "◑ Удержание  осталось всего 0:15" in drawn(replace(HOLD, state=WARNING, left=15.0))[1]
    soon = replace(BACK, state=WARNING, left=240.0)
    assert "до 14:20, осталось всего 4 мин" in drawn(soon)[1]
    assert "скоро, через 4 мин" in drawn(soon, width=60)[1]


def test_a_number_is_never_cut_for_the_sake_of_a_name() -> None:
    title = "Перезвонить и очень длинное название норматива"
    long = replace(LATE, title=title, person=Person("+996700112233", "Константин Константинопольский"))
    assert drawn(long, width=60)[1].endswith("700 11-22-33")
    assert drawn(long, width=140)[1].endswith("+996 700 11-22-33  Константин Константинопольский")


def test_a_narrow_promise_has_no_time_of_day() -> None:
    assert "через 26 мин" in drawn(BACK, width=60)[1]


def test_the_bar_is_what_is_used() -> None:
    row = drawn(HOLD, width=100)[1]
    assert row.endswith("из 2:00")
    assert (row.count("━"), row.count("─")) == (8, 12)  # 45 of 120 seconds
    assert "━" not in drawn(HOLD, width=42)[1]


def test_nothing_runs() -> None:
    assert drawn() == ["─" * 80, f" {locale._('No clocks, no call-backs')}"]


def test_a_forgotten_number_and_a_call_back_made() -> None:
    assert locale._("number forgotten") in drawn(replace(BACK, person=Person("", "Бакыт")))[1]
    assert drawn(replace(BACK, called=True), width=100)[1].endswith(locale._("called"))
    assert locale._("called") not in drawn(BACK, width=100)[1]


def test_what_does_not_fit_is_counted() -> None:
    rows = drawn(HOLD, LATE, BACK, BACK, height=3)
    assert len(rows) == 3
    assert rows[1].startswith(" ◐ Удержание")
    assert "ещё 3" in rows[2]
    assert "▲" in rows[2]
    assert "1 просрочен" in rows[2]
    assert "Ctrl+B" in rows[2]
    assert "▲" not in drawn(HOLD, BACK, BACK, height=3)[2]
    assert len(drawn(HOLD, LATE, BACK, height=4)) == 4


def test_clocks_are_not_counted_as_promises() -> None:
    assert "ещё 1" in drawn(HOLD, SILENCE, BACK, height=3)[2]
    rows = drawn(HOLD, SILENCE, PAUSE, height=3)
    assert rows[2].startswith(f" ◌ {SILENCE.title}")


NORMS = st.builds(
    NormLine,
    title=SHORT,
    kind=st.sampled_from([LIMIT, WAIT, RESPOND, PROMISE]),
    state=st.sampled_from([RUNNING, WARNING, OVER, SUSPENDED, OPEN, OVERDUE]),
    left=st.floats(-400_000, 400_000),
    limit=st.floats(0, 90_000),
    due=st.just(NOON),
    person=st.builds(Person, st.sampled_from(["", BAKYT.number, "1" * 40]), st.just("") | SHORT),
    called=st.booleans(),
)


@given(st.lists(NORMS, max_size=7), st.sampled_from(WIDTHS), st.integers(3, 6))
def test_any_norms_fit(norms: list[NormLine], width: int, height: int) -> None:
    assert len(drawn(*norms, width=width, height=height)) <= height


def test_markup_stays_text() -> None:
    markup = "[@click=app.bell]x[/]"
    row = NormsPane("norms").lines((replace(BACK, title=markup, person=Person(markup, markup)),), 140, 4)[1]
    assert row.plain.count(markup) == 3
    assert not [span for span in row.spans if "click" in str(span.style)]


OVER_NOW = replace(HOLD, state=OVER, left=-1.0)


@pytest.mark.parametrize(
    ("before", "after", "rings"),
    [
        ((HOLD,), (OVER_NOW,), True),
        ((replace(HOLD, state=WARNING),), (OVER_NOW,), True),
        ((OVER_NOW,), (OVER_NOW,), False),
        ((), (OVER_NOW,), False),  # found so at a start: it rang when it happened
        ((replace(HOLD, state=SUSPENDED),), (OVER_NOW,), False),
        ((HOLD,), (), False),
        ((HOLD,), (replace(HOLD, state=WARNING),), False),
        ((PAUSE,), (), False),
        ((BACK,), (LATE,), True),  # an overdue call-back is loud, once
        ((LATE,), (LATE,), False),
        ((BACK,), (replace(LATE, promise="another"),), False),
        ((HOLD, OVER_NOW), (OVER_NOW,), False),
        ((HOLD, SILENCE), (SILENCE, OVER_NOW), True),
    ],
)
def test_the_bell(before: tuple[NormLine, ...], after: tuple[NormLine, ...], rings: bool) -> None:
    assert rang(before, after) is rings
