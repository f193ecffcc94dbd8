"""Cards on the screen: single phrases, without a call."""

from __future__ import annotations

from pathlib import Path

from prompter.call import drill_events as d
from prompter.tui.forms.menu import Menu
from prompter.tui.practice.answering import Verdict
from prompter.tui.practice.cardscreen import CardsScreen
from prompter.tui.practice.home import KnownPane
from prompter.tui.practice.lesson import Wish
from prompter.tui.practice.replaying import ReplayPane, ReplayScreen
from tests.practice.rooms import room


async def test_cards_are_asked_until_they_are_said(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.CARDS, "", "Айгуль", d.HIDDEN, d.ALOUD, 4)) as sitting:
        cards = sitting.app.screen
        assert isinstance(cards, CardsScreen)
        first, count = cards.deck.now, cards.deck.count
        sitting.clock.time += 3
        await sitting.press("enter", "3")
        assert cards.deck.left[-1] == first
        assert cards.deck.count == count + 1
        for _again in range(count):
            await sitting.press("enter", "1")
        replayed = sitting.app.screen
        assert isinstance(replayed, ReplayScreen)
        assert len(replayed.replay.calls[0].moments) == count + 1
        given = [event.body for event in cards.drill.desk.events if isinstance(event.body, d.PhraseGiven)]
        assert len(given) == count + 1
        assert (given[0].step, given[0].verdict, given[0].seconds) == (first, d.NO, 3)
        assert given[-1].step == first
        await sitting.press("enter")
        words = [item.words for item in sitting.app.screen.query_one(Menu).items]
        assert "сегодня" not in words[0]


async def test_cards_that_are_left_say_that_they_were_stopped(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.CARDS, "", "Айгуль", d.HIDDEN, d.ALOUD, 4)) as sitting:
        await sitting.press("enter", "1", "escape")
        replayed = sitting.app.screen
        assert isinstance(replayed, ReplayScreen)
        pane = replayed.query_one(ReplayPane)
        assert "оценка 100 из 100 · остановлено раньше конца" in pane.all(replayed.replay, 80)[1].plain
        await sitting.press("enter")
        home = sitting.app.screen.query_one(KnownPane)
        assert home.part is not None
        assert "остановлена" in "".join(row.plain for row in home.lines(home.part, 56, 20))


async def test_a_typed_card_is_marked(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.CARDS, "", "Айгуль", d.HIDDEN, d.TYPED, 4)) as sitting:
        cards = sitting.app.screen
        await sitting.press(*"совсем другое", "enter")
        assert isinstance(cards.query_one(Verdict), Verdict)
        await sitting.press("enter", "escape", "escape")
        assert isinstance(sitting.app.screen, ReplayScreen)
        (given,) = [event.body for event in cards.drill.desk.events if isinstance(event.body, d.PhraseGiven)]
        assert (given.typed, given.verdict) == ("совсем другое", d.NO)
