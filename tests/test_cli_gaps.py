"""`prompter gaps`, as a trainer uses it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prompter.call import actions as a
from prompter.call.view.parts import Viewer
from prompter.desk import Desk
from prompter.journal.store import Journal
from prompter.kb.build import load_sources
from prompter.kb.source import bundled
from tests.commands import Run, running


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `prompter gaps` in this process."""
    yield from running(capsys, "gaps")


Ask = Callable[..., None]


@pytest.fixture
def ask(home: Path) -> Iterator[Ask]:
    """Somebody asks in a call, or, with `searched`, is looked for between calls."""
    home.mkdir()
    base, _ = load_sources(bundled())
    journal = Journal.open(home / "journal.db")
    desk = Desk(base, journal, Viewer(language="ru"))

    def asks(words: str, searched: bool = False) -> None:
        if searched:
            assert desk.note_search(words) is None
            return
        assert desk.start() is None
        assert desk.note_gap(words) is None
        assert desk.act(a.End("hung-up")) is None

    yield asks
    journal.close()


def test_there_may_be_none(run: Run) -> None:
    assert run() == (0, "На все вопросы есть ответ: открытых групп нет.\n", "")
    assert run("--closed") == (0, "Ещё ничего не закрыто.\n", "")


def test_groups_with_counts_and_places(run: Run, ask: Ask) -> None:
    ask("Почему баланс отрицательный?")
    ask("отрицательный баланс почему")
    ask("роутер мигает", searched=True)
    told = run()
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert "«Почему баланс отрицательный?»  2 раза, последний раз " in lines[0]
    assert [line.strip() for line in lines[1:3]] == [
        "также: «отрицательный баланс почему»",
        "Приветствие › Поздороваться (2)",
    ]
    assert "«роутер мигает»  1 раз" in lines[3]
    assert lines[4].strip() == "между разговорами (1)"
    assert max(map(len, lines)) <= 80


def test_closing_needs_a_reason_and_stays(run: Run, ask: Ask) -> None:
    ask("баланс отрицательный")
    name = run().out.split()[0]
    assert run("--close", name).code == 2
    assert run("--close", name, "--reason", "да").code == 2
    assert run("--close", "zzzzzz", "--reason", "да", "--by", "Я").code == 1
    told = run("--close", name, "--reason", "есть сценарий «Баланс»", "--by", "Айгуль")
    assert told == (0, "закрыто: 1 случай\n", "")
    assert "групп нет" in run().out
    assert "Айгуль: есть сценарий «Баланс»" in run("--closed").out
    assert run("--close", name, "--reason", "да", "--by", "Я").code == 1
    ask("отрицательный баланс")
    told = run()
    assert "«баланс отрицательный»  1 раз" in told.out
    assert "уже закрывалось" in told.out


def test_words_that_were_forgotten_are_said_so(run: Run, ask: Ask, home: Path) -> None:
    ask("баланс отрицательный")
    journal = Journal.open(home / "journal.db")
    journal.forget_older_than(1, 1e11)
    journal.close()
    out = run().out
    assert "слова забыты  1 раз" in out
    assert "Слова 1 случая забыты: они хранятся 90 дн. (keep_days)." in out
    (group,) = json.loads(run("--format", "json").out)["gaps"]
    assert [one["forgotten"] for one in group["occurrences"]] == [True]


def test_export_for_programs_and_spreadsheets(run: Run, ask: Ask, tmp_path: Path) -> None:
    ask("баланс отрицательный")
    ask("=cmd|'/C calc'!A0", searched=True)
    told = json.loads(run("--format", "json").out)
    assert (told["keep_days"], len(told["gaps"])) == (90, 2)
    occurrence = next(one for group in told["gaps"] for one in group["occurrences"] if one["kind"] == "gap")
    assert (occurrence["step"], occurrence["place"], occurrence["words"]) == (
        "greeting.hello",
        "Приветствие › Поздороваться",
        "баланс отрицательный",
    )
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").out)))
    assert {row["words"] for row in rows} == {"баланс отрицательный", "'=cmd|'/C calc'!A0"}
    file = tmp_path / "gaps.csv"
    assert run("--out", str(file)).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfgroup,")
    assert run("--out", str(tmp_path / "gaps.json")).code == 0
    assert json.loads((tmp_path / "gaps.json").read_text(encoding="utf-8")) == told
    assert file.stat().st_mode & 0o077 == 0
    assert run("--format", "csv", "--out", str(file / "x.csv")).code == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "gaps.xlsx"), ".csv, .json"),
        (("--out", "gaps"), ".csv, .json"),
        (("--format", "csv", "--out", "gaps.xlsx"), ".csv, .json"),
        (("--format", "text", "--out", "gaps.json"), "--format text"),
        (("--format", "csv", "--out", "gaps.json"), "--format csv"),
    ],
)
def test_an_ending_says_the_form_and_another_is_refused(
    options: tuple[str, ...], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run(*options)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert not list(tmp_path.glob("gaps*"))


def test_capitals_in_an_ending_are_the_same(run: Run, tmp_path: Path) -> None:
    assert run("--out", str(tmp_path / "GAPS.CSV")).code == 0
    assert (tmp_path / "GAPS.CSV").read_bytes().startswith(b"\xef\xbb\xbfgroup,")


def test_a_step_that_is_gone_keeps_its_name(
    run: Run, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.kb.bases import write

    ask("баланс отрицательный")
    monkeypatch.setenv("PROMPTER_KB", str(write(tmp_path / "kb")))
    assert "greeting.hello (в сценариях уже нет) (1)" in run().out


def test_other_desks_are_read_and_closed_here(run: Run, ask: Ask, home: Path, tmp_path: Path) -> None:
    ask("баланс отрицательный")
    desks = tmp_path / "desks" / "one"
    desks.mkdir(parents=True)
    (desks / "journal.db").write_bytes(b"")
    for suffix in ("", "-wal"):
        (desks / f"journal.db{suffix}").write_bytes((home / f"journal.db{suffix}").read_bytes())
    ask("сменить тариф")
    told = run("--journals", str(tmp_path / "desks"))
    assert "«баланс отрицательный»  1 раз" in told.out
    assert "сменить тариф" not in told.out
    name = told.out.split()[0]
    close = ("--close", name, "--reason", "есть", "--by", "Я")
    assert run("--journals", str(tmp_path / "desks"), *close).out == "закрыто: 1 случай\n"
    assert "групп нет" in run("--journals", str(tmp_path / "desks")).out
    assert run("--journals", str(tmp_path / "nosuch")).code == 2
    assert run("--journals", str(tmp_path / "desks" / "one" / "journal.db")).code == 0
    (tmp_path / "empty").mkdir()
    assert run("--journals", str(tmp_path / "empty")).code == 2
    told = run("--journals", str(tmp_path / "desks"), str(tmp_path / "empty"))
    assert (told.code, str(tmp_path / "empty") in told.err) == (2, True)
