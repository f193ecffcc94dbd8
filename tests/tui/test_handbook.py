"""The handbook: choosing, filtering and scrolling, and what a page looks like at every width."""

from __future__ import annotations

import pytest

from prompter.call.view.handbook import ARTICLE, EXPRESSION, Page, handbook
from prompter.call.view.parts import Spoken, Viewer
from prompter.call.words import FILLED, Fragment
from prompter.tui.handbook.browsing import Browsing
from prompter.tui.handbook.lines import list_lines, page_lines
from tests.call.builders import NOON, bundled
from tests.tui.cards import WIDTHS

SALES = Viewer(operator="Айгуль", gender="f", department="sales")
PAGES = handbook(bundled(), SALES, "ru", NOON)


def text(page: Page, width: int = 60) -> list[str]:
    """A page's lines, none of them wider than they may be."""
    rows = page_lines(page, width)
    assert all(row.cell_length <= width for row in rows)
    return [row.plain.rstrip() for row in rows]


def named(title: str) -> Page:
    """The page of the bundled scripts with this title."""
    return next(page for page in PAGES if page.title == title)


# choosing


def after(*keys: str, browsing: Browsing | None = None, last: int = 0, room: int = 10) -> Browsing | None:
    """The reader after these keys."""
    now: Browsing | None = browsing or Browsing()
    for key in keys:
        assert now is not None, f"closed before {key}"
        now = now.key(key, key if len(key) == 1 else None, now.found(PAGES), last, room)
    return now


def lit(*keys: str) -> str:
    """The title of the page that is lit after these keys."""
    now = after(*keys)
    assert now is not None
    found = now.found(PAGES)
    return found[now.index(found)].title


def test_the_arrows_go_around() -> None:
    assert lit() == PAGES[0].title
    assert lit("down") == PAGES[1].title
    assert lit("up") == PAGES[-1].title
    assert lit("up", "down") == PAGES[0].title
    assert lit("pagedown") == PAGES[10].title
    assert lit("pagedown", "pageup", "pageup") == PAGES[0].title


@pytest.mark.parametrize("typed", ["кофе", "Кофе-бр", "rjat", "пер"])
def test_letters_leave_what_begins_so(typed: str) -> None:
    now = after(*typed)
    assert now is not None
    assert "Кофе-брейк" in [page.title for page in now.found(PAGES)]
    assert len(now.found(PAGES)) < len(PAGES)


def test_the_name_of_a_kind_finds_its_pages() -> None:
    now = after(*"статус")
    assert now is not None
    statuses = [page for page in PAGES if page.kind == "status"]
    assert [page for page in now.found(PAGES) if page.kind == "status"] == statuses


def test_a_new_letter_lights_the_first_that_fits() -> None:
    assert lit("down", "down", *"обед") == "Обед"


def test_escape_goes_back_one_thing_at_a_time() -> None:
    reading = after(*"обед", "enter", "down", last=3)
    assert reading == Browsing("обед", reading=True, top=1)
    listed = after("escape", browsing=reading)
    assert listed == Browsing("обед")
    everything = after("escape", browsing=listed)
    assert everything == Browsing()
    assert after("escape", browsing=everything) is None


def test_the_text_is_scrolled_to_its_end_and_no_further() -> None:
    down = after("enter", *["down"] * 9, last=4)
    assert down is not None
    assert down.top == 4
    assert after("up", browsing=down, last=4) == Browsing(reading=True, top=3)
    assert after("pagedown", browsing=Browsing(reading=True), last=40) == Browsing(reading=True, top=9)
    assert after("pageup", browsing=Browsing(reading=True, top=3), last=40) == Browsing(reading=True)
    # a window that grew has less to scroll
    assert after("up", browsing=Browsing(reading=True, top=30), last=4) == Browsing(reading=True, top=3)


def test_a_letter_leaves_the_text_and_finds() -> None:
    assert after("enter", "о") == Browsing("о")


def test_nothing_is_read_where_nothing_was_found() -> None:
    now = after(*"щщщ", "enter", "down", "pagedown")
    assert now == Browsing("щщщ")


def test_a_page_that_went_is_replaced_by_the_first() -> None:
    assert Browsing(selected=("article", "gone")).index(PAGES) == 0


# drawing


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_every_width(width: int) -> None:
    for page in PAGES:
        assert any(page.title.split()[0] in row for row in text(page, width))


