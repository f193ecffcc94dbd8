"""What every test stands on: a home of its own, the default language, and no silent skip in CI."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from prompter import locale

if TYPE_CHECKING:
    from tests.call.builders import Shift

NEED_PROGRAMS = frozenset({"pty", "browser", "softphone", "npm"})
"""Markers of tests that need something beside Python: a developer may lack it, CI may not."""

IN_CI = bool(os.environ.get("CI"))

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if IN_CI else "default")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of the test's own: nothing reads or writes the real one. Also back to the default language."""
    for name in [name for name in os.environ if name.startswith("PROMPTER_")]:
        monkeypatch.delenv(name)
    place = tmp_path / "home"
    monkeypatch.setenv("PROMPTER_HOME", str(place))
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        monkeypatch.setenv(name, str(place / name.lower()))
    locale.activate(locale.LANGUAGES[0])
    yield place
    locale.activate(locale.LANGUAGES[0])


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A shift on the bundled base, between calls."""
    from tests.call.builders import Shift, bundled  # no other test pays for them

    shift = Shift(tmp_path / "journal.db", bundled())
    yield shift
    shift.journal.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that needs a program and was skipped has failed."""
    report = yield
    needed = sorted(NEED_PROGRAMS & {mark.name for mark in item.iter_markers()})
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and needed:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI though marked {', '.join(needed)}: {report.longrepr}"
    return report
