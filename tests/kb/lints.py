"""What `prompter check` says of the small base with other files in it, for the tests of the lints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prompter.kb.checking import check_folder
from prompter.kb.problems import Place, Problem
from tests.kb.examples import TODAY, base_of

PRIMER = "# scenarios/primer.yaml\n"


def told(folder: Path, example: str, code: str, today: date = TODAY) -> list[Problem]:
    """The problems of one code, in order."""
    return [one for one in check_folder(base_of(example, folder / "kb"), today).problems if one.code == code]


def step(fields: str) -> str:
    """A scenario of one step; `fields` without indent, `end` is there."""
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    return f"{PRIMER}steps:\n  ask:\n    title:\n      ru: Спросить\n      ky: Суроо\n{lines}    end: done\n"


def duty(russian: str, kyrgyz: str = "Номерин суроо") -> str:
    """A scenario whose only step has this duty."""
    return step(f"do:\n  ru: {russian}\n  ky: {kyrgyz}")


def caller(*lines: str, language: str = "ru") -> str:
    """What callers say, by lines."""
    return f"{PRIMER}caller:\n  {language}:\n" + "".join(f"    - {line}\n" for line in lines)


def line_of(folder: Path, place: Place) -> str:
    """The line of a place in the base that `told` made, without its indent."""
    text = (folder / "kb" / place.file).read_text(encoding="utf-8")
    return text.split("\n")[place.line - 1].strip()


def words(problems: list[Problem], name: str) -> list[object]:
    """One argument of each problem."""
    return [one.args.get(name) for one in problems]
