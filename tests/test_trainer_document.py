"""`docs/trainer.md`, done step by step in a fresh folder: every command tells what the document promises."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from prompter.kb.build import load_sources
from prompter.kb.source import VARIABLE, bundled
from tests import trainer
from tests.commands import Run, run

__all__ = ["run"]


def test_the_document_leads_from_nothing_to_an_approved_scenario(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(bundled(), tmp_path / "scripts"))
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.chdir(folder)
    before, before_problems = load_sources(folder)
    codes = []

    def runs(arguments: list[str]) -> str:
        told = run(*arguments)
        assert told.err == ""
        codes.append(told.code)
        return told.out

    seen = [command for command, promised, told in trainer.follow(folder, runs) if _same(promised, told)]
    assert len(seen) == len(codes)
    assert set(codes) == {0, 1}
    after, problems = load_sources(folder)
    assert problems == before_problems
    say = after.steps["wifi_password.first"].say
    assert say is not None
    assert {language: [one.approved for one in texts] for language, texts in say.wordings.items()} == {
        "ru": [True],
        "ky": [True],
    }
    assert set(after.scenarios) - set(before.scenarios) == {"wifi_password"}


def _same(promised: str, told: str) -> bool:
    """Whether that was told; `…` in the document stands for anything, on a line of its own for any lines."""
    parts = re.split(r"^…\n|…", promised, flags=re.MULTILINE)
    assert re.fullmatch(".*".join(map(re.escape, parts)), told, re.DOTALL), f"{told}\n--- but:\n{promised}"
    return True
