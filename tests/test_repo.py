"""The repository itself: its commands, links, sizes, and that it names no package index."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IGNORED = {"node_modules", "build", "dist", "__pycache__"}
LINES = 420
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def walk(folder: Path) -> Iterator[Path]:
    """The files that are ours: without environments, caches and git's own."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir():
            if not hidden and path.name not in IGNORED and not path.name.endswith(".egg-info"):
                yield from walk(path)
        elif path.is_file():
            yield path


FILES = [path for path in walk(ROOT) if path.name != "snapshot_report.html"]
"""The repository's own files; the report that a failed picture test leaves is the machine's."""
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]


def name(path: Path) -> str:
    """A path as it is spoken of."""
    return path.relative_to(ROOT).as_posix()


def commands(language: str) -> list[str]:
    """The README's fenced one-line commands of a shell."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return [body.strip() for shell, body in FENCE.findall(readme) if shell == language]


@pytest.mark.parametrize(
    ("shell", "python", "program", "suite"),
    [
        ("sh", "python3 -m venv .venv", ".venv/bin/prompter", "-m pytest"),
        ("bat", "py -3 -m venv .venv", r".venv\Scripts\prompter", "-m pytest"),
        ("powershell", "py -3 -m venv .venv", r".venv\Scripts\prompter", "-m pytest"),
    ],
)
def test_readme_has_both_commands_for_every_shell(shell: str, python: str, program: str, suite: str) -> None:
    run, test = commands(shell)[:2]
    for command in (run, test):
        assert "\n" not in command
        assert command.startswith(python)
        assert "install -q -c constraints.txt" in command
    assert program in run
    assert suite in test


def test_ci_finds_the_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"<!-- command: run -->\n```sh\n{commands('sh')[0]}\n```" in readme
    assert f"<!-- command: test -->\n```sh\n{commands('sh')[1]}\n```" in readme


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_relative_links_lead_somewhere(document: Path) -> None:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    targets = [target for target in LINK.findall(text) if not re.match(r"[a-z]+:|#", target)]
    assert [t for t in targets if not (document.parent / t.partition("#")[0]).exists()] == []


def test_every_picture_is_shown_by_a_document() -> None:
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if target.endswith(".png")
    }
    assert {name(path) for path in FILES if path.parent.name == "pictures" and path not in shown} == set()


def test_no_module_grows_past_reading() -> None:
    rooms = ("prompter", "tests", "benchmarks")
    modules = [path for room in rooms for path in walk(ROOT / room) if path.suffix == ".py"]
    sizes = {name(path): len(path.read_bytes().splitlines()) for path in modules}
    assert {file: size for file, size in sizes.items() if size >= LINES} == {}, (
        "split by what changes together"
    )


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9._-]+==[0-9][a-z0-9.]*", pin)] == []


def test_every_dependency_is_pinned() -> None:
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(need for extra in project["project"]["optional-dependencies"].values() for need in extra),
    ]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    names = {line.partition("==")[0].replace("_", "-") for line in pinned.splitlines()}
    missing = {re.split(r"[^\w.-]", need)[0].lower() for need in wanted} - names - {"prompter"}
    assert missing == set()
    for need in project["build-system"]["requires"]:
        assert f"\n{need}\n" in pinned


def test_no_package_index_is_named() -> None:
    # In pieces, so that this file does not name one either.
    hosts = "|".join(("py" + r"pi\.", "python" + "hosted", r"registry\." + "npm", r"npm" + r"js\."))
    pattern = re.compile(rf"index[-_]{'url'}|find[-_]{'links'}|trusted[-_]{'host'}|{hosts}", re.IGNORECASE)
    found = []
    for path in [*FILES, *(p for p in ROOT.iterdir() if p.is_file() and p.name.startswith("."))]:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_a_source_archive_carries_all_that_is_ours() -> None:
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = set(project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    top = {name(path).partition("/")[0] for path in FILES}
    of_git_and_editors = {one for one in top if one.startswith((".git", ".editor"))}
    assert top - of_git_and_editors - {"pyproject.toml"} == carried  # hatchling always adds the last


def test_readme_commands_parse_as_shell() -> None:
    for command in commands("sh"):
        assert shlex.split(command)
