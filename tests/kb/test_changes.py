"""What an edit takes out of operators' sight."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from prompter.kb.build import load_sources
from prompter.kb.changes import no_longer_approved
from tests.call.builders import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "scripts_kb", tmp_path / "kb"))


def lost(folder: Path, file: str, old: str, new: str) -> tuple[str, ...]:
    before, _ = load_sources(folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    after, _ = load_sources(folder)
    return no_longer_approved(before, after)


def test_an_edited_phrase_waits_for_a_person(folder: Path) -> None:
    assert lost(folder, "scenarios/competitors.yaml", "Мы не располагаем", "У нас нет") == (
        "competitors.refuse",
    )


def test_a_duty_or_a_draft_needs_nobody(folder: Path) -> None:
    assert lost(folder, "scenarios/competitors.yaml", "Из скобок взять", "Взять") == ()
    assert lost(folder, "scenarios/competitors.yaml", "Бизде башка", "Бизде") == ()


def test_a_lost_ledger_loses_them_all(folder: Path) -> None:
    before, _ = load_sources(folder)
    (folder / "approvals.yaml").unlink()
    after, _ = load_sources(folder)
    gone = no_longer_approved(before, after)
    assert "greeting.hello" in gone
    assert len(gone) == len({step.say.id for step in before.steps.values() if step.say})
