"""What git knows of a phrase."""

from pathlib import Path

import pytest

from prompter.kb import versions as git_versions
from prompter.kb.versions import NO_GIT, NO_REPOSITORY, NoHistory, versions
from tests.kb.bases import scenario, write
from tests.kb.repository import commit, git, needs_git

SAY = "say:\n  ru: {}\nend: done"


def story(folder: Path, phrase: str) -> list[tuple[str, str, dict[str, tuple[str, ...]]]]:
    return [(one.subject, one.phrase, one.texts) for one in versions(folder, phrase)]


@needs_git
def test_only_what_changed_the_phrase_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "kb", x=scenario(SAY.format("Раз")))
    commit(tmp_path, "первый", 1)
    write(folder, x=scenario(SAY.format("Раз"), "key: F5\n"))
    commit(tmp_path, "клавиша", 2)
    write(folder, x="title: [")
    commit(tmp_path, "ошибка", 3)
    write(folder, x=scenario("say:\n  ru:\n    - Два\n    - Три\n  ky: Эки\nend: done"))
    commit(tmp_path, "второй", 4)
    assert story(folder, "x.one") == [
        ("второй", "x.one", {"ru": ("Два", "Три"), "ky": ("Эки",)}),
        ("первый", "x.one", {"ru": ("Раз",)}),
    ]
    newest = versions(folder, "x.one")[0]
    assert (newest.author, newest.at) == ("Айгуль", 1767528000.0)
    assert story(folder, "x.two") == []
    assert story(folder, "nosuch.one") == []
    assert story(folder, "..") == []


@needs_git
def test_renamed_files_and_steps_are_followed(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(SAY.format("Раз")))
    commit(tmp_path, "первый", 1)
    write(tmp_path, x=scenario(SAY.format("Раз"), more="").replace("  one:", "  two:"))
    commit(tmp_path, "шаг", 2)
    assert git(tmp_path, "mv", "scenarios/x.yaml", "scenarios/y.yaml") == 0
    commit(tmp_path, "файл", 3)
    write(tmp_path, y=scenario(SAY.format("Два")).replace("  one:", "  two:"))
    commit(tmp_path, "слова", 4)
    assert story(tmp_path, "y.two") == [
        ("слова", "y.two", {"ru": ("Два",)}),
        ("первый", "x.one", {"ru": ("Раз",)}),
    ]


@needs_git
def test_a_phrase_that_is_gone_keeps_its_story(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(SAY.format("Раз")))
    commit(tmp_path, "первый", 1)
    (tmp_path / "scenarios" / "x.yaml").unlink()
    commit(tmp_path, "убран", 2)
    assert story(tmp_path, "x.one") == [("убран", "x.one", {}), ("первый", "x.one", {"ru": ("Раз",)})]


@needs_git
def test_words_of_a_repository_are_made_harmless(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(SAY.format("Раз")))
    commit(tmp_path, "пер\x1b[31mвый\u202e")
    assert [one.subject for one in versions(tmp_path, "x.one")] == ["пер[31mвый"]


@needs_git
def test_a_folder_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoHistory) as told:
        versions(write(tmp_path), "hello.first")
    assert told.value.code == NO_REPOSITORY


def test_a_computer_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoHistory) as told:
        versions(write(tmp_path), "hello.first")
    assert told.value.code == NO_GIT


@needs_git
def test_git_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_versions, "_SECONDS", 0.0)
    with pytest.raises(NoHistory) as told:
        versions(write(tmp_path), "hello.first")
    assert told.value.code == git_versions.FAILED
