"""`prompter check` counts a card's lines without a screen: the count is held to the screen itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter import locale
from prompter.kb.build import look
from prompter.kb.filetext import FileTexts
from prompter.kb.lint.screen import ROOM, WIDTH, count, rows_of
from prompter.kb.lint.seen import Seen
from prompter.kb.source import bundled
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.card import BARE, CardPane, ShownCard, _card
from prompter.tui.draw import wrapped
from tests.call.builders import Shift
from tests.call.builders import bundled as bundled_base
from tests.tui.cards import step_card

LANGUAGES = ["ru", "ky"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_takes_the_lines_that_are_counted(language: str) -> None:
    locale.activate(language)
    looked = look(bundled())
    assert looked.sources is not None
    seen = Seen(
        bundled(), looked.sources, looked.ledger, [], date(2026, 11, 22), FileTexts(bundled()), looked.hash_of
    )
    for step in looked.sources.steps():
        card = step_card(step.id, language, language, drafts=True)
        said = replace(card, said=True, said_at=5.0, promise=step.data.get("promise", ""))
        assert count(step, seen, language, LANGUAGES) == len(_card(ShownCard(said), WIDTH, BARE)), step.id


@pytest.mark.parametrize("width", [10, 25, 49, 56])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Слово",
        "Раз два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
        "Сказать:\n- понимаем, насколько это важно\n- все силы задействованы на устранение",
        "ОченьДлинноеСловоБезПробеловКотороеНеПомещаетсяВСтрокуНикакимОбразомИПоэтомуРвётся и ещё",
    ],
)
def test_lines_are_wrapped_as_the_screen_wraps_them(text: str, width: int) -> None:
    from textual.content import Content

    assert rows_of(text, width) == len(wrapped(Content(text), width))


async def test_the_card_of_such_a_window_has_that_room(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled_base())
    shift.desk.sit("Айгуль", "f", "sales", "ru", "ru")
    app = PrompterApp(shift.desk, Settings(operator="Айгуль", form="f"), tmp_path)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(CardPane).size == (WIDTH, ROOM)
