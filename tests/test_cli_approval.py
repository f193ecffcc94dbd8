"""The commands about approved texts: what they tell, with which exit code, and what they write."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from prompter.cli import main
from prompter.kb.approvals import text_hash
from prompter.kb.ledger import read_ledger
from tests.kb.bases import HELLO, KB, scenario, write

BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")
SAY = "say:\n  ru: Спасибо\nanswers:\n  - when:\n      ru: Да\n    go: talk"


class Told(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Runs a command on the base in `tmp_path`, in this process."""

    def call(*arguments: str) -> Told:
        try:
            code = main(["--kb", str(tmp_path), *arguments])
        except SystemExit as left:
            code = left.code
        assert code in (0, 1, 2)
        return Told(code, *capsys.readouterr())

    yield call
    gc.enable()  # a command that ends with its process switches it off


BY = ("--by", "Айгуль")


# approve and revoke


def test_all_of_a_scenario(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH, x=scenario(SAY))
    assert run("approve", "--all-of", "hello", "--all-of", "x", "--lang", "ru", *BY).code == 0
    told = run("approve", "hello.first", "--all-of", "x", "--lang", "ru", "--by", "Методист")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "уже утверждено: hello.first (ru), Айгуль",
        "уже утверждено: x.one (ru), Айгуль",
    ]
    assert run("approve", "--all-of", "x", "--lang", "ky", *BY).out.startswith("утверждать нечего")


@pytest.mark.parametrize("missing", ["--lang", "--by", "hello.first"])
def test_approve_says_what_it_needs(run: Run, tmp_path: Path, missing: str) -> None:
    write(tmp_path)
    arguments = ["hello.first", "--lang", "ru", *BY]
    at = arguments.index(missing)
    del arguments[at : at + (2 if missing.startswith("--") else 1)]
    told = run("approve", *arguments)
    assert (told.code, told.out) == (2, "")
    assert (missing if missing.startswith("--") else "--all-of") in told.err


def test_a_day_of_review_is_warned_of_when_it_is_over(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("approve", "hello.first", "--lang", "ru", *BY, "--review-in", "2нед").code == 0
    (entry,) = read_ledger(tmp_path)[0].entries.values()
    assert entry.review == (date.today() + timedelta(days=14)).isoformat()
    assert "review-overdue" not in run("check").out
    ledger = f'- text: "{text_hash("Добрый день")}"\n  lang: "ru"\n  by: "Я"\n  at: "2025-01-02T03:30:00Z"\n'
    write(tmp_path, approvals=ledger + '  review: "2026-01-02"\n')
    told = run("check")
    assert told.code == 0
    assert re.search(
        r"^scenarios/hello\.yaml:8:11: .*2026-01-02.*\[review-overdue\]$", told.out, re.MULTILINE
    )
    assert "утверждено: hello.first" in run("approve", "hello.first", "--lang", "ru", *BY).out
    assert "review-overdue" not in run("check").out


@pytest.mark.parametrize(
    "review",
    [("--review", "завтра"), ("--review", "2026-01-01"), ("--review-in", "6"), ("--review-in", "999y999")],
)
def test_a_day_that_is_none_is_refused(run: Run, tmp_path: Path, review: tuple[str, str]) -> None:
    told = run("approve", "hello.first", "--lang", "ru", *BY, *review)
    assert (told.code, told.out) == (2, "")
    assert review[0] in told.err
    assert not (tmp_path / "approvals.yaml").exists()


def test_the_tool_holds_to_the_approvers(run: Run, tmp_path: Path) -> None:
    write(tmp_path, kb=KB + "approvers:\n  ky: Нурбек Асанов\n", hello=BOTH)
    told = run("approve", "hello.first", "--lang", "ky", *BY)
    assert (told.code, told.out) == (1, "")
    assert "«Айгуль»" in told.err
    assert "approvers" in told.err
    assert "Нурбек Асанов" in told.err
    assert run("approve", "hello.first", "--lang", "ky", "--by", "Нурбек Асанов").code == 0
    assert "а не от подлога" in " ".join(run("approve", "--help").out.split())


def test_revoke(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    run("approve", "hello.first", "--lang", "ru", *BY)
    told = run("revoke", "hello.first", "--lang", "ru", "--by", "Методист", "--reason", "сухо")
    assert (told.code, told.out) == (0, "утверждение снято: hello.first (ru), Методист\n")
    assert "1 текст не утверждён" in run("check").out
    told = run("revoke", "hello.first", "--lang", "ru", "--by", "Методист")
    assert (told.code, told.out) == (1, "")
    assert "nothing-to-revoke" in told.err


# a damaged ledger


def test_a_hand_edit_is_told_and_mended(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    run("approve", "hello.first", "--lang", "ru", *BY)
    run("approve", "hello.first", "--lang", "ky", *BY)
    path = tmp_path / "approvals.yaml"
    damaged = path.read_text(encoding="utf-8").replace("Саламатсызбы", "Салам")
    path.write_text(damaged, encoding="utf-8")
    told = run("check")
    assert told.code == 1
    assert re.search(r"^approvals\.yaml:3:3: .*hello\.first.*\[approval-damaged\]$", told.out, re.MULTILINE)
    assert "prompter mend" in told.out
    assert run("approve", "hello.first", "--lang", "ky", *BY).code == 1
    assert path.read_text(encoding="utf-8") == damaged
    told = run("mend")
    assert told.code == 1
    assert told.out.splitlines()[0].startswith(
        "осталась 1 целая запись; прежний файл — approvals.yaml.broken-"
    )
    assert "hello.first" in told.out
    (kept,) = tmp_path.glob("approvals.yaml.broken-*")
    assert kept.read_text(encoding="utf-8") == damaged
    assert run("check").code == 0


def test_there_may_be_nothing_to_mend(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("mend").code == 0
    assert not (tmp_path / "approvals.yaml").exists()
