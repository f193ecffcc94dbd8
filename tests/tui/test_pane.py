"""A pane draws the lines that changed, and no other."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip

from prompter.tui.draw import line
from prompter.tui.pane import Pane
from prompter.tui.themes import DARK


class Rows(Pane[tuple[str, ...]]):
    """A list of rows; counts which lines are asked for."""

    def __init__(self, part: tuple[str, ...] | None = None) -> None:
        super().__init__("rows", part)
        self.drawn: list[int] = []
        self.made = 0

    def lines(self, part: tuple[str, ...], width: int, height: int) -> list[Content]:
        self.made += 1
        return [line((text, "bold")) for text in part]

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class Stage(App[None]):
    """An application with one pane."""

    CSS = "Rows { height: 4; }"

    def __init__(self, part: tuple[str, ...] | None = ("раз", "два", "три")) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.first = part

    def compose(self) -> ComposeResult:
        yield Rows(self.first)


def seen(app: App[None]) -> list[str]:
    """What the terminal would show of the pane."""
    return [app.screen._compositor.render_strips()[y].text.rstrip() for y in range(4)]


async def test_only_changed_rows_are_drawn() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        pane = app.query_one(Rows)
        await pilot.pause()
        assert seen(app) == ["раз", "два", "три", ""]
        pane.drawn.clear()
        pane.show(("раз", "иной", "три", "новый"))
        await pilot.pause()
        assert sorted(set(pane.drawn)) == [1, 3]
        assert seen(app) == ["раз", "иной", "три", "новый"]
        pane.drawn.clear()
        pane.show(("раз",))
        await pilot.pause()
        assert sorted(set(pane.drawn)) == [1, 2, 3]
        assert seen(app) == ["раз", "", "", ""]


async def test_the_same_part_draws_nothing() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        pane = app.query_one(Rows)
        await pilot.pause()
        pane.drawn.clear()
        made = pane.made
        pane.show(("раз", "два", "три"))
        await pilot.pause()
        assert (pane.drawn, pane.made) == ([], made)


async def test_a_pane_that_had_nothing_yet_shows_what_comes() -> None:
    app = Stage(None)
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        assert seen(app) == [""] * 4
        app.query_one(Rows).show(("раз",))
        await pilot.pause()
        assert seen(app) == ["раз", "", "", ""]
        app.query_one(Rows).show(())
        await pilot.pause()
        app.query_one(Rows).show(("два",))
        await pilot.pause()
        assert seen(app) == ["два", "", "", ""]


async def test_what_changed_while_a_form_hid_it_is_seen_afterwards() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        pane = app.query_one(Rows)
        pane.display = False
        await pilot.pause()
        pane.show(("четыре",))
        await pilot.pause()
        pane.display = True
        await pilot.pause()
        assert seen(app) == ["четыре", "", "", ""]


async def test_another_size_draws_anew() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        pane = app.query_one(Rows)
        made = pane.made
        await pilot.resize_terminal(12, 6)
        await pilot.pause()
        assert pane.made > made
        assert {pane.render_line(y).cell_length for y in range(4)} == {12}


async def test_a_line_that_moved_is_not_made_anew() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        pane = app.query_one(Rows)
        second = pane.render_line(1)
        pane.show(("два", "раз", "три"))
        await pilot.pause()
        assert pane.render_line(0) is second


async def test_another_theme_changes_drawn_lines() -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        pane = app.query_one(Rows)
        before = pane.render_line(0)
        app.theme = "textual-light"
        await pilot.pause()
        assert [segment.style for segment in pane.render_line(0)] != [segment.style for segment in before]


@pytest.mark.parametrize("count", [600])
async def test_kept_lines_are_bounded(count: int) -> None:
    app = Stage()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.pause()
        pane = app.query_one(Rows)
        for number in range(count):
            pane.show((str(number),))
            assert pane.render_line(0).text.rstrip() == str(number)
        assert len(pane._strips) <= 256


async def test_markup_in_a_pane_stays_text() -> None:
    app = Stage(("[red]x[/]", "[@click=app.bell]x[/]", "[/x]"))
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert seen(app) == ["[red]x[/]", "[@click=app.bell]x[/]", "[/x]", ""]
        metas = [segment.style.meta for segment in app.query_one(Rows).render_line(1) if segment.style]
        assert [meta for meta in metas if "@click" in meta] == []
