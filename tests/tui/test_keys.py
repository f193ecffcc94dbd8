"""What acts now, and where a letter stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from prompter import locale
from prompter.call.view.parts import IDLE, TALKING, AnswerLine, Card, DeskView, Header, NormLine
from prompter.tui.footer import KeyHint, KeysPane
from prompter.tui.help import help_lines
from prompter.tui.keys import call_hints, form_hints, menu_hints, opens_search, physical, search_hints

RUSSIAN = dict(zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True))
KYRGYZ = {"ң": "y", "ө": "j", "ү": "e"}

ANSWERS = tuple(AnswerLine(n, "да", "нет") for n in (1, 2, 3))
VIEW = DeskView(Header(TALKING, "ru"), (), Card("a.b", "", "say", answers=ANSWERS), (), "said", undo=True)
CLOSING = ("F9", "завершение")


@pytest.mark.parametrize(("letter", "latin"), sorted({**RUSSIAN, **KYRGYZ}.items()))
def test_ctrl_with_a_cyrillic_letter_means_its_place(letter: str, latin: str) -> None:
    assert physical(f"ctrl+{letter}") == f"ctrl+{latin}"
    assert physical(f"ctrl+{letter.upper()}") == f"ctrl+{latin}"
    assert physical(f"ctrl+shift+{letter}") == f"ctrl+shift+{latin}"


@pytest.mark.parametrize(
    "key",
    ["й", "q", "ctrl+q", "shift+й", "alt+й", "enter", "ctrl+f1", "ctrl+漢", "ctrl+backspace", "ctrl++", ""],
)
def test_every_other_key_is_left_alone(key: str) -> None:
    assert physical(key) == key


def test_every_letter_of_both_alphabets_has_a_place() -> None:
    for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөү":
        assert physical(f"ctrl+{letter}").removeprefix("ctrl+").isascii()


def bar(
    view: DeskView = VIEW, other: str = "кыргызча", closing: tuple[str, str] | None = CLOSING
) -> dict[str, KeyHint]:
    """The hints by key."""
    return {hint.key: hint for hint in call_hints(view, other, closing)}


@pytest.mark.parametrize(
    ("enter", "does"),
    [("said", "said"), ("answer", "next"), ("end", "said, end"), ("", "said")],
)
def test_enter_says_what_it_does(enter: str, does: str) -> None:
    hint = bar(replace(VIEW, enter=enter))["Enter"]
    assert hint.does == locale._(does)
    assert hint.acts is bool(enter)


def test_digits_are_counted() -> None:
    assert "1–3" in bar()
    one = replace(VIEW, card=replace(VIEW.card, answers=ANSWERS[:1]))
    assert "1" in bar(one)
    none = bar(replace(VIEW, card=replace(VIEW.card, answers=())))
    assert [key for key in none if key[0] in "123456789"] == []
    assert "0" in none


def test_esc_is_dim_where_nothing_can_be_taken_back() -> None:
    assert bar()["Esc"].acts
    assert not bar(replace(VIEW, undo=False))["Esc"].acts


def test_other_language_and_closing_stand_only_where_there_are_any() -> None:
    assert bar()["F12"].does == "кыргызча"
    assert bar()["F9"].does == "завершение"
    assert not {"F12", "F9"} & set(bar(other="", closing=None))


def test_between_calls() -> None:
    idle = replace(VIEW, header=Header(IDLE, "ru"), undo=False)
    keys = bar(idle)
    assert "Esc" not in keys
    assert not keys["Ctrl+B"].acts
    assert "Ctrl+Q" in keys
    owed = replace(idle, norms=(NormLine("Перезвонить", "promise", "open", 1.0, 2.0),), undo=True)
    assert bar(owed)["Ctrl+B"].acts
    assert bar(owed)["Esc"].acts


@pytest.mark.parametrize("ui", locale.LANGUAGES)
@pytest.mark.parametrize("width", [45, 60, 80, 100, 120])
@pytest.mark.parametrize("enter", ["said", "answer", "end", "", "idle"])
def test_enter_and_help_stay_in_every_bar(ui: str, width: int, enter: str) -> None:
    locale.activate(ui)
    view = replace(VIEW, header=Header(IDLE, "ru")) if enter == "idle" else replace(VIEW, enter=enter)
    (row,) = KeysPane("keys").lines(call_hints(view, "кыргызча", CLOSING), width, 1)
    assert row.cell_length <= width
    assert row.plain.startswith(" Enter ")
    assert row.plain.endswith(f"F1 {locale._('keys')}")


def test_undo_and_answers_stay_in_the_narrow_window() -> None:
    (row,) = KeysPane("keys").lines(call_hints(VIEW, "кыргызча", CLOSING), 60, 1)
    assert "1–3" in row.plain
    assert "Esc" in row.plain
    assert "Ctrl+O" not in row.plain


@pytest.mark.parametrize(("characters", "opens"), [("аzөЖ;[],.'` ", True), ("0123-=/\\\t\r!☎", False)])
def test_what_opens_the_search(characters: str, opens: bool) -> None:
    assert {one: opens_search(one) for one in characters} == dict.fromkeys(characters, opens)
    assert not opens_search("")


def test_bars_of_forms_lists_and_search() -> None:
    assert [hint.key for hint in form_hints(arrows=True)] == ["Enter", "Tab", "← →", "Esc", "F1"]
    assert "← →" not in [hint.key for hint in form_hints(arrows=False)]
    assert [hint.key for hint in menu_hints(4)] == ["1–4", "↑ ↓", "Esc"]
    assert [hint.key for hint in menu_hints(1)] == ["1", "↑ ↓", "Esc"]
    assert [hint.key for hint in menu_hints(0)] == ["Esc"]
    searching = [search_hints(*of, "кыргызча") for of in ((True, True), (True, False), (False, True))]
    assert [hints[0].does for hints in searching] == ["открыть", "закрыть просмотр", "записать"]
    assert [hint.key for hint in searching[0]] == ["Enter", "↑ ↓", "Ctrl+Y", "F12", "Esc"]
    assert [hint.key for hint in searching[2]] == ["Enter", "F12", "Esc"]
    assert "F12" not in [hint.key for hint in search_hints(found=True, opens=True, other_language="")]
    for hints in (form_hints(arrows=True), menu_hints(9), *searching):
        assert KeysPane("keys").lines(hints, 90, 1)[0].plain.count("   ") == len(hints) - 1


def test_the_signs_of_a_status_are_explained_beside_the_others() -> None:
    rows = [row.plain for row in help_lines()]
    signs = rows.index("Знаки")
    assert any("● ✓ ✗" in row and "каждый день" in row for row in rows[signs : rows.index("", signs)])
