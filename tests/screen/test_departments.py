"""An operator is offered her department's scenarios and no other: by key, tree, search and palette."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.palette import Commands
from prompter.tui.screen import MainScreen
from tests.call.builders import Shift, bundled

SALES, SUPPORT = "profanity", "support_pranks"
"""Two scenarios of F5: slide 13 is written for the sales, slide 14 for the support."""


def seated(tmp_path: Path, department: str) -> PrompterApp:
    """The program of an operator of this department."""
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.desk.sit("Айгуль", "f", department, "ru", "ru")
    return PrompterApp(shift.desk, Settings(operator="Айгуль", department=department), tmp_path)


@pytest.mark.parametrize(
    ("department", "opened", "offered"),
    [
        ("sales", SALES, {SALES}),
        ("support", SUPPORT, {SUPPORT}),
        ("", SALES, {SALES, SUPPORT}),  # of two departments' one key the first by name
    ],
)
async def test_her_own_scenarios(tmp_path: Path, department: str, opened: str, offered: set[str]) -> None:
    app = seated(tmp_path, department)
    titles = {bundled().scenarios[name].title["ru"]: name for name in (SALES, SUPPORT)}
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert {row.scenario for row in screen.seen.tree} & {SALES, SUPPORT} == offered
        for name in (SALES, SUPPORT):
            word = bundled().scenarios[name].title["ru"].split()[0]
            await pilot.press(*word)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert screen.finding.ready
            assert (name in {one.scenario for one in screen.finding.results()}) is (name in offered)
            await pilot.press("escape")
        hits = [hit async for hit in Commands(screen).discover()]
        assert {titles[t] for t in titles for hit in hits if str(hit.text or "").startswith(t)} == offered
        await pilot.press("enter", "f5")
        assert screen.desk.state.active is not None
        assert screen.desk.state.active.frame.scenario == opened
