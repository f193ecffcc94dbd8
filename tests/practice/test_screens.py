"""The screens of practice: the operator's own with a caller, its levels, and the menus around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.call import events as e
from prompter.journal.drills import drill_runs
from prompter.journal.store import Journal
from prompter.locale import _
from prompter.search.learned import FILE
from prompter.settings import Settings
from prompter.tui.footer import KeysPane
from prompter.tui.forms.menu import Menu
from prompter.tui.help import HelpScreen, help_lines
from prompter.tui.practice.answering import AnswerForm, Verdict
from prompter.tui.practice.home import PracticeHome
from prompter.tui.practice.lesson import Wish
from prompter.tui.practice.replaying import ReplayScreen
from tests.practice.rooms import ASK, Room, greeted, one, room


async def test_a_visible_phrase_is_said_as_in_live_work(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        assert sitting.drill.rings
        await greeted(sitting)
        await sitting.press("f8")
        assert sitting.phrase == ASK
        await sitting.press("enter")
        await sitting.later(1)
        heard = sitting.drill.heard
        assert heard is not None
        assert heard.answer
        await sitting.press(str(heard.answer))
        assert [body.answer for body in sitting.bodies(e.Answered)][-1] == heard.answer


async def test_a_hidden_phrase_is_revealed_to_be_compared_while_the_clocks_stand(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN)) as sitting:
        await greeted(sitting)
        await sitting.press("f8")
        assert sitting.phrase == "…"
        sitting.clock.time += 7
        await sitting.press("enter")
        assert sitting.phrase == ASK
        assert sitting.drill.clock.held
        sitting.clock.time += 30
        await sitting.press("2")
        assert not sitting.drill.clock.held
        given = sitting.bodies(d.PhraseGiven)[-1]
        assert (given.verdict, given.by, given.seconds) == (d.ALMOST, "trainee", 7)


async def test_esc_says_that_it_was_not_said_yet(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN)) as sitting:
        await greeted(sitting)
        await sitting.press("f8", "enter", "escape")
        assert sitting.phrase == "…"
        assert sitting.drill.waits_for_phrase
        assert len(sitting.bodies(d.PhraseGiven)) == 1  # the greeting's


async def test_the_first_words_alone(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.FIRST)) as sitting:
        await greeted(sitting)
        await sitting.press("f8")
        assert sitting.phrase == "По какому …"


async def test_an_answer_waits_for_the_phrase(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        await greeted(sitting)
        await sitting.press("f8", "1")
        assert sitting.drill.waits_for_phrase
        assert "Сначала фраза" in sitting.told


async def test_a_typed_phrase_is_marked_and_its_field_owns_letters_and_digits(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN, d.TYPED)) as sitting:
        await sitting.press("enter")
        assert isinstance(sitting.screen.panels.open, AnswerForm)
        await sitting.press(*"Добрый день, компания Skynet, оператор Айгуль, я Вас слушаю", "enter")
        assert isinstance(sitting.screen.panels.open, Verdict)
        await sitting.press("enter")
        given = sitting.bodies(d.PhraseGiven)[-1]
        assert (given.verdict, given.by) == (d.SAID, "program")
        assert given.typed.startswith("Добрый день")
        await sitting.later(1)
        await sitting.press("f8")
        assert isinstance(sitting.screen.panels.open, AnswerForm)
        sitting.clock.time += 4
        await sitting.press("2", "5")
        assert sitting.drill.clock.held
        sitting.clock.time += 60
        await sitting.press("enter", "enter")
        given = sitting.bodies(d.PhraseGiven)[-1]
        assert (given.typed, given.verdict, given.seconds) == ("25", d.NO, 4)
        assert sitting.bodies(e.Answered)[1:] == []


GREETING = "Добрый день, компания Skynet, оператор Айгуль, я Вас слушаю"


@pytest.mark.parametrize(("typed", "verdict"), [(GREETING, d.SAID), ("совсем другое", d.NO)])
async def test_a_function_key_at_an_open_verdict_keeps_it_and_goes_on(
    tmp_path: Path, typed: str, verdict: str
) -> None:
    async with room(tmp_path, one(d.HIDDEN, d.TYPED)) as sitting:
        await sitting.press("enter", *typed, "enter")
        assert isinstance(sitting.screen.panels.open, Verdict)
        await sitting.press("f8")
        (given,) = sitting.bodies(d.PhraseGiven)
        assert (given.verdict, given.typed) == (verdict, typed)
        assert sitting.phrase == "…"
        assert not sitting.drill.clock.held
        assert sitting.drill.step.scenario == "manager"


async def test_hung_up_at_an_open_verdict_the_drill_comes_to_its_end(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN, d.TYPED)) as sitting:
        drilling = sitting.screen
        await sitting.press("enter", *GREETING, "enter", "ctrl+e", "1")
        drilling.tick()
        await sitting.pilot.pause()
        replayed = sitting.app.screen
        assert isinstance(replayed, ReplayScreen)
        said = [one.given for one in replayed.replay.calls[0].moments if one.given]
        assert [one.verdict for one in said] == [d.SAID]


async def test_a_half_typed_phrase_that_is_left_does_not_stop_the_clocks(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN, d.TYPED)) as sitting:
        await sitting.press("enter", *"Доб")
        assert sitting.drill.clock.held
        await sitting.press("f8")
        assert not sitting.drill.clock.held


@pytest.mark.parametrize("key", ["f8", "f12", "ctrl+e", "ctrl+o", "ctrl+t"])
async def test_what_was_said_aloud_is_compared_before_another_key_acts(tmp_path: Path, key: str) -> None:
    async with room(tmp_path, one(d.HIDDEN)) as sitting:
        await sitting.press("enter", "enter")
        menu = sitting.screen.panels.open
        await sitting.press(key)
        assert sitting.screen.panels.open is menu
        assert "Сначала отметьте фразу" in sitting.told
        await sitting.press("2")
        (given,) = sitting.bodies(d.PhraseGiven)
        assert given.verdict == d.ALMOST
        assert not sitting.drill.clock.held


async def test_the_trainers_tick_stands_when_a_key_acts_instead_of_her_remark(tmp_path: Path) -> None:
    wish = Wish(d.COACH, "", "Айгуль", d.HIDDEN, d.ALOUD, 4, "Марина")
    async with room(tmp_path, wish) as sitting:
        await sitting.press("enter", "enter", "4", *"тише", "f8")
        (given,) = sitting.bodies(d.PhraseGiven)
        assert (given.verdict, given.remark) == (d.TONE, "тише")
        assert not sitting.drill.clock.held


async def test_esc_puts_the_field_away_and_enter_brings_it_back(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN, d.TYPED)) as sitting:
        await sitting.press("enter", "x", "escape")
        assert sitting.screen.panels.open is None
        assert not sitting.drill.clock.held
        await sitting.press("к")
        assert sitting.screen.searching
        await sitting.press("escape", "escape")
        assert sitting.screen.panels.open is None


async def test_the_search_finds_scenarios_but_shows_no_covered_phrase(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN)) as sitting:
        await greeted(sitting)
        await sitting.press(*"желаете обратиться")
        await sitting.settled()
        assert all(found.kind in ("scenario", "caller") for found in sitting.screen.finding.results())
        await sitting.press("escape", *"менеджер", "enter")
        await sitting.settled()
        assert not (tmp_path / FILE).exists()


async def test_a_drill_to_its_end_is_marked_shown_and_kept(tmp_path: Path) -> None:
    async with room(tmp_path, one(d.HIDDEN, scenario="competitors")) as sitting:
        await greeted(sitting)
        await sitting.press("f7", "enter", "1")
        await sitting.later(1)
        await sitting.press("enter")
        await sitting.later(1)
        await sitting.press("f9", "enter")
        await sitting.later(1)
        await sitting.press("2", "enter", "1")
        assert isinstance(sitting.app.screen, ReplayScreen)
        assert sitting.app.screen.replay.ended is not None
        assert sitting.app.screen.replay.ended.mark > 90
        await sitting.press("enter")
        assert isinstance(sitting.app.screen, PracticeHome)
    (done,) = drill_runs(Journal.open(tmp_path / "journal.db"))
    assert done.ended is not None
    assert done.ended.how == d.FINISHED


async def test_the_help_begins_with_the_keys_of_a_drill(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        await greeted(sitting)
        await sitting.press("f1")
        shown = sitting.pilot.app.screen
        assert isinstance(shown, HelpScreen)
        assert help_lines(shown.first)[2].plain == _("In practice")


async def test_a_drill_that_ends_under_the_help_waits_until_it_is_closed(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        await greeted(sitting)
        drilling = sitting.screen
        await sitting.press("f1")
        drilling.desk.act(a.End("hung-up"))
        sitting.clock.time += 10
        drilling.tick()
        await sitting.pilot.pause()
        assert drilling.drill.progress.ended is None
        await sitting.press("escape")
        drilling.tick()
        await sitting.pilot.pause()
        assert isinstance(sitting.app.screen, ReplayScreen)


async def test_given_up_with_esc_pressed_twice_between_calls(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        await sitting.press("escape")
        assert sitting.drill.progress.ended is None
        await sitting.press("escape")
        assert isinstance(sitting.app.screen, ReplayScreen)
    (done,) = drill_runs(Journal.open(tmp_path / "journal.db"))
    assert done.ended is not None
    assert done.ended.how == d.DROPPED


async def test_left_in_its_middle_it_can_go_on_or_be_dropped(tmp_path: Path) -> None:
    async with room(tmp_path, one()) as sitting:
        await greeted(sitting)
        call = sitting.drill.desk.state.active
        assert call is not None
        number = sitting.drill.caller.number
    async with room(tmp_path, Wish(name="Айгуль")) as again:
        menu = again.app.screen.query_one(Menu)
        words = [item.words for item in menu.items]
        go_on = next(n for n, text in enumerate(words, 1) if text.startswith("Продолжить"))
        assert words[go_on].startswith("Бросить")
        await again.press(str(go_on))
        assert again.drill.desk.state.active.id == call.id
        assert again.drill.caller.number == number
    async with room(tmp_path, Wish(name="Айгуль")) as last:
        await last.press(str(go_on + 1))
    assert [done.ended.how for done in drill_runs(Journal.open(tmp_path / "journal.db"))] == [d.DROPPED]


async def test_an_exam_that_was_killed_says_so_and_is_not_taken_again(tmp_path: Path) -> None:
    exam = Wish(d.EXAM, name="Айгуль")
    async with room(tmp_path, exam) as sitting:
        await sitting.press("1", "enter")
        assert sitting.drill.setup.way == d.TYPED
    async with room(tmp_path, exam) as again:
        assert isinstance(again.app.screen, PracticeHome)
        assert "Этот экзамен уже сдавали" in again.told
    (done,) = drill_runs(Journal.open(tmp_path / "journal.db"))
    assert done.ended is not None
    assert (done.ended.how, done.ended.passed) == (d.KILLED, False)


async def test_in_an_exam_nothing_is_shown_before_its_end(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.EXAM, name="Айгуль")) as sitting:
        await sitting.press("1", "enter", *"что-то", "enter")
        assert not isinstance(sitting.screen.panels.open, Verdict)
        assert "Добрый день" not in sitting.phrase
        await sitting.press("ctrl+r")
        assert "справочника нет" in sitting.told


async def test_an_exam_is_given_up_only_with_a_warning(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.EXAM, name="Айгуль")) as sitting:
        await sitting.press("1", "escape")
        assert "второй попытки нет" in sitting.told
        assert sitting.drill.progress.ended is None


async def test_everybody_chooses_a_name_of_her_own(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(), settings=Settings()) as sitting:
        await sitting.press(*"Бакыт", "enter")
        assert isinstance(sitting.app.screen, PracticeHome)
        assert sitting.app.screen.wish.name == "Бакыт"


async def test_in_a_coached_drill_the_trainer_speaks_and_ticks(tmp_path: Path) -> None:
    wish = Wish(d.COACH, "", "Айгуль", d.HIDDEN, d.ALOUD, 4, "Марина")
    async with room(tmp_path, wish) as sitting:
        await sitting.press("enter", "enter", "4")
        assert sitting.phrase.startswith("Добрый день")
        await sitting.press(*"тише", "enter")
        given = sitting.bodies(d.PhraseGiven)[-1]
        assert (given.verdict, given.by, given.remark) == (d.TONE, "coach", "тише")
        menu = sitting.screen.panels.open
        assert isinstance(menu, Menu)
        await sitting.press("2")
        spoke = sitting.bodies(d.CallerSpoke)[-1]
        assert spoke.meant
        await sitting.press("f8", "enter", "1", "enter")
        assert isinstance(sitting.screen.panels.open, Menu)


@pytest.mark.parametrize("size", [(60, 40), (80, 24), (120, 40)])
async def test_the_caller_and_the_card_have_their_place(tmp_path: Path, size: tuple[int, int]) -> None:
    async with room(tmp_path, one(), size=size) as sitting:
        await greeted(sitting)
        caller = sitting.screen.query_one("#caller").region
        card = sitting.screen.query_one("#card").region
        assert caller.height == 3
        assert caller.bottom <= card.y
        assert card.height >= 8


@pytest.mark.parametrize("size", [(60, 40), (80, 24), (120, 40)])
async def test_after_a_call_the_bar_says_what_esc_does_and_how_to_leave(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with room(tmp_path, Wish(d.SHIFT, "", "Айгуль", d.VISIBLE, d.ALOUD, 4), size) as sitting:
        assert "Esc закончить тренировку" in bar(sitting)
        await sitting.press("enter", "ctrl+e", "1")
        assert "Esc назад" in bar(sitting)
        assert "Ctrl+Q уйти" in bar(sitting)
        await sitting.press("escape")
        assert sitting.drill.desk.state.active is not None
        await sitting.press("ctrl+e", "1")
        await sitting.later(6)
        assert "Esc закончить тренировку" in bar(sitting)


def bar(sitting: Room) -> str:
    """The keys, as they are drawn."""
    pane = sitting.screen.query_one(KeysPane)
    assert pane.part is not None
    rows = pane.lines(pane.part, pane.size.width, 1)
    return " ".join(" ".join(row.plain for row in rows).split())


async def test_the_bar_of_an_exam_offers_no_handbook(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.EXAM, name="Айгуль"), size=(160, 40)) as sitting:
        await sitting.press("1")
        assert "F12" in bar(sitting)
        assert "Ctrl+R" not in bar(sitting)
