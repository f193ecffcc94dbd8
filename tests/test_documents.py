"""What the documents tell to type can be typed: commands, options, hooks, the examples for a repository."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from prompter import cli
from prompter.commands import COMMANDS
from prompter.kb import source
from prompter.phone import client
from tests.commands import Run, run
from tests.kb import bases

__all__ = ["run"]

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "docs" / "scripts-repository"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
SHELLS = ("", "sh", "bat", "powershell", "console")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PLACEHOLDERS = ("NAME", "ИМЯ")
"""What stands for a name, and is refused when it is typed as it stands."""
PROGRAM = re.compile(r"(?:\S*[/\\])?prompter(?:\.exe)?$")


def said(text: str) -> Iterator[tuple[str, bool]]:
    """Every piece of code of a document, and whether it is a whole line to type: those of the fences are."""
    for language, body in FENCE.findall(text):
        if language in SHELLS:
            yield from ((line, True) for line in re.split(r"\n|&&|;", body))
    yield from ((code, False) for code in INLINE.findall(FENCE.sub("", text)))


def arguments_of(line: str) -> list[str] | None:
    """What is told to type behind `prompter`; None where that line is something else."""
    line = re.sub(r"^(?:\$|>|[A-Z]:\\\S*>)\s+", "", line.strip()).replace("\\", "/")
    try:
        first, *rest = shlex.split(line, comments=True)
    except ValueError:
        return None
    return rest if PROGRAM.fullmatch(first) else None


def told(document: Path) -> Iterator[tuple[list[str], bool]]:
    """The commands of a document, and whether they are whole."""
    for line, whole in said(document.read_text(encoding="utf-8")):
        if line.strip() and (arguments := arguments_of(line)):
            # `ru|ky` and `[--title …]` stand for one of several, and for what may be left out
            typed = [one.strip("[]").partition("|")[0] for one in arguments if one.strip("[]…")]
            yield ["Айгуль" if one in PLACEHOLDERS else one for one in typed], whole


def understood(arguments: list[str], whole: bool = True) -> argparse.Namespace:
    """The arguments, parsed by the real command line. One that is not `whole` may lack what is required.

    Exits as the command line does, also for an option that is only begun.
    """
    parser = cli._parser(arguments)
    known = set(options(parser))
    if "call" in arguments:  # its client reads the arguments itself
        known |= {f"--{field}" for field in client.FIELDS}
    for one in arguments:
        if one.startswith("--") and one.partition("=")[0] not in known:
            parser.error(one)
    if "call" in arguments:
        return _of_the_phone(parser, arguments)
    if not whole:
        relax(parser)
    return parser.parse_args(arguments)


def _of_the_phone(parser: argparse.ArgumentParser, arguments: list[str]) -> argparse.Namespace:
    happened = arguments[arguments.index("call") + 1 :][:1]
    if happened and happened[0] not in client.KINDS:
        parser.error(happened[0])
    return argparse.Namespace(command="call")


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every option of a parser and of its commands."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for its in action.choices.values():
                yield from options(its)


def relax(parser: argparse.ArgumentParser) -> None:
    """Let everything be left out."""
    for action in parser._actions:
        action.required = False
        if isinstance(action, argparse._SubParsersAction):
            for its in action.choices.values():
                relax(its)
        elif action.nargs in (None, "+"):
            action.nargs = "?" if action.nargs is None else "*"


WRITTEN = [
    pytest.param(arguments, whole, id=f"{document.name}: {' '.join(arguments)}")
    for document in DOCUMENTS
    for arguments, whole in told(document)
]


@pytest.mark.parametrize(("arguments", "whole"), WRITTEN)
def test_what_a_document_tells_to_type_is_understood(arguments: list[str], whole: bool) -> None:
    try:
        understood(arguments, whole)
    except SystemExit as left:
        if left.code:
            pytest.fail("no such command or option")


def test_the_documents_name_every_command() -> None:
    named = {one.values[0][0] for one in WRITTEN if one.values[0]}
    assert set(COMMANDS) - named == set()


@pytest.mark.parametrize("line", ["prompter chek", "prompter check --stric", "prompter approve x --lang ru"])
def test_what_is_no_command_is_found(line: str) -> None:
    arguments = arguments_of(line)
    assert arguments is not None
    with pytest.raises(SystemExit) as left:
        understood(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("prompter", []),
        ("$ .venv/bin/prompter check", ["check"]),
        (r".venv\Scripts\prompter new x", ["new", "x"]),
        (r"C:\Scripts> prompter.exe check --kb .", ["check", "--kb", "."]),
        ('prompter approve x --by "Айгуль А."', ["approve", "x", "--by", "Айгуль А."]),
        ("prompter/commands/__init__.py", None),
        ("pip install prompter", None),
    ],
)
def test_commands_are_told_from_the_rest(line: str, arguments: list[str] | None) -> None:
    assert arguments_of(line) == arguments


# For a repository of scripts


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


HOOKS = {hook["id"]: hook for hook in parsed(ROOT / ".pre-commit-hooks.yaml")}


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_hook_is_whole_and_runs_what_there_is(hook: dict[str, Any]) -> None:
    assert {"id", "name", "description", "entry", "language", "files"} <= set(hook)
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert re.search(hook["files"], "scripts_kb/scenarios/clarify.yaml")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "prompter"
    assert understood([*arguments, *hook["args"]]).command in COMMANDS


def test_the_example_for_pre_commit_names_our_hooks() -> None:
    (repository,) = parsed(EXAMPLES / "pre-commit-config.yaml")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == set(HOOKS)
    for hook in repository["hooks"]:
        entry = shlex.split(HOOKS[hook["id"]]["entry"])[1:]
        assert understood([*entry, *hook["args"]])


def job_commands() -> list[list[str]]:
    """What the example's job runs of ours."""
    (job,) = parsed(EXAMPLES / "check-scripts.yml")["jobs"].values()
    lines = [step["run"] for step in job["steps"] if "run" in step]
    return [arguments for line in lines if (arguments := arguments_of(line)) is not None]


