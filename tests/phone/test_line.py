"""What a phone tells, at the desk: which call is meant, who that was last time, what told twice does."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec.json
import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.state import MOST_UNTOLD
from prompter.journal.counted import CallSummary, Judged
from prompter.phone.line import DECLINED, LOOKED, MISSED, NOTHING, OVER, RANG, THIRD, TOOK, Heard, Line
from prompter.phone.request import event
from tests.call.builders import Shift, bundled
from tests.journal.makers import query
from tests.phone.calls import NUMBER, OTHER, Phone, kinds, phone

__all__ = ["phone"]  # the fixture


def test_the_lines_of_setup_curl_work_again(
    shift: Shift, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from prompter.cli import main

    assert main(["phone", "setup", "curl"]) == 0
    given = re.findall(r"curl -G \S+/v1/call/(\w+) (.*)", capsys.readouterr().out)
    line, heard = Line(shift.desk), []
    for kind, rest in given[:3] * 2:
        fields = dict(word.split("=", 1) for word in rest.split() if "=" in word)
        heard.append(line.hear(event(kind, fields)).what)
    assert heard == [RANG, TOOK, OVER] * 2


class TestOneCall:
    def test_rings_is_answered_and_ends(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("ringing") == Heard(RANG, (NUMBER, ""))
        assert shift.desk.state.active is None
        assert [ring.call for ring in shift.desk.state.ringing] == [shift.events()[0].call]
        assert phone.tells("answered").what == TOOK
        call = shift.call
        assert (call.connected, call.frame.step, call.operator) == (True, "greeting.hello", "Айгуль")
        assert call.id == shift.events()[0].call
        assert shift.desk.state.ringing == ()
        shift.later("0:30").press("Enter")
        assert phone.tells("ended") == Heard(OVER, (NUMBER, ""))
        assert shift.desk.state.active is None
        assert (shift.last.outcome, shift.last.hung) == ("", True)
        assert [call.id for call in shift.desk.state.untold] == [call.id]

    def test_on_an_end_step_it_ends_with_its_outcome_and_its_phrase_counts_as_said(
        self, shift: Shift, phone: Phone
    ) -> None:
        phone.call("1")
        shift.press("Enter", "F9", "2")
        assert shift.call.frame.step == "closing.goodbye"
        phone.tells("ended")
        assert (shift.last.outcome, shift.last.missed) == ("helped", ())
        assert shift.desk.state.untold == ()
        assert shift.recorded(e.Said)[-1].step == "closing.goodbye"  # type: ignore[attr-defined]

    def test_an_end_that_is_heard_later_counts_from_when_it_was_told(
        self, shift: Shift, phone: Phone
    ) -> None:
        """The program died in a hold; the caller hung up a minute later, and it was started after an hour."""
        phone.call("1")
        shift.press("Enter", "F4").later(5).press("Enter").later(10).press("0")
        told, begun = shift.later(60).clock.time, shift.call.started
        shift.later(3600)
        phone.restart()
        kept = replace(event("ended", {"number": NUMBER, "id": "1"}), at=told)
        assert phone.line.hear(kept).what == OVER
        (stopped,) = shift.recorded(e.ClockStopped)
        assert stopped == e.ClockStopped("hold", "limit", 1, 70, 0)
        assert shift.recorded(e.Ended) == [e.Ended("", phone=True, known=told)]
        (row,) = query(shift.path, "SELECT at, told FROM calls")
        call = msgspec.json.decode(row[1], type=CallSummary)
        assert (row[0], call.started, call.ended, call.untold) == (told, begun, told, True)
        assert call.norms == (Judged("hold"),)
        last = shift.journal.last_call(NUMBER)
        assert last
        assert last.at == told

    def test_every_event_twice_is_one_call(self, shift: Shift, phone: Phone) -> None:
        for kind in ("ringing", "answered", "ended"):
            assert phone.tells(kind).what != NOTHING
            before = shift.desk.state
            assert phone.tells(kind) == Heard(NOTHING)
            assert shift.desk.state == before
        assert kinds(shift).count("call_started") == kinds(shift).count("ended") == 1

    def test_every_event_again_after_the_program_died(self, shift: Shift, phone: Phone) -> None:
        for kind in ("ringing", "answered", "ended"):
            phone.tells(kind)
            phone.restart()
            before = len(shift.events())
            assert phone.tells(kind) == Heard(NOTHING)
            assert len(shift.events()) == before

    def test_an_older_call_is_not_begun_again_after_the_program_died(
        self, shift: Shift, phone: Phone
    ) -> None:
        phone.tells("ringing", "1")
        phone.tells("rejected", "1")
        phone.call("2", OTHER)
        phone.tells("ended", "2", OTHER)
        phone.restart()
        before = len(shift.events())
        for kind in ("ringing", "rejected"):
            assert phone.tells(kind, "1") == Heard(NOTHING)
        for kind in ("ringing", "answered", "ended"):
            assert phone.tells(kind, "2", OTHER) == Heard(NOTHING)
        assert len(shift.events()) == before

    def test_without_ringing_and_without_an_id(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("answered", "").what == TOOK
        assert phone.tells("answered", "").what == phone.tells("ringing", "").what == NOTHING
        assert phone.tells("ended", "", "").what == OVER
        assert phone.tells("ringing", "").what == RANG  # the next call of the same number
        assert phone.tells("answered", "").what == TOOK

    def test_a_hidden_number(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("ringing", number="") == Heard(RANG)
        phone.tells("answered", number="")
        assert shift.call.contact == ""

    def test_a_hidden_caller_hangs_up_while_a_known_one_rings(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing", "", "")
        phone.tells("answered", "", "")
        hidden = shift.call.id
        phone.tells("ringing", "", OTHER)
        assert phone.tells("ended", "", "") == Heard(OVER)
        assert [ring.contact != "" for ring in shift.desk.state.ringing] == [True]
        assert shift.last.id == hidden
        assert phone.tells("ended", "", "") == Heard(NOTHING)
        assert phone.tells("ended", "", OTHER).what == MISSED

    def test_a_hidden_caller_hangs_up_while_a_known_one_waits(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        phone.tells("ringing", "", "")
        phone.tells("answered", "", "")
        hidden = shift.call.id
        assert phone.tells("ended", "", "") == Heard(OVER)
        assert shift.last.id == hidden

    def test_an_end_of_an_unknown_call_changes_nothing(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        before = shift.desk.state
        assert phone.tells("ended", "2", OTHER).what == NOTHING
        assert phone.tells("rejected", "2", OTHER).what == NOTHING
        assert shift.desk.state == before

    def test_no_number_and_no_id_of_the_phone_stand_in_the_events(self, shift: Shift, phone: Phone) -> None:
        phone.call("tel-0555123456@10.0.0.7")
        phone.tells("ended", "tel-0555123456@10.0.0.7")
        told = "".join(str(event) for event in shift.events())
        assert "555123456" not in told
        assert "10.0.0.7" not in told


class TestKeysAndThePhone:
    def test_enter_takes_the_call_that_rings(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        shift.press("Enter")
        assert "greeting" in shift.call.marks
        assert not shift.call.connected
        assert phone.tells("answered").what == TOOK
        assert shift.call.connected
        assert kinds(shift).count("call_started") == 1

    def test_a_call_begun_by_hand_just_before_is_the_same(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter").later(3)
        phone.tells("answered")
        assert kinds(shift).count("call_started") == 1
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER
        phone.tells("ended")
        assert shift.desk.state.active is None
        last = shift.journal.last_call(NUMBER)
        assert last
        assert last.outcome == ""

    def test_a_call_by_hand_of_long_ago_waits(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter").later("2:00")
        phone.tells("answered")
        assert kinds(shift).count("call_started") == 2
        assert shift.desk.state.waiting

    def test_esc_takes_back_keys_but_not_the_phone(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        assert shift.refused("Esc") == "nothing-to-undo"
        shift.press("Enter", "Esc")
        assert shift.call.connected
        assert shift.refused("Esc") == "nothing-to-undo"
        phone.tells("ended")
        assert shift.refused("Esc") == "nothing-to-undo"

    def test_esc_after_a_key_answered_lets_the_phone_answer(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        shift.press("Enter", "Esc")
        assert phone.tells("answered").what == TOOK
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER

    def test_a_key_of_another_language_while_it_rings(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        shift.desk.speak("ky")
        assert shift.desk.viewer.language == "ru"
        phone.tells("answered")
        assert shift.call.language == "ky"


class TestWhoItWas:
    def test_in_the_language_of_the_last_call(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("F12")
        phone.tells("ended")
        phone.call("2")
        assert shift.call.language == "ky"
        phone.tells("ended", "2")
        phone.call("3", OTHER)
        assert shift.call.language == "ru"

    def test_how_it_ended(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("Enter", "F5", "2", "Enter").later(600)
        phone.tells("ringing", "2")
        (ring,) = shift.desk.state.ringing
        assert ring.last_outcome == "profanity"
        phone.tells("answered", "2")
        assert shift.view.previous
        shift.press("F5")
        assert shift.call.frame.step == "complaint.explain"

    def test_only_who_ended_it_says_that_she_did(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("Enter", "F5", "2", "Enter").later(600)
        phone.call("2")
        shift.press("Enter", "F5")
        assert shift.phrase.startswith("Я завершила с Вами разговор")
        shift.press("2", "2", "Enter")  # he goes on, and it is ended for that again
        shift.desk.sit("Бакыт", "m", "sales", "ru", "ru")
        phone.call("4")
        shift.press("Enter", "F5")
        assert shift.call.frame.step == "complaint.explain"
        assert shift.card.spoken is None
        assert (shift.card.ended_by, shift.card.ended_how) == ("Айгуль", "Завершён из-за брани")
        shift.press("Enter")
        assert shift.recorded(e.Said)[-1].phrase == ""  # type: ignore[attr-defined]

    def test_what_was_noted_last_time(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        assert shift.desk.write_note("Ждёт мастера") is None
        phone.tells("ended")
        assert shift.desk.write_note("Роутер мигает красным") is None  # half-typed when he hung up
        phone.call("2", OTHER)
        assert shift.call.last_note == ""
        phone.tells("ended", "2", OTHER)
        phone.tells("ringing", "3")
        (ring,) = shift.desk.state.ringing
        assert shift.desk.note_text(ring.last_note) == "Роутер мигает красным"
        phone.restart()
        assert shift.desk.state.ringing == (ring,)
        phone.tells("answered", "3")
        assert shift.call.last_note == ring.last_note
        phone.tells("ended", "3")
        assert shift.desk.start(number=NUMBER) is None
        assert shift.call.last_note == ring.last_note

    def test_a_name_that_was_written_down_goes_before_the_phones(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("ringing", name="Асан [/x]").person == (NUMBER, "Асан [/x]")
        phone.tells("ended")
        shift.desk.start(number=NUMBER)
        shift.press("F4", "2").promise(NUMBER, "Бакыт").end("hung-up")
        assert phone.tells("ringing", "2", name="Злодей").person == (NUMBER, "Бакыт")

    def test_an_outcome_told_later_is_what_is_known(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        phone.tells("ended")
        call = shift.last.id
        assert shift.desk.act(a.TellOutcome(call, "silence")) is None
        assert shift.last.outcome == "silence"
        assert shift.last.missed == ("greeting", "farewell")
        assert shift.desk.state.untold == ()
        phone.tells("ringing", "2")
        assert shift.desk.state.ringing[0].last_outcome == "silence"


class TestUnanswered:
    def test_missed(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        assert phone.tells("ended") == Heard(MISSED, (NUMBER, ""))
        assert shift.desk.state.ringing == ()
        assert shift.recorded(e.RingStopped) == [e.RingStopped("missed")]

    def test_rejected(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        assert phone.tells("rejected").what == DECLINED
        assert shift.recorded(e.RingStopped) == [e.RingStopped("rejected")]
        assert phone.tells("ended").what == NOTHING

    def test_no_end_is_told(self, shift: Shift, phone: Phone) -> None:
        phone.tells("ringing")
        phone.restart()
        assert len(shift.desk.state.ringing) == 1
        shift.later("3:01")
        shift.desk.tidy()
        assert shift.desk.state.ringing == ()


class TestTwoCalls:
    def test_one_rings_during_a_hold_and_is_answered(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("Enter", "F4", "Enter")
        card = shift.card
        phone.tells("ringing", "2", OTHER)
        assert shift.card == card
        phone.tells("answered", "2", OTHER)
        assert shift.desk.state.waiting
        assert shift.call.frame.step == "greeting.hello"
        phone.tells("ended", "2", OTHER)
        assert shift.card.step == card.step
        assert phone.tells("ended", "1").what == OVER
        assert shift.desk.state.calls == (shift.last,)

    def test_who_waited_gives_up(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        phone.call("2", OTHER)
        phone.tells("ended", "1")
        assert shift.desk.state.waiting is None
        assert shift.desk.viewer.people[shift.call.contact].number == OTHER
        assert len(shift.desk.state.untold) == 1

    def test_a_third_has_no_place(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        phone.call("2", OTHER)
        phone.tells("ringing", "3", "+996777000000")
        assert phone.tells("answered", "3", "+996777000000").what == THIRD
        phone.tells("ended", "3", "+996777000000")
        assert shift.recorded(e.RingStopped) == [e.RingStopped("unserved")]


class TestPromises:
    def test_a_call_to_who_is_owed_one_is_that_promise(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up").later("5:00")
        assert phone.tells("ringing", outgoing=True) == Heard(RANG, (NUMBER, "Бакыт"), owed=True)
        phone.tells("answered", outgoing=True)
        assert shift.call.promise == shift.owed.id
        assert shift.owed.state == "called"
        assert shift.call.frame.scenario == bundled().outgoing

    def test_a_call_to_anybody_else_is_none(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up")
        phone.tells("ringing", number=OTHER, outgoing=True)
        phone.tells("answered", number=OTHER, outgoing=True)
        assert (shift.call.promise, shift.owed.state) == ("", "open")

    def test_one_that_nobody_answers_is_still_owed(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up")
        phone.tells("ringing", outgoing=True)
        phone.tells("ended", outgoing=True)
        assert shift.owed.state == "open"

    def test_declining_who_is_owed_one_is_told(self, shift: Shift, phone: Phone) -> None:
        shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up")
        phone.tells("ringing")
        assert phone.tells("rejected").owed


def test_the_screen_is_asked_for(shift: Shift, phone: Phone) -> None:
    before = shift.desk.state
    assert phone.tells("show", "", NUMBER, name="Асан") == Heard(LOOKED, (NUMBER, "Асан"))
    assert (shift.desk.state, shift.events()) == (before, [])


def test_hung_up_here_is_told_as_declined_by_some_phones(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    assert phone.tells("rejected", "1").what == OVER
    assert shift.recorded(e.RingStopped) == []


def test_many_calls_in_a_row_leave_little_behind(shift: Shift, phone: Phone) -> None:
    for number in range(MOST_UNTOLD + 10):
        phone.call(str(number))
        shift.press("Enter").later(10)
        phone.tells("ended", str(number))
        shift.later(10)
    state = shift.desk.state
    assert (state.active, state.waiting, state.ringing) == (None, None, ())
    assert len(state.untold) == MOST_UNTOLD
    assert kinds(shift).count("call_started") == MOST_UNTOLD + 10
    phone.restart()
    assert shift.desk.state.untold == state.untold
