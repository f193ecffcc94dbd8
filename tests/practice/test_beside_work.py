"""Drills beside live work: from the palette, suspended by a real call, left, spoken."""

from __future__ import annotations

import sys
from pathlib import Path

from prompter.call import drill_events as d
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.forms.menu import Menu
from prompter.tui.palette import practise
from prompter.tui.phone import CallRings
from prompter.tui.practice.home import PracticeHome
from prompter.tui.practice.lesson import Wish
from prompter.tui.practice.screen import PracticeScreen
from prompter.tui.practice.voice import Voice
from prompter.tui.screen import MainScreen
from tests.call.builders import Shift, bundled
from tests.practice.rooms import room


class Working:
    """An operator at live work, from whose palette a drill is begun."""

    def __init__(self, folder: Path) -> None:
        self.shift = Shift(folder / "journal.db", bundled())
        self.shift.desk.sit("Айгуль", "f", "sales", "ru", "ru")
        self.app = PrompterApp(self.shift.desk, Settings(operator="Айгуль", department="sales"), folder)

    @property
    def main(self) -> MainScreen:
        found = self.app.screen_stack[0]
        assert isinstance(found, MainScreen)
        return found


async def test_from_the_palette_to_a_drill_that_a_real_call_suspends(
    tmp_path: Path,
) -> None:
    work = Working(tmp_path)
    async with work.app.run_test(size=(80, 24)) as pilot:
        practise(work.main)
        await pilot.pause()
        await pilot.press("2", "1", "enter")
        await pilot.pause()
        drilling = work.app.screen
        assert isinstance(drilling, PracticeScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert drilling.desk.state.active is not None
        assert work.shift.desk.state.active is None
        drilling.post_message(CallRings())
        await pilot.pause()
        assert work.app.screen is work.main
        assert drilling.drill.progress.paused
        practise(work.main)
        await pilot.pause()
        menu = work.app.screen.query_one(Menu)
        go_on = next(n for n, item in enumerate(menu.items, 1) if item.words.startswith("Продолжить"))
        await pilot.press(str(go_on))
        await pilot.pause()
        again = work.app.screen
        assert isinstance(again, PracticeScreen)
        assert again.desk.state.active.id == drilling.desk.state.active.id
        assert not again.drill.progress.paused
    work.shift.journal.close()


async def test_a_call_that_is_taken_at_the_phone_leaves_the_drill_standing(tmp_path: Path) -> None:
    work = Working(tmp_path)
    async with work.app.run_test(size=(80, 24)) as pilot:
        practise(work.main)
        await pilot.pause()
        await pilot.press("2", "1", "enter", "enter")
        drilling = work.app.screen
        assert isinstance(drilling, PracticeScreen)
        work.app.uncover()
        await pilot.pause()
        assert work.app.screen is work.main
        assert drilling.drill.progress.paused
    work.shift.journal.close()


async def test_a_drill_is_left_when_asked_twice_and_live_work_goes_on(tmp_path: Path) -> None:
    work = Working(tmp_path)
    async with work.app.run_test(size=(80, 24)) as pilot:
        practise(work.main)
        await pilot.pause()
        await pilot.press("2", "1", "enter", "enter", "ctrl+q")
        assert isinstance(work.app.screen, PracticeScreen)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(work.app.screen, PracticeHome)
        assert work.app.is_running
    work.shift.journal.close()


async def test_during_a_call_nobody_practises(tmp_path: Path) -> None:
    work = Working(tmp_path)
    async with work.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        practise(work.main)
        await pilot.pause()
        assert work.app.screen is work.main
    work.shift.journal.close()


async def test_an_exam_that_stands_still_for_a_real_call_is_not_killed(tmp_path: Path) -> None:
    async with room(tmp_path, Wish(d.EXAM, name="Айгуль")) as sitting:
        await sitting.press("1", "enter")
        sitting.screen.stand_still()
    async with room(tmp_path, Wish(name="Айгуль")) as again:
        words = [item.words for item in again.app.screen.query_one(Menu).items]
        assert any(text.startswith("Продолжить: Экзамен") for text in words)


async def test_the_callers_lines_are_spoken_and_a_missing_voice_is_told_once(tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    speaks = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'a').write(sys.stdin.read())\" {said}"
    voice = Voice(Settings(voice=speaks))
    assert voice.say("Дайте старшего; rm -rf", "ru") == ""
    voice._speaking.wait()
    assert said.read_text(encoding="utf-8") == "Дайте старшего; rm -rf"
    mute = Voice(Settings(voice="no-such-program -v {language}"))
    assert "Голоса у клиента нет" in mute.say("Алло", "ru")
    assert mute.say("Алло", "ru") == ""
    assert Voice(Settings()).say("Алло", "ru") == ""
