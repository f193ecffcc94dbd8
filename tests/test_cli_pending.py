"""What waits, how much is approved, how a phrase came to its words: `pending`, `coverage`, `history`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Run, running
from tests.kb.bases import HELLO, scenario, write
from tests.kb.repository import commit, needs_git

BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")
SAY = "say:\n  ru: Спасибо\nanswers:\n  - when:\n      ru: Да\n    go: talk"
BY = ("--by", "Айгуль")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Run]:
    """Runs a command on the base in `tmp_path`, in this process."""
    yield from running(capsys, "--kb", tmp_path)


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
