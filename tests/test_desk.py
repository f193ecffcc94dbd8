"""The door to a call: ids, clean text, known numbers, the journal, older revisions, who sits here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import events as e
from prompter.clock import SystemClock
from prompter.desk import Desk, new_id
from tests.call.builders import AIGUL, NOON, Shift, bundled, phrase_of, with_step
from tests.journal.makers import query

DAY = timedelta(days=1).total_seconds()


def refused(refusal: object) -> str:
    assert refusal is not None
    return str(getattr(refusal, "code", ""))


class TestRecords:
    def test_the_events_of_a_key_share_its_cause(self, shift: Shift) -> None:
        shift.press("Enter")
        first = shift.events()
        shift.later("0:05").press("F3")
        second = shift.events()[len(first) :]
        assert [len({event.cause for event in key}) for key in (first, second)] == [1, 1]
        assert first[0].cause != second[0].cause
        assert len({event.id for event in first + second}) == len(first + second)

    def test_the_envelope(self, shift: Shift) -> None:
        shift.later("0:07").press("Enter")
        call = shift.call.id
        for event in shift.events():
            assert (event.desk, event.call, event.at) == (shift.journal.desk, call, NOON + 7)
            assert (event.mode, event.revision) == ("live", bundled().revision)

    def test_what_is_acknowledged_is_on_disk(self, shift: Shift) -> None:
        shift.press("Enter")
        with closing(sqlite3.connect(shift.path)) as db:
            (count,) = db.execute("SELECT count(*) FROM events").fetchone()
        assert count == len(shift.events()) > 0
        assert shift.journal.pending == 0

    def test_a_refusal_writes_nothing(self, shift: Shift) -> None:
        shift.desk.start(number="0555123456")
        before = shift.events(), query(shift.path, "SELECT * FROM contacts"), shift.desk.state
        assert refused(shift.desk.make_promise("0700111111", "Бакыт", "Где?", 600)) == "no-form"
        assert refused(shift.desk.keep_promise("nope", "why")) == "no-promise"
        assert refused(shift.desk.cancel_promise("nope", "why")) == "no-promise"
        after = shift.events(), query(shift.path, "SELECT * FROM contacts"), shift.desk.state
        assert after == before
        assert query(shift.path, "SELECT * FROM notes") == []

    def test_callers_and_words_stay_out_of_the_events(self, shift: Shift) -> None:
        shift.desk.start(number="0555123456")
        shift.press("Enter", "F4", "2").promise("0700987654", "Секретов").press("0")
        shift.desk.write_note("Тайна", shift.desk.state.gaps[0].id)
        data = "".join(text for (text,) in query(shift.path, "SELECT data FROM events"))
        for secret in ("555123456", "700987654", "Секретов", "Тайна", "тариф"):
            assert secret not in data

    def test_new_ids_are_ordered_by_time(self) -> None:
        ids = [new_id() for _ in range(50)]
        assert ids == sorted(ids)
        assert len(set(ids)) == 50

    def test_the_systems_clock_is_unix_time(self, shift: Shift) -> None:
        desk = Desk(bundled(), shift.journal, AIGUL)
        assert isinstance(desk.clock, SystemClock)
        assert desk.clock.now() > NOON - 365 * DAY


class TestPeople:
    def test_one_number_however_it_is_written(self, shift: Shift) -> None:
        contacts = []
        for number in ("0555123456", "+996 555 12-34-56", " 0555-123-456 "):
            shift.desk.start(number=number)
            contacts.append(shift.call.contact)
            shift.end("hung-up").later("1:00")
        assert len(set(contacts)) == 1
        assert query(shift.path, "SELECT number, name FROM contacts") == [("+996555123456", "")]

    @pytest.mark.parametrize("number", ["", " "])
    def test_no_number_is_no_contact(self, shift: Shift, number: str) -> None:
        shift.desk.start(number=number)
        assert (shift.call.contact, query(shift.path, "SELECT * FROM contacts")) == ("", [])

    @pytest.mark.parametrize("number", ["нет", "12", "055512345o", "1234567890123456"])
    def test_what_is_no_number_starts_no_call(self, shift: Shift, number: str) -> None:
        refusal = shift.desk.start(number=number)
        assert refusal is not None
        assert refusal.code == "number-needed"
        assert (shift.desk.state.active, query(shift.path, "SELECT * FROM contacts")) == (None, [])

    def test_a_caller_seen_again_is_kept_from_then_on(self, shift: Shift) -> None:
        shift.desk.start(number="0700123456")
        shift.press("Enter").end("hung-up").later(91 * 86400)
        shift.desk.start(number="0700123456")
        shift.press("Enter").end("hung-up").press("Enter").end("hung-up")
        shift.desk.forget_old(90)
        assert query(shift.path, "SELECT number FROM contacts") == [("+996700123456",)]

    def test_a_name_given_later_is_known_at_the_next_call(self, shift: Shift) -> None:
        shift.desk.start(number="0700123456")
        shift.press("Enter", "F4", "2").promise("0700 12 34 56", "Бакыт").end("hung-up").later("1:00")
        shift.desk.start(number="0700123456")
        assert shift.view.header.person == ("+996700123456", "Бакыт")
        shift.press("Enter", "F4", "2").promise("0700123456", "")
        assert shift.view.header.person.name == "Бакыт"

    def test_a_promise_needs_a_number(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2")
        for number in ("", "  ", "\x1b"):
            assert refused(shift.desk.make_promise(number, "Бакыт", "", 600)) == "number-needed"
        assert shift.desk.state.promises == ()

    @pytest.mark.parametrize("number", ["0700", "+996 555 12", "00996555"])
    def test_a_promise_needs_a_number_that_can_be_called(self, shift: Shift, number: str) -> None:
        shift.press("Enter", "F4", "2")
        assert refused(shift.desk.make_promise(number, "Бакыт", "", 600)) == "number-short"
        assert shift.desk.state.promises == ()
        assert shift.desk.make_promise("1234", "Бакыт", "", 600) is None  # an extension

    def test_names_and_notes_are_cleaned(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2")
        shift.desk.make_promise("0700123456", "Ба\x1b[31mкыт\n", "Где\u202e\x07 роутер?", 600)
        assert "\x1b" not in shift.norm.person.name
        question = shift.desk.question(shift.owed.id)
        assert question.startswith("Где")
        assert not {"\u202e", "\x07"} & set(question)

    def test_the_question_of_a_promise(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").promise()
        assert shift.desk.question(shift.owed.id) == "Какой тариф?"
        assert shift.desk.question("nope") == ""

    def test_a_promise_without_a_question(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").desk.make_promise("0700123456", "", " ", 600)
        assert (shift.owed.note, shift.desk.question(shift.owed.id)) == ("", "")

    def test_the_call_on_a_promise_speaks_its_language(self, shift: Shift) -> None:
        shift.press("Enter", "F12", "F4", "2").promise().end("hung-up").later("1:00")
        shift.desk.start("outgoing", promise=shift.owed.id)
        assert (shift.call.language, shift.call.contact) == ("ky", shift.owed.contact)

    def test_empty_words_are_no_note(self, shift: Shift) -> None:
        shift.press("Enter", "0")
        assert refused(shift.desk.write_note(" \n", shift.desk.state.gaps[0].id)) == "empty"
        assert shift.view.gaps == 1

    def test_old_callers_are_forgotten_but_not_those_still_owed(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").promise("0700123456", "Бакыт").end("hung-up").later("1:00")
        shift.desk.start(number="0555000000")
        shift.end("hung-up").later("1:00")
        shift.desk.start(number="0777000000")
        shift.end("hung-up")
        shift.clock.time += 91 * DAY
        shift.desk.forget_old(90)
        numbers = {number for (number,) in query(shift.path, "SELECT number FROM contacts")}
        assert numbers == {"+996700123456", "+996777000000", ""}
        assert shift.desk.question(shift.owed.id) == "Какой тариф?"
        shift.restart()
        assert shift.norm.person.name == "Бакыт"


class TestSitting:
    def test_the_words_become_hers(self, shift: Shift) -> None:
        shift.desk.sit("Нурлан\x1b", "m", "support", "ky", "ky")
        assert shift.phrase == "Саламатсызбы, Нурлан, мен Сизди угуп жатам, айта бериңиз."
        viewer = shift.desk.viewer
        assert (viewer.gender, viewer.department, viewer.ui) == ("m", "support", "ky")

    def test_a_language_the_base_has_not_is_its_first(self, shift: Shift) -> None:
        shift.desk.sit("Нурлан", "m", "", "xx", "ru")
        assert shift.desk.viewer.language == "ru"
        shift.viewer = replace(AIGUL, language="xx")
        shift.restart()
        assert shift.view.header.language == "ru"

    def test_a_department_that_an_edit_takes_away_hides_nothing(self, shift: Shift) -> None:
        shift.desk.sit("Нурлан", "m", "support", "ru", "ru")
        base = shift.desk.base
        hers = {line.scenario for line in shift.view.tree}
        others = {name: title for name, title in base.departments.items() if name != "support"}
        shift.desk.take(replace(base, departments=others, revision="renamed"))
        assert shift.desk.viewer.department == ""
        assert {line.scenario for line in shift.view.tree} > hers

    def test_the_language_of_the_next_calls(self, shift: Shift) -> None:
        shift.desk.speak("ky")
        assert shift.view.header.language == "ky"
        assert shift.press("Enter").call.language == "ky"

    def test_who_is_known_stays_known(self, shift: Shift) -> None:
        shift.desk.start(number="0555123456")
        shift.desk.sit("Нурлан", "m", "", "ru", "ru")
        assert shift.view.header.person.number == "+996555123456"

    def test_a_preview_says_it_as_she_would(self, shift: Shift) -> None:
        card = shift.desk.preview("greeting")
        assert phrase_of(card) == shift.phrase
        before = shift.desk.state
        assert shift.desk.preview("clarify").step == "clarify.ask"
        assert shift.desk.preview("clarify").answers[0].leads == "Назвать время"
        assert shift.desk.state is before
        assert shift.events() == []

    def test_a_status(self, shift: Shift) -> None:
        assert shift.desk.act(a.SetStatus("Обед")) is None
        assert shift.desk.state.status == "Обед"
        (event,) = shift.events()
        assert (event.call, event.body.STREAM) == ("", e.STATUS)


class TestStartingAgain:
    def test_nothing_to_recover(self, shift: Shift) -> None:
        assert not shift.desk.recovered
        shift.press("Enter").end("hung-up").restart()
        assert not shift.desk.recovered

    def test_a_call_in_its_middle(self, shift: Shift) -> None:
        shift.press("Enter", "F4").restart()
        assert shift.desk.recovered
        assert shift.card.step == "clarify.ask"

    def test_a_call_nobody_touched_for_too_long_is_closed(self, shift: Shift) -> None:
        shift.press("Enter", "F4", "2").promise().at(1801).restart()
        assert not shift.desk.recovered
        assert shift.last.outcome == ""
        assert shift.norm.state == "overdue"
        assert isinstance(shift.events()[-1].body, e.Ended)

    def test_gaps_and_promises_of_calls_long_over(self, shift: Shift) -> None:
        shift.press("Enter", "0", "F4", "2").promise().end("hung-up").later("0:30")
        for _ in range(2):
            shift.press("Enter").end("hung-up").later("0:30")
        shift.restart()
        assert (shift.view.gaps, shift.norm.person.name) == (1, "Бакыт")

    def test_an_end_can_be_taken_back_after_a_restart(self, shift: Shift) -> None:
        shift.press("Enter").end("hung-up").later("0:03").restart()
        assert shift.press("Esc").card.step == "talk.listen"

    def test_the_step_on_screen_keeps_the_words_of_its_revision(self, shift: Shift) -> None:
        asked: list[str] = []

        def load(revision: str) -> object:
            asked.append(revision)
            return bundled()

        shift.press("Enter", "F4")
        shift.base = with_step(bundled(), "clarify.ask", never={"ru": ("Новое",)})
        shift.load_base = load  # type: ignore[assignment]
        shift.restart()
        assert asked == [bundled().revision]
        assert "Не знаю" in shift.card.never
        shift.press("F9", "F4")
        assert shift.card.never == ("Новое",)

    def test_a_revision_that_is_lost_is_replaced_by_the_one_in_force(self, shift: Shift) -> None:
        shift.press("Enter", "F4")
        shift.base = with_step(bundled(), "clarify.ask", never={"ru": ("Новое",)})
        shift.restart()
        assert shift.card.never == ("Новое",)

    def test_what_cannot_be_opened_is_an_empty_desk_that_works(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        shift = Shift(tmp_path / "folder", bundled())
        shift.press("Enter", "F4")
        assert shift.card.step == "clarify.ask"
        assert shift.journal.trouble is not None
        assert shift.journal.pending == 2


def test_a_call_back_begun_by_mistake_is_no_call(shift: Shift) -> None:
    shift.press("Enter", "F4", "2")
    assert shift.desk.make_promise("0700112233", "Нурлан", "", 20 * 60) is None
    shift.press("Enter", "F9", "2", "Enter").later(60)
    (promise,) = shift.desk.state.promises
    assert shift.desk.start("outgoing", promise=promise.id) is None
    assert shift.desk.state.promises[0].state == "called"
    shift.press("Esc")
    assert shift.desk.state.active is None
    assert shift.desk.state.promises == (promise,)


def test_words_typed_into_the_search_are_the_gaps_words(shift: Shift) -> None:
    shift.press("Enter")
    assert shift.desk.note_gap("почём ваш кабель") is None
    assert shift.desk.state.gaps == ()
    assert [type(event.body) for event in shift.events()][-2:] == [e.GapNoted, e.GapFilled]


def test_a_call_that_was_left_in_order_is_not_restored_after_a_failure(shift: Shift) -> None:
    shift.press("Enter")
    shift.journal.leave()
    shift.restart()
    assert (shift.desk.resumed, shift.desk.recovered) == (True, False)
    shift.restart()
    assert (shift.desk.resumed, shift.desk.recovered) == (True, True)


def test_a_promise_whose_key_was_taken_back_is_counted(shift: Shift) -> None:
    shift.press("Enter", "F4", "2").promise()
    assert shift.desk.promises_kept_by_undo() == 0
    shift.press("Esc")
    assert shift.desk.promises_kept_by_undo() == 1


def test_the_form_mends_a_promise_and_keeps_its_question_and_deadline(shift: Shift) -> None:
    shift.press("Enter", "F4", "2").promise(minutes=10)
    made = shift.owed
    shift.later(120).press("Esc")
    assert shift.desk.promise_to_change("callback") == made
    assert shift.desk.make_promise("0700123456", "Бакыт", "", 600) is None
    assert (shift.owed.note, shift.owed.due, shift.owed.made) == (made.note, made.due, made.made)


def test_a_second_esc_after_a_voided_call_takes_back_a_key_of_the_first(shift: Shift) -> None:
    shift.press("Enter").end("hung-up")
    ended = shift.last.id
    shift.later(1).press("Enter", "F5")
    shift.later(1).desk.start()
    shift.later(1).press("Esc")
    shift.press("Esc")
    assert shift.call.id != ended
    assert shift.card.step == "talk.listen"
