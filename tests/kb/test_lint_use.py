"""Too long to say, too many for the digits, past, or used by nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from prompter.kb.lint.speaking import SYLLABLES_A_SECOND, seconds_to_say
from tests.kb.lints import PRIMER, step, told, words

NORM = "# kb.yaml\nnorms:\n  n:\n    title:\n      ru: Сказать\n    kind: {}\n    limit: {}\n"
LONG = "Говорите, пожалуйста, я Вас внимательно слушаю, но Вас, к сожалению, совсем не слышно"


def test_seconds_are_counted_by_syllables() -> None:
    assert seconds_to_say("Говорите, пожалуйста.") == 8 / SYLLABLES_A_SECOND
    assert seconds_to_say("Күтө туруңуз") == 5 / SYLLABLES_A_SECOND
    assert seconds_to_say("Я {operator}, 15 минут") == (1 + 3 + 3 + 2) / SYLLABLES_A_SECOND


@pytest.mark.parametrize(
    ("kind", "limit", "count"),
    [
        ("respond\n    since: greeting", "5 с", 1),
        ("respond\n    since: greeting", "15 с", 0),
        ("limit", "5 с", 1),
        ("wait", "3 с", 0),
    ],
)
def test_a_phrase_longer_than_its_norm(kind: str, limit: str, count: int, tmp_path: Path) -> None:
    example = NORM.format(kind, limit) + step(f"say:\n  ru: {LONG}\nclock: n")
    found = told(tmp_path, example, "too-long-to-say")
    assert words(found, "seconds") == [6] * count


def answers(count: int, last: str = "talk") -> str:
    lines = [f"      - when:\n          ru: Ответ {n}\n        go: talk\n" for n in range(count - 1)]
    return "".join(lines) + f"      - when:\n          ru: Последний\n        go: {last}\n"


@pytest.mark.parametrize(
    ("count", "last", "late", "told_"),
    [(9, "talk", "[bye]", [10]), (8, "talk", "[bye]", []), (9, "bye", "[bye]", [])],
)
def test_answers_and_late_steps_share_the_digits(
    count: int, last: str, late: str, told_: list[int], tmp_path: Path
) -> None:
    example = f"""{PRIMER}steps:
  wait:
    title:
      ru: Подождать
    listen: true
    clock: hold
    late: {late}
    answers:
{answers(count, last)}  bye:
    title:
      ru: Попрощаться
    do:
      ru: Попрощаться
    end: done
"""
    assert words(told(tmp_path, example, "more-answers-than-digits"), "n") == told_


@pytest.mark.parametrize(("day", "count"), [(29, 0), (30, 1)])
def test_a_notice_is_past_the_day_after_its_last(day: int, count: int, tmp_path: Path) -> None:
    example = step("do:\n  ru: Сказать о работах\nnotice:\n  ru: Работы\nuntil: 2026-11-29")
    example += "# articles/news.yaml\ntitle:\n  ru: Новости\ntext:\n  ru: Скидка\nuntil: 29.11.2026\n"
    found = told(tmp_path, example, "notice-past", date(2026, 11, day))
    assert words(found, "until") == ["2026-11-29"] * count * 2


# names that nothing uses

PAUSE = NORM.format("wait", "3 с")


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ("", 1),
        ("    asked:\n      ru: сколько ждать\n", 0),
        (step("do:\n  ru: Подождать\nclock: n"), 0),
    ],
)
def test_a_norm(more: str, count: int, tmp_path: Path) -> None:
    assert words(told(tmp_path, PAUSE + more, "unused-norm"), "norm").count("n") == count


def test_a_norm_that_a_word_names(tmp_path: Path) -> None:
    word = "words:\n  minutes:\n    from: operator\n    norm: n\n    default: 2 мин\n"
    assert told(tmp_path, NORM.format("limit", "4 мин") + word, "unused-norm") == []


@pytest.mark.parametrize(("text", "count"), [("Разговор", 1), ("Разговор {ended}", 0)])
def test_a_word(text: str, count: int, tmp_path: Path) -> None:
    word = "# kb.yaml\nwords:\n  ended:\n    from: gender\n    ru:\n      m: завершил\n      f: завершила\n"
    assert len(told(tmp_path, word + step(f"do:\n  ru: {text}"), "unused-word")) == count


@pytest.mark.parametrize(("fields", "count"), [("", 1), ("\nmarks: farewell", 0)])
def test_a_mark(fields: str, count: int, tmp_path: Path) -> None:
    mark = "# kb.yaml\nmarks:\n  farewell:\n    ru: Прощание\n"
    assert len(told(tmp_path, mark + step(f"do:\n  ru: Проститься{fields}"), "unused-mark")) == count
