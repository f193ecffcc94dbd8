"""The runtime proof of the walls: what the way to the first frame really loads."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import prompter.call
import prompter.journal

HEAVY = (
    "yaml",
    "textual",
    "rich",
    "babel",
    "rapidfuzz",
    "pydantic",
    "phonenumbers",
    "plotext",
    "fsrs",
    "prompter.phone",
)


def loaded_by(code: str) -> set[str]:
    """Which of the heavy packages a fresh Python has loaded after running the code."""
    tell = f"\nimport sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def modules_of(package: object) -> list[str]:
    """A package and all its modules, by name."""
    name = package.__name__
    return [name, *(module.name for module in pkgutil.walk_packages(package.__path__, name + "."))]


def test_rules_load_nothing_heavy() -> None:
    wanted = ["prompter.kb.model", *modules_of(prompter.call), *modules_of(prompter.journal)]
    assert loaded_by("\n".join(f"import {name}" for name in wanted)) == set()


@pytest.mark.parametrize(
    "name",
    ["prompter.kb.revision", "prompter.kb.opening", "prompter.desk", "prompter.settings", "prompter.cli"],
)
def test_the_way_to_the_first_frame_loads_nothing_heavy(name: str) -> None:
    assert loaded_by(f"import {name}") == set()


def test_words_and_clock_load_no_babel() -> None:
    code = "from prompter.locale import _, formats; _('x'); formats.clock_time(0); formats.stopwatch(90)"
    assert loaded_by(code) == set()
