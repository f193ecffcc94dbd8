"""Before, beside and after what is said: duties, languages, gaps, notes, a second ring of the same caller."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.view.parts import (
    DONE,
    IDLE,
    RUNNING,
    TALKING,
)
from tests.call.builders import (
    NOON,
    Shift,
    complaining,
)


class TestBetweenCalls:
    @pytest.mark.parametrize("key", ["F3", "F4", "F5", "F8", "F9"])
    def test_a_scenarios_key_starts_the_call_greeted(self, shift: Shift, key: str) -> None:
        opened = next(s for s in shift.base.scenarios.values() if s.key == key)
        shift.press(key)
        assert shift.card.step == opened.first
        assert (shift.view.header.state, shift.tree["greeting"]) == (TALKING, DONE)
        assert shift.call.marks == {"greeting"}

    def test_one_escape_takes_the_whole_call_back(self, shift: Shift) -> None:
        assert shift.press("F5", "Esc").view.header.state == IDLE

    @pytest.mark.parametrize("key", ["1", "0", "←", "Esc", "F12"])
    def test_the_other_keys_find_no_call(self, shift: Shift, key: str) -> None:
        assert shift.refused(key) == ("nothing-to-undo" if key == "Esc" else "no-call")

    def test_a_call_by_hand_shows_the_greeting_unsaid(self, shift: Shift) -> None:
        shift.desk.start(number="0555 12-34-56")
        assert (shift.card.step, shift.card.said, shift.view.enter) == ("greeting.hello", False, "said")
        assert shift.view.header.person.number == "+996555123456"
        assert shift.norms == []
        shift.at("0:04").press("Enter")
        assert shift.norm.left == 15

    def test_the_first_answer_says_the_greeting(self, shift: Shift) -> None:
        shift.desk.start()
        shift.press("1")
        assert (shift.card.step, shift.call.marks) == ("talk.listen", {"greeting"})


class TestDuties:
    def test_a_caller_who_hangs_up_leaves_no_duty_missed(self, talking: Shift) -> None:
        talking.end("hung-up")
        assert (talking.last.outcome, talking.last.missed) == ("hung-up", ())

    def test_what_the_outcome_requires_and_was_not_done(self, talking: Shift) -> None:
        talking.end("helped")
        assert talking.last.missed == ("questions", "farewell")
        assert talking.view.ended is not None
        assert talking.view.ended.missed == ("Вопрос, всё ли решено", "Прощание")

    def test_a_phrase_on_screen_is_no_phrase_said(self, talking: Shift) -> None:
        talking.press("F5").end("profanity")
        assert talking.last.missed == ("warning", "farewell")

    def test_borrowed_words_bring_no_duties(self, shift: Shift) -> None:
        shift.press("F3", "2", "Enter")
        assert shift.last.outcome == "silence"

    def test_a_promise_changes_the_outcome_also_when_chosen_by_hand(self, talking: Shift) -> None:
        talking.press("F4", "2").promise().end("helped")
        assert talking.last.outcome == "promised"

    def test_a_promise_of_an_earlier_call_does_not(self, talking: Shift) -> None:
        talking.press("F4", "2").promise().end("hung-up").later("1:00")
        talking.press("Enter", "F9", "2", "Enter")
        assert talking.last.outcome == "helped"

    def test_a_cancelled_promise_does_not(self, talking: Shift) -> None:
        talking.press("F4", "2").promise()
        talking.desk.cancel_promise(talking.owed.id, "Нашёлся ответ")
        talking.press("Enter", "F9", "2", "Enter")
        assert talking.last.outcome == "helped"

    def test_an_unknown_outcome_or_scenario_is_refused(self, talking: Shift) -> None:
        for action in (a.End("nope"), a.Open("nope"), a.SetLanguage("xx")):
            assert talking.desk.act(action) is not None
        assert talking.card.step == "talk.listen"


class TestLanguage:
    def test_the_other_language_in_mid_step(self, holding: Shift) -> None:
        holding.press("F12")
        assert (holding.view.header.language, holding.card.step) == ("ky", "clarify.wait")
        assert holding.norms == [("Удержание", RUNNING, 120)]
        assert holding.press("F12").view.header.language == "ru"
        assert holding.press("Esc").view.header.language == "ky"

    def test_approved_words_of_the_other_language(self, talking: Shift) -> None:
        talking.press("F9", "2")
        talking.press("F12")
        assert talking.phrase == "Чалганыңыз үчүн ыракмат, саламатта болуңуз."
        assert talking.card.instead == ""

    def test_it_is_for_this_call_only(self, talking: Shift) -> None:
        talking.press("F12").end("hung-up")
        assert talking.phrase.startswith("Добрый день, компания Skynet")

    def test_the_language_already_spoken_changes_nothing(self, talking: Shift) -> None:
        count = len(talking.events())
        assert talking.desk.act(a.SetLanguage("ru")) is None
        assert len(talking.events()) == count

    def test_what_was_said_is_recorded_with_the_words_shown(self, talking: Shift) -> None:
        """A Kyrgyz call, and no approved Kyrgyz words: the Russian ones were on the screen."""
        talking.press("F12", "F4", "Enter")
        say = talking.base.steps["clarify.ask"].say
        assert say is not None
        said = talking.recorded(e.Said)[-1]
        assert isinstance(said, e.Said)
        assert (said.phrase, said.language) == (say.wordings["ru"][0].hash, "ky")


class TestGapsAndNotes:
    def test_nothing_fits_and_the_call_goes_on(self, talking: Shift) -> None:
        talking.press("F4", "0")
        assert (talking.card.step, talking.view.gaps) == ("clarify.ask", 1)
        (gap,) = talking.desk.state.gaps
        assert gap.step == "clarify.ask"
        talking.end("hung-up")
        assert talking.view.gaps == 1
        assert talking.desk.write_note("Спрашивал про соседа", gap.id) is None
        assert talking.view.gaps == 0
        (filled,) = talking.recorded(e.GapFilled)
        assert talking.journal.note(filled.note) == "Спрашивал про соседа"

    def test_a_note_of_this_call_or_the_last(self, talking: Shift) -> None:
        first = talking.call.id
        talking.desk.write_note("Просил говорить медленнее")
        talking.end("hung-up").desk.write_note("Ещё раз")
        notes = [event.call for event in talking.events() if isinstance(event.body, e.NoteTaken)]
        assert notes == [first, first]

    def test_no_escape_takes_a_note_back(self, talking: Shift) -> None:
        talking.press("F5").desk.write_note("Кричит")
        talking.press("Esc")
        assert talking.card.step == "talk.listen"

    def test_there_is_no_note_of_no_call(self, shift: Shift) -> None:
        refusal = shift.desk.write_note("Что-то")
        assert refusal is not None
        assert refusal.code == "no-call"


class TestRingingBack:
    """Call 3: the number of a call that was ended rings again."""

    @pytest.fixture
    def again(self, tmp_path: Path) -> Shift:
        shift = Shift(tmp_path / "journal.db", complaining(tmp_path / "kb"))
        shift.desk.start(number="0555123456")
        shift.press("Enter", "F5", "Enter").later("10:00").answer()
        shift.desk.start(number="+996 555 12-34-56")
        return shift

    def test_the_last_call_stands_above_the_greeting(self, again: Shift) -> None:
        previous = again.view.previous
        assert previous is not None
        assert (previous.outcome, previous.key, previous.title) == ("Готово", "F5", "Жалоба")
        assert previous.at == NOON

    def test_the_key_opens_the_explanation_in_her_form(self, again: Shift) -> None:
        again.press("Enter", "F5")
        assert again.card.step == "complaint.explain"
        assert again.call.opened == ("rude",)
        assert again.view.previous is None

    def test_only_the_first_opening_leads_there(self, again: Shift) -> None:
        again.press("Enter", "F5", "Enter", "F5")
        assert again.card.step == "rude.stop"

    def test_an_opening_taken_back_leads_there_once_more(self, again: Shift) -> None:
        again.press("Enter", "F5", "Esc")
        assert again.view.previous is not None
        assert again.press("F5").card.step == "complaint.explain"

    def test_another_number_knows_nothing_of_it(self, again: Shift) -> None:
        again.end("done").later("1:00").desk.start(number="0700 00-00-00")
        assert again.view.previous is None
        assert again.press("Enter", "F5").card.step == "rude.stop"

    def test_a_call_taken_back_was_no_last_call(self, tmp_path: Path) -> None:
        shift = Shift(tmp_path / "journal.db", complaining(tmp_path / "kb"))
        shift.desk.start(number="0555123456")
        shift.press("Enter", "F5", "Enter", "Esc").end("done").press("Esc", "Esc", "Esc", "Esc")
        shift.later("10:00").desk.start(number="0555123456")
        assert shift.view.previous is None
