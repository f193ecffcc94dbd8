"""The page of every code: its wrong example has the problem, its right one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.kb.codes import CODES
from prompter.kb.codes.page import FOLDER, page_of
from prompter.kb.problems import ERROR
from tests.kb.byhand import BY_HAND
from tests.kb.examples import PLAIN, TODAY, check_folder, checked

ON_PAGES = [code for code in CODES if code not in BY_HAND]


def test_the_base_of_the_examples_is_clean() -> None:
    assert check_folder(PLAIN, TODAY).problems == []


def test_every_code_has_its_page_and_every_page_its_code() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", ON_PAGES)
def test_the_wrong_example_has_the_problem(code: str, tmp_path: Path) -> None:
    found = checked(page_of(code).wrong, tmp_path / "kb")
    told = [one for one in found.problems if one.code == code]
    assert told, [one.code for one in found.problems]
    assert {one.severity for one in told} == {CODES[code].severity}
    others = {one.code for one in found.problems if one.severity == ERROR} - {code}
    assert others == set(), "an example shows one mistake"
    assert (found.base is None) == CODES[code].blocks


@pytest.mark.parametrize("code", ON_PAGES)
def test_the_right_example_has_not(code: str, tmp_path: Path) -> None:
    found = checked(page_of(code).right, tmp_path / "kb")
    told = [one for one in found.problems if one.code == code or one.severity == ERROR]
    assert told == []
    assert found.base is not None


@pytest.mark.parametrize("code", BY_HAND)
def test_what_no_text_can_show(code: str, tmp_path: Path) -> None:
    assert page_of(code).kind == "text"
    wrong, right = BY_HAND[code]
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert code in wrong(tmp_path / "wrong")
    assert code not in right(tmp_path / "right")
