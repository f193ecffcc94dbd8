"""`prompter schema`: what it writes beside the scripts, and what it tells."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from prompter.kb import editing
from prompter.kb.build import load_sources
from prompter.kb.jsonschema import FILES
from prompter.kb.source import fingerprint
from tests.commands import Run, run
from tests.kb import bases

__all__ = ["run"]

WRITTEN = [editing.schema_file(name) for name in FILES]


def test_schemas_and_the_editors_settings_are_written(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    look, revision = fingerprint(folder), load_sources(folder)[0].revision
    told = run("schema", "--kb", folder)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [f"записано: {name}" for name in [*WRITTEN, *editing.EDITOR]]
    for name in [*WRITTEN, *editing.EDITOR]:
        json.loads((folder / name).read_text(encoding="utf-8"))
    # The reader of the folder does not see them.
    assert fingerprint(folder) == look
    assert load_sources(folder)[0].revision == revision
    assert run("check", "--kb", folder).code == 0


def test_a_second_time_nothing_is_written(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    run("schema", "--kb", folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    told = run("schema", "--kb", folder)
    assert (told.code, told.out) == (0, "всё актуально\n")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_check_tells_what_is_not_current(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    assert run("schema", "--kb", folder, "--check").code == 1
    assert not (folder / editing.SCHEMAS).exists()
    run("schema", "--kb", folder)
    assert run("schema", "--kb", folder, "--check") == (0, "", "")
    kb = folder / "kb.yaml"
    kb.write_text(bases.KB.replace("  callback:", "  ring_back:"), encoding="utf-8")
    told = run("schema", "--kb", folder, "--check")
    assert told.code == 1
    assert told.out.splitlines() == [
        f"{editing.schema_file(name)} устарел: prompter schema" for name in ("kb", "scenario")
    ]


def test_the_trainers_own_settings_are_left_alone(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    mine = folder / editing.EDITOR[0]
    mine.parent.mkdir()
    mine.write_text("{}", encoding="utf-8")
    assert run("schema", "--kb", folder).code == 0
    assert mine.read_text(encoding="utf-8") == "{}"
    assert run("schema", "--kb", folder, "--check").code == 0


def test_line_ends_do_not_count(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    run("schema", "--kb", folder)
    for name in WRITTEN:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run("schema", "--kb", folder, "--check").code == 0


@pytest.mark.parametrize("name", FILES)
def test_one_is_printed_and_nothing_written(run: Run, tmp_path: Path, name: str) -> None:
    folder = bases.write(tmp_path / "kb")
    told = run("schema", "--print", name, "--kb", folder)
    assert json.loads(told.out)["type"] == "object"
    assert not (folder / editing.SCHEMAS).exists()


def test_scripts_that_cannot_be_read_leave_the_old_schemas(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    run("schema", "--kb", folder)
    bases.write(folder, hello="title: [\n")
    told = run("schema", "--kb", folder)
    assert told.code == 1
    assert "scenarios/hello.yaml:2:1" in told.err
    assert (folder / WRITTEN[0]).exists()


@pytest.mark.skipif(os.name == "nt", reason="a file in a folder's place is told otherwise there")
def test_where_it_cannot_be_written_says_so(run: Run, tmp_path: Path) -> None:
    folder = bases.write(tmp_path / "kb")
    (folder / editing.SCHEMAS).write_text("no folder", encoding="utf-8")
    told = run("schema", "--kb", folder)
    assert told.code == 2
    assert told.err.startswith("prompter: ")
    assert "не удалось записать" in told.err
