"""The commands about approved texts: what they tell, with which exit code, and what they write."""

from __future__ import annotations

import gc
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from prompter.cli import main
from prompter.kb import editing, source
from prompter.kb.approvals import text_hash
from prompter.kb.ledger import read_ledger
from tests.kb.bases import HELLO, KB, scenario, write
from tests.kb.repository import commit, needs_git

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


# which folder


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base to work in, away from the one that comes with the program; nothing names it."""
    own = tmp_path / "bundled"
    for name in editing.EDITOR:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.bundled() / name, own / name)
    write(own)
    monkeypatch.setattr(source, "bundled", lambda: own)
    folder = write(tmp_path / "kb")
    monkeypatch.chdir(folder)
    return folder


def alone(capsys: pytest.CaptureFixture[str], *arguments: str) -> Told:
    """What a command tells that is given no folder."""
    code = main([*arguments])
    gc.enable()
    return Told(code, *capsys.readouterr())


APPROVE = ("approve", "hello.first", "--lang", "ru", *BY)


def test_the_working_folder_comes_before_the_bundled_base(
    away: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = alone(capsys, *APPROVE)
    assert told.code == 0
    assert str(tmp_path) not in told.out
    assert read_ledger(away)[0].entries
    assert not read_ledger(tmp_path / "bundled")[0].entries
    assert str(away) in alone(capsys, "check").out


def test_the_screen_does_not_depend_on_where_it_is_started(
    away: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(away, hello=HELLO.replace("Поздороваться", "Здравствуйте"))
    assert "Поздороваться" in alone(capsys, "show", "hello").out


@pytest.mark.parametrize(
    "command",
    [
        APPROVE,
        ("revoke", "hello.first", "--lang", "ru", *BY),
        ("mend",),
        ("schema",),
        ("new", "fresh"),
    ],
    ids=lambda command: command[0],
)
def test_what_is_written_into_the_programs_own_scripts_is_said(
    command: tuple[str, ...], away: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "bundled"
    (away / "kb.yaml").unlink()
    if command[0] in ("revoke", "mend"):
        alone(capsys, *APPROVE)
    if command[0] == "mend":  # a sound one would stay as it is
        with open(own / "approvals.yaml", "a", encoding="utf-8") as file:
            file.write("=======\n")
    told = alone(capsys, *command)
    assert told.code == 0
    assert f"записано в сценарии, которые пришли с программой: {own}\n" in told.out
    assert "пришли с программой" not in alone(capsys, "check").out


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


# pending


def edited(folder: Path, run: Run) -> None:
    """Both texts approved, then the Russian edited: one waits, the other is stale."""
    write(folder, hello=BOTH)
    run("approve", "hello.first", "--lang", "ru", *BY)
    run("approve", "hello.first", "--lang", "ky", "--by", "Нурбек")
    write(folder, hello=BOTH.replace("Добрый день", "Добрый вечер, слушаю"))


def test_pending_shows_each_text_beside_the_approved_one(run: Run, tmp_path: Path) -> None:
    edited(tmp_path, run)
    told = run("pending")
    assert (told.code, told.err) == (1, "")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert lines[0] == "[-убрано-] {+добавлено+}: слово за словом с последним утверждённым текстом"
    assert lines[2] == "hello.first Поздороваться"
    assert lines[3] == "RU ○ черновик KY ▲ перевод устарел"
    assert lines[4] == "Добрый [-день-] {+вечер, слушаю+} Саламатсызбы"
    assert "· для этого текста, с тех пор он" in told.out
    assert told.out.count("{+вечер, слушаю+}") == 2
    assert lines[-2:] == [
        "1 текст не утверждён, 1 перевод устарел",
        "Утвердить: prompter approve hello.first --lang ru --by ИМЯ",
    ]
    assert max(map(len, told.out.splitlines())) <= 80
    assert "\x1b" not in told.out


def test_nothing_waits(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    run("approve", "hello.first", "--lang", "ru", *BY)
    assert run("pending") == (0, "\nНичто не ждёт утверждения.\n", "")


def test_pending_of_one_scenario_step_or_language(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH, x=scenario(SAY))

    def phrases(*arguments: str) -> list[str]:
        told = json.loads(run("pending", "--format", "json", *arguments).out)
        return [one["phrase"] for one in told["pending"]]

    assert phrases() == ["hello.first", "x.one"]
    assert phrases("x") == ["x.one"]
    assert phrases("hello.first") == ["hello.first"]
    assert phrases("--lang", "ky") == ["hello.first"]
    assert run("pending", "nosuch").code == 1
    assert run("pending", "--lang", "kz").code == 2


def test_pending_for_programs(run: Run, tmp_path: Path) -> None:
    edited(tmp_path, run)
    (one,) = json.loads(run("pending", "--format", "json").out)["pending"]
    (russian,) = one["languages"]["ru"]["variants"]
    (kyrgyz,) = one["languages"]["ky"]["variants"]
    assert (one["languages"]["ru"]["state"], russian["approved"], russian["by"]) == (
        "draft",
        "Добрый день",
        "Айгуль",
    )
    assert (kyrgyz["state"], kyrgyz["source_then"], kyrgyz["by"]) == ("stale", "Добрый день", "Нурбек")


@pytest.mark.parametrize("command", ["pending", "coverage", "history hello.first"])
def test_a_broken_base_says_where(run: Run, tmp_path: Path, command: str) -> None:
    write(tmp_path, hello="title: [")
    told = run(*command.split())
    assert (told.code, told.out) == (1, "")
    assert "hello.yaml:1" in told.err


# coverage


def test_coverage_as_a_table_with_bars(run: Run, tmp_path: Path) -> None:
    more = "".join(
        f"  s{n}:\n    title:\n      ru: Шаг\n    say:\n      ru: Текст {n}\n    end: done\n"
        for n in range(3)
    )
    go = "say:\n  ru: Спасибо\n  ky: Рахмат\nanswers:" + "".join(
        f"\n  - when:\n      ru: Да\n    go: s{n}" for n in range(3)
    )
    write(tmp_path, x=scenario(go, "departments: [support]\n", more))
    run("approve", "x.one", "--lang", "ru", *BY)
    told = run("coverage")
    assert (told.code, told.err) == (0, "")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert lines[0] == "✓ █ утверждено ▲ ▓ перевод устарел ○ ░ черновик – – нет текста"
    assert "Продажи ✓ ▲ ○ –" in lines
    assert "Пример RU 1 · 3 · █████░░░░░░░░░░░░░░░ 25 %" in lines
    assert "KY · · 1 3 ░░░░░––––––––––––––– 0 %" in lines
    assert "Всего RU 1 · 4 · ████░░░░░░░░░░░░░░░░ 20 %" in lines
    assert {len(line) for line in told.out.splitlines()[2:] if line.strip()} == {80}


def test_coverage_for_programs(run: Run, tmp_path: Path) -> None:
    edited(tmp_path, run)
    assert run("coverage", "--format", "csv").out.splitlines()[:4] == [
        "department,scenario,language,approved,stale,draft,missing",
        "sales,,ru,0,0,1,0",
        "sales,,ky,0,1,0,0",
        "sales,hello,ru,0,0,1,0",
    ]
    first = json.loads(run("coverage", "--format", "json").out)["coverage"][1]
    assert first == {
        "department": "sales",
        "scenario": "",
        "language": "ky",
        "approved": 0,
        "stale": 1,
        "draft": 0,
        "missing": 0,
    }


def test_check_pending_and_coverage_agree(run: Run, tmp_path: Path) -> None:
    edited(tmp_path, run)
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"), x=scenario(SAY))
    told = json.loads(run("pending", "--format", "json").out)["pending"]
    states = [lang["state"] for one in told for lang in one["languages"].values()]
    rows = json.loads(run("coverage", "--format", "json").out)["coverage"]
    for state in ("draft", "stale"):
        counted = sum(row[state] for row in rows if (row["department"], row["scenario"]) == ("sales", ""))
        assert states.count(state) == counted
    assert states.count("draft") == 2
    assert "2 текста не утверждены, 1 перевод устарел" in run("check").out


# history


@needs_git
def test_history_tells_changes_and_decisions(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    commit(tmp_path, "первые слова")
    run("approve", "hello.first", "--lang", "ru", *BY, "--review-in", "6мес")
    run("revoke", "hello.first", "--lang", "ru", "--by", "Методист", "--reason", "сухо")
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    told = run("history", "hello.first")
    assert (told.code, told.err) == (0, "")
    heads = [line for line in told.out.splitlines() if line and not line.startswith(" ")]
    words = [line.strip() for line in told.out.splitlines() if line.startswith(" ")]
    assert heads[0] == "hello.first  Поздороваться"
    kinds = {head.split("  ", 1)[1] for head in heads[1:4]}
    assert kinds == {"ещё не в git", "✓ утверждено: Айгуль", "✗ утверждение снято: Методист"}
    assert "Айгуль: первые слова" in heads[4]
    assert "1 янв. 2026" in heads[4]
    assert "RU  Добрый [-день-] {+вечер+}" in words
    assert "сухо" in words
    assert words[-2:] == ["RU  Добрый день", "KY  Саламатсызбы"]


def test_history_without_git(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    monkeypatch.setenv("PATH", "")
    run("approve", "hello.first", "--lang", "ru", *BY)
    told = run("history", "hello.first")
    assert told.code == 0
    assert "git не установлен: показано только то, что записано в approvals.yaml" in told.err
    assert "✓ утверждено: Айгуль" in told.out
    assert "RU  Добрый день" in told.out
    told = run("history", "hello.frist")
    assert (told.code, told.out) == (1, "")
    assert "«hello.first»" in told.err