def test_items_of_an_article_stand_in_a_list() -> None:
    page = Page(
        ARTICLE,
        "x",
        "Статья",
        text="Абзац.\n- первый пункт длиннее строки\n- второй\n\nЕщё",
        source="слайд 3",
    )
    assert text(page, 24) == [
        " Статья",
        "",
        " Абзац.",
        " • первый пункт длиннее",
        "   строки",
        " • второй",
        "",
        " Ещё",
        "",
        " слайд 3",
    ]


def test_a_status_is_told_by_glyph_and_word() -> None:
    assert text(named("Кофе-брейк"))[2] == " ● Обязателен каждый рабочий день"
    assert text(named("Неактивка"))[2] == " ✗ Запрещён Вашему отделу"
    assert text(named("Ожидание"))[2] == " ✓ Можно"
    barred = Page("status", "x", "Статус", use="partly", barred_to=("Отдел продаж",))
    assert text(barred)[2:] == [" ✗ Запрещён отделам: Отдел продаж"]
    assert list_lines([barred], 0, 60, 9)[-1].plain.rstrip().endswith("✗ не всем")


def test_a_forbidden_expression_says_what_to_say_instead() -> None:
    said = (Fragment("Я уточню, "), Fragment("Айгуль", FILLED))
    page = Page(
        EXPRESSION,
        "x",
        "«Не знаю»",
        text="Клиент не верит",
        sayings=("не знаю", "не уверен*"),
        instead=Spoken("ru", (said, (Fragment("Подождите"),)), draft=True),
        source="слайд 20",
    )
    assert text(page) == [
        " «Не знаю»",
        "",
        " Нельзя    «не знаю», «не уверен…»",
        "",
        " Почему    Клиент не верит",
        "",
        " Вместо    «Я уточню, Айгуль»",
        "           или",
        "           «Подождите»",
        "           черновик, не утверждено",
        "",
        " слайд 20",
    ]


def test_norms_and_outcomes_in_words() -> None:
    hold = text(named("Удержание"))
    assert hold[2] == " Не дольше 2 мин"
    quiet = text(named("Сказать, если не слышно"))
    assert quiet[2:4] == [" В течение 15 с", " Отсчёт от обязанности: Приветствие"]
    assert text(named("Перезвонит менеджер"))[3] == " перезванивает менеджер"
    assert text(named("Вопрос решён"))[2:4] == [
        " Чтобы завершить так, нужно выполнить:",
        " • Приветствие",
    ]
    assert text(named("Клиент положил трубку"))[2] == " Ничего выполнять не нужно"


def test_what_a_file_says_is_no_markup() -> None:
    page = Page(ARTICLE, "x", "[b]Статья[/b]", text="[@click=app.bell]Звонок[/]\n- [/x]")
    assert text(page) == [" [b]Статья[/b]", "", " [@click=app.bell]Звонок[/]", " • [/x]"]
    assert not any(span.style == "b" for row in page_lines(page, 60) for span in row.spans)


@pytest.mark.parametrize("width", [46, 60])
@pytest.mark.parametrize("height", [5, 12, 100])
def test_the_lit_page_is_always_in_sight(width: int, height: int) -> None:
    for number, page in enumerate(PAGES):
        rows = list_lines(PAGES, number, width, height)
        assert len(rows) <= height
        assert all(row.cell_length <= width for row in rows)
        (one,) = [row for row in rows if any(span.style == "reverse" for span in row.spans)]
        assert page.title[:20] in one.plain


def test_a_lit_line_has_one_colour() -> None:
    number = next(n for n, page in enumerate(PAGES) if page.title == "Неактивка")
    (row,) = [row for row in list_lines(PAGES, number, 60, 200) if "Неактивка" in row.plain]
    assert [span.style for span in row.spans] == ["reverse"]


def test_more_is_told_by_arrows() -> None:
    assert list_lines(PAGES, 0, 60, 8)[0].plain.startswith(" ")
    assert list_lines(PAGES, 0, 60, 8)[-1].plain.startswith("↓")
    assert list_lines(PAGES, len(PAGES) - 1, 60, 8)[0].plain.startswith("↑")


def test_a_status_in_the_list_has_glyph_and_word() -> None:
    rows = [row.plain.split() for row in list_lines(PAGES, 0, 60, 200)]
    assert ["Кофе-брейк", "●", "каждый", "день"] in rows
    assert ["Неактивка", "✗", "запрещён"] in rows
