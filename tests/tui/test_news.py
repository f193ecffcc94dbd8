"""The base's news over the operator's screen: how long each stands, and where else it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from prompter import locale
from prompter.kb.problems import Place, Problem
from prompter.kb.watching import AWAY, BACK, BROKEN, FAILED, MENDED, TAKEN, News
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.base_news import BaseNews, Living
from prompter.tui.footer import TypedPane
from prompter.tui.handbook.screen import HandbookScreen
from prompter.tui.help import HelpScreen
from prompter.tui.screen import MainScreen
from prompter.tui.too_small import TooSmall
from tests.call.builders import Shift, bundled

MISTAKE = News(BROKEN, problems=(Problem(Place("kb.yaml", 3), "unreadable-file", {"reason": "x"}),))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[PrompterApp]:
    locale.activate("ru")
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.desk.sit("Айгуль", "f", "sales", "ru", "ru")
    yield PrompterApp(shift.desk, Settings(operator="Айгуль", department="sales"), tmp_path)
    shift.journal.close()


class Listener:
    """Hears news without a folder; `passes` lets the seconds pass for which the news so far are told."""

    def __init__(self, app: PrompterApp, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        screen = app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        self.screen, self._ends = screen, list[Callable[[], object]]()
        self.living = Living(app, screen, home, home, ())
        monkeypatch.setattr(screen, "set_timer", lambda _seconds, end: self._ends.append(end))

    def hears(self, *news: News) -> Listener:
        for one in news:
            self.living.hear(one)
        return self

    def passes(self) -> Listener:
        for end in self._ends:
            end()
        return self

    @property
    def line(self) -> str:
        return self.screen.scripts.message


@pytest.mark.parametrize("news", [News(AWAY), News(FAILED), MISTAKE])
async def test_what_stands_in_the_way_stands_until_other_news(
    app: PrompterApp, news: News, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test():
        listener = Listener(app, tmp_path, monkeypatch)
        told = listener.hears(news).line
        assert told
        assert listener.passes().line == told
        assert listener.screen.scripts.bad
        assert listener.hears(News(BACK)).line not in ("", told)
        assert listener.passes().line == ""


@pytest.mark.parametrize("kind", [TAKEN, MENDED, BACK])
async def test_good_news_pass_but_not_what_came_after_them(
    app: PrompterApp, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test():
        listener = Listener(app, tmp_path, monkeypatch)
        assert listener.hears(News(kind)).line
        assert listener.passes().line == ""
        assert listener.hears(News(kind), News(AWAY)).passes().line == listener.hears(News(AWAY)).line


async def test_a_department_that_is_gone_is_told(
    app: PrompterApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test():
        listener = Listener(app, tmp_path, monkeypatch)
        renamed = replace(app.desk.base, departments={"telesales": {"ru": "Продажи"}}, revision="renamed")
        listener.hears(News(TAKEN, renamed))
        assert "отдела" in listener.screen.message.message
        assert listener.screen.settings.department == ""


async def test_news_and_questions_are_seen_over_the_handbook(
    app: PrompterApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        await pilot.press("enter", "ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, HandbookScreen) and app.screen.is_mounted)
        app._living = Living(app, main, tmp_path, tmp_path, ())
        monkeypatch.setattr(app._living, "stop", lambda: None)  # it was not begun
        app.post_message(BaseNews(MISTAKE))
        await until(pilot, lambda: seen(app) == main.scripts.message != "")
        await pilot.press("к")
        assert seen(app) == ""  # what is typed is seen
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "Ctrl+Q" in seen(app))
        await pilot.press("о")
        assert seen(app) == ""
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "Ctrl+Y" in seen(app))
        await pilot.press("enter")  # reads: nothing is typed
        await until(pilot, lambda: seen(app) == main.scripts.message)


async def test_a_window_enlarged_under_another_screen_leaves_nothing_over_it(app: PrompterApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: isinstance(app.screen, TooSmall))
        app.screen_stack[0].action_help()  # type: ignore[attr-defined]
        await until(pilot, lambda: not isinstance(app.screen, TooSmall))
        await pilot.resize_terminal(100, 30)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: isinstance(app.screen, TooSmall))


async def test_a_hidden_screen_knows_the_size_that_it_comes_back_to(app: PrompterApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, HandbookScreen))
        await pilot.press("f1")  # the screen below is seen, the one below that is not
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.resize_terminal(70, 30)
        main = app.screen_stack[0]
        await until(pilot, lambda: main.has_class("-narrow") and main.has_class("-low"))


def seen(app: PrompterApp) -> str:
    """The message above the keys of the uppermost screen; "" where what is typed stands there."""
    part = app.screen.query_one(TypedPane).part
    return part.message if part else ""


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Go on until something is true."""
    for _ in range(500):
        await pilot.pause(0.01)
        if true():
            return
    pytest.fail(f"{pilot.app.screen} stays")
