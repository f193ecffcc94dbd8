"""Which scripts a command works on: named ones, the working folder, the bundled ones, the last good ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from prompter.kb import editing, source
from prompter.kb.ledger import read_ledger
from tests.commands import Run, run
from tests.kb.bases import HELLO, write

__all__ = ["run"]  # the fixture


def company(folder: Path, name: str, **files: str) -> Path:
    """A base that is told from others by its greeting's title."""
    return write(folder, hello=HELLO.replace("Приветствие", name), **files)


# the last good one


def test_a_broken_base_serves_nobody_at_first(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, hello=HELLO.replace("go: talk", "go: tlak"))
    told = run("--kb", folder, "list")
    assert (told.code, told.out) == (2, "")
    assert "scenarios/hello.yaml:12:13" in told.err
    assert "prompter check" in told.err


def test_the_last_good_base_serves_on(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path, "Добрая")
    assert "Добрая" in run("--kb", folder, "list").out
    write(tmp_path, hello="title: [")
    assert "Добрая" in run("--kb", folder, "list").out
    assert run("--kb", folder, "check").code == 1


def test_a_folder_that_is_gone_serves_on_from_its_last_revision(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path / "kb", "Близкие")
    away = tmp_path / "away"
    assert run("list", "--kb", str(folder))[0] == 0
    folder.rename(away)
    code, out, err = run("list", "--kb", str(folder))
    assert (code, "hello" in out) == (0, True), err
    assert run("check", "--kb", str(folder))[0] == 2
    away.rename(folder)
    assert run("list", "--kb", str(folder))[0] == 0


# which folder is named


def test_flag_over_environment_over_file_over_bundled(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag, env, setting = (company(tmp_path / n, n.upper()) for n in ("flag", "env", "setting"))
    assert "Клиента не слышно" in run("list").out
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(f"kb = {json.dumps(str(setting))}\n", encoding="utf-8")
    assert "SETTING" in run("list").out
    monkeypatch.setenv("PROMPTER_KB", str(env))
    assert "ENV" in run("list").out
    assert "FLAG" in run("--kb", flag, "list").out
    assert "FLAG" in run("list", "--kb", flag).out
    assert "FLAG" in run("list", f"--kb={flag}").out


@pytest.mark.parametrize("place", ["flag", "env", "setting"])
@pytest.mark.parametrize("kind", ["missing", "empty", "file", "long", "user"])
def test_a_named_folder_that_is_no_base_decides(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, place: str, kind: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    odd = {"long": "a" * 300, "user": "~nosuchuser"}
    wrong = odd.get(kind) or str(tmp_path / kind)
    arguments: list[str] = []
    if place == "flag":
        arguments = ["--kb", wrong]
        monkeypatch.setenv("PROMPTER_KB", str(write(tmp_path / "good")))
    elif place == "env":
        monkeypatch.setenv("PROMPTER_KB", wrong)
    else:
        home.mkdir(parents=True, exist_ok=True)
        (home / "settings.toml").write_text(f"kb = {json.dumps(wrong)}\n", encoding="utf-8")
    for command in (["list"], ["show"], ["check"], ["approve", "x", "--lang", "ru", "--by", "Я"]):
        told = run(*arguments, *command)
        assert (told.code, told.out) == (2, "")
        assert {"flag": "--kb", "env": source.VARIABLE, "setting": "settings.toml: kb"}[place] in told.err
        assert wrong in told.err
        assert ("kb.yaml" in told.err) is (kind == "empty")


def test_an_empty_flag_names_a_folder_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("--kb", "", "list")
    assert (told.code, told.out) == (2, "")
    assert "--kb" in told.err


def test_a_folder_keeps_its_name(run: Run, tmp_path: Path) -> None:
    folder = company(tmp_path / "два  пробела и\u0306", "Она")
    assert "Она" in run("--kb", folder, "list").out
    assert "Она" in run(f"--kb={folder}", "list").out


BY = ("--by", "Айгуль")


# the working folder


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


APPROVE = ("approve", "hello.first", "--lang", "ru", *BY)


def test_the_working_folder_comes_before_the_bundled_base(away: Path, tmp_path: Path, run: Run) -> None:
    told = run(*APPROVE)
    assert told.code == 0
    assert str(tmp_path) not in told.out
    assert read_ledger(away)[0].entries
    assert not read_ledger(tmp_path / "bundled")[0].entries
    assert str(away) in run("check").out


def test_the_screen_does_not_depend_on_where_it_is_started(away: Path, run: Run) -> None:
    write(away, hello=HELLO.replace("Поздороваться", "Здравствуйте"))
    assert "Поздороваться" in run("show", "hello").out


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
    command: tuple[str, ...], away: Path, tmp_path: Path, run: Run
) -> None:
    own = tmp_path / "bundled"
    (away / "kb.yaml").unlink()
    if command[0] in ("revoke", "mend"):
        run(*APPROVE)
    if command[0] == "mend":  # a sound one would stay as it is
        with open(own / "approvals.yaml", "a", encoding="utf-8") as file:
            file.write("=======\n")
    told = run(*command)
    assert told.code == 0
    assert f"записано в сценарии, которые пришли с программой: {own}\n" in told.out
    assert "пришли с программой" not in run("check").out
