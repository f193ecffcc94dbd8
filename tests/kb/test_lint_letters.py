"""Letters of another alphabet, signs, quotes and dashes: what is a slip, and what nearly looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.lints import caller, duty, line_of, told, words


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("дoговор", "договор"),  # a Latin o
        ("Cпросить", "Спросить"),  # a Latin C
        ("кѳйгѳй", "көйгөй"),  # the fita for ө
        ("сіздін", "сиздин"),
        ("номеriн", None),
    ],
)
def test_a_word_of_two_alphabets(word: str, meant: str | None, tmp_path: Path) -> None:
    (one,) = told(tmp_path, duty(f"Номер {word} тут"), "mixed-letters")
    assert (one.args["word"], one.args.get("suggestion")) == (word, meant)
    assert (one.place.line, one.place.col) == (10, 17)


@pytest.mark.parametrize("text", ["Открыть Zoiper и Skynet", "Wi-Fi-роутер", "Линия B2B", "Ысык-Көл"])
def test_names_in_latin_letters_are_no_slip(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(text), "mixed-letters") == []


@pytest.mark.parametrize(
    "text", ["Спросить ном^ер", "Номер [договора", "Ном~ер", "кол%во", "Де_вушка", "а \\ б", "+Номер"]
)
def test_a_sign_that_nobody_says(text: str, tmp_path: Path) -> None:
    assert len(told(tmp_path, duty(text), "odd-sign")) == 1
    assert len(told(tmp_path / "heard", caller(text), "odd-sign")) == 1


@pytest.mark.parametrize(
    "text",
    ["Скидка 50 % и 10%", "Набрать *100#", "Писать на help@skynet.kg", "Я {operator}", "Интернет + ТВ"],
)
def test_signs_that_belong_there(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(text), "odd-sign") == []


def test_a_no_break_space(tmp_path: Path) -> None:
    (one,) = told(tmp_path, duty("Номер до\xa0говора"), "odd-sign")
    assert (one.args["sign"], one.place.line, one.place.col) == ("U+00A0", 10, 19)
    assert told(tmp_path / "comment", duty("Номер  # до\xa0говора"), "odd-sign") == []


@pytest.mark.parametrize(("line", "count"), [("Номер до\tговора", 1), ("Номер\t# с листа", 0)])
def test_a_tab(line: str, count: int, tmp_path: Path) -> None:
    assert words(told(tmp_path, duty(line), "odd-sign"), "sign") == ["U+0009"] * count


def test_the_place_is_that_of_the_word_itself(tmp_path: Path) -> None:
    text = "|\n    Спросить нмоер, номер или нмо\n    и знак |"
    example = duty(text.replace("\n", "\n    "))
    (sign,) = told(tmp_path, example, "odd-sign")
    assert (line_of(tmp_path, sign.place), sign.place.col) == ("и знак |", 20)
    spelt = told(tmp_path / "again", example, "misspelt")
    assert [one.place.col for one in spelt] == [22, 39]


def test_patterns_have_signs_of_their_own(tmp_path: Path) -> None:
    example = "# forbidden.yaml\nnot_sure:\n  title:\n    ru: «Не уверен»\n  pattern:\n    ru:\n"
    example += "      - не уверен*|знаю\n  why:\n    ru: Это догадка\n"
    assert told(tmp_path, example, "odd-sign") == []


@pytest.mark.parametrize("text", ['Номер "Skynet"', "Номер 'договора'"])
def test_typewriters_quotes(text: str, tmp_path: Path) -> None:
    (one,) = told(tmp_path, duty(text), "plain-quotes")
    assert one.place.col == 17


def test_yamls_own_quotes_are_none(tmp_path: Path) -> None:
    assert told(tmp_path, duty('"Номер: «Skynet»"'), "plain-quotes") == []


@pytest.mark.parametrize("text", ["Номер - договор", "Номер -- договор", "Так--так"])
def test_a_hyphen_for_a_dash(text: str, tmp_path: Path) -> None:
    assert len(told(tmp_path, duty(text), "plain-dash")) == 1


@pytest.mark.parametrize("text", ["Кое-что", "2–3 минуты", "555-12-34", "|\n    - номер\n    - имя"])
def test_hyphens_that_are_right(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(text.replace("\n", "\n    ")), "plain-dash") == []


def test_all_slips_of_a_text_are_told(tmp_path: Path) -> None:
    found = told(tmp_path, duty("дoговор и нoмер"), "mixed-letters")
    assert words(found, "suggestion") == ["договор", "номер"]
