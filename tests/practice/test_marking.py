"""The mark of a typed phrase: what is forgiven, what is noted, what is refused whatever its words."""

from functools import cache
from pathlib import Path

import pytest

from benchmarks.typed_answers import agrees, marked, passed_wrongly
from prompter.kb.build import load_sources
from prompter.practice.aligning import EXTRA, FILLED, MISSING, MOVED, SAME, SLIP
from prompter.practice.gate import COMPANY, DENIAL, NUMBERS, OPPOSITE, PERSONS
from prompter.practice.marking import (
    ALMOST,
    EMPTY,
    FORBIDDEN,
    IDEA,
    OTHER,
    RIGHT,
    RUDE,
    WRONG,
    PhraseMark,
    mark_phrase,
    mark_step,
)
from prompter.practice.standard import Standard

HEARD = "Говорите, пожалуйста. Я Вас слушаю, Вас не слышно, перезвоните, пожалуйста."
IN_TIME = "Менеджер перезвонит Вам в течение 15-ти минут."


@cache
def standard() -> Standard:
    return Standard(load_sources(Path("scripts_kb"))[0])


def mark(phrase: str, typed: str, language: str = "ru", must: tuple[tuple[str, ...], ...] = ()) -> PhraseMark:
    return mark_phrase([phrase], typed, language, standard(), must)


def kinds(found: PhraseMark) -> dict[str, str]:
    return {one.written or one.typed: one.kind for one in found.words}


def test_the_very_words_are_right_whatever_their_case_and_marks() -> None:
    found = mark(HEARD, "говорите пожалуйста — я вас слушаю… вас НЕ слышно; перезвоните, пожалуйста")
    assert (found.verdict, found.score) == (RIGHT, 100)


def test_missing_extra_moved_and_mistyped_words_show_in_place() -> None:
    found = mark(HEARD, "Говорите. Вас не слышно, я Вас слушею, перезвоните нам пожалуйста")
    of_word = kinds(found)
    assert of_word["слушаю"] == SLIP
    assert of_word["нам"] == EXTRA
    assert MOVED in {one.kind for one in found.words}
    assert [one.kind for one in found.words if one.written == "пожалуйста"] == [MISSING, SAME]


@pytest.mark.parametrize(
    "typed",
    [
        "Добрый вечер, компания Скайнет, оператор Айгуль, я Вас слушаю",
        "доброе утро компания skynet оператор Тимур Ж я вас слушаю",
    ],
)
def test_places_take_any_sensible_filling(typed: str) -> None:
    found = mark_step(standard(), "greeting.hello", typed, "ru")
    assert found is not None
    assert found.verdict == RIGHT
    assert [one.kind for one in found.words if one.written.startswith("{")] == [FILLED, FILLED]


@pytest.mark.parametrize(
    ("minutes", "verdict"), [("2", RIGHT), ("две", RIGHT), ("1", RIGHT), ("20", WRONG), ("0", WRONG)]
)
def test_minutes_are_sensible_within_the_norm(minutes: str, verdict: str) -> None:
    typed = f"извините, не могли бы подождать {minutes} мин? я уточню данную информацию для вас"
    found = mark_step(standard(), "clarify.how_long", typed, "ru")
    assert found is not None
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("phrase", "typed", "reason"),
    [
        (HEARD, "Говорите, пожалуйста. Я Вас слушаю, Вас слышно, перезвоните, пожалуйста.", DENIAL),
        ("Наш разговор не может быть продолжен.", "Наш разговор будет продолжен", DENIAL),
        ("Просьба не вести разговор в таком тоне.", "просьба вести разговор в таком тоне", DENIAL),
        (IN_TIME, "Менеджер не перезвонит Вам в течение 15 минут", DENIAL),
        (IN_TIME, "Менеджер перезвонит Вам в течение пятидесяти минут", NUMBERS),
        (IN_TIME, "менеджер перезвонит вам в течение 15 часов", NUMBERS),
        (HEARD, "Говорите, пожалуйста. Я Вас слушаю, Вас не слышно, мы перезвоним", PERSONS),
        ("Вы меня слышите?", "я вас слышу", PERSONS),
        ("Только для внутреннего пользования.", "только для внешнего пользования", OPPOSITE),
        ("Добрый день, компания Skynet.", "добрый день, компания Мегаком", COMPANY),
    ],
)
def test_a_turned_meaning_is_refused_however_alike(phrase: str, typed: str, reason: str) -> None:
    found = mark(phrase, typed)
    assert reason in found.reasons
    assert (found.verdict, found.score <= 40) == (WRONG, True)


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        ("Биздин сүйлөшүүбүз мындан ары улана албайт.", "биздин сүйлөшүүбүз мындан ары улана алат"),
        ("Бул маалыматты бере албайм.", "бул маалыматты бере алам"),
        ("Биз маалыматты бербейбиз.", "биз маалыматты беребиз"),
        ("Бизде маалымат жок, кечиресиз.", "бизде маалымат бар, кечиресиз"),
        ("Менеджер Сизге 15 мүнөттүн ичинде кайра чалат.", "менеджер сизге 50 мүнөттүн ичинде кайра чалат"),
    ],
)
def test_a_turned_meaning_is_refused_in_kyrgyz(phrase: str, typed: str) -> None:
    found = mark(phrase, typed, "ky")
    assert found.verdict == WRONG
    assert {DENIAL, NUMBERS, OPPOSITE} & set(found.reasons)


