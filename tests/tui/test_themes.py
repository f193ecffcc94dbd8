"""Every text can be read: contrasts of what the screens really draw; no colour where none is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.style import Style
from textual.color import Color
from textual.command import CommandPalette
from textual.pilot import Pilot

from prompter.settings import THEMES as NAMES
from prompter.settings import read_file
from prompter.tui import draw
from prompter.tui.app import PrompterApp
from prompter.tui.palette import COLOURS, wear
from prompter.tui.screen import MainScreen
from prompter.tui.themes import THEMES
from tests.call.builders import Shift
from tests.snapshots.test_snapshots import AIGUL, owed, seated

LEAST = {"dark": 4.5, "light": 4.5, "contrast": 7.0}

GROUNDS = ("background", "surface", "panel")
"""What texts stand on: the screen, the tree and the fields, the bars and panels."""

COLOUR = re.compile(rb"\x1b\[(?:[0-9:;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9:;]*)?m")


def luminance(colour: Color) -> float:
    """WCAG 2's relative luminance."""
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Color, other: Color) -> float:
    """WCAG 2's contrast, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert ratio(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert ratio(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


def test_every_setting_has_its_colours_and_its_command() -> None:
    assert tuple(THEMES) == tuple(COLOURS) == NAMES


def styles() -> set[str]:
    """The colours that our drawing names, as variables of a theme."""
    sources = Path(draw.__file__).parent.rglob("*")
    text = "".join(path.read_text(encoding="utf-8") for path in sources if path.suffix in (".py", ".tcss"))
    named = set(re.findall(r"\$([a-z][a-z-]+)", text))
    return named - {*GROUNDS, "text"}


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    known = {"accent", "warning", "error", "success", "foreground", "text-dim", "text-off"}
    assert styles() <= known  # a new one belongs here
    for style in known:
        colour = Color.parse(theme.variables.get(style) or getattr(theme, style))
        for ground in GROUNDS:
            found = ratio(colour, Color.parse(getattr(theme, ground)))
            assert found >= LEAST[name], f"{style} on {ground}: {found:.2f}"


def texts(app: PrompterApp) -> Iterator[tuple[str, Style]]:
    """What stands on the screen now, in pieces of one style; blocks are no text."""
    strips = app.screen._compositor.render_strips()
    for strip in strips:
        for segment in strip:
            text = re.sub(r"[\s▀-▟]", "", segment.text)
            if text and segment.style:
                yield text, segment.style


def faint(app: PrompterApp, least: float) -> list[str]:
    """The texts on screen that cannot be read."""
    wrong = []
    for text, style in texts(app):
        assert style.color
        assert style.bgcolor
        found = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        if found < least or style.dim:
            wrong.append(f"{text!r} {style}: {found:.2f}")
    return wrong


def busy(shift: Shift) -> None:
    """A caller holds too long, one waits, two call-backs are owed, one of them overdue."""
    owed(shift)
    shift.at("2:30")


SHOWN: dict[str, tuple[str, ...]] = {
    "between calls": (),
    "a phrase": ("enter", "f5"),
    "said, a line lit": ("enter", "f3", "enter", "down"),
    "a form": ("enter", "f4", "2", "0", "7", "enter"),
    "outcomes": ("enter", "ctrl+e", "down"),
    "a refusal": ("enter", "left"),
    "the search": ("enter", "т", "и", "down"),
    "nothing found": ("enter", "щ", "щ", "щ"),
    "the other language": ("enter", "f12", "f4"),
    "help": ("f1",),
    "the handbook": ("ctrl+r", "down"),
    "a page of the handbook": ("ctrl+r", "down", "enter"),
    "the palette": ("ctrl+p", "ц", "в", "down"),
}


async def settled(pilot: Pilot[None]) -> None:
    """All that the last key began has been drawn."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("name", NAMES)
async def test_texts_on_screen(tmp_path: Path, name: str, shown: str) -> None:
    app = seated(tmp_path, replace(AIGUL, theme=name))
    async with app.run_test(size=(110, 36)) as pilot:
        await pilot.press(*SHOWN[shown])
        if shown != "the palette":  # it looks for commands for as long as it is open
            await settled(pilot)
        assert len(list(texts(app))) > 10
        assert faint(app, LEAST[name]) == []


@pytest.mark.parametrize("keys", [(), ("ctrl+b",), ("ctrl+b", "down")])
@pytest.mark.parametrize("name", NAMES)
async def test_clocks_and_call_backs_on_screen(tmp_path: Path, name: str, keys: tuple[str, ...]) -> None:
    app = seated(tmp_path, replace(AIGUL, theme=name), play=busy)
    async with app.run_test(size=(110, 36)) as pilot:
        await pilot.press(*keys)
        await settled(pilot)
        assert faint(app, LEAST[name]) == []


async def test_colours_are_changed_and_kept(tmp_path: Path) -> None:
    app = seated(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        before = {style.bgcolor for _text, style in texts(app)}
        wear(screen, "light")
        await settled(pilot)
        assert not before & {style.bgcolor for _text, style in texts(app)}
        assert screen.settings.theme == "light"
        assert read_file(tmp_path) == {"theme": "light"}


async def test_colours_that_cannot_be_kept(tmp_path: Path) -> None:
    app = seated(tmp_path)
    (tmp_path / "settings.toml").mkdir()
    async with app.run_test(size=(80, 24)):
        screen = app.screen
        assert isinstance(screen, MainScreen)
        wear(screen, "light")
        assert screen.message.bad
        assert app.theme == THEMES["light"].name


async def test_the_palette_offers_them(tmp_path: Path) -> None:
    app = seated(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"светлые")
        while not app.screen.query("OptionList") or not isinstance(app.screen, CommandPalette):
            await pilot.pause()
        while app.theme != THEMES["light"].name:
            await pilot.press("enter")
            await pilot.pause()


@pytest.mark.parametrize("value", ["1", "0", "да"])
async def test_no_colour_means_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert seated(tmp_path).no_color


async def test_an_empty_wish_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    app = seated(tmp_path)
    assert not app.no_color
    async with app.run_test(size=(80, 24)):
        assert any(style.color and not style.color.is_default for _text, style in texts(app))
