"""The catalogue tool: what it takes over, and what its check refuses."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parent.parent / ".ci" / "catalogues.py"
SOURCE = """
from prompter.locale import N_, _, ngettext, pgettext

_("Hello, {name}")
N_("Marked")
f"{_('Within')}: {{}}"
N_("Type {{a brace}}")
pgettext("key", "Open")
ngettext("one call", "{count} calls", 2)
"""
RUSSIAN = {
    '"Hello, {name}"\nmsgstr ""': '"Hello, {name}"\nmsgstr "Здравствуйте, {name}"',
    '"Marked"\nmsgstr ""': '"Marked"\nmsgstr "Помечено"',
    '"Within"\nmsgstr ""': '"Within"\nmsgstr "Внутри"',
    '"Type {{a brace}}"\nmsgstr ""': '"Type {{a brace}}"\nmsgstr "Наберите {{скобку}}"',
    '"Open"\nmsgstr ""': '"Open"\nmsgstr "Открыть"',
    'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""': (
        'msgstr[0] "{count} звонок"\nmsgstr[1] "{count} звонка"\nmsgstr[2] "{count} звонков"'
    ),
}


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool over a small project whose Russian is complete; the others are left out."""
    spec = importlib.util.spec_from_file_location("catalogues", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SOURCES", tmp_path)
    monkeypatch.setattr(module, "LANGUAGES", ("ru",))
    (tmp_path / "words.py").write_text(SOURCE, encoding="utf-8")
    module.extract()
    replace(module, RUSSIAN)
    module.compile_()
    return module


def replace(tool: ModuleType, changes: dict[str, str]) -> None:
    """Edit the Russian catalogue as a translator would."""
    path = tool.po_path("ru")
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode())


def problems(tool: ModuleType) -> list[str]:
    """What the check says of Russian."""
    return list(tool.problems_of("ru"))


def test_complete_catalogue_passes(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert problems(tool) == []
    assert tool.main(["check"]) == 0
    assert "complete" in capsys.readouterr().out


def test_extract_again_changes_nothing(tool: ModuleType) -> None:
    before = tool.po_path("ru").read_bytes()
    source = tool.SOURCES / "words.py"
    source.write_text("\n\n\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    tool.extract()
    assert tool.po_path("ru").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Помечено"', '""', "'Marked': not translated"),
        ('"Здравствуйте, {name}"', '"Здравствуйте, {nаme}"', "other {placeholders}"),
        ('"{count} звонков"', '"{сount} звонков"', "other {placeholders}"),
        ('msgstr[2] "{count} звонков"\n', "", "not translated"),
        ('msgid "Marked"', '#, fuzzy\nmsgid "Marked"', "'Marked': fuzzy"),
        ('msgid "Marked"', 'msgid "Renamed"', "'Marked': not in the catalogue"),
        ('"Помечено"', '"Отмечено"', "stale"),
    ],
)
def test_check_refuses(tool: ModuleType, old: str, new: str, said: str) -> None:
    replace(tool, {old: new})
    assert any(said in problem for problem in problems(tool)), problems(tool)
    assert tool.main(["check"]) == 1


def test_new_message_must_be_extracted(tool: ModuleType) -> None:
    (tool.SOURCES / "more.py").write_text('_("Fresh")\n', encoding="utf-8")
    assert problems(tool) == ["'Fresh': not in the catalogue: run extract"]


def test_message_that_comes_back_keeps_its_translation(tool: ModuleType) -> None:
    source = tool.SOURCES / "words.py"
    source.write_text(SOURCE.replace('N_("Marked")', ""), encoding="utf-8")
    tool.extract()
    assert "Marked" not in {message.id for message in tool.messages_of(tool.read("ru"))}
    source.write_text(SOURCE, encoding="utf-8")
    tool.extract()
    assert problems(tool) == []


def test_pruned_message_is_gone(tool: ModuleType) -> None:
    (tool.SOURCES / "words.py").write_text(SOURCE.replace('N_("Marked")', ""), encoding="utf-8")
    assert tool.main(["extract", "--prune"]) == 0
    assert "Marked" not in tool.po_path("ru").read_text(encoding="utf-8")


def test_unknown_command_says_how(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["guess"]) == 2
    assert "extract" in capsys.readouterr().out
