"""Spelling: the dictionary and the base's own words, languages that changed places, Kyrgyz letters."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from spylls.hunspell import Dictionary as Hunspell

from prompter.kb.checking import check_folder
from prompter.kb.lint.russian import dictionary
from prompter.kb.lint.spelling import own_words
from prompter.kb.source import bundled
from tests.kb.examples import TODAY, base_of
from tests.kb.lints import caller, duty, told, words


def test_a_word_that_no_dictionary_has(tmp_path: Path) -> None:
    (one,) = told(tmp_path, duty("Спросить номер дагавора и имя"), "misspelt")
    assert (one.args["word"], one.place.line, one.place.col) == ("дагавора", 10, 26)


@pytest.mark.parametrize(
    ("slip", "meant"), [("нмоер", "номер"), ("ноомер", "номер"), ("помер", None), ("договара", "договора")]
)
def test_one_slip_is_guessed(slip: str, meant: str | None, tmp_path: Path) -> None:
    found = told(tmp_path, duty(f"Спросить {slip}"), "misspelt")
    assert words(found, "suggestion") == ([meant] if meant else [])


@pytest.mark.parametrize(
    "text",
    [
        "Спросить ещё раз, что произошло",
        "В течение 15-ти минут, т.е. до обеда",
        "Специалисты КЦ и СМС",
        "Стр. 5",
        "Интернет-провайдер Skynet",
        "Доброго дня, {operator}!",
    ],
)
def test_right_words(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(text), "misspelt") == []


def test_callers_speak_as_they_do(tmp_path: Path) -> None:
    assert told(tmp_path, caller("инет не фурычит, чё за дела"), "misspelt") == []


def test_names_of_approvers_are_in_no_dictionary(tmp_path: Path) -> None:
    example = (
        "# kb.yaml\napprovers:\n  ru: Жазгулова Бактыбек Тынчтыкбекович\n  ky:\n    - Нурбек Садырбаев\n"
    )
    assert told(tmp_path / "names", example, "misspelt") == []
    assert told(tmp_path / "languages", example, "other-language") == []


def test_words_of_the_bases_own(tmp_path: Path) -> None:
    folder = base_of(duty("Роутер, роутера, Чолпонбек"), tmp_path / "kb")
    (folder / "spelling.txt").write_text("роутер*  # терминал\n\nЧолпонбек\n", encoding="utf-8")
    assert own_words(folder) == ["роутер*", "Чолпонбек"]
    assert [one for one in check_folder(folder, TODAY).problems if one.code == "misspelt"] == []
    (folder / "spelling.txt").write_text("*\nр*\n", encoding="utf-8")
    assert len([one for one in check_folder(folder, TODAY).problems if one.code == "misspelt"]) == 3
    (folder / "spelling.txt").unlink()
    assert len([one for one in check_folder(folder, TODAY).problems if one.code == "misspelt"]) == 3


def test_a_folder_in_the_place_of_the_own_words_is_none(tmp_path: Path) -> None:
    folder = base_of(duty("Спросить"), tmp_path / "kb")
    (folder / "spelling.txt").mkdir()
    assert own_words(folder) == []


def test_our_reader_answers_as_spylls_does() -> None:
    """Words of the bundled base, as they are and with a letter lost."""
    theirs = Hunspell.from_files(str(files("spylls") / "hunspell" / "data" / "ru" / "ru"))
    ours = dictionary()
    assert ours is not None
    texts = [path.read_text(encoding="utf-8") for path in sorted(bundled().rglob("*.yaml"))]
    chance = Random(1)
    chosen = chance.sample(
        sorted({word for text in texts for word in re.findall("[А-Яа-яЁё]{3,}", text)}), 400
    )
    chosen += [word[:at] + word[at + 1 :] for word in chosen for at in [chance.randrange(len(word))]]
    right = [theirs.lookup(word) for word in chosen]
    assert 100 < sum(right) < 700
    assert [word for word, is_right in zip(chosen, right, strict=True) if ours.knows(word) != is_right] == []


# languages


def test_a_text_below_the_other_language(tmp_path: Path) -> None:
    found = told(tmp_path, duty("Келишимдин номерин сурагыла", "Спросить номер договора"), "other-language")
    assert words(found, "language") == ["ru", "ky"]


@pytest.mark.parametrize(
    ("russian", "kyrgyz"),
    [
        ("Алло", "Алло"),
        ("Вотсап лагает", "Вотсап иштебейт"),
        ("Спросить номер", "Келишим"),
        ("Сервис Чолпонбек", "Интернет-провайдердин номерин суроо"),
        ("Спросить", "Работа с абонентом (абонент менен иштөө)"),
    ],
)
def test_short_and_mixed_texts_say_nothing(russian: str, kyrgyz: str, tmp_path: Path) -> None:
    assert told(tmp_path, duty(russian, kyrgyz), "other-language") == []


# Kyrgyz letters


def kyrgyz(title: str, do: str) -> str:
    return f"""# scenarios/primer.yaml
steps:
  ask:
    title:
      ru: Спросить
      ky: {title}
    do:
      ru: Спросить
      ky: {do}
    end: done
"""


def test_a_word_without_its_letters(tmp_path: Path) -> None:
    (one,) = told(tmp_path, kyrgyz("Көйгөйдү суроо", "Койгойду айтуу"), "kyrgyz-letters")
    assert (one.args["word"], one.args["suggestion"], one.place.line) == ("Койгойду", "көйгөйдү", 11)


@pytest.mark.parametrize(
    ("title", "do"),
    [("Үн жок", "Ун жок"), ("Көйгөйдү суроо", "Көйгөйдү айтуу"), ("Суроо берүү", "Суроону берүүчү")],
)
def test_words_that_only_look_so(title: str, do: str, tmp_path: Path) -> None:
    assert told(tmp_path, kyrgyz(title, do), "kyrgyz-letters") == []


def test_callers_type_as_they_can(tmp_path: Path) -> None:
    example = kyrgyz("Көйгөйдү суроо", "Айтуу") + "caller:\n  ky: койгойду айткыла\n"
    assert told(tmp_path, example, "kyrgyz-letters") == []
