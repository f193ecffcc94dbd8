"""The rules of a call, one by one: interrupts, taking back, two calls, time passing, words and drafts."""

from __future__ import annotations

from pathlib import Path

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
)
from tests.call.builders import (
    Shift,
    bundled,
    with_step,
)


def on_screen(call: Call) -> object:
    """What a key taken back must bring back."""
    return call.frames, call.language, call.said, call.marks, call.opened, call.quiet, call.gaps


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
