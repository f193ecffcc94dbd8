"""The command line given hostile words, files, environments and readers: no traceback, no raw escapes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Run, run, started
from tests.kb.bases import write

__all__ = ["run"]  # the fixture


# hostile words

HOSTILE = "a\x1b[2J\x1b]0;x\x07\x9b31m\u202eb\u2066\u200bc\r\nd\ud800[red]e[/]"
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]")


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["show", HOSTILE],
        ["show", f"greeting.{HOSTILE}"],
        ["show", "greeting", "--operator", HOSTILE],
        ["list", "--form", HOSTILE],
        ["list", "--department", HOSTILE],
        ["list", "--lang", HOSTILE],
        ["list", "--ui", HOSTILE],
        ["list", "--kb", HOSTILE],
        ["check", f"--kb={HOSTILE}"],
        ["check", HOSTILE],
        ["check", "--", f"--kb={HOSTILE}"],
        ["approve", HOSTILE, "--lang", "ru", "--by", "x"],
        ["approve", "x", "--lang", HOSTILE, "--by", "x"],
    ],
    ids=range(15),
)
def test_hostile_arguments(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.code == 0 if "--operator" in arguments else told.code > 0
    assert (told.out + told.err).strip()
    assert RAW.findall(told.out + told.err) == []


def test_markup_is_text(run: Run) -> None:
    assert (
        "оператор a[red]b[/] [@click=app.bell]c[/],"
        in run("show", "greeting", "--operator", "a[red]b[/] [@click=app.bell]c[/]").out
    )


@pytest.mark.parametrize(
    "name", ["OPERATOR", "FORM", "DEPARTMENT", "LANG", "UI", "KB", "BELL", "KEEP_DAYS", "HOME"]
)
def test_hostile_environment(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    value = HOSTILE.replace("\ud800", "\udcff")
    if name == "HOME":
        value = str(tmp_path / value)
        (Path(value) / "settings.toml").mkdir(parents=True)
    monkeypatch.setenv(f"PROMPTER_{name}", value)
    for arguments in (["list"], ["show", "greeting"]):
        told = run(*arguments)
        assert told.code == (0 if name in ("OPERATOR", "HOME") else 2)
        assert RAW.findall(told.out + told.err) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_hostile_file_names(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "a\x1b[2J\u202eb")
    (folder / "scenarios" / "x\x1b[2J\u202e\udcff.yaml").write_text("title: [", encoding="utf-8")
    (folder / "scenarios" / "y\x9b.yaml.txt").write_text("", encoding="utf-8")
    told = run("--kb", folder, "check")
    assert told.code == 1
    assert "x[2J" in told.out
    assert RAW.findall(told.out + told.err) == []


# no terminal, no file, no reader


def test_no_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        for arguments in ([], ["--operator", "Айгуль"], ["--lang", "ky", "--ui", "ru"]):
            assert run(*arguments) == (2, "", "prompter: экран открывается только в терминале\n")


@pytest.mark.parametrize(
    "text",
    [
        b"operator = ",
        b"\xff\xfe",
        b"a=" + b"[" * 3000,
        "operator = «Айгуль»".encode(),
        b"keep_days = " + b"1" * 5000,
        b"#" * 1_000_001,
    ],
    ids=range(6),
)
def test_unreadable_settings(run: Run, home: Path, text: bytes) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for arguments, code in ((["list"], 0), (["check"], 0), ([], 2)):  # there is no terminal here
        (home / "settings.toml").write_bytes(text)
        told = run(*arguments)
        assert told.code == code
        assert str(home / "settings.toml") in told.err
        (kept,) = home.glob("settings.toml.broken-*")
        assert kept.name in told.err
        assert kept.read_bytes() == text
        kept.unlink()
        assert "settings.toml" not in run(*arguments).err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_pipes_instead_of_files_of_the_program(run: Run, home: Path) -> None:
    assert run("list").code == 0
    for path in [*home.glob("current-*.json"), *home.glob("revisions/*.json")]:
        path.unlink()
        os.mkfifo(path)
    assert run("list").code == 0
    os.mkfifo(home / "settings.toml")
    told = run("list")
    assert told.code == 0
    assert str(home / "settings.toml") in told.err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such file names there")
def test_a_file_whose_name_is_no_text_costs_time_at_most(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "scenarios" / "x\udcff.txt").touch()
    for _ in range(2):
        told = run("--kb", tmp_path, "list")
        assert (told.code, told.err) == (0, "")
        assert "hello" in told.out


def test_a_bad_setting_names_its_place(run: Run, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text('form = "x"\n', encoding="utf-8")
    told = run("list")
    assert told.code == 2
    assert str(home / "settings.toml") in told.err
    assert "form" in told.err
    assert run("list", "--form", "m").code == 2  # the file is wrong all the same


def test_a_home_that_cannot_be_one_only_costs_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMPTER_HOME", os.path.join(os.devnull, "x"))
    assert run("list").code == 0


@pytest.mark.parametrize("arguments", [["show"], ["--help"]], ids=" ".join)
def test_a_reader_that_has_seen_enough(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = started(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("arguments", [["show"], ["--help"], ["search", "тариф"]], ids=" ".join)
def test_a_full_disk_under_the_output_is_told_in_words(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = started(*arguments, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr.decode() == "prompter: на диске нет места\n"


@pytest.mark.parametrize("encoding", ["cp1251", "ascii"])
def test_a_file_that_lacks_our_letters(encoding: str) -> None:
    done = started("show", "closing", "--ui", "ky", env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"[closing.goodbye]" in done.stdout
    if encoding == "cp1251":
        assert "Спасибо за Ваш звонок".encode(encoding) in done.stdout


ODD = [
    "",
    "-",
    "--",
    "---",
    "-h",
    "--ui",
    "--ui=",
    "--kb",
    "--kb=",
    "--lang=ky",
    "show",
    "list",
    "check",
    "approve",
]
ODD += [
    "--by",
    "--by=",
    "--operator",
    "--form=m",
    "\x00",
    "%s",
    "%(x)s",
    "{}",
    "{operator}",
    "@file",
    "-1",
    "~",
    ".",
]
ODD += [
    "..",
    "a" * 5000,
    "\ud800",
    "--o",
    "--version=1",
    "-hh",
    "greeting.",
    ".hello",
    "=",
    "--=",
    "ё",
    "\U0010ffff",
]

DRIVER = """
import itertools, json, sys, traceback
from prompter.cli import main
from prompter.commands import COMMANDS
from prompter.commands import COMMANDS
odd = json.loads(sys.stdin.read())
lists = [*([one] for one in odd), *map(list, itertools.product(odd, ["show", "x", *odd[:12]]))]
lists += [["show", one, other] for one in odd for other in odd[:9]]
lists += [["approve", one, "--lang", other, "--by", one] for one in odd for other in ("ru", "", "{}")]
sys.stdin = None
codes = {}
for arguments in lists:
    try:
        code = main(arguments)
    except SystemExit as left:
        code = left.code
    except BaseException:
        print("AT", arguments, traceback.format_exc(), file=sys.stderr)
        code = "Traceback"
    codes[str(code)] = codes.get(str(code), 0) + 1
print(json.dumps(codes), file=sys.stderr)
"""


def test_no_argument_list_ends_in_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(ODD),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PROMPTER_KB": str(write(tmp_path / "kb"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    codes = json.loads(done.stderr.splitlines()[-1])
    assert set(codes) == {"0", "1", "2"}
    assert sum(codes.values()) > 800