def test_the_example_job_fails_for_a_mistake_and_for_stale_schemas(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check, schema = job_commands()
    folder = bases.write(tmp_path / "scripts_kb")
    monkeypatch.chdir(tmp_path)
    assert run(*check).code == 0
    assert run(*schema).code == 1
    run("schema", "--kb", folder)
    assert run(*schema).code == 0
    bases.write(folder, hello=bases.HELLO.replace("go: talk", "go: nowhere"))
    told = run(*check)
    assert told.code == 1
    assert "::error file=scripts_kb/scenarios/hello.yaml,line=12," in told.out


def test_the_example_job_waits_for_every_push() -> None:
    job = parsed(EXAMPLES / "check-scripts.yml")
    assert job[True] == ["push", "pull_request"]  # YAML 1.1 reads `on` as true


# VS Code's task


def test_the_task_of_vs_code_finds_problems_in_what_check_tells(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = json.loads((source.bundled() / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    broken = bases.HELLO.replace("go: talk", "go: nowhere").replace("    say:", "    again: first\n    say:")
    monkeypatch.chdir(bases.write(tmp_path, hello=broken))
    assert task["command"] == "prompter"
    told = run(*task["args"])
    found = {}
    for matcher in task["problemMatcher"]:
        pattern = matcher["pattern"]
        for line in told.out.splitlines():
            if match := re.fullmatch(pattern["regexp"].strip("^$"), line):
                place = (match[pattern["file"]], int(match[pattern["line"]]), match[pattern["code"]])
                found[place] = matcher["severity"]
    assert found["scenarios/hello.yaml", 13, "unknown-step"] == "error"
    assert found["scenarios/hello.yaml", 7, "again-without-once"] == "warning"
    assert len(found) == len(re.findall(r"^\S+:\d+:\d+: ", told.out, re.MULTILINE))