def test_politeness_with_a_denial_is_no_denial() -> None:
    typed = "Извините, могли бы подождать 2 мин? Я уточню данную информацию для Вас."
    found = mark_step(standard(), "clarify.how_long", typed, "ru")
    assert found is not None
    assert found.verdict == RIGHT


def test_plain_letters_are_noted_and_cost_nothing() -> None:
    found = mark("Күткөнүңүз үчүн ыракмат.", "кутконунуз учун ыракмат", "ky")
    assert (found.verdict, found.score, found.plain_letters) == (RIGHT, 100, True)
    assert not mark("Күткөнүңүз үчүн ыракмат.", "Күткөнүңүз үчүн ыракмат", "ky").plain_letters


def test_half_a_phrase_is_almost() -> None:
    assert (
        mark(
            "Наш разговор не может быть продолжен. Всего доброго.", "наш разговор не может быть продолжен"
        ).verdict
        == ALMOST
    )
    assert mark("Вас не слышно, перезвоните.", "вас не").verdict != RIGHT


def test_a_forbidden_expression_is_caught_but_for_what_the_phrase_itself_says() -> None:
    found = mark(
        "Ожидайте, пожалуйста, на линии, я уточню.", "Ожидайте, пожалуйста, на линии, я не уверена, я уточню"
    )
    assert found.reasons[:1] == (FORBIDDEN,) or FORBIDDEN in found.reasons
    start, end = found.offences[0].at
    assert "не уверена" in "Ожидайте, пожалуйста, на линии, я не уверена, я уточню"[start:end]
    assert found.verdict == WRONG
    assert not mark("Мен так айта албайм.", "мен так айта албайм", "ky").offences


def test_rudeness_and_another_phrase_are_wrong() -> None:
    assert RUDE in mark(HEARD, "Говорите уже, чего молчите, Вас не слышно, перезвоните").reasons
    other = mark("Спасибо за ожидание.", "Просьба не вести разговор в таком тоне")
    assert OTHER in other.reasons
    assert mark(HEARD, " … ").reasons == (EMPTY,)


def test_an_obligatory_idea_may_be_said_in_a_synonym_and_must_not_be_missing() -> None:
    must = (("не слышно|слышу",), ("перезвоните", "наберите нас"))
    said = mark("Вас не слышно, перезвоните.", "Вас не слышно, наберите нас", must=must)
    assert (said.verdict, said.missing_ideas) == (RIGHT, ())
    lost = mark(
        "Я Вас слушаю, говорите, Вас не слышно, перезвоните.",
        "Я Вас слушаю, говорите, Вас не слышно",
        must=must,
    )
    assert lost.verdict == ALMOST
    assert lost.missing_ideas == ("перезвоните",)
    assert IDEA in lost.reasons
    slip = mark("Вас не слышно, перезвоните.", "вас не слышно, перезвонте", must=must)
    assert (slip.verdict, slip.missing_ideas) == (RIGHT, ())


def test_a_rare_word_weighs_more_than_courtesy() -> None:
    without_courtesy = mark(HEARD, "Говорите. Я Вас слушаю, Вас не слышно, перезвоните.")
    without_point = mark(HEARD, "Говорите, пожалуйста. Я Вас слушаю, Вас не слышно, пожалуйста.")
    assert without_courtesy.verdict == RIGHT
    assert without_courtesy.score > without_point.score


def test_the_fitting_variant_is_taken() -> None:
    texts = ["Спасибо за ожидание.", "Благодарим, что подождали."]
    assert mark_phrase(texts, "благодарим что подождали", "ru", standard()).wording == 1


def test_a_step_without_words_in_a_language_has_no_mark() -> None:
    assert mark_step(standard(), "closing.questions", "есть ещё вопросы?", "ru") is None


def test_set_a_agrees_with_its_labels() -> None:
    found = marked("a")
    assert not [line["typed"] for line, one in found if passed_wrongly(line, one)]
    assert sum(agrees(*one) for one in found) >= 0.97 * len(found)


def test_set_b_agrees_with_its_labels() -> None:
    found = marked("b")
    assert not [line["typed"] for line, one in found if passed_wrongly(line, one)]
    assert sum(agrees(*one) for one in found) >= 0.95 * len(found)


def test_every_phrase_of_the_base_is_right_as_it_stands_and_rude_to_nobody() -> None:
    base = standard().base
    for step in base.steps.values():
        for language, wordings in step.say.wordings.items() if step.say else ():
            for one in wordings:
                typed = one.text.replace("{minutes}", "2").replace("{daypart}", "Добрый день")
                typed = typed.replace("{operator}", "Айгуль").replace("{ended}", "завершила")
                found = mark(one.text, typed, language)
                assert (found.verdict, found.reasons) == (RIGHT, ()), (one.text, found)


@pytest.mark.parametrize(
    "typed", ["", "🙂" * 500, "\x1b[2J", "[/b]", "не " * 3000, "9" * 400, "ааа" * 3000, "15" * 2000]
)
def test_anything_typed_gets_a_mark(typed: str) -> None:
    assert mark(HEARD, typed).verdict == WRONG
