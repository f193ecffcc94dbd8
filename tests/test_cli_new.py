"""`prompter new`: what is written, that only the empty places keep it from loading, and what is refused."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from prompter.kb import editing, source
from prompter.kb.build import load_sources
from prompter.kb.checking import check_folder
from prompter.kb.problems import ERROR, Problem
from tests.commands import Run, run
from tests.kb import bases

__all__ = ["run"]

FILE = "scenarios/lost.yaml"
TODAY = date(2026, 1, 1)
EMPTY = re.compile(r"^( *(?:- )?(?:ru|ky):|( *)-)$", re.MULTILINE)
"""A place to fill in: a language, or an item of a list, with nothing behind it."""


def errors(folder: Path) -> list[Problem]:
    return [one for one in check_folder(folder, TODAY).problems if one.severity == ERROR]


def fill_in(text: str) -> str:
    """Do what the comments ask for."""
    lines = text.splitlines()
    filled = []
    for number, line in enumerate(lines):
        listed = lines[number + 1 : number + 2]
        has_list = bool(listed) and listed[0].strip().startswith("-")
        filled.append(f"{line} Да" if EMPTY.fullmatch(line) and not has_list else line)
    return "\n".join(filled) + "\n"


def test_a_new_scenario_lacks_nothing_but_words(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    told = run("new", "lost", "--kb", folder)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[0] == f"записано: {folder / FILE}"
    text = (folder / FILE).read_text(encoding="utf-8")
    left = errors(folder)
    assert {(one.code, one.place.file) for one in left} == {("empty-value", FILE)}
    assert len(left) == 5
    (folder / FILE).write_text(fill_in(text), encoding="utf-8")
    assert errors(folder) == []
    base = load_sources(folder)[0]
    assert base.scenarios["lost"].title == {"ru": "Да"}
    assert base.steps["lost.first"].say is not None


def test_everything_in_its_comments_works_once_taken_out_of_them(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    run("new", "lost", "--title", "Пропал", "--kb", folder)
    head, _, body = (folder / FILE).read_text(encoding="utf-8").partition("title:")
    assert all(line.startswith("# ") for line in head.splitlines())
    bare = re.sub(r"^( *)# ", r"\1", "title:" + body, flags=re.MULTILINE)
    (folder / FILE).write_text(fill_in(bare).replace("go: talk", "go: return"), encoding="utf-8")
    assert errors(folder) == []
    base = load_sources(folder)[0]
    scenario = base.scenarios["lost"]
    assert (scenario.key, scenario.departments, scenario.interrupt) == ("F2", ("sales",), True)
    assert scenario.title == {"ru": "Пропал", "ky": "Да"}
    assert base.steps["lost.first"].clock == "hold"


def test_a_key_that_is_taken_is_not_proposed(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path, hello=bases.HELLO + "key: F2\n")
    run("new", "lost", "--kb", folder)
    assert "# key: F3 " in (folder / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "title", ["Роутер: пропал", "# решётка", "«Говорите»", '"Да"', "{x}", "- да", "a #b", "10"]
)
def test_a_title_is_read_back_as_it_was_given(run: Run, tmp_path: Path, title: str) -> None:
    folder = bases.write(tmp_path)
    run("new", "lost", "--title", title, "--kb", folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(fill_in(text), encoding="utf-8")
    assert load_sources(folder)[0].scenarios["lost"].title == {"ru": title}


def test_the_editor_knows_it_at_once(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    run("schema", "--kb", folder)
    run("new", "lost", "--kb", folder)
    assert run("schema", "--check", "--kb", folder).code == 0
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.schema/scenario.json\n")
    assert '"lost.first"' in (folder / editing.schema_file("scenario")).read_text(encoding="utf-8")


def test_without_schemas_none_is_named(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    run("new", "lost", "--kb", folder)
    assert "$schema" not in (folder / FILE).read_text(encoding="utf-8")
    assert not (folder / editing.SCHEMAS).exists()


# What is refused


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    before = (folder / "scenarios/hello.yaml").read_bytes()
    told = run("new", "hello", "--kb", folder)
    assert (told.code, told.out) == (1, "")
    assert "scenarios/hello.yaml" in told.err
    assert (folder / "scenarios/hello.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("два слова", "«два слова»"),
        ("a.b", "«a.b»"),
        ("../kb", "«../kb»"),
        ("1st", "«1st»"),
        ("", "«»"),
        ("x" * 61, "60"),
        ("con", "Windows"),
        ("LPT1", "Windows"),
        ("Hello", "«hello»"),
    ],
)
def test_a_name_that_cannot_be_is_refused(run: Run, tmp_path: Path, name: str, said: str) -> None:
    folder = bases.write(tmp_path)
    before = source.fingerprint(folder)
    told = run("new", name, "--kb", folder)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert source.fingerprint(folder) == before


def test_russian_letters_may_stand_in_a_name(run: Run, tmp_path: Path) -> None:
    assert run("new", "роутер-пропал", "--kb", bases.write(tmp_path)).code == 0


def test_scripts_that_cannot_be_read_are_told(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path, hello="title: [\n")
    told = run("new", "lost", "--kb", folder)
    assert told.code == 1
    assert "scenarios/hello.yaml:2:1" in told.err
    assert not (folder / FILE).exists()


@pytest.mark.skipif(os.name == "nt", reason="a file in a folder's place is told otherwise there")
def test_where_it_cannot_be_written_says_so(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path)
    run("schema", "--kb", folder)
    (folder / editing.schema_file("scenario")).unlink()
    (folder / editing.schema_file("scenario")).mkdir()
    told = run("new", "lost", "--kb", folder)
    assert told.code == 2
    assert "не удалось записать .schema" in told.err
    assert (folder / FILE).exists()
