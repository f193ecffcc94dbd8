"""A drill told step by step, and what to do next."""

from __future__ import annotations

from pathlib import Path

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.practice import replay as r
from prompter.practice.cards import cue, deck
from prompter.tui.practice.replaying import Words
from tests.call.builders import bundled
from tests.practice.trainees import Lesson


def told(lesson: Lesson) -> list[r.Moment]:
    (call,) = r.replay(lesson.drill.desk.events, lesson.base)
    return list(call.moments)


def begun(folder: Path, scenario: str) -> Lesson:
    lesson = Lesson(folder, d.SCENARIO, 4, scenario=scenario)
    lesson.later(0)
    lesson.drill.pick_up(greeted=True)
    lesson.later(1)
    return lesson


def test_a_call_without_mistakes_has_no_weak_spots(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="competitors")
    lesson.play()
    moments = told(lesson)
    assert [one.kind for one in moments if one.how != r.PLAIN][-2:] == [r.SAID, r.ENDED]
    assert {one.how for one in moments} == {r.GOOD, r.PLAIN}
    assert r.weak(r.replay(lesson.drill.desk.events, lesson.base)) == []


def test_the_wrong_scenario_and_the_wrong_answer_say_what_should_have_been(tmp_path: Path) -> None:
    lesson = begun(tmp_path, "manager")
    desk = lesson.drill.desk
    desk.act(a.Open("competitors"))
    desk.act(a.Undo())
    desk.act(a.Open("manager"))
    lesson.drill.give(d.NO, 0.1, "program", typed="Щас")
    lesson.later(1)
    heard = lesson.drill.heard
    assert heard is not None
    wrong = 3 - heard.answer
    desk.act(a.TakeAnswer(wrong))
    found = {one.kind: one for one in told(lesson) if one.how == r.BAD}
    assert (found[r.OPENED].id, found[r.OPENED].should) == ("competitors", "manager")
    assert (found[r.ANSWERED].text, found[r.ANSWERED].should) == (str(wrong), str(heard.answer))
    assert found[r.SAID].text == "Щас"
    assert [one.kind for one in told(lesson)].count(r.BACK) == 1
    weak = {one.kind for one in r.weak(r.replay(desk.events, lesson.base))}
    assert weak == {r.OPENED, r.ANSWERED, r.SAID}


def test_what_should_have_been_said_is_filled_as_on_the_card(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="manager")
    lesson.later(0)
    lesson.drill.pick_up(greeted=False)
    shown = lesson.drill.desk.view().card.spoken
    lesson.drill.give(d.NO, 0.1, "program", typed="Щас")
    (call,) = r.replay(lesson.drill.desk.events, lesson.base)
    rows = " ".join(row.plain for row in Words(lesson.base, "ru").call(1, call, 200, lesson.viewer))
    assert shown is not None
    assert "".join(one.text for one in shown.variants[0]) in rows
    assert "{" not in rows


def test_seconds_stand_beside_norms_and_do_not_count_what_was_typed(tmp_path: Path) -> None:
    lesson = begun(tmp_path, "inaudible")
    lesson.later(19)
    lesson.drill.desk.act(a.Open("inaudible"))
    (norm,) = [one for one in told(lesson) if one.kind == r.NORM]
    assert (norm.how, norm.seconds, norm.limit) == (r.BAD, 20, 15)
    lesson.drill.hold()
    lesson.later(100)
    lesson.drill.give(d.SAID, 1.0, "program", typed="…")
    (said,) = [one for one in told(lesson) if one.kind == r.SAID]
    assert said.at == 20


def test_a_deck_has_what_is_due_else_all_and_asks_again_what_was_not_said() -> None:
    cards = deck(["a", "b"], ["a", "b", "c"], 1)
    assert (cards.left, cards.count) == (("a", "b"), 2)
    assert set(deck([], ["a", "b", "c"], 1).left) == {"a", "b", "c"}
    after = cards.after(d.NO)
    assert (after.left, after.number, after.count) == (("b", "a"), 2, 3)
    for _time in range(6):
        after = after.after(d.NO) if after.now else after
    assert after.now == ""
    assert cards.after(d.SAID).after(d.SAID).now == ""


def test_a_card_stands_under_the_words_that_it_answers() -> None:
    base = bundled()
    assert cue(base, "manager.ask", "ru", 1).text in {
        one.removeprefix("— ") for one in base.scenarios["manager"].caller["ru"]
    }
    replies = {
        text
        for step in base.steps.values()
        for answer in step.answers
        if answer.go == "manager.help"
        for text in answer.replies["ru"]
    }
    assert cue(base, "manager.help", "ru", 1).text in replies
