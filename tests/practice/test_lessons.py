"""Drills on a journal: an exam is passed or not, what was weak comes back to its trainee the next day."""

from __future__ import annotations

from pathlib import Path

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.call.view.card import ready_card
from prompter.journal.drills import drill_runs, results
from prompter.settings import Settings
from prompter.tui.practice.lesson import Lessons, mark_of
from tests.call.builders import bundled, phrase_of
from tests.practice.trainees import SALES, Lesson

DAY = 86400.0


def lessons(lesson: Lesson) -> Lessons:
    made = Lessons(bundled, lesson.journal, Settings(), lesson.viewer, lesson.path.parent)
    made.clock = lesson.clock
    return made


def typed(lesson: Lesson) -> str:
    """The phrase on screen, as somebody types it who knows it."""
    step = lesson.drill.step
    assert step is not None
    return phrase_of(ready_card(lesson.base, step.id, SALES, lesson.clock.time))


def sit_exam(folder: Path, verdict: str = d.SAID) -> Lesson:
    lesson = Lesson(folder, d.EXAM)
    give = lesson.drill.give
    worth = 1.0 if verdict == d.SAID else 0.0
    lesson.drill.give = lambda *_: give(verdict, worth, "program", typed=typed(lesson))  # type: ignore[method-assign]
    lesson.play()
    lesson.drill.end(d.FINISHED, mark_of(lesson.drill))
    return lesson


def test_who_knows_everything_passes_the_exam(tmp_path: Path) -> None:
    lesson = sit_exam(tmp_path)
    (done,) = drill_runs(lesson.journal)
    assert done.ended is not None
    assert (done.ended.mark, done.ended.passed) == (100.0, True)
    assert lesson.drill.progress.turns == done.began.calls


def test_who_leaves_the_callers_standing_does_not(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.EXAM)
    while not lesson.drill.done:
        lesson.later(3)
        if lesson.drill.rings:
            lesson.drill.pick_up(greeted=True)
            lesson.later(1)
            lesson.drill.desk.act(a.Open("closing"))
            lesson.later(1)
            lesson.drill.desk.act(a.End("helped"))
    lesson.drill.end(d.FINISHED, mark_of(lesson.drill))
    (done,) = drill_runs(lesson.journal)
    assert done.ended is not None
    assert done.ended.mark < done.began.pass_mark
    assert not done.ended.passed


def test_an_exam_is_one_attempt_for_each_trainee_and_number(tmp_path: Path) -> None:
    lesson = sit_exam(tmp_path)
    known = lessons(lesson)
    assert known.exam("Айгуль", None) is not None
    assert known.exam("Айгуль", 2) is None
    assert known.exam("Бакыт", None) is None


def test_what_was_weak_is_up_the_next_day_for_whom_it_was(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="manager", level=d.HIDDEN)
    lesson.later(0)
    lesson.drill.pick_up(greeted=True)
    lesson.later(1)
    lesson.drill.desk.act(a.Open("manager"))
    lesson.drill.give(d.NO, 0.0, "trainee")
    lesson.clock.time += DAY
    known = lessons(lesson)
    assert [one.key[0] for one in known.up("Айгуль") if one.why != "new"] == ["manager.ask"]
    assert [one for one in known.up("Бакыт") if one.why != "new"] == []
    assert known.last("Айгуль") == lesson.drill.setup


def test_only_her_own_results_are_read(tmp_path: Path) -> None:
    lesson = sit_exam(tmp_path)
    mine = drill_runs(lesson.journal)[0].began.trainee
    assert results(lesson.journal, mine) == results(lesson.journal) != []
    assert results(lesson.journal, "Чолпон") == []
