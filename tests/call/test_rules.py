"""The rules of a call, one by one: interrupts, taking back, two calls, time passing, words and drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.state import Call
from prompter.call.view.parts import (
    CURRENT,
    DONE,
    IDLE,
    PAUSED,
    POSSIBLE,
    RUNNING,
    SUSPENDED,
    TALKING,
    Viewer,
)
from prompter.call.words import FILLED, MISSING, PLAIN, TIMED, Fragment, Speaker, fill
from prompter.kb.model import KnowledgeBase, Wording
from prompter.kb.revision import _Steps, from_json_lazily, to_json
from tests.call.builders import (
    AIGUL,
    NOON,
    ZONE,
    Shift,
    bundled,
    complaining,
    phrase_of,
    text_of,
    with_step,
    without_scenario,
)

Swap = Callable[[Shift, KnowledgeBase], None]


def on_screen(call: Call) -> object:
    """What a key taken back must bring back."""
    return call.frames, call.language, call.said, call.marks, call.opened, call.quiet, call.gaps


@pytest.fixture
def talking(shift: Shift) -> Shift:
    """A call in its talk, the quiet norm over."""
    return shift.press("Enter").at("0:20")


@pytest.fixture
def holding(talking: Shift) -> Shift:
    """The caller waits since 0:30, until 2:30."""
    return talking.press("F4").at("0:30").press("Enter")


class TestInterrupts:
    def test_an_interrupt_returns_to_the_step_it_broke_into(self, talking: Shift) -> None:
        talking.press("F9", "F5")
        assert (talking.tree["closing"], talking.tree["profanity"]) == (PAUSED, CURRENT)
        assert talking.offered[1] == "Спросить, есть ли ещё вопросы"
        talking.press("1")
        assert (talking.card.step, talking.card.said) == ("closing.questions", False)

    def test_not_to_its_phrase_again(self, talking: Shift) -> None:
        talking.press("F3", "Enter", "F5")
        assert talking.offered[1] == "Попросить говорить"
        talking.press("1")
        assert (talking.card.step, talking.card.said) == ("inaudible.ask", True)

    def test_it_suspends_the_clock_and_the_return_resumes_it(self, holding: Shift) -> None:
        holding.at("1:00").press("F5")
        assert holding.norms == [("Удержание", SUSPENDED, 90)]
        assert holding.view.header.title == ""
        assert holding.at("2:00").norms == [("Удержание", SUSPENDED, 90)]
        holding.press("1")
        assert holding.norms == [("Удержание", RUNNING, 90)]
        assert holding.view.header.title == "Удержание"
        holding.at("2:10").press("1")
        (stopped,) = holding.recorded(e.ClockStopped)
        assert stopped == e.ClockStopped("hold", "limit", 1, 40, 0)

    def test_interrupts_stack_and_each_returns_one_down(self, holding: Shift) -> None:
        holding.at("1:00").press("F8").at("1:10").press("F5")
        assert [f.scenario for f in holding.call.frames] == ["talk", "clarify", "manager", "profanity"]
        holding.press("1")
        assert holding.card.step == "manager.ask"
        assert holding.norms == [("Удержание", SUSPENDED, 90)]
        holding.at("1:20").press("Enter", "1")
        assert holding.norms == [("Удержание", RUNNING, 90)]

    def test_one_that_is_stacked_already_is_not_stacked_twice(self, holding: Shift) -> None:
        holding.at("1:00").press("F8", "F4")
        assert [f.step for f in holding.call.frames] == ["talk.listen", "clarify.ask"]
        assert holding.norms == []

    def test_an_answer_into_one_that_is_stacked_goes_down_to_it(self, tmp_path: Path) -> None:
        answer = replace(bundled().steps["manager.ask"].answers[0], go="clarify.contact")
        shift = Shift(tmp_path / "journal.db", with_step(bundled(), "manager.ask", answers=(answer,)))
        shift.press("Enter", "F4", "F5", "F8", "1")
        assert [f.step for f in shift.call.frames] == ["talk.listen", "clarify.contact"]

    def test_another_scenario_stops_the_clocks_and_does_not_return(self, holding: Shift) -> None:
        holding.at("1:00").press("F5").at("1:20").press("F9")
        assert [f.scenario for f in holding.call.frames] == ["closing"]
        assert holding.recorded(e.ClockStopped) == [e.ClockStopped("hold", "limit", 1, 30, 0)]
        assert holding.norms == []

    def test_an_answer_into_another_scenario_leaves_all_that_is_stacked(self, tmp_path: Path) -> None:
        answer = replace(bundled().steps["profanity.warn"].answers[0], go="closing.questions")
        shift = Shift(tmp_path / "journal.db", with_step(bundled(), "profanity.warn", answers=(answer,)))
        shift.press("Enter", "F4", "Enter").at("0:10").press("F5").at("0:30").press("1")
        assert [frame.step for frame in shift.call.frames] == ["closing.questions"]
        assert shift.recorded(e.ClockStopped) == [e.ClockStopped("hold", "limit", 1, 10, 0)]

    def test_promises_go_on_whatever_is_opened(self, talking: Shift) -> None:
        talking.press("F4", "2").promise(minutes=20).press("F5", "1", "F9")
        assert talking.at("0:30").norm.left == 1190

    def test_a_return_from_what_broke_into_nothing_leads_to_the_talk(self, tmp_path: Path) -> None:
        answer = replace(bundled().steps["closing.questions"].answers[0], go="inaudible.ask")
        base = with_step(bundled(), "closing.questions", answers=(answer,))
        shift = Shift(tmp_path / "journal.db", base).press("Enter", "F9", "1")
        assert [frame.step for frame in shift.call.frames] == ["inaudible.ask"]
        assert shift.offered[1] == "Разговор"
        assert shift.press("1").card.step == "talk.listen"

    def test_the_greeting_is_said_once(self, talking: Shift) -> None:
        talking.press("F2")
        assert (talking.card.step, talking.card.said, talking.card.said_at) == ("greeting.hello", True, 0)
        talking.press("Enter")
        assert len(talking.recorded(e.Said)) == 1

    def test_the_tree_marks_what_may_come_next(self, talking: Shift) -> None:
        talking.press("F4")
        assert talking.tree["clarify.ask"] == CURRENT
        next_ = {line for line, mark in talking.tree.items() if mark == POSSIBLE}
        assert next_ == {"clarify.how_long", "clarify.contact", "clarify.wait"}
        talking.press("Enter")
        assert talking.tree["clarify.ask"] == DONE
        assert "clarify.sorry" not in talking.tree

    def test_the_running_clock_stands_in_the_tree(self, holding: Shift) -> None:
        at = {line.step or line.scenario: (line.left, line.clock) for line in holding.view.tree}
        assert at["clarify.wait"] == (120, RUNNING)
        holding.press("F5")
        at = {line.step or line.scenario: (line.left, line.clock) for line in holding.view.tree}
        assert at["clarify"] == (120, SUSPENDED)


class TestTakingBack:
    def test_the_clock_stands_as_if_the_key_was_never_pressed(self, holding: Shift) -> None:
        before = on_screen(holding.call)
        holding.at("1:00").press("1").at("1:20").press("Esc")
        assert on_screen(holding.call) == before
        assert holding.norms == [("Удержание", RUNNING, 70)]

    def test_an_interrupt_taken_back_suspended_nothing(self, holding: Shift) -> None:
        holding.at("1:00").press("F5").at("1:20").press("Esc")
        assert holding.norms == [("Удержание", RUNNING, 70)]

    def test_a_return_taken_back_suspends_again(self, holding: Shift) -> None:
        holding.at("1:00").press("F5").at("1:10").press("1").at("1:20").press("Esc")
        assert holding.norms == [("Удержание", SUSPENDED, 90)]

    def test_the_quiet_norm_comes_back_too(self, shift: Shift) -> None:
        shift.press("Enter").at("0:05").press("F5").at("0:06").press("Esc").at("0:07").press("F3")
        assert shift.recorded(e.NormJudged) == [e.NormJudged("silence", 15, 7, met=True)]

    def test_one_key_goes_however_many_events_it_made(self, talking: Shift) -> None:
        talking.press("F9", "2")
        assert talking.call.marks == {"greeting", "questions"}
        talking.press("Esc")
        assert (talking.card.step, talking.card.said) == ("closing.questions", False)
        assert talking.call.marks == {"greeting"}

    def test_key_after_key_down_to_the_first_which_voids_the_call(self, talking: Shift) -> None:
        talking.press("F4", "1", "←", "Esc")
        assert talking.phrase.startswith("Извините, не могли бы подождать 2 мин?")
        assert talking.press("Esc").card.step == "clarify.ask"
        assert talking.press("Esc").card.step == "talk.listen"
        talking.press("Esc")
        assert (talking.view.header.state, talking.desk.state.last) == (IDLE, None)
        assert len(talking.recorded(e.Voided)) == 1
        assert talking.refused("Esc") == "nothing-to-undo"

    def test_the_undoing_is_recorded_and_nothing_is_deleted(self, talking: Shift) -> None:
        before = talking.press("F5").events()
        talking.press("Esc")
        *kept, undone = talking.events()
        assert kept == before
        assert undone.body == e.Undone(before[-1].cause)

    def test_a_promise_survives_and_the_form_mends_it(self, talking: Shift) -> None:
        talking.press("F4", "2").promise(minutes=20)
        made = talking.owed
        talking.at("0:40").press("Esc")
        assert talking.card.promise == "callback"
        assert talking.owed == made
        talking.at("1:00").promise("0555000000", "Чолпон", minutes=10)
        assert (talking.owed.id, talking.owed.limit) == (made.id, 600)
        assert talking.norm.left == 600
        assert talking.norm.person == ("+996555000000", "Чолпон")
        assert len(talking.recorded(e.PromiseMade)) == 1

    def test_a_second_form_in_the_call_is_a_second_promise(self, talking: Shift) -> None:
        talking.press("F4", "2").promise().press("Enter", "F4", "2").promise("0555000000", "Чолпон")
        assert len(talking.desk.state.promises) == 2

    def test_a_promise_of_another_call_is_not_mended(self, talking: Shift) -> None:
        talking.press("F4", "2").promise().end("hung-up").later("1:00")
        talking.press("F4", "2").promise()
        assert len(talking.desk.state.promises) == 2

    def test_a_promise_survives_the_voiding_of_its_call(self, shift: Shift) -> None:
        shift.press("F4", "2").promise().press("Esc", "Esc", "Esc")
        assert shift.view.header.state == IDLE
        assert shift.norm.person.name == "Бакыт"

    def test_the_contact_survives(self, talking: Shift) -> None:
        talking.press("F4", "2").promise().press("Esc", "Esc")
        assert talking.card.step == "clarify.ask"
        assert talking.view.header.person.name == "Бакыт"

    def test_a_gap_goes_with_its_key(self, talking: Shift) -> None:
        talking.press("0")
        assert talking.view.gaps == 1
        talking.press("Esc")
        assert (talking.view.gaps, talking.desk.state.gaps) == (0, ())

    def test_an_end_within_five_seconds(self, holding: Shift) -> None:
        before = on_screen(holding.call)
        holding.at("1:00").end("hung-up")
        assert holding.view.undo
        holding.at("1:05").press("Esc")
        assert on_screen(holding.call) == before
        assert holding.desk.state.last is None
        assert holding.norms == [("Удержание", RUNNING, 85)]

    def test_and_no_later(self, holding: Shift) -> None:
        holding.at("1:00").end("hung-up").at("1:06")
        assert not holding.view.undo
        assert holding.refused("Esc") == "nothing-to-undo"


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


class TestTwoCalls:
    @pytest.fixture
    def second(self, holding: Shift) -> Shift:
        """A second call at 1:00, during a hold."""
        holding.at("1:00").desk.start(number="0555 99-99-99")
        return holding

    def test_the_first_is_parked_and_comes_back_as_it_was(self, second: Shift) -> None:
        first = second.desk.state.waiting
        assert first is not None
        assert second.card.step == "greeting.hello"
        assert second.view.header.waiting == ("", "")
        assert second.norms == [("Удержание", RUNNING, 90)]
        assert second.view.norms[0].waiting
        second.press("Enter").at("1:30").end("hung-up")
        assert second.call.id == first.id
        assert on_screen(second.call) == on_screen(first)
        assert second.norms == [("Удержание", RUNNING, 60)]
        assert second.view.header.waiting is None

    def test_an_end_by_mistake_is_taken_back_while_the_first_is_back_already(self, second: Shift) -> None:
        ended = second.call.id
        second.press("Enter").at("1:30").end("hung-up").later(2)
        assert second.view.ended is not None
        second.press("Esc")
        assert (second.call.id, second.card.step) == (ended, "talk.listen")
        assert second.desk.state.waiting is not None

    def test_a_key_in_the_first_settles_that_the_second_is_over(self, second: Shift) -> None:
        second.press("Enter").at("1:30").end("hung-up").later(1).press("1").later(1)
        assert second.view.ended is None
        second.press("Esc")
        assert second.card.step == "clarify.wait"

    def test_there_are_never_three(self, second: Shift) -> None:
        refusal = second.desk.start()
        assert refusal is not None
        assert refusal.code == "two-calls"

    def test_the_second_taken_back_serves_the_first_again(self, second: Shift) -> None:
        second.press("Esc")
        assert (second.card.step, second.desk.state.waiting) == ("clarify.wait", None)

    def test_a_start_that_is_refused_parks_nothing(self, holding: Shift) -> None:
        assert holding.desk.start(scenario="nope") is not None
        assert holding.desk.state.waiting is None


class TestTimePassing:
    def test_thirty_minutes_without_an_event_close_the_call(self, holding: Shift) -> None:
        holding.at(30 + 1800).desk.tidy()
        assert holding.view.header.state == TALKING
        holding.at(30 + 1801).desk.tidy()
        assert (holding.view.header.state, holding.last.outcome) == (IDLE, "")
        assert holding.recorded(e.Ended) == [e.Ended("", known=holding.answered + 30)]
        assert holding.norms == []

    def test_what_nobody_touched_counts_to_its_last_event(self, holding: Shift) -> None:
        """Left over night in a hold: its clock is not 15 hours late in the morning."""
        holding.at("1:00").press("0").at("900:00").restart()
        assert holding.desk.state.active is None
        assert holding.recorded(e.Ended) == [e.Ended("", known=holding.answered + 60)]
        (stopped,) = holding.recorded(e.ClockStopped)
        assert stopped == e.ClockStopped("hold", "limit", 1, 30, 0)

    def test_a_call_that_the_phone_says_is_on_stays_for_two_hours(self, holding: Shift) -> None:
        """Listening for 40 minutes needs no key; an end that got lost must not hold the screen for ever."""
        assert holding.at("1:00").desk.act(a.Connect("phone-1")) is None
        holding.at(60 + 7200).desk.tidy()
        assert holding.view.header.state == TALKING
        holding.at(60 + 7201).desk.tidy()
        assert holding.view.header.state == IDLE
        assert holding.recorded(e.Ended) == [e.Ended("", known=holding.answered + 60)]

    def test_a_key_keeps_it_open(self, holding: Shift) -> None:
        holding.at(1000).press("0").at(30 + 1801).desk.tidy()
        assert holding.view.header.state == TALKING

    def test_a_parked_call_is_closed_alone(self, holding: Shift) -> None:
        parked = holding.call.id
        holding.at("1:00").desk.start()
        holding.at("20:00").press("Enter").at(30 + 1801).desk.tidy()
        assert (holding.desk.state.waiting, holding.last.id) == (None, parked)
        assert holding.card.step == "talk.listen"

    def test_a_pause_of_three_seconds_is_no_breach(self, tmp_path: Path) -> None:
        """Slide 16: wait two or three seconds; silently, and nothing is late."""
        base = with_step(bundled(), "profanity.warn", clock="pause")
        shift = Shift(tmp_path / "journal.db", base).press("Enter").at("0:20").press("F5")
        assert shift.norms == []
        shift.press("Enter")
        assert shift.norms == [("Подождать ответа", RUNNING, 3)]
        assert shift.at("0:22").norms == [("Подождать ответа", RUNNING, 1)]
        assert shift.at("0:23").norms == []
        assert shift.at("0:40").press("1").recorded(e.ClockStopped) == [
            e.ClockStopped("pause", "wait", 1, 20, 0)
        ]


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


class TestWords:
    def seen(self, base: KnowledgeBase, tmp_path: Path, viewer: Viewer) -> Shift:
        return Shift(tmp_path / "journal.db", base, viewer=viewer)

    def test_a_name_that_nobody_gave_is_marked(self, tmp_path: Path) -> None:
        shift = self.seen(bundled(), tmp_path, replace(AIGUL, operator=""))
        assert shift.card.missing == ("settings",)
        assert shift.card.spoken is not None
        assert Fragment("operator", MISSING, "settings") in shift.card.spoken.variants[0]
        assert "{" not in shift.phrase

    def test_a_word_that_the_base_does_not_know_is_marked_and_shows_no_brace(self) -> None:
        assert fill(bundled(), "Я {nobody}.", "ru", Speaker()) == (
            Fragment("Я "),
            Fragment("nobody", MISSING),
            Fragment("."),
        )

    @pytest.mark.parametrize(
        ("gender", "text"), [("f", "Я завершила с Вами разговор."), ("m", "Я завершил с Вами разговор.")]
    )
    def test_her_form_or_his(self, tmp_path: Path, gender: str, text: str) -> None:
        shown = replace(complaining(tmp_path / "kb"), show_drafts=True)
        shift = self.seen(shown, tmp_path, replace(AIGUL, gender=gender))
        card = shift.desk.preview("complaint")
        assert (phrase_of(card), card.missing) == (text, ())

    def test_a_form_that_nobody_gave_is_marked(self, tmp_path: Path) -> None:
        shown = replace(complaining(tmp_path / "kb"), show_drafts=True)
        shift = self.seen(shown, tmp_path, replace(AIGUL, gender=""))
        assert shift.desk.preview("complaint").missing == ("gender",)

    @pytest.mark.parametrize(
        ("hour", "minute", "words"),
        [
            (5, 0, "Доброе утро"),
            (11, 59, "Доброе утро"),
            (12, 0, "Добрый день"),
            (16, 59, "Добрый день"),
            (17, 0, "Добрый вечер"),
            (23, 59, "Добрый вечер"),
            (0, 0, "Добрый вечер"),
            (4, 59, "Добрый вечер"),
        ],
    )
    def test_the_part_of_the_day(self, shift: Shift, hour: int, minute: int, words: str) -> None:
        shift.clock.time = datetime(2026, 3, 2, hour, minute, tzinfo=ZONE).timestamp()
        assert shift.phrase.startswith(f"{words}, компания")

    def test_a_time_to_change_is_marked_as_one(self, talking: Shift) -> None:
        spoken = talking.press("F4", "1").card.spoken
        assert spoken is not None
        assert spoken.variants[0][1] == Fragment("2", TIMED)
        assert {f.kind for f in spoken.variants[0]} == {PLAIN, TIMED}
        assert talking.press("Esc", "Esc").refused("←") == "no-time"

    def test_a_time_that_was_told_is_not_changed(self, tmp_path: Path) -> None:
        base = with_step(bundled(), "clarify.how_long", answers=bundled().steps["clarify.ask"].answers[:2])
        shift = Shift(tmp_path / "journal.db", base).press("Enter", "F4", "1", "←", "Enter")
        assert shift.card.said
        assert shift.refused("→") == "said-already"

    def test_a_fixed_time_is_filled_and_not_changed(self, tmp_path: Path) -> None:
        base = bundled()
        base = replace(base, norms={**base.norms, "hold": replace(base.norms["hold"], step=0)})
        shift = self.seen(base, tmp_path, AIGUL).press("Enter", "F4", "1")
        assert shift.card.spoken is not None
        assert shift.card.spoken.variants[0][1] == Fragment("2", FILLED)
        assert not shift.card.timed
        assert shift.refused("←") == "no-time"


class TestDrafts:
    """Words nobody approved: hidden behind the other language, or plainly marked."""

    def test_hidden_the_other_language_stands_with_a_mark(self, talking: Shift) -> None:
        talking.press("F12", "F4")
        spoken = talking.card.spoken
        assert spoken is not None
        assert (spoken.language, spoken.draft, talking.card.instead) == ("ru", False, "ky")
        assert talking.card.lacking == ("ky",)

    def test_hidden_in_every_language_it_is_own_words(self, tmp_path: Path) -> None:
        shift = Shift(tmp_path / "journal.db", complaining(tmp_path / "kb"))
        assert (shift.card.kind, shift.card.spoken) == ("own", None)

    def test_marked_the_draft_is_shown_as_one(self, tmp_path: Path) -> None:
        base = replace(bundled(), show_drafts=True)
        shift = Shift(tmp_path / "journal.db", base).press("Enter", "F12", "F4")
        spoken = shift.card.spoken
        assert spoken is not None
        assert (spoken.language, spoken.draft, shift.card.instead) == ("ky", True, "")
        assert shift.phrase.startswith("Сураныч, линияда")
        assert [(o.language, o.draft) for o in shift.card.others] == [("ru", False)]

    def test_marked_or_not_approved_words_are_no_drafts(self, shift: Shift) -> None:
        assert shift.card.spoken is not None
        assert not shift.card.spoken.draft
        assert [(o.language, o.draft) for o in shift.card.others] == [("ky", False)]

    def test_of_several_wordings_the_approved_ones_alone(self, tmp_path: Path) -> None:
        base = bundled()
        say = base.steps["clarify.ask"].say
        assert say is not None
        known = say.wordings["ru"][0]
        more = (Wording("Одну минуту.", "0", False), known, Wording("Минутку.", "1", True))
        base = with_step(base, "clarify.ask", say=replace(say, wordings={"ru": more}))
        spoken = Shift(tmp_path / "journal.db", base).press("Enter", "F4").card.spoken
        assert spoken is not None
        assert [text_of(v) for v in spoken.variants] == [known.text, "Минутку."]


class TestDepartments:
    @pytest.fixture
    def base(self) -> KnowledgeBase:
        """Swearing is the support's business."""
        base = bundled()
        theirs = replace(base.scenarios["profanity"], departments=("support",))
        return replace(base, scenarios={**base.scenarios, "profanity": theirs})

    @pytest.mark.parametrize(("department", "listed"), [("support", True), ("sales", False), ("", True)])
    def test_a_scenario_of_a_department(
        self, base: KnowledgeBase, tmp_path: Path, department: str, listed: bool
    ) -> None:
        shift = Shift(tmp_path / "journal.db", base, viewer=replace(AIGUL, department=department))
        assert ("profanity" in shift.tree) is listed
        assert "clarify" in shift.tree

    def test_the_calls_own_is_listed_all_the_same(self, base: KnowledgeBase, tmp_path: Path) -> None:
        shift = Shift(tmp_path / "journal.db", base, viewer=replace(AIGUL, department="sales"))
        assert shift.desk.start(scenario="profanity", greeted=True) is None
        assert shift.tree["profanity"] == CURRENT

    @pytest.mark.parametrize(
        ("department", "keys"),
        [
            ("sales", {"profanity": "F5"}),
            ("support", {"support_pranks": "F5"}),
            ("", {"profanity": "F5", "support_pranks": ""}),
        ],
    )
    def test_two_departments_may_share_a_key(
        self, tmp_path: Path, department: str, keys: dict[str, str]
    ) -> None:
        viewer = replace(AIGUL, department=department)
        shown = Shift(tmp_path / "journal.db", bundled(), viewer=viewer).desk.view().tree
        sharing = ("profanity", "support_pranks")
        assert {row.scenario: row.key for row in shown if row.scenario in sharing} == keys


