"""The simulated caller: seeded, of many moods, and every call with him comes to an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.kb.model import MOODS
from prompter.practice import caller as c
from tests.call.builders import bundled
from tests.practice.trainees import Lesson

TURNS = range(60)


def test_the_same_seed_is_the_same_person_and_another_is_not() -> None:
    first = [c.caller_of(bundled(), 7, turn, "ru") for turn in TURNS]
    assert first == [c.caller_of(bundled(), 7, turn, "ru") for turn in TURNS]
    assert first != [c.caller_of(bundled(), 8, turn, "ru") for turn in TURNS]


def test_callers_have_every_mood_and_no_topic_twice_before_all_had_their_turn() -> None:
    moods = {c.caller_of(bundled(), seed, turn, "ru").mood for seed in range(5) for turn in TURNS}
    assert moods == {c.CALM, c.CONFUSED, *MOODS}
    known = c.topics(bundled())
    came = {c.caller_of(bundled(), 3, turn, "ru").meant for turn in range(len(known))}
    assert came == {one.id for one in known}


def test_nobody_rings_a_department_with_what_is_not_its_own() -> None:
    assert "support_pranks" not in {one.id for one in c.topics(bundled(), ("sales",))}
    assert "profanity" not in {one.id for one in c.topics(bundled(), ("support",))}


def test_whoever_is_chosen_comes_with_that_scenario() -> None:
    rude = c.caller_of(bundled(), 1, 0, "ru", scenario="profanity")
    assert (rude.meant, rude.mood, rude.outburst) == ("profanity", "rude", "profanity")


@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("seed", range(1, 4))
def test_a_shift_of_callers_comes_to_its_end(tmp_path: Path, seed: int, language: str) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, seed, language=language)
    lesson.play(3000)
    ended = [e.body.outcome for e in lesson.drill.desk.events if e.body.TYPE == "ended"]
    assert len(ended) == lesson.drill.progress.turns > 20
    assert "" not in ended
    assert lesson.drill.progress.elapsed >= 600


def test_he_speaks_his_own_language_and_only_words_of_the_base(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SHIFT, 2, language="ky")
    lesson.play(3000)
    base = bundled()
    russian = {text for one in base.scenarios.values() for text in one.caller.get("ru", ())}
    said = [e.body for e in lesson.drill.desk.events if isinstance(e.body, d.CallerSpoke)]
    openings = [one for one in said if one.meant]
    assert openings
    assert not {one.text for one in openings} & {text.removeprefix(c.DASH) for text in russian}


def test_the_line_that_is_said_has_no_dash_and_what_is_heard_is_not_speech(tmp_path: Path) -> None:
    silent = Lesson(tmp_path, d.SCENARIO, 1, scenario="inaudible")
    silent.play()
    said = [e.body for e in silent.drill.desk.events if isinstance(e.body, d.CallerSpoke)]
    assert said[0].heard
    assert said[0].meant == "inaudible"
    assert not any(one.text.startswith("—") for one in said)


def test_a_key_taken_back_makes_him_say_nothing_twice(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="manager")
    lesson.later(0)
    lesson.press()
    lesson.later(1)
    lesson.press()  # the greeting
    (line,) = lesson.later(1)
    assert line.meant == "manager"
    lesson.drill.desk.act(a.Open("manager"))
    lesson.drill.desk.act(a.Undo())
    assert lesson.later(1) == []
    assert lesson.drill.heard == line


def test_who_is_not_understood_says_it_again_in_other_words(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="manager")
    lesson.later(0)
    lesson.press()
    lesson.later(1)
    lesson.press()
    (first,) = lesson.later(1)
    assert lesson.later(c.REMINDS - 2) == []
    (second,) = lesson.later(2)
    assert second.meant == first.meant == "manager"
    assert second.text != first.text


def test_another_scenario_than_he_needs_does_not_answer_him(tmp_path: Path) -> None:
    lesson = Lesson(tmp_path, d.SCENARIO, 4, scenario="manager")
    lesson.later(0)
    lesson.press()
    lesson.later(1)
    lesson.press()
    lesson.later(1)
    lesson.drill.desk.act(a.Open("competitors"))
    lesson.drill.give(d.SAID, 1.0, "trainee")
    (again,) = lesson.later(1)
    assert again.meant == "manager"
    assert again.answer == 0


def test_on_hold_the_answer_is_found_after_a_while_and_within_the_norm(tmp_path: Path) -> None:
    waited = []
    for seed in range(1, 8):
        lesson = Lesson(tmp_path / str(seed), d.SCENARIO, seed, scenario="clarify")
        lesson.play()
        stopped = [e.body for e in lesson.drill.desk.events if e.body.TYPE == "clock_stopped"]
        waited += [(one.elapsed, one.late) for one in stopped if one.norm == "hold"]
    assert any(seconds >= 6 for seconds, _late in waited)  # who broke into the hold waited less
    assert all(seconds <= 30 and not late for seconds, late in waited)


def test_who_was_ended_may_ring_again_to_complain(tmp_path: Path) -> None:
    base = bundled()
    callers = [c.caller_of(base, 1, turn, "ru", scenario="profanity") for turn in range(40)]
    again = [c.complaining(base, one, "profanity") for one in callers]
    back = [one for one in again if one]
    assert 15 < len(back) < 40
    assert {one.meant for one in back} == {"complaint"}
    assert all(one.again for one in back)
    assert c.complaining(base, callers[0], "helped") is None
