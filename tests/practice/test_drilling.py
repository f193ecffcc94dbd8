"""A drill is a call: same engine, same events, same journal, in the mode `practice`."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.call.events import LIVE, PRACTICE, Body
from prompter.call.records import from_data
from prompter.call.view import view
from prompter.drilling import go_on, new_drill
from prompter.journal.drills import drill_runs, story_of, trainees
from prompter.practice.drill import EXAM_CALLS, EXAM_SEED, covered, progress_of, setup
from prompter.text.phone import normalise
from tests.call.builders import ZONE, Shift, bundled, text_of, with_step
from tests.practice.trainees import Lesson


def answered(lesson: Lesson) -> Lesson:
    """The first caller was greeted, and said what he wants."""
    lesson.later(0)
    assert lesson.drill.pick_up(greeted=True) is None
    lesson.later(1)
    return lesson


def test_everything_in_it_is_practice_and_can_be_read_again(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, 3)
    lesson.play(3000)
    story = story_of(lesson.journal, lesson.drill.setup.drill)
    assert story == lesson.drill.desk.events
    assert {event.mode for event in story} == {PRACTICE}
    assert {event.revision for event in story} == {bundled().revision}
    assert progress_of(story) == lesson.drill.progress


def test_every_event_of_a_drill_is_read_back_by_its_name() -> None:
    assert all(issubclass(body, Body) for body in d.BODIES.values())
    assert from_data("drill_paused", 1, {"drill": "x"}) == d.DrillPaused("x")


def test_no_clock_runs_while_a_phrase_is_typed(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="clarify"))
    drill = lesson.drill
    drill.desk.act(a.Open("clarify"))
    lesson.later(5)
    drill.hold()
    lesson.later(60)
    assert drill.stood() == 5
    before = drill.desk.state.active
    assert drill.give(d.SAID, 0.9, "program", typed="Ожидайте на линии") is None
    call = drill.desk.state.active
    assert call is not None
    assert before is not None
    assert lesson.clock.time - call.started == 6  # not 66
    (given,) = drill.progress.given
    assert (given.seconds, given.typed, given.verdict) == (5, "Ожидайте на линии", d.SAID)


def test_a_norm_that_was_missed_counts(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="inaudible"))
    lesson.later(17)
    lesson.drill.desk.act(a.Open("inaudible"))
    (judged,) = [e.body for e in lesson.drill.desk.events if e.body.TYPE == "norm_judged"]
    assert not judged.met


def test_a_suspended_drill_stands_still_and_goes_on(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    drill = lesson.drill
    lesson.later(3)
    drill.suspend()
    lesson.later(500)
    assert lesson.later(1) == []
    drill = lesson.restart()
    call = drill.desk.state.active
    assert call is not None
    assert lesson.clock.time - call.started == 4
    assert drill.progress.elapsed < 10
    assert [e.body.TYPE for e in drill.desk.events if "drill_" in e.body.TYPE] == [
        "drill_began",
        "drill_paused",
        "drill_resumed",
    ]


def test_a_killed_drill_is_kept_and_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    before = lesson.drill.desk.state.active
    assert before is not None
    lesson.clock.time += 26 * 3600
    (left,) = drill_runs(lesson.journal)
    assert left.ended is None
    again = lesson.restart()
    call = again.desk.state.active
    assert call is not None
    assert (call.id, call.frames) == (before.id, before.frames)
    assert lesson.clock.time - call.started == 1
    assert again.caller is not None
    assert again.caller.meant == again.progress.rung.meant
    lesson.play(3000)
    again.end(d.FINISHED, 91.0)
    assert drill_runs(lesson.journal)[0].ended == d.DrillEnded(lesson.drill.setup.drill, d.FINISHED, 91.0)
    ended = lesson.drill.setup.drill
    assert go_on(ended, lesson.base, lesson.journal, lesson.viewer, lesson.clock) is None


def test_taking_back_the_end_of_a_call_brings_its_caller_back(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    drill = lesson.drill
    caller = drill.caller
    drill.desk.act(a.End("hung-up"))
    lesson.later(1)
    assert drill.caller is None
    drill.desk.act(a.Undo())
    lesson.later(1)
    assert drill.caller == caller


def test_a_call_taken_back_rings_once_more(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, 1)
    lesson.later(0)
    caller = lesson.drill.caller
    lesson.drill.pick_up(greeted=False)
    lesson.drill.desk.act(a.Undo())
    lesson.later(0)
    lesson.later(3)
    assert lesson.drill.rings
    assert lesson.drill.caller == caller


# Nothing of it is live, nor the other way


def test_a_drill_is_nothing_to_the_work_beside_it(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    caller = lesson.drill.caller
    assert caller is not None
    lesson.drill.desk.note_gap("что-то")
    shift = Shift(lesson.path, bundled())
    assert shift.desk.state.active is None
    assert shift.desk.state.gaps == ()
    assert shift.desk.state.promises == ()
    assert shift.journal.contact_by_number(normalise(caller.number)) is None
    assert shift.journal.contact_by_number(normalise(caller.number), PRACTICE) is not None


def test_a_promise_made_in_a_drill_is_owed_to_nobody(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="manager"))
    drill = lesson.drill
    drill.desk.act(a.Open("manager", "manager.contact"))
    drill.desk.make_promise("0700123456", "Бакыт", "тариф", 900)
    assert drill.desk.state.promises
    assert Shift(lesson.path, bundled()).desk.state.promises == ()


def test_what_is_promised_in_earnest_meanwhile_is_not_heard_in_a_drill(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="manager"))
    shift = Shift(lesson.path, bundled())
    shift.press("Enter", "F4", "2").promise()
    lesson.drill.desk.hear()
    assert lesson.drill.desk.state.promises == ()


def test_a_number_that_rang_in_earnest_is_unknown_in_a_drill(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.desk.start(number="0700123456", greeted=True)
    shift.end("hung-up")
    contact = shift.last.contact
    lesson = Lesson(tmp_path)
    number = normalise("0700123456")
    assert lesson.journal.contact_by_number(number, PRACTICE) is None
    assert lesson.journal.contact_by_number(number) is not None
    assert lesson.journal.last_call(contact, PRACTICE) is None
    assert lesson.journal.last_call(contact, LIVE) is not None


def test_how_a_drilled_call_ended_is_no_last_call_of_the_number(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    caller = lesson.drill.caller
    assert caller is not None
    lesson.drill.desk.act(a.End("hung-up"))
    assert lesson.journal.last_call(normalise(caller.number), PRACTICE) is not None
    assert lesson.journal.last_call(normalise(caller.number)) is None


def test_a_status_of_a_drill_is_not_the_operators(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.desk.act(a.SetStatus("lunch"))
    lesson = Lesson(tmp_path)
    lesson.drill.desk.act(a.SetStatus("training"))
    shift.restart()
    assert shift.desk.state.status == "lunch"


def test_queued_events_of_a_drill_are_not_recovered_as_live(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path)
    lesson.journal._db.close()  # type: ignore[union-attr]
    answered(lesson)
    assert all(event.mode == LIVE for event in lesson.journal.recover())


def test_a_drill_ends_on_the_revision_it_began_with(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    edited = with_step(bundled(), "talk.listen", title={"ru": "Другое"})
    shift = Shift(lesson.path, bundled())
    shift.desk.take(edited)
    assert lesson.drill.desk.base.revision == bundled().revision != edited.revision
    lesson.play(3000)
    assert {event.revision for event in lesson.drill.desk.events} == {bundled().revision}


# Who drilled what


def test_trainees_do_not_meet(tmp_path: Path) -> None:
    Lesson(tmp_path, d.SCENARIO, 1, trainee="Айгуль")
    Lesson(tmp_path, d.SCENARIO, 2, trainee="Бакыт")
    last = Lesson(tmp_path, d.SCENARIO, 3, trainee="Айгуль")
    drills = drill_runs(last.journal)
    assert trainees(drills) == ["Айгуль", "Бакыт"]
    assert [one.began.seed for one in drill_runs(last.journal, "Айгуль")] == [1, 3]


# What may be seen


def test_a_level_covers_the_phrase_until_it_was_given(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="manager"))
    drill = lesson.drill
    drill.desk.act(a.Open("manager"))
    desk = drill.desk
    card = view(desk.state, desk.bases, desk.viewer, desk.clock.now()).card
    assert card.spoken is not None
    whole = text_of(card.spoken.variants[0])
    assert covered(card, d.VISIBLE) == card
    first = covered(card, d.FIRST)
    assert text_of(first.spoken.variants[0]) == "По какому …"
    hidden = covered(card, d.HIDDEN)
    assert text_of(hidden.spoken.variants[0]) == "…"
    assert hidden.others == ()
    assert text_of(covered(card, d.HIDDEN, revealed=True).spoken.variants[0]) == whole
    assert covered(replace(card, said=True), d.HIDDEN).spoken == card.spoken


def test_an_exam_is_typed_and_without_hints_whatever_was_chosen() -> None:
    exam = setup(d.EXAM, "x", "Айгуль", "ru", 1, level=d.VISIBLE, way=d.ALOUD)
    assert (exam.level, exam.way, exam.calls > 0, exam.pass_mark > 0) == (d.HIDDEN, d.TYPED, True, True)


# Clocks


def test_a_machine_clock_set_meanwhile_moves_a_drill_along(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SCENARIO, 1, scenario="clarify"))
    drill = lesson.drill
    drill.desk.act(a.Open("clarify"))
    drill.hold()
    lesson.clock.time += 30
    lesson.clock.ahead = 3600.0  # somebody sets the clock an hour on while a phrase is typed
    drill.desk.tidy()
    lesson.clock.time += 10
    assert drill.stood() == 0
    drill.give(d.SAID, 1.0, "program", typed="Ожидайте")
    call = drill.desk.state.active
    assert call is not None
    assert lesson.clock.time - call.started == 1
    assert drill.progress.given[-1].seconds == 0


def test_a_drill_over_midnight_and_a_leap_day_is_one_drill(tmp_path: Path) -> None:
    late = datetime(2028, 2, 28, 23, 58, 30, tzinfo=ZONE).timestamp()
    lesson = answered(Lesson(tmp_path, d.SHIFT, 5, at=late))
    lesson.play(3000)
    assert lesson.drill.progress.turns > 5
    ended = [event.at for event in lesson.drill.desk.events if event.body.TYPE == "ended"]
    days = {datetime.fromtimestamp(at, ZONE).date().isoformat() for at in ended}
    assert days == {"2028-02-28", "2028-02-29"}
    assert progress_of(story_of(lesson.journal, lesson.drill.setup.drill)) == lesson.drill.progress


def test_a_drill_gone_on_with_after_the_clock_was_set_back_has_lost_no_time(tmp_path: Path) -> None:
    lesson = answered(Lesson(tmp_path, d.SHIFT, 1))
    lesson.later(2)
    lesson.clock.time -= 7200
    again = lesson.restart()
    call = again.desk.state.active
    assert call is not None
    assert lesson.clock.time - call.started == 1  # the last thing recorded was a second into the call
    assert again.progress.elapsed < 10


def test_no_two_callers_of_the_exam_come_with_the_same_words(tmp_path: Path) -> None:
    for place, departments in (("all", ""), ("sales", "sales")):
        lesson = Lesson(tmp_path / place, d.EXAM, EXAM_SEED)
        lesson.drill = new_drill(
            lesson.drill.setup,
            lesson.base,
            lesson.journal,
            replace(lesson.viewer, department=departments),
            lesson.clock,
            lesson.ids,
        )
        lesson.play(800)
        told = [event.body for event in lesson.drill.desk.events]
        first = [b for a, b in pairwise(one for one in told if _rung_or_spoken(one)) if _rung(a)]
        texts = [one.text for one in first if isinstance(one, d.CallerSpoke)]
        assert len(texts) == EXAM_CALLS
        assert len(set(texts)) == len(texts)


def _rung(body: Body) -> bool:
    return isinstance(body, d.CallerRang)


def _rung_or_spoken(body: Body) -> bool:
    return isinstance(body, (d.CallerRang, d.CallerSpoke))


def test_a_call_that_esc_brings_back_while_the_next_one_rings_has_its_own_caller(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, 4)
    lesson.later(0)
    lesson.drill.pick_up(greeted=True)
    first = lesson.drill.caller
    lesson.drill.desk.act(a.End("hung-up"))
    lesson.later(0)
    lesson.later(3)
    assert lesson.drill.rings
    lesson.drill.desk.act(a.Undo())
    lesson.later(1)
    assert not lesson.drill.rings
    assert lesson.drill.caller == first