class TestEditedMeanwhile:
    """The script changes under the call: the step on screen keeps its words until it is left."""

    @pytest.fixture(params=["at once", "at a restart"])
    def swap(self, request: pytest.FixtureRequest) -> Swap:
        """A save: the running program takes it, or one started again with the old revision on disk."""

        def at_once(shift: Shift, base: KnowledgeBase) -> None:
            shift.base = base
            shift.desk.take(base)

        def at_a_restart(shift: Shift, base: KnowledgeBase) -> None:
            old = shift.base
            shift.base = base
            shift.load_base = lambda revision: old if revision == old.revision else None
            shift.restart()

        return at_once if request.param == "at once" else at_a_restart

    def test_the_words_on_the_card_stay(self, talking: Shift, swap: Swap) -> None:
        edited = with_step(talking.base, "clarify.ask", answers=(), do={"ru": "Новое"})
        talking.press("F4")
        swap(talking, edited)
        assert (len(talking.offered), talking.do) == (3, "")
        talking.press("F9", "F4")
        assert (len(talking.offered), talking.do) == (0, "Новое")

    def test_an_answer_whose_step_is_gone_leads_to_the_talk(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        swap(talking, edited)
        assert talking.offered[1] == "Разговор"
        assert talking.press("1").card.step == "talk.listen"

    def test_a_form_whose_scenario_is_gone_still_promises(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8", "2")
        swap(talking, edited)
        talking.promise()
        assert (talking.owed.who, talking.card.step) == ("manager", "talk.listen")

    def test_a_vanished_step_says_so_and_offers_the_talk(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        swap(talking, edited)
        assert talking.card.vanished
        assert talking.tree["manager"] == CURRENT
        talk = talking.card.answers[-1]
        assert (talk.when, talk.leads) == ("Разговор", "Разговор")
        talking.press(str(talk.digit))
        assert (talking.card.step, talking.card.vanished) == ("talk.listen", False)
        assert "manager" not in talking.tree

    def test_enter_leads_out_of_a_vanished_step_that_led_nowhere(self, talking: Shift, swap: Swap) -> None:
        talking.desk.take(with_step(talking.base, "manager.ask", answers=()))
        talking.base = talking.desk.base
        talking.press("F8", "Enter")
        assert talking.refused("Enter") == "listen"
        swap(talking, without_scenario(talking.base, "manager"))
        assert (talking.view.enter, talking.offered) == ("answer", {1: "Разговор"})
        assert talking.press("Enter").card.step == "talk.listen"

    def test_out_of_a_vanished_interrupt_one_returns(self, talking: Shift, swap: Swap) -> None:
        talking.press("F9", "F5")
        edited = with_step(talking.base, "profanity.warn", answers=())
        talking.desk.take(edited)
        talking.press("F9", "F5")
        talking.base = edited
        swap(talking, without_scenario(edited, "profanity"))
        assert talking.offered == {1: talking.base.steps["closing.questions"].title["ru"]}
        assert talking.press("Enter").card.step == "closing.questions"

    def test_what_is_interrupted_may_vanish_meanwhile(self, talking: Shift, swap: Swap) -> None:
        talking.press("F9", "F5")
        swap(talking, without_scenario(talking.base, "closing"))
        assert talking.tree["closing"] == PAUSED
        talking.press("1")
        assert (talking.card.step, talking.card.vanished) == ("closing.questions", True)
        talking.press("Esc", "Esc")
        assert (talking.card.step, talking.card.vanished) == ("closing.questions", True)

    def test_a_time_is_named_in_the_words_on_screen(self, talking: Shift, swap: Swap) -> None:
        talking.press("F4", "1")
        words = {id_: word for id_, word in talking.base.words.items() if word.source != "operator"}
        swap(talking, replace(talking.base, words=words, revision="wordless"))
        assert talking.card.timed
        before = talking.phrase
        assert talking.press("←").phrase != before

    def test_a_language_that_is_gone_leaves_the_call_its_words(self, talking: Shift, swap: Swap) -> None:
        talking.press("F12", "F9", "2")
        swap(talking, replace(talking.base, languages=("ru",), revision="russian"))
        assert talking.card.spoken is not None
        assert talking.card.spoken.language == "ky"
        assert talking.press("Esc", "F4").phrase.startswith("Ожидайте")

    def test_a_promise_whose_norm_is_gone_still_stands(self, talking: Shift, swap: Swap) -> None:
        talking.press("F4", "2").promise(minutes=20)
        norms = {id_: norm for id_, norm in talking.base.norms.items() if id_ != "callback"}
        swap(talking, replace(talking.base, norms=norms, revision="without callbacks"))
        assert talking.norms == [("Перезвонить", "open", 1200)]

    def test_a_norm_that_no_base_knows_is_named_by_its_id(self, talking: Shift) -> None:
        talking.press("F4", "2").promise(minutes=20).end("helped")
        norms = {id_: norm for id_, norm in talking.base.norms.items() if id_ != "callback"}
        talking.base = replace(talking.base, norms=norms, revision="without callbacks")
        talking.restart()
        assert talking.norms == [("callback", "open", 1200)]

    def test_no_key_looks_at_every_step(self, talking: Shift) -> None:
        """Each that is looked at is decoded, and there may be 10,000."""
        base = from_json_lazily(to_json(replace(talking.base, company="Skynet 2")))
        talking.desk.take(base)
        for key in ("F4", "Enter", "Esc", "F9", "2", "Esc"):
            talking.press(key)
            assert talking.card
        unopened = [scenario for scenario in base.scenarios.values() if not scenario.key]
        seen = cast(_Steps, base.steps)._decoded
        assert not [step for one in unopened for step in one.steps if step in seen and one.id != base.talk]

    def test_many_saves_in_a_call_are_not_all_kept(self, talking: Shift) -> None:
        talking.press("F9")
        first = talking.base
        for number in range(30):
            talking.desk.take(replace(first, revision=f"save {number}"))
            talking.press("F4", "Esc", "F5", "F9")
        older = talking.desk.bases.older
        assert len(older) <= 6
        assert "save 28" in older
        talking.press(*["Esc"] * 20)

    def test_a_step_known_to_no_base_is_the_talk(self, talking: Shift) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        talking.base = edited
        talking.restart()
        assert talking.do == "Слушайте. Печатайте слова клиента."
        assert talking.card.vanished
        assert talking.press("Enter").card.step == "talk.listen"
        assert not talking.card.vanished
