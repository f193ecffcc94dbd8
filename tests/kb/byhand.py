"""Codes whose example no text of a file can show: how a base gets the problem, and how it nearly does.

Each gives the codes of what was found.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prompter.kb import gather, source
from prompter.kb.approving import Decision, approve, revoke
from prompter.kb.checking import check_folder
from prompter.kb.lint import russian
from prompter.kb.yamlread import MAX_BYTES, MAX_EVENTS
from tests.kb.examples import PLAIN, TODAY

Found = Callable[[Path], list[str]]
PRIMER = "scenarios/primer.yaml"


def after(change: Callable[[Path], object]) -> Found:
    """What is found in the small base after a change to its folder."""

    def found(folder: Path) -> list[str]:
        shutil.copytree(PLAIN, folder, dirs_exist_ok=True)
        change(folder)
        return [one.code for one in check_folder(folder, TODAY).problems]

    return found


def with_limit(module: object, name: str, value: int, change: Callable[[Path], object]) -> Found:
    """The same with a smaller limit: nobody waits for gigabytes."""

    def found(folder: Path) -> list[str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, value)
            return after(change)(folder)

    return found


KYRGYZ = "      ky: Саламатсызбы, менин атым {operator}.\n"


def approving(phrase: str, language: str, by: str = "Айгуль", without: str = "") -> Found:
    """What `prompter approve` answers, where Айгуль alone approves Kyrgyz; `without` that line."""

    def found(folder: Path) -> list[str]:
        shutil.copytree(PLAIN, folder, dirs_exist_ok=True)
        (folder / "approvals.yaml").unlink()
        hello = folder / "scenarios" / "hello.yaml"
        hello.write_text(hello.read_text(encoding="utf-8").replace(without, ""), encoding="utf-8")
        with (folder / "kb.yaml").open("a", encoding="utf-8") as kb:
            kb.write("approvers:\n  ky: Айгуль\n")
        decision = Decision(language, by, datetime(2026, 11, 29, tzinfo=UTC))
        return [one.code for one in approve(folder, [phrase], decision).problems]

    return found


def revoking(language: str) -> Found:
    """What `prompter revoke` answers of a phrase approved in Russian alone."""

    def found(folder: Path) -> list[str]:
        shutil.copytree(PLAIN, folder, dirs_exist_ok=True)
        (folder / "approvals.yaml").unlink()
        moment = datetime(2026, 11, 29, tzinfo=UTC)
        approve(folder, ["hello.first"], Decision("ru", "Айгуль", moment))
        return [one.code for one in revoke(folder, ["hello.first"], Decision(language, "Я", moment)).problems]

    return found


def files(number: int) -> Callable[[Path], object]:
    """That many files beside the scenarios."""

    def change(folder: Path) -> None:
        (folder / "articles").mkdir()
        for n in range(number):
            (folder / "articles" / f"a{n}.txt").write_text("x", encoding="utf-8")

    return change


def ends_with(data: bytes) -> Callable[[Path], object]:
    """Something more at the end of a scenario's file."""

    def change(folder: Path) -> None:
        with (folder / PRIMER).open("ab") as file:
            file.write(data)

    return change


def instead(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else in the place of a file."""

    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return change


def without_dictionary(folder: Path) -> list[str]:
    """The small base where the package with the dictionary is missing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(russian, "_PACKAGE", "no_such_package")
        russian.dictionary.cache_clear()
        try:
            return after(nothing)(folder)
        finally:
            russian.dictionary.cache_clear()


def nothing(folder: Path) -> None:
    """No change."""


BY_HAND: dict[str, tuple[Found, Found]] = {
    "no-file": (after(lambda folder: (folder / "kb.yaml").unlink()), after(nothing)),
    "unreadable-file": (
        after(instead(PRIMER, lambda path: path.symlink_to(path.parent / "gone.yaml"))),
        after(nothing),
    ),
    "not-a-file": (after(instead(PRIMER, Path.mkdir)), after(nothing)),
    "unreadable-folder": (
        after(lambda folder: (folder / "articles").write_text("x", encoding="utf-8")),
        after(lambda folder: (folder / "articles").mkdir()),
    ),
    "too-many-files": (
        with_limit(source, "MOST_FILES", 4, files(5)),
        with_limit(source, "MOST_FILES", 4, files(4)),
    ),
    "base-too-large": (
        with_limit(gather, "MOST_BYTES", 20_000, ends_with(b"\n#" + b"x" * 20_000)),
        with_limit(gather, "MOST_BYTES", 20_000, ends_with(b"\n#" + b"x" * 2_000)),
    ),
    "file-too-large": (
        after(ends_with(b"\n#" + b"x" * MAX_BYTES)),
        after(ends_with(b"\n#" + b"x" * (MAX_BYTES // 2))),
    ),
    "too-many-values": (
        after(instead(PRIMER, lambda path: path.write_text("[" + "a," * MAX_EVENTS + "]", encoding="utf-8"))),
        after(nothing),
    ),
    "bad-file-name": (
        after(lambda folder: (folder / PRIMER).rename(folder / "scenarios" / "мой пример.yaml")),
        after(lambda folder: (folder / PRIMER).rename(folder / "scenarios" / "мой-пример.yaml")),
    ),
    "ignored-file": (
        after(lambda folder: (folder / PRIMER).rename(folder / f"{PRIMER}.txt")),
        after(nothing),
    ),
    "not-utf8": (
        after(ends_with("# конец".encode("cp1251"))),
        after(ends_with("# конец".encode())),
    ),
    "no-dictionary": (without_dictionary, after(nothing)),
    "not-an-approver": (approving("hello.first", "ky", "Я"), approving("hello.first", "ru", "Я")),
    "nothing-to-revoke": (revoking("ky"), revoking("ru")),
    "unknown-phrase": (approving("hello.frist", "ru"), approving("hello.first", "ru")),
    "phrase-not-in-language": (
        approving("hello.first", "ky", without=KYRGYZ),
        approving("hello.first", "ky"),
    ),
}
