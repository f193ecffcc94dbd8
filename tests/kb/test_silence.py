"""Comments that silence a problem: what they cover, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from prompter.kb.checking import Checked, check_folder
from prompter.kb.lint import registry
from prompter.kb.problems import ERROR
from tests.kb.bases import scenario, write
from tests.kb.test_lint_rules import step, steps

TODAY = date(2026, 11, 29)
STEP = "do:\n  ru: Делать\nend: done\n"
LOOSE = "again-without-once"
QUIET = f"# prompter: молчать {LOOSE} - скажут один раз с января"


def told(folder: Path, **files: str | bytes) -> list[tuple[str, int]]:
    """Codes and lines of what is told of the scenario x: about silences, and about what they are for."""
    found = check_folder(write(folder, **files), TODAY).problems
    wanted = [one for one in found if one.code == LOOSE or one.code.startswith("silence-")]
    return [(one.code, one.place.line) for one in wanted]


def test_after_a_value_it_covers_its_line(tmp_path: Path) -> None:
    assert told(tmp_path, x=scenario(f"{STEP}again: one   {QUIET}")) == []


def test_another_line_is_not_covered(tmp_path: Path) -> None:
    text = scenario(f"{STEP}again: one").replace("end: done", f"end: done {QUIET}")
    assert told(tmp_path, x=text) == [("silence-unused", 9), (LOOSE, 10)]


@pytest.mark.parametrize("before", ["    again: one", "  one:\n", "steps:\n"])
def test_on_its_own_line_it_covers_what_stands_deeper_below(before: str, tmp_path: Path) -> None:
    text = scenario(f"{STEP}again: one")
    indent = before[: len(before) - len(before.lstrip())]
    assert told(tmp_path, x=text.replace(before, f"{indent}{QUIET}\n\n{indent}# ещё\n{before}")) == []


def test_a_block_ends_where_the_next_begins(tmp_path: Path) -> None:
    text = scenario(f"{STEP}again: one").replace("title:", f"{QUIET}\ntitle:", 1)
    assert told(tmp_path, x=text) == [("silence-unused", 1), (LOOSE, 11)]


def test_in_the_file_it_covers_all_of_it(tmp_path: Path) -> None:
    text = scenario(f"{STEP}again: one") + f"# prompter: молчать в файле {LOOSE}: с января\n"
    assert told(tmp_path, x=text) == []
    assert told(tmp_path, x=text, y=scenario(f"{STEP}again: one")) == [(LOOSE, 10)]


def test_a_list_may_stand_as_deep_as_its_name(tmp_path: Path) -> None:
    text = scenario("do:\n  ru: Делать").rstrip() + (
        "\n    # prompter: молчать leads-outside - продажи увидят\n"
        "    answers:\n    - when:\n        ru: Да\n      go: y.one\n"
    )
    other = scenario(STEP, "departments: [sales]\n")
    assert told(tmp_path, x=text, y=other) == []


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        (f"# prompter: молчать {LOOSE}", "silence-no-reason"),
        (f"# prompter: молчать {LOOSE} - ", "silence-no-reason"),
        ("# prompter: молчать again-without-onse - с января", "silence-unknown-code"),
        ("# prompter: молчать unknown-step - с января", "silence-blocking"),
    ],
)
def test_a_faulty_silence_is_told_and_silences_nothing(comment: str, code: str, tmp_path: Path) -> None:
    assert told(tmp_path, x=scenario(f"{STEP}again: one   {comment}")) == [(LOOSE, 10), (code, 10)]


def test_what_was_probably_meant(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(f"{STEP}again: one   # prompter: молчать again-without-onse - с января"))
    (problem,) = (one for one in check_folder(tmp_path, TODAY).problems if "silence" in one.code)
    assert problem.args["suggestion"] == LOOSE


def test_an_error_that_blocks_is_not_silenced(tmp_path: Path) -> None:
    text = scenario("do:\n  ru: Делать\nend: nothing # prompter: молчать unknown-outcome - потом")
    checked = check_folder(write(tmp_path, x=text), TODAY)
    assert checked.base is None
    assert {"unknown-outcome", "silence-blocking"} <= {one.code for one in checked.problems}


def test_where_a_file_cannot_be_understood_no_silence_is_called_unused(tmp_path: Path) -> None:
    text = scenario(f"{STEP}again: one   {QUIET}")
    assert told(tmp_path, x=text, y="title: [") == []


def test_strictness_makes_every_warning_an_error(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(f"{STEP}again: one"))
    assert ERROR not in {one.severity for one in check_folder(tmp_path, TODAY).problems}
    assert {one.severity for one in check_folder(tmp_path, TODAY, strict=True).problems} == {ERROR}


def test_what_is_silenced_hides_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MOST", 1)
    text = steps(step("a", "a"), step("b", "b"))
    quiet = text.replace("  a:", "  # prompter: молчать endless-circle - знаем\n  a:")
    checked = check_folder(write(tmp_path, x=text), TODAY)
    assert (circles(checked), checked.more) == ([4], True)
    checked = check_folder(write(tmp_path, x=quiet), TODAY)
    assert circles(checked) == [14]
    assert "silence-unused" not in [one.code for one in checked.problems]


def circles(checked: Checked) -> list[int]:
    """The lines of the circles that are told."""
    return [one.place.line for one in checked.problems if one.code == "endless-circle"]
