"""A call's mark: from its events, explained line by line, knowing what to do above the wording."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call import events as e
from prompter.journal.drills import results, story_of
from prompter.kb.model import Practice
from prompter.practice.callmark import (
    DECISIONS,
    FORBIDDEN,
    NORMS,
    OUTCOME,
    PHRASE,
    RECOGNITION,
    WEIGHTS,
    CallMark,
    mark_call,
    total_of,
)
from prompter.practice.failures import UNSAID, failures, words_for
from prompter.practice.store import KEYS, results_of
from prompter.tui.learning import Learning
from tests.call.builders import Shift, bundled
from tests.practice.trainees import Lesson

DRILL = "drill-1"


def story(*bodies: e.Body) -> list[e.Event]:
    """Events a second apart, each with a key of its own."""
    return [
        e.Event(str(n), "desk", "call", 1000.0 + n, e.PRACTICE, "rev", f"key-{n}", body)
        for n, body in enumerate(bodies)
    ]


def spoke(step: str, meant: str = "", answer: int = 0) -> d.CallerSpoke:
    return d.CallerSpoke(DRILL, step, "…", meant, answer)


def entered(step: str, how: str = "open", keep: int = 0, opened: str = "") -> e.Entered:
    return e.Entered(step, step.partition(".")[0], how, keep, True, opened=opened)


def given(step: str, score: float, verdict: str = d.SAID, typed: str = "") -> d.PhraseGiven:
    return d.PhraseGiven(DRILL, step, "h", "ru", d.HIDDEN, d.TYPED, verdict, score, 5.0, "program", typed)


def marked(*bodies: e.Body) -> CallMark:
    return mark_call(story(*bodies), bundled())


def test_who_makes_no_mistake_gets_everything(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, 5)
    lesson.play(3000)
    found = mark_call(story_of(lesson.journal, lesson.drill.setup.drill), lesson.base)
    assert [line for line in found.lines if line.points < 1] == []
    assert found.total == 100
    assert set(found.parts) == set(WEIGHTS)


def test_a_scenario_is_recognised_by_what_is_opened_next() -> None:
    right = marked(spoke("talk.talk", "profanity"), entered("profanity.warn", opened="profanity"))
    assert right.parts[RECOGNITION] == 1
    wrong = marked(spoke("talk.talk", "profanity"), entered("clarify.ask", opened="clarify"))
    (line,) = [one for one in wrong.lines if one.part == RECOGNITION]
    assert (line.points, line.wanted, line.done, line.step) == (0, "profanity", "clarify", "talk.talk")
    assert marked(spoke("talk.talk", "profanity"), e.Ended("hung-up")).parts[RECOGNITION] == 0


def test_a_caller_who_says_it_once_more_is_one_thing_to_recognise() -> None:
    cue = spoke("talk.talk", "clarify")
    found = marked(cue, cue, entered("clarify.ask", opened="clarify"))
    assert [line.points for line in found.lines if line.part == RECOGNITION] == [1]


def test_answers_are_taken_as_they_were_given() -> None:
    right = marked(spoke("clarify.ask", answer=2), e.Answered("clarify.ask", 2, "clarify.contact"))
    assert right.parts[DECISIONS] == 1
    wrong = marked(spoke("clarify.ask", answer=2), e.Answered("clarify.ask", 3, "clarify.wait"))
    (line,) = wrong.lines
    assert (line.points, line.wanted, line.done) == (0, "2", "3")
    left = marked(spoke("clarify.ask", answer=2), entered("closing.questions"))
    assert left.parts[DECISIONS] == 0


def test_a_step_with_one_way_on_is_no_decision() -> None:
    assert (
        DECISIONS
        not in marked(spoke("clarify.thanks", answer=1), e.Answered("clarify.thanks", 1, "return")).parts
    )


def test_phrases_count_as_they_were_given_and_those_left_out_as_nothing() -> None:
    said = marked(given("clarify.ask", 0.8), given("clarify.thanks", 1.0, d.TONE))
    assert said.parts[PHRASE] == (0.8 + 0.5) / 2
    left = marked(entered("clarify.ask"), entered("closing.questions"))
    assert [(one.step, one.points) for one in left.lines] == [("clarify.ask", 0)]


def test_a_phrase_is_not_left_out_where_the_caller_broke_in() -> None:
    interrupt = entered("profanity.warn", keep=1, opened="profanity")
    said = e.Said("profanity.warn", "h", "ru")
    assert PHRASE not in marked(entered("clarify.ask"), interrupt, said).parts
    assert PHRASE not in marked(entered("clarify.ask"), e.Ended("hung-up")).parts


def test_what_is_forbidden_counts_by_the_words_that_were_typed() -> None:
    events = story(given("clarify.ask", 1.0, typed="не знаю"), given("clarify.thanks", 1.0, typed="спасибо"))
    found = mark_call(events, bundled(), lambda one: "не знаю" in one.typed)
    assert found.parts[FORBIDDEN] == 0.5


def test_norms_and_duties_are_read_from_the_call() -> None:
    found = marked(
        e.NormJudged("silence", 15, 20.0, False),
        e.ClockStopped("hold", "limit", 0, 100.0, 0.0),
        e.ClockStopped("pause", "wait", 0, 9.0, 0.0),
        e.Ended("helped", ("greeting", "questions", "farewell"), ("questions",)),
    )
    assert found.parts[NORMS] == 0.5
    assert found.parts[OUTCOME] == 2 / 3


def test_what_was_taken_back_is_not_marked() -> None:
    wrong = story(spoke("clarify.ask", answer=2), e.Answered("clarify.ask", 3, "clarify.wait"))
    more = story(e.Undone("key-1"), e.Answered("clarify.ask", 2, "clarify.contact"))
    later = [replace(one, id=f"x{one.id}", cause=f"x{one.cause}", at=one.at + 10) for one in more]
    assert mark_call([*wrong, *later], bundled()).parts[DECISIONS] == 1


def test_knowing_what_to_do_weighs_more_than_the_wording() -> None:
    words_wrong = marked(spoke("talk.talk", "clarify"), entered("clarify.ask"), given("clarify.ask", 0.0))
    scenario_wrong = marked(spoke("talk.talk", "clarify"), entered("network.say"), given("network.say", 1.0))
    assert words_wrong.total > scenario_wrong.total


def test_the_weights_are_the_bases_own() -> None:
    base = replace(bundled(), practice=Practice(weights={"recognition": 0, "phrase": 100}))
    events = story(spoke("talk.talk", "clarify"), entered("closing.questions"), given("closing.goodbye", 1.0))
    assert mark_call(events, base).total > 85
    assert bundled().practice.weights == dict(WEIGHTS)
    assert bundled().practice.pass_mark == 80


def test_a_call_in_which_nothing_occurred_has_no_mark() -> None:
    assert total_of([], WEIGHTS).total == -1


def test_results_belong_to_who_drilled() -> None:
    begun = [
        d.DrillBegan(name, d.CARDS, trainee, d.HIDDEN, d.TYPED, "ru", 1)
        for name, trainee in (("one", "Айгуль"), ("two", "Тимур"))
    ]
    mine = replace(given("clarify.ask", 1.0), drill="one")
    his = replace(given("clarify.ask", 0.0, d.NO), drill="two")
    events = story(*begun, mine, his, d.DrillEnded("one", d.FINISHED, 90.0))
    results = results_of([*events, *events])  # two exports of one desk
    assert results.trainees == ["Айгуль", "Тимур"]
    assert [one.verdict for one in results.of("Айгуль").reviews] == [d.SAID]
    assert [one.verdict for one in results.of("Тимур").reviews] == [d.NO]
    assert results.attempts["one"].ended is not None
    assert results.attempts["two"].ended is None


def test_a_real_call_tells_what_to_drill(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    shift.press("Enter").answer().at(10).press("F4", "3").at(200).press("1").at(210).press("F9").end("helped")
    found = failures(shift.events(), bundled(), "Айгуль")
    assert {(one.step, one.why) for one in found} == {("clarify.ask", "hold"), ("clarify.thanks", UNSAID)}
    reviews = results_of(story(*found)).reviews
    assert {one.source for one in reviews} == {KEYS}


def test_the_words_of_a_norm() -> None:
    assert words_for(bundled(), "silence") == "inaudible.ask"
    assert words_for(bundled(), "hold") == "clarify.ask"
    assert words_for(bundled(), "callback") == ""


def test_what_she_missed_enters_her_practice_once_and_with_her_consent(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "journal.db", bundled())
    learning = Learning(shift.desk)

    def call() -> None:
        shift.press("Enter").at(10).press("F4", "3").at(200).press("1").at(210).press("F9").end("helped")

    call()
    assert learning.look(agreed=True) == []  # it can still be taken back
    shift.later(10)
    assert {one.step for one in learning.look(agreed=True)} == {"clarify.ask", "clarify.thanks"}
    assert learning.look(agreed=True) == []
    kept = results_of(results(shift.journal)).reviews
    assert [(one.trainee, one.source) for one in kept] == [("Айгуль", KEYS)] * 2
    call()
    shift.later(10)
    assert learning.look(agreed=False) == []
    assert learning.look(agreed=True) == []
    shift.restart()
    assert Learning(shift.desk).look(agreed=True) == []
    assert len(results_of(results(shift.journal)).reviews) == 2
