"""Phrases in their languages: missing, with other {words}, never approved, changed since they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.kb.source import bundled
from tests.kb.examples import TODAY, check_folder
from tests.kb.lints import step, told, words

HELLO = """# scenarios/hello.yaml
steps:
  first:
    title:
      ru: Поздороваться
      ky: Саламдашуу
    say:
      ru: {}
      ky: {}
    marks: greeting
    answers:
      - when:
          ru: Задаёт вопрос
          ky: Суроо берет
        go: talk
"""
RU, KY = "Здравствуйте, меня зовут {operator}.", "Саламатсызбы, менин атым {operator}."
GENDER = "# kb.yaml\nwords:\n  ended:\n    from: gender\n    ru:\n      m: завершил\n      f: завершила\n"


def test_a_phrase_without_a_language(tmp_path: Path) -> None:
    (one,) = told(tmp_path, step("say:\n  ru: Спасибо за звонок"), "translation-missing")
    assert (one.args["language"], one.place.line) == ("ky", 9)


def test_only_phrases_need_every_language(tmp_path: Path) -> None:
    assert told(tmp_path, step("do:\n  ru: Спросить номер"), "translation-missing") == []
    assert told(tmp_path / "borrowed", step("say: hello.first"), "translation-missing") == []


def test_other_words_in_braces(tmp_path: Path) -> None:
    (one,) = told(tmp_path, step(f"say:\n  ru: {RU}\n  ky: Саламатсызбы."), "words-differ")
    assert (one.args["words"], one.args["language"], one.place.line) == ("{operator}", "ky", 11)


@pytest.mark.parametrize(
    "say",
    [
        f"say:\n  ru: {RU}\n  ky: {KY}",
        f"say:\n  ru:\n    - {RU}\n    - Здравствуйте.\n  ky: {KY}",
        "say:\n  ru: Я {ended} разговор.\n  ky: Мен сүйлөшүүнү бүтүрдүм.",
    ],
)
def test_the_same_words_or_such_as_only_one_language_has(say: str, tmp_path: Path) -> None:
    assert told(tmp_path, GENDER + step(say), "words-differ") == []


def test_what_was_never_approved_is_told_once_a_language(tmp_path: Path) -> None:
    found = told(
        tmp_path, step("say:\n  ru: Спасибо за звонок\n  ky: Чалганыңыз үчүн ыракмат"), "not-approved"
    )
    assert words(found, "phrases") == ["primer.ask", "primer.ask"]
    assert {(one.place.file, one.place.line) for one in found} == {("kb.yaml", 4)}


def test_words_changed_since_they_were_approved(tmp_path: Path) -> None:
    (one,) = told(tmp_path, HELLO.format("Здравствуйте, я {operator}.", KY), "approval-lost")
    assert (one.args["language"], one.place.line) == ("ru", 13)
    assert told(tmp_path / "same", HELLO.format(RU, KY), "approval-lost") == []


def test_the_bundled_base_waits_for_its_kyrgyz_and_for_nothing_else() -> None:
    found = check_folder(bundled(), TODAY).problems
    assert [(one.code, one.args["language"]) for one in found] == [("not-approved", "ky")]
