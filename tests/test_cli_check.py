"""`prompter check` and `prompter explain`: how problems are told, and their exit codes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from prompter.commands.excerpt import excerpt
from prompter.commands.problem_output import as_text
from prompter.kb.codes import CODES
from prompter.kb.filetext import FileTexts
from prompter.kb.problems import ERROR, WARNING, Place, Problem
from tests.commands import Run, run
from tests.kb.bases import HELLO, TALK, scenario, write
from tests.kb.test_hostile import RAW

__all__ = ["run"]  # the fixture

BROKEN = HELLO.replace("go: talk", "go: tlak")
LOOSE = scenario("do:\n  ru: Делать\nend: done\nagain: one")


# As text


def test_the_line_with_carets_and_the_hint(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path, hello=BROKEN), "check")
    lines = told.out.splitlines()
    at = lines.index("scenarios/hello.yaml:12:13: ошибка: нет шага «tlak» [unknown-step]")
    assert lines[at + 1 : at + 4] == [
        "  12 |         go: tlak",
        "     |             ^^^^",
        "     = может быть, «talk»?",
    ]


def test_a_clash_shows_both_lines(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path, talk=TALK + "title:\n  ru: Ещё\n"), "check")
    lines = told.out.splitlines()
    assert "   8 | title:" in lines
    at = lines.index("     = и здесь: scenarios/talk.yaml:1:1")
    assert lines[at + 1 : at + 3] == ["   1 | title:", "     | ^^^^^"]


def test_files_are_named_from_where_one_stands(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "kb", hello=BROKEN)
    monkeypatch.chdir(tmp_path)
    assert "\nkb/scenarios/hello.yaml:12:13: " in run("--kb", "kb", "check").out
    assert "file=kb/scenarios/hello.yaml," in run("--kb", "kb", "check", "--format", "github").out
    assert "scenarios/hello.yaml" in [one["file"] for one in problems_as_json(run, tmp_path / "kb")]
    monkeypatch.chdir(tmp_path / "kb")
    assert "\nscenarios/hello.yaml:12:13: " in run("--kb", ".", "check").out


def test_colours_are_for_terminals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    problem = Problem(Place("scenarios/hello.yaml", 12, 13), "unknown-step", {"name": "tlak"})
    texts = FileTexts(write(tmp_path, hello=BROKEN))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def told(out: io.StringIO) -> str:
        as_text([problem], texts, out)
        return out.getvalue()

    assert re.search("\x1b\\[1;31m +\\^\\^\\^\\^\x1b\\[0m", told(Terminal()))
    assert "\x1b" not in told(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in told(Terminal())


# The excerpt


def shown(line: str, col: int, *meant: str, width: int = 110) -> list[str]:
    texts = FileTexts(Path("nowhere"))
    texts._lines["x"] = [line]
    return excerpt(texts, Place("x", 1, col), meant, width)


@pytest.mark.parametrize(
    ("line", "col", "meant", "carets"),
    [
        ("go: tlak", 5, ["tlak"], "    ^^^^"),
        ("go: tlak.step", 5, [], "    ^^^^^^^^^"),
        ("ru: Не уверен, нет", 5, ["Не уверен"], "    ^^^^^^^^^"),
        ("ru: 漢字 {word} да", 8, ["word"], "         ^^^^^^"),
        ("ru: 漢字", 5, [], "    ^^^^"),
        ("ru: e\u0301t a", 8, [], "      ^"),
        ("ru: да", 99, [], "      ^"),
        ("a: : b", 4, [], "   ^"),
    ],
)
def test_carets_stand_under_the_culprit(line: str, col: int, meant: list[str], carets: str) -> None:
    assert shown(line, col, *meant)[1] == f"     | {carets}"


def test_what_is_unseen_is_shown() -> None:
    assert shown("\tru:\xa0да\u200b\x1b[2J", 1)[0] == "   1 | →   ru:␣да\ufffd\ufffd[2J"
    assert shown("\tru: да", 2)[1] == "     |     ^^"


@pytest.mark.parametrize("col", [1, 300, 590, 600, 5000])
def test_a_long_line_is_cut_around_the_place(col: int) -> None:
    line = "слово " * 100
    text, carets = shown(line, col, width=60)
    assert len(text) <= 60
    assert carets.index("^") < 60
    if col < len(line) and line[col - 1] != " ":
        under = text[carets.index("^") : carets.rindex("^") + 1]
        assert line.startswith(under, col - 1)


def test_nothing_is_shown_of_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("gone.yaml", "folder", "x\x00y"):
        assert excerpt(FileTexts(tmp_path), Place(name, 1, 1), []) == []


def test_a_whole_file_has_no_culprit(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# Этот файл пишет программа\n", encoding="utf-8")
    assert excerpt(FileTexts(tmp_path), Place("a.yaml", 1, 1), []) == []


# For programs


def problems_as_json(run: Run, folder: Path, *more: str) -> list[dict[str, object]]:
    told = run("--kb", folder, "check", "--format", "json", *more)
    assert told.err == ""
    everything = json.loads(told.out)
    assert set(everything) == {"problems"}
    return list(everything["problems"])


def test_json(run: Run, tmp_path: Path) -> None:
    write(tmp_path, hello=BROKEN, x=LOOSE)
    problems = problems_as_json(run, tmp_path)
    assert all(
        list(one) == ["file", "line", "col", "severity", "code", "message", "hint"] for one in problems
    )
    assert next(one for one in problems if one["code"] == "unknown-step") == {
        "file": "scenarios/hello.yaml",
        "line": 12,
        "col": 13,
        "severity": "error",
        "code": "unknown-step",
        "message": "нет шага «tlak»",
        "hint": "может быть, «talk»?",
    }
    assert ("again-without-once", "warning") in {(one["code"], one["severity"]) for one in problems}


def test_json_of_nothing(run: Run, tmp_path: Path) -> None:
    assert problems_as_json(run, Path(__file__).parent / "kb" / "plain") == []


def test_github_escapes_what_would_end_a_command(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, x=scenario("do:\n  ru: Делать\nend: done", "‹100%,a: 1\n"))
    told = run("--kb", folder, "check", "--format", "github")
    (line,) = (one for one in told.out.splitlines() if "unknown-field" in one)
    assert line.startswith("::error file=scenarios/x.yaml,line=3,col=1,title=unknown-field::")
    assert "«100%25,a»" in line
    assert "%0A" in line
    assert all(one.startswith(("::error ", "::warning ")) for one in told.out.splitlines())


# Exit codes


def test_a_warning_is_an_error_where_one_is_strict(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, x=LOOSE)
    assert run("--kb", folder, "check").code == 0
    told = run("--kb", folder, "check", "--strict")
    assert told.code == 1
    assert "предупреждение" not in told.out
    severities = {one["severity"] for one in problems_as_json(run, folder, "--strict")}
    assert severities == {ERROR}
    assert WARNING in {one["severity"] for one in problems_as_json(run, folder)}


def test_an_error_that_does_not_block_is_an_error(run: Run, tmp_path: Path) -> None:
    circle = scenario("do:\n  ru: Делать\nanswers:\n  - when:\n      ru: А\n    go: one")
    folder = write(tmp_path, x=circle)
    told = run("--kb", folder, "check")
    assert told.code == 1
    assert re.search(r": 1 ошибка, но база загружается, ", told.out)
    assert run("--kb", folder, "list").code == 0


def test_it_could_not_run(run: Run, tmp_path: Path) -> None:
    for form in ("text", "json", "github"):
        told = run("--kb", tmp_path / "nowhere", "check", "--format", form)
        assert (told.code, told.out) == (2, "")
    assert run("check", "--format", "xml").code == 2


# what a trainer reads


def test_check_of_a_good_base(run: Run) -> None:
    told = run("check")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[-1].endswith("scripts_kb: ошибок нет, 22 фразы, 20 текстов не утверждены")


def test_check_tells_where(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path, hello=HELLO.replace("go: talk", "go: tlak"), x=scenario("edn: done"))
    told = run("--kb", folder, "check")
    assert told.code == 1
    assert re.search(r"^scenarios/hello\.yaml:12:13: ошибка: .*tlak.* \[[a-z-]+\]$", told.out, re.MULTILINE)
    assert re.search(r"^scenarios/x\.yaml:7:5: ошибка: .*edn.* \[[a-z-]+\]$", told.out, re.MULTILINE)
    assert re.search(r"^    .*talk", told.out, re.MULTILINE)  # a hint
    assert told.out.index("hello.yaml") < told.out.index("x.yaml")
    assert re.search(r": \d ошибк[аи]$", told.out.rstrip())


def test_a_warning_is_no_error(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "scenarios" / "y.yaml.txt").write_text("title:", encoding="utf-8")
    told = run("--kb", folder, "check")
    assert told.code == 0
    assert "y.yaml.txt:1:1: предупреждение: " in told.out


def test_duplicates_show_both_places(run: Run, tmp_path: Path) -> None:
    told = run("--kb", write(tmp_path, talk=TALK + "title:\n  ru: Ещё\n"), "check")
    assert told.code == 1
    assert re.search(r"^scenarios/talk\.yaml:8:1: ", told.out, re.MULTILINE)
    assert re.search(r"^    .*: scenarios/talk\.yaml:1:1$", told.out, re.MULTILINE)


# explain


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(run: Run, code: str) -> None:
    told = run("explain", code)
    assert (told.code, told.err) == (0, "")
    first, weight, *_ = told.out.splitlines()
    assert first.startswith(f"{code}: ")
    assert weight.startswith("ошибка: " if CODES[code].severity == ERROR else "предупреждение: ")
    assert ("не загружается" in weight) == CODES[code].blocks
    assert "\nНеправильно:\n" in told.out
    assert "\nПравильно:\n" in told.out
    assert "{" not in first
    assert RAW.findall(told.out) == []


def test_a_code_as_it_is_copied(run: Run) -> None:
    assert run("explain", "[NO-WAY-OUT]").out == run("explain", "no-way-out").out


def test_all_codes(run: Run) -> None:
    told = run("explain")
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines() if line] == list(CODES)


def test_an_unknown_code(run: Run) -> None:
    told = run("explain", "no-way-aut")
    assert (told.code, told.out) == (1, "")
    assert "«no-way-out»" in told.err


@pytest.mark.parametrize(
    ("word", "meant"), [("tab", "tab-indent"), ("colon", "colon-in-text"), ("tagg", "tag")]
)
def test_a_code_is_guessed_by_its_first_word(run: Run, word: str, meant: str) -> None:
    told = run("explain", word)
    assert told.code == 1
    assert f"«{meant}»" in told.err
