"""A trainee's progress on the screen: words, bars and plots; few results are told in words."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from prompter.journal.batch import Batch
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.practice.standing import Standing, standing
from prompter.practice.store import results_of
from prompter.tui.practice.progress import Lines, Plot, ProgressScreen, standing_of
from prompter.tui.themes import THEMES
from tests.call.builders import AIGUL, ZONE, bundled
from tests.practice.classroom import DAY, drills

START = 1_772_400_000.0


class Stage(App[None]):
    """Nothing but the progress."""

    def __init__(self, shown: Standing, base: KnowledgeBase) -> None:
        super().__init__()
        self.shown, self.base = shown, base
        self.register_theme(THEMES["dark"])
        self.theme = THEMES["dark"].name

    def on_mount(self) -> None:
        self.push_screen(ProgressScreen(self.shown, self.base, "ru"))


def shown(days: int) -> Standing:
    results = results_of(drills(bundled(), {"Айгуль": 0.4}, START, days))
    return standing(results, bundled(), "Айгуль", "ru", START + 60 * DAY, ZONE)


async def test_plots_and_lists_fit_a_narrow_window() -> None:
    app = Stage(shown(15), bundled())
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.pause()
        assert [plot.id for plot in app.screen.query(Plot)] == ["retention", "marks"]
        text = "\n".join(str(one.render()) for one in app.screen.query(Lines))
        assert "Айгуль" in text
        assert "Уточнить информацию" in text
        assert "%" in text
        drawn = app.screen.query_one("#marks", Plot).render()
        assert "●" in str(drawn)
        assert all(one.size.width <= 60 for one in app.screen.query(Lines))
        await pilot.press("end")
        await pilot.pause()
        assert app.screen.query_one("#all").scroll_y > 0
        await pilot.press("escape")
        assert not isinstance(app.screen, ProgressScreen)


async def test_one_drill_is_told_in_words() -> None:
    app = Stage(shown(1), bundled())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.screen.query(Plot)
        text = "\n".join(str(one.render()) for one in app.screen.query(Lines))
        assert "Пока нечего показать" in text


def test_whose_progress_it_is(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "journal.db")
    assert standing_of("", bundled(), journal, AIGUL) is None
    for event in drills(bundled(), {"Айгуль": 0.4, "Тимур": 0.4}, START, 2):
        journal.append(Batch((event,)))
    own = standing_of("", bundled(), journal, AIGUL)
    named = standing_of("Тимур", bundled(), journal, AIGUL)
    assert own is not None
    assert named is not None
    assert (own.trainee, named.trainee) == ("Айгуль", "Тимур")
    assert standing_of("Никто", bundled(), journal, AIGUL) is None
