"""The command line as a whole: help, languages, version, wrong usage."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator

import pytest

from prompter import __version__, cli, locale
from prompter.commands import COMMANDS
from tests.commands import Run, run

__all__ = ["run"]  # the fixture


# every command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_its_own_options(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"запуск: prompter {name}")
    assert "--ui ru|ky|en" in told.out
    listed = run("--help").out
    assert re.search(rf"^ +{name} ", listed, re.MULTILINE)


# what the help says

OWN = [name for name in COMMANDS if name != "call"]
"""Commands whose help argparse writes; the phone's client writes its own."""


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


def parsers_of(name: str) -> list[argparse.ArgumentParser]:
    """A command's own parser, then those of what it does."""
    return [one for one in parsers(cli._parser([name])) if one.prog.startswith(f"prompter {name}")]


@pytest.mark.parametrize("name", OWN)
def test_nothing_in_a_help_is_left_unexplained(name: str) -> None:
    first, *below = parsers_of(name)
    assert first.description
    for parser in (first, *below):
        assert "--kb" in parser.format_help()
        for action in parser._actions:
            assert action.help or isinstance(action, argparse._SubParsersAction), parser.prog


def test_an_option_means_the_same_in_every_command() -> None:
    meant: dict[str, set[object]] = {}
    for action in (one for name in OWN for parser in parsers_of(name) for one in parser._actions):
        for option in action.option_strings:
            meant.setdefault(option, set()).add(action.metavar)
        if "--format" in action.option_strings:
            assert "table" not in (action.choices or ())
    assert {name: meant[name] for name in ("--from", "--to", "--out", "--journals")} == {
        "--from": {"ДЕНЬ"}, "--to": {"ДЕНЬ"}, "--out": {"ФАЙЛ"}, "--journals": {"ПАПКА"}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ui", "word", "others"),
    [
        ("ru", "код выхода", "код возврата|код завершения"),
        ("ky", "чыгуу коду", "аяктоо коду|кайтаруу коду"),
        ("en", "exit code", "return code|exit status"),
    ],
)
def test_the_help_calls_an_exit_code_one_name(ui: str, word: str, others: str) -> None:
    locale.activate(ui)
    helps = [" ".join(one.format_help().lower().split()) for name in OWN for one in parsers_of(name)]
    assert sum(word in one for one in helps) >= 4  # check, search, schema, pending
    assert not [one for one in helps if re.search(others, one)]


# languages of the interface


@pytest.mark.parametrize("ui", ["ru", "ky", "en"])
def test_help_in_every_language(run: Run, ui: str) -> None:
    locale_words = {"ru": "запуск: ", "ky": "иштетүү: ", "en": "usage: "}
    for arguments in (
        ["--ui", ui, "--help"],
        [f"--ui={ui}", "show", "-h"],
        ["approve", "--ui", ui, "--help"],
    ):
        told = run(*arguments)
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith(locale_words[ui])


NAMES = {
    *("prompter", *COMMANDS, "format", "strict", "text", "json", "github"),
    *("help", "version", "operator", "form", "department"),
    *("lang", "ui", "kb", "by", "h", "m", "f", "ru", "ky", "en", "ID", "toml", "settings", "yaml", "Skynet"),
    *("nosuch", "x", "de", "sales", "support", "theme", "dark", "light", "contrast"),
    *("articles", "statuses", "forbidden", "norms", "outcomes", "title", "print", "article", "scenario"),
    *("json", "limit", "learned", "forget", "N", "JSON", "kb", "approvers", "git"),
}
"""Latin words that are no English: what is typed, and what was typed here."""


@pytest.mark.parametrize("ui", ["ru", "ky"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["show", "--help"],
        ["list", "--help"],
        ["check", "--help"],
        ["approve", "--help"],
        ["new", "--help"],
        ["schema", "--help"],
        ["nosuch"],
        ["--nosuch"],
        ["check", "x", "x"],
        ["--operator"],
        ["--form", "x", "list"],
        ["--lang", "de", "list"],
        ["--department", "nosuch", "list"],
        ["--kb", "/nosuch", "list"],
        ["show", "nosuch"],
        ["approve"],
        ["approve", "x", "--lang", "ru", "--by", ""],
        ["approve", "x", "--lang", "ru", "--by", "x"],
        ["--ui"],
        [],
    ],
    ids=" ".join,
)
def test_no_english_is_left(run: Run, monkeypatch: pytest.MonkeyPatch, ui: str, arguments: list[str]) -> None:
    monkeypatch.setenv("PROMPTER_UI", ui)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    told = run(*arguments)
    said = re.sub(r"\[[a-z-]+\]|--[a-z-]+|approvals\.yaml", "", told.out + told.err)
    assert said.strip()
    assert set(re.findall(r"[A-Za-z]+", said)) - NAMES == set()
    assert told.code == 0 if "--help" in arguments else told.code > 0


@pytest.mark.parametrize("form", [["--ui", "en"], ["--ui=en"]])
@pytest.mark.parametrize("after", [False, True])
def test_the_language_stands_before_or_after_the_command(run: Run, form: list[str], after: bool) -> None:
    told = run("check", *form) if after else run(*form, "check")
    assert told.code == 0
    assert "no errors" in told.out


def test_the_language_of_the_environment_and_an_unknown_one(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMPTER_UI", "en")
    assert "no errors" in run("check").out
    assert "ошибок нет" in run("check", "--ui", "ru").out
    told = run("check", "--ui", "de")
    assert (told.code, told.out) == (2, "")
    assert "«de»" in told.err
    assert "ru, ky, en" in told.err


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"prompter {__version__}\n", "")


@pytest.mark.parametrize("arguments", [["nosuch"], ["--nosuch"], ["check", "x"], ["approve", "x"], ["--kb"]])
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    told = run(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("запуск: prompter")
