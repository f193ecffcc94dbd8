"""Lists of callers' words, and lines that YAML takes for something else than was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.lints import PRIMER, caller, duty, line_of, step, told, words


def test_a_line_that_stands_twice(tmp_path: Path) -> None:
    (one,) = told(tmp_path, caller("нет связи", "нет сети", "Нет связи!"), "line-twice")
    assert one.other is not None
    assert (line_of(tmp_path, one.place), line_of(tmp_path, one.other)) == ("- Нет связи!", "- нет связи")


def test_the_same_line_in_two_languages_is_none(tmp_path: Path) -> None:
    example = caller("алло, алло") + "  ky:\n    - алло, алло\n"
    assert told(tmp_path, example, "line-twice") == []


def test_variants_of_a_phrase_may_repeat_themselves(tmp_path: Path) -> None:
    example = step("say:\n  ru:\n    - Всего доброго\n    - Всего доброго")
    assert told(tmp_path, example, "line-twice") == []


@pytest.mark.parametrize(("second", "count"), [("привет", 1), ("здравствуйте", 0)])
def test_ideas_of_a_phrase_are_one_list(second: str, count: int, tmp_path: Path) -> None:
    example = step(f"say:\n  ru: Привет и здравствуйте\nmust:\n  ru:\n    - привет\n    - {second}")
    assert len(told(tmp_path, example, "line-twice")) == count


# the same words in two scenarios; `hello` has «алло»


@pytest.mark.parametrize("words_", ["алло", "Алло!", "  алло"])
def test_the_same_callers_words_in_two_scenarios(words_: str, tmp_path: Path) -> None:
    (one,) = told(tmp_path, caller(f'"{words_}"'), "same-caller-words")
    assert one.other is not None
    assert (one.args["scenario"], one.other.file) == ("hello", "scenarios/hello.yaml")


def test_other_words_and_other_languages(tmp_path: Path) -> None:
    assert told(tmp_path, caller("алло, алло"), "same-caller-words") == []


@pytest.mark.parametrize(("mine", "count"), [("[sales]", 0), ("[support]", 1), ("[sales, support]", 1)])
def test_departments_do_not_hear_each_other(mine: str, count: int, tmp_path: Path) -> None:
    example = caller("нет сети") + f"departments: {mine}\n"
    other = example.replace("primer", "second").replace(mine, "[support]")
    other += "title:\n  ru: Второй\n" + step("do:\n  ru: Делать").removeprefix(PRIMER)
    assert len(told(tmp_path, example + other, "same-caller-words")) == count


# lines without their dash


@pytest.mark.parametrize("line", ["      - нет сети", "      нет сети", "     Нет сети: совсем"])
def test_a_line_that_is_taken_for_a_part_of_the_one_above(line: str, tmp_path: Path) -> None:
    example = f"{PRIMER}caller:\n  ru:\n    - нет связи\n{line}\n".replace(": совсем", "")
    (one,) = told(tmp_path, example, "line-goes-on")
    assert line_of(tmp_path, one.place) == line.strip().removesuffix(": совсем")


@pytest.mark.parametrize(
    "fields",
    [
        "say:\n  ru:\n    - Спасибо за звонок,\n      всего доброго\n    - До свидания",
        "do:\n  ru: |\n    Сказать:\n    - номер\n      и имя",
        "never:\n  ru:\n    - >-\n      Успокойтесь,\n      пожалуйста\n    - Не кричите",
        'never:\n  ru:\n    - "Успокойтесь,\n      пожалуйста"\n    - Не кричите',
        "never:\n  ru:\n    - Успокойтесь\n      # так не говорят\n    - Не кричите",
    ],
)
def test_lines_that_go_on_with_reason(fields: str, tmp_path: Path) -> None:
    assert told(tmp_path, step(f"{fields}\nlisten: false"), "line-goes-on") == []


# comments within a text


def test_a_text_that_a_comment_cuts(tmp_path: Path) -> None:
    (one,) = told(tmp_path, duty("Набрать *100 #и вызов"), "cut-by-comment")
    assert (one.args["rest"], one.place.line, one.place.col) == ("#и вызов", 10, 24)


@pytest.mark.parametrize(
    "text", ["Набрать *100# и вызов", "Набрать  # так на слайде", '"Набрать *100 #и вызов"', "Позвонить"]
)
def test_comments_that_cut_nothing(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(text), "cut-by-comment") == []


def test_words_of_a_line_are_named(tmp_path: Path) -> None:
    assert words(told(tmp_path, caller("нет", "нет"), "line-twice"), "line") == ["нет"]
