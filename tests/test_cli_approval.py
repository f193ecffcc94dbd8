"""Approving, revoking and mending: what is told, with which exit code, and what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from prompter.kb.approvals import text_hash
from prompter.kb.ledger import read_ledger
from tests.commands import Run, running
from tests.kb.bases import HELLO, KB, scenario, write

BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")
SAY = "say:\n  ru: Спасибо\nanswers:\n  - when:\n      ru: Да\n    go: talk"
BY = ("--by", "Айгуль")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Runs a command on the base in `tmp_path`, in this process."""
    yield from running(capsys, "--kb", tmp_path)


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


def test_a_day_is_written_as_everywhere(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("approve", "hello.first", "--lang", "ru", *BY, "--review", "2999-1-5").code == 0
    (entry,) = read_ledger(tmp_path)[0].entries.values()
    assert entry.review == "2999-01-05"


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


@pytest.mark.parametrize("name", ["ИМЯ", "«имя»", "name", "<NAME>", "АТЫ"])
def test_a_name_out_of_an_example_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    write(tmp_path)
    for command in (("approve", "hello.first"), ("revoke", "hello.first")):
        told = run(*command, "--lang", "ru", "--by", name)
        assert (told.code, told.out) == (2, "")
        assert "напишите своё" in told.err
    assert not read_ledger(tmp_path)[0].entries


def test_a_scenario_in_place_of_a_phrase_is_told_how_to_approve_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    told = run("approve", "hello", "--lang", "ru", *BY)
    assert (told.code, told.out) == (1, "")
    assert "«--all-of hello»" in told.err
    assert "--all-of" not in run("revoke", "hello", "--lang", "ru", *BY).err


def test_pending_guesses_what_was_meant(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    told = run("pending", "helol")
    assert (told.code, told.out) == (1, "")
    assert "«hello»" in told.err


def test_approve_writes_the_ledger_and_an_edit_loses_it(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert "1 текст не утверждён" in run("--kb", folder, "check").out
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Айгуль  О.")
    assert (told.code, told.out, told.err) == (
        0,
        "утверждено: hello.first (ru), Айгуль О.\n    Добрый день\n",
        "",
    )
    ledger = (folder / "approvals.yaml").read_text(encoding="utf-8")
    assert 'by: "Айгуль О."' in ledger
    assert 'phrase: "hello.first"' in ledger
    assert "0 текстов не утверждены" in run("--kb", folder, "check").out
    write(folder, hello=HELLO.replace("Добрый день", "Добрый вечер"), approvals=ledger)
    assert "1 текст не утверждён" in run("--kb", folder, "check").out
    write(folder, approvals=ledger)
    assert "0 текстов не утверждены" in run("--kb", folder, "check").out


@pytest.mark.parametrize(
    ("phrases", "language", "said"),
    [
        (["hello.frist"], "ru", "hello.first"),
        (["hello.first"], "ky", "hello.first"),
        (["talk.listen"], "ru", "talk.listen"),
        (["zzz"], "ru", "zzz"),
    ],
)
def test_approve_refuses(run: Run, tmp_path: Path, phrases: list[str], language: str, said: str) -> None:
    folder = write(tmp_path)
    told = run("--kb", folder, "approve", *phrases, "--lang", language, "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert not (folder / "approvals.yaml").exists()


def test_one_refusal_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path), "approve", "zzz", "hello.first", "--lang", "ru", "--by", "Я")
    assert told.code == 1
    assert "hello.first (ru)" in told.out
    assert "zzz" in told.err


@pytest.mark.parametrize("nobody", ["", "  ", "\x1b\u202e"])
def test_nobody_approves_nothing(run: Run, tmp_path: Path, nobody: str) -> None:
    folder = write(tmp_path)
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", nobody)
    assert told.code == 2
    assert "--by" in told.err
    assert not (folder / "approvals.yaml").exists()


def test_a_broken_base_or_ledger_approves_nothing(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, approvals="- text: 5\n  nosuch: x\n")
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert "approvals.yaml:2:3" in told.err
    write(folder, hello="title: [")
    told = run("--kb", folder, "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (1, "")
    assert "scenarios/hello.yaml" in told.err


def test_a_ledger_that_cannot_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("prompter.kb.approving.write_ledger", refuse)
    told = run("--kb", write(tmp_path), "approve", "hello.first", "--lang", "ru", "--by", "Я")
    assert (told.code, told.out) == (2, "")
    assert "нет прав" in told.err.lower() or "нет доступа" in told.err.lower(), told.err


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


def test_a_sound_ledger_is_left_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    run("approve", "hello.first", "--lang", "ru", *BY)
    path = tmp_path / "approvals.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))  # as git does on Windows
    before = path.read_bytes()
    told = run("mend")
    assert (told.code, "в порядке" in told.out) == (0, True)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("approvals.yaml.broken-*"))


def test_a_ledger_in_another_encoding_is_refused(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    run("approve", "hello.first", "--lang", "ru", *BY)
    path = tmp_path / "approvals.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1251", "replace"))
    before = path.read_bytes()
    told = run("mend")
    assert (told.code, "UTF-8" in told.err) == (2, True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damaged", [b"scribbled over\r\n", b"- text: x\r\n", b"\xef\xbb\xbf- [\n"])
def test_where_nothing_could_be_kept_is_told(run: Run, tmp_path: Path, damaged: bytes) -> None:
    write(tmp_path, hello=BOTH)
    (tmp_path / "approvals.yaml").write_bytes(damaged)
    assert run("mend").code == 1
    (kept,) = tmp_path.glob("approvals.yaml.broken-*")
    assert kept.read_bytes() == damaged
