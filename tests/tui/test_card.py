"""The phrase card: everything that must be read is there, in the width and height there is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter import locale
from prompter.call.view.card import ready_card
from prompter.call.view.parts import LISTEN, SAY, AnswerLine, Card, PreviousCall, Spoken
from prompter.call.words import Fragment
from prompter.tui.card import BARE, CLOSE, ROOMY, CardPane, ShownCard, _card
from tests.call.builders import NOON, bundled, example, with_step
from tests.tui.cards import (
    SHOWN,
    WIDTHS,
    drawn,
    every_card,
    joined,
    pages,
    plain,
    read,
    read_through,
    step_card,
    viewer,
)

LOW = 13
"""The card's height in a low, narrow window."""

NOT_FOR_HYPOTHESIS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.mark.parametrize("ui", ["ru", "ky", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_of_every_step_fits(ui: str, width: int) -> None:
    locale.activate(ui)
    for name, card in every_card():
        for shown in (ShownCard(card), ShownCard(card, preview=True), ShownCard(card, idle=True)):
            rows = drawn(shown, width)
            assert [row.plain for row in rows if row.cell_length > width] == [], name


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("height", [60, LOW])
def test_nothing_that_must_be_read_is_cut(width: int, height: int) -> None:
    for name, card in every_card():
        text = joined(read_through(card, width, height))
        wanted = [*card.never, *(answer.when for answer in card.answers)]
        if not card.missing:
            wanted += [read(v).replace("‹", "") for v in (card.spoken.variants if card.spoken else ())]
        if not card.timed:
            wanted.append(read(card.do))
        assert [words for words in wanted if words not in text.replace("‹", "").replace("›", "")] == [], name
        for answer in card.answers:
            assert f"{answer.digit} {answer.when}" in text, name
        assert f"0 {locale._('nothing fits')}" in text


@pytest.mark.parametrize("ui", ["ru", "ky"])
@pytest.mark.parametrize("height", [3, 5, LOW])
def test_a_card_closes_up_to_a_low_window(ui: str, height: int) -> None:
    locale.activate(ui)
    for name, card in every_card():
        assert len(drawn(card, 80, height)) <= height, name


@given(SHOWN, st.sampled_from(WIDTHS), st.sampled_from([3, 5, LOW]))
@settings(max_examples=60, suppress_health_check=NOT_FOR_HYPOTHESIS)
def test_no_line_is_lost_between_pages(shown: ShownCard, width: int, height: int) -> None:
    whole = plain(_card(shown, width, BARE))
    if len(whole) <= height:
        return
    seen = pages(shown, width, height)
    assert {len(page) for page in seen} == {height}
    assert [row for row in whole if not any(row in page for page in seen)] == []
    assert "PgDn" in seen[0][-1]
    assert "PgUp" in seen[-1][0]
    assert "PgDn" not in seen[-1][-1]


@pytest.mark.parametrize("width", [60, 75])
def test_a_step_whose_words_nobody_approved_says_so_and_what_to_say(width: int) -> None:
    base = bundled()
    say = base.steps["clarify.ask"].say
    assert say is not None
    drafts = {lang: tuple(replace(w, approved=False) for w in ws) for lang, ws in say.wordings.items()}
    base = with_step(base, "clarify.ask", say=replace(say, wordings=drafts), do={"ru": "Молчать"})
    for language in base.languages:
        card = ready_card(base, "clarify.ask", viewer("ru", language), NOON)
        for shown in (ShownCard(card), ShownCard(card, preview=True)):
            rows = plain(drawn(shown, width))
            text = joined(drawn(shown, width))
            assert "нет утверждённой фразы" in text
            assert [card.title in row for row in rows[1:-1]].count(True) == 1
            assert "Ожидайте" not in text
            assert "Делать Молчать" in text
    assert "нет утверждённой фразы" not in joined(drawn(step_card("clarify.sorry", "ru"), width))


def test_another_step_begins_with_its_first_page() -> None:
    pane = CardPane("card")
    first, other = ShownCard(step_card("clarify.ask", "ru")), ShownCard(step_card("closing.goodbye", "ru"))
    begin = plain(pane.lines(first, 60, 5))
    pane.turn(1)
    assert plain(pane.lines(first, 60, 5)) != begin
    pane.lines(other, 60, 5)
    assert plain(pane.lines(first, 60, 5)) == begin
    pane.turn(-1)
    assert plain(pane.lines(first, 60, 5)) == begin


def test_the_counted_lines_are_those_out_of_sight() -> None:
    card = step_card("clarify.ask", "ru")
    whole = plain(_card(ShownCard(card), 60, BARE))
    page = plain(drawn(card, 60, 6))
    assert page[:-1] == whole[:5]
    assert page[-1].strip().startswith(f"↓ ещё {len(whole) - 5} ")


def test_a_caller_whom_the_header_has_no_room_for() -> None:
    name = "+996 700 11-22-33  Константин Константинопольский-Преображенский"
    rows = joined(drawn(ShownCard(step_card("clarify.ask", "ru"), caller=name), 60))
    assert f"Клиент {' '.join(name.split())}" in rows


def test_air_goes_first_then_targets() -> None:
    card = step_card("clarify.ask", "ru")
    roomy, close, bare = (_card(ShownCard(card), 60, setting) for setting in (ROOMY, CLOSE, BARE))
    assert len(roomy) > len(close) > len(bare)
    assert joined(roomy) == joined(close)
    assert "Назвать время" in joined(close)
    assert "нет утверждённой фразы" not in joined(bare)
    assert "Спрашивает, сколько ждать" in joined(bare)


@settings(max_examples=120, suppress_health_check=NOT_FOR_HYPOTHESIS)
@given(SHOWN, st.sampled_from([*WIDTHS, 42]), st.sampled_from([5, LOW, 40]))
def test_any_texts_fit_the_width(shown: ShownCard, width: int, height: int) -> None:
    for row in drawn(shown, width, height):
        assert row.cell_length <= width
        assert "\n" not in row.plain


@settings(max_examples=80, suppress_health_check=NOT_FOR_HYPOTHESIS)
@given(SHOWN, st.sampled_from(WIDTHS))
def test_any_answer_and_phrase_appear_whole(shown: ShownCard, width: int) -> None:
    card = shown.card
    text = squeezed(joined(drawn(shown, width)))
    if not card.promise and not shown.preview and not shown.idle:
        assert [a.when for a in card.answers if squeezed(a.when) not in text] == []
    assert [words for words in card.never if squeezed(words) not in text] == []
    if card.spoken and card.kind != LISTEN:
        plain_ = [f.text for v in card.spoken.variants for f in v if f.kind in ("plain", "filled")]
        assert [words for words in plain_ if squeezed(words) not in text] == []


def squeezed(text: str) -> str:
    """Without white space: a word longer than a line is broken where it has none."""
    return "".join(text.translate({ord(sign): " " for sign in "│╭╮╰╯─"}).split())


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("markup", ["[red]x[/]", "[@click=app.bell]x[/]", "[/x]", "[OK]", "\\[b]"])
def test_markup_stays_text(markup: str, width: int) -> None:
    text = (Fragment(markup),)
    card = Card(
        "a.b",
        markup,
        SAY,
        spoken=Spoken("ru", (text,)),
        others=(Spoken("ky", (text,), draft=True),),
        do=text,
        never=(markup,),
        answers=(AnswerLine(1, markup, f"{markup}!"),),
        source=markup,
        ends=markup,
    )
    previous = PreviousCall(markup, NOON, True, markup, markup)
    rows = drawn(ShownCard(card, previous), width)
    assert joined(rows).count(markup) == 11
    preview = drawn(ShownCard(card, preview=True), width)
    assert markup in preview[0].plain
    styles = [str(span.style) for row in (*rows, *preview) for span in row.spans]
    assert [style for style in styles if "click" in style or "red" in style] == []


def test_missing_words_are_named_in_place() -> None:
    card = step_card("greeting.hello", "ru", operator="")
    text = joined(drawn(card, 80))
    assert "оператор ‹имя оператора?›, я Вас слушаю" in text
    assert locale._("Missing: {words}. Ctrl+P, «Who works here»").format(words="имя оператора") in text
    assert "{" not in text


def test_a_draft_is_marked() -> None:
    approved = joined(drawn(step_card("inaudible.goodbye", "ru", "ky"), 80))
    assert "Чалганыңыз үчүн ыракмат" in approved
    assert "черновик" not in approved
    assert "утверждено" in approved
    draft = joined(drawn(step_card("inaudible.ask", "ru", "ky", drafts=True), 80))
    assert "Сүйлөңүз, сураныч." in draft
    assert "черновик, не утверждено · слайд 11" in draft


def test_a_language_without_approved_words_says_so() -> None:
    text = joined(drawn(step_card("inaudible.ask", "ru", "ky"), 80))
    assert "Говорите, пожалуйста." in text
    note = locale._("no approved phrase, shown: {language}").format(language="русский")
    assert f"KY {note}" in text
    assert text.count("нет утверждённой фразы") == 1


def test_what_was_said_is_noted() -> None:
    card = replace(step_card("inaudible.goodbye", "ru"), said=True, said_at=65.0)
    text = joined(drawn(card, 80))
    assert "✓ сказано в 1:05" in text
    assert "■ Enter завершит разговор: Тишина" in text


def test_a_time_to_change_shows_its_arrows() -> None:
    card = step_card("clarify.how_long", "ru")
    assert "← →" in joined(drawn(card, 80))
    assert "‹2›" in joined(drawn(card, 80))
    assert "← →" not in joined(drawn(replace(card, said=True), 80))


def test_enter_and_lit_answers_are_marked() -> None:
    rows = plain(drawn(step_card("clarify.ask", "ru"), 80))
    assert [row for row in rows if "Enter" in row] == [next(row for row in rows if "3  Ждёт  (Enter)" in row)]
    highlighted = AnswerLine(2, "Поздно", "Извиниться", highlighted=True)
    rows = plain(drawn(replace(step_card("clarify.ask", "ru"), answers=(highlighted,)), 80))
    assert any(row.startswith(" ▲ 2  Поздно") for row in rows)


def test_targets_stand_in_one_column() -> None:
    rows = plain(drawn(step_card("clarify.wait", "ru"), 100))
    assert {row.index("→") for row in rows if "→" in row} == {34}


def test_a_form_or_preview_hides_answers() -> None:
    card = step_card("clarify.contact", "ru")
    assert "Контакт записан" in joined(drawn(card, 80))
    assert "Контакт записан" not in joined(drawn(replace(card, promise="callback"), 80))
    assert "Контакт записан" not in joined(drawn(ShownCard(card, preview=True), 80))
    assert "Контакт записан" not in joined(drawn(ShownCard(card, idle=True), 80))


def test_the_previous_call_comes_first() -> None:
    previous = PreviousCall("Завершён из-за брани", NOON, True, "F5", "Объяснить")
    rows = drawn(ShownCard(step_card("greeting.hello", "ru"), previous), 80)
    assert rows[0].plain.startswith("▲ ")
    assert "Завершён из-за брани. F5 Объяснить" in rows[0].plain


@pytest.mark.parametrize("step", [id_ for id_, step in example().steps.items() if step.listen])
def test_listening_shows_what_comes_later(step: str) -> None:
    card = ready_card(example(), step, viewer("ru"), NOON)
    later = Spoken("ru", ((Fragment("Спасибо за ожидание."),),))
    assert "Спасибо за ожидание." in joined(drawn(replace(card, later=later), 80))
    assert "Потом" in drawn(replace(card, later=later), 80)[0].plain
    assert "Потом" not in drawn(card, 80)[0].plain
    assert read(card.do) in joined(drawn(replace(card, later=later), 80))


def test_the_bundled_base_has_cards() -> None:
    assert len(list(every_card())) == 8 * len(bundled().steps) > 100


def test_a_previous_call_of_another_day_bears_its_date() -> None:
    previous = PreviousCall("Завершён из-за брани", NOON, False, "F5", "Объяснить")
    rows = plain(drawn(ShownCard(step_card("greeting.hello", "ru"), previous), 80))
    assert "02.03, " in rows[0]


def test_a_notice_stands_below_the_words() -> None:
    card = replace(step_card("maintenance.inform", "ru"), notice="Работы на Ахунбаева до 18:00")
    rows = [row.plain for row in drawn(ShownCard(card), 60)]
    assert "  Сейчас   Работы на Ахунбаева до 18:00" in [row.rstrip() for row in rows]
