"""What results amount to: only drills count, weeks and words are right, nobody's figure is another's."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.practice import figures
from prompter.practice.schedule import cards
from prompter.practice.standard import Standard
from prompter.practice.standing import standing
from prompter.practice.store import KEYS, Results, Review, results_of
from tests.call.builders import bundled
from tests.practice.classroom import DAY, drills

START = 1_772_400_000.0  # the night before Monday, 2026-03-02
ZONE = ZoneInfo("Asia/Bishkek")


def review(phrase: str, at: float = START, **fields: object) -> Review:
    say = bundled().steps[phrase].say
    assert say is not None
    one = Review("Айгуль", phrase, "ru", say.wordings["ru"][0].hash, at, d.SAID, 1.0, 6.0)
    return replace(one, **fields)


def test_accuracy_counts_drills_alone() -> None:
    reviews = [
        review("clarify.ask", score=1.0),
        review("clarify.thanks", score=0.5),
        review("profanity.warn", score=0.25),
        review("clarify.ask", score=0.0, source=KEYS),
    ]
    found = figures.by_scenario(reviews)
    assert found["clarify"] == figures.Share(0.75, 2)
    assert found["profanity"] == figures.Share(0.25, 1)


def test_retention_counts_what_came_back_on_another_day_unseen() -> None:
    reviews = [
        review("clarify.ask"),
        review("clarify.ask", START + 60),
        review("clarify.ask", START + DAY, verdict=d.NO),
        review("clarify.thanks", level=d.VISIBLE),
        review("clarify.thanks", START + DAY, level=d.VISIBLE),
        review("clarify.ask", START + 8 * DAY),
    ]
    found = figures.retention(reviews, ZONE)
    assert [(str(day), one.value, one.count) for day, one in found] == [
        ("2026-03-02", 0.0, 1),
        ("2026-03-09", 1.0, 1),
    ]


def test_the_weakest_come_first_and_vanished_phrases_not_at_all() -> None:
    reviews = [review("clarify.ask", verdict=d.NO), review("clarify.thanks")]
    later = START + 20 * DAY
    found = figures.weakest(cards(reviews, bundled(), later), bundled(), later)
    assert [one.key[0] for one in found] == ["clarify.ask", "clarify.thanks"]
    assert (found[0].lapses, found[1].lapses) == (1, 0)
    gone = replace(bundled(), steps={k: v for k, v in bundled().steps.items() if k != "clarify.ask"})
    assert [one.key[0] for one in figures.weakest(cards(reviews, gone, later), gone, later)] == [
        "clarify.thanks"
    ]


def test_the_words_that_are_left_out_are_counted() -> None:
    typed = ["спасибо", "спасибо за ожидание", "спасибо за терпение"]
    reviews = [review("clarify.thanks", typed=one) for one in typed]
    old = review("clarify.thanks", typed="спасибо", text="another")
    (found,) = figures.most_missed([*reviews, old], Standard(bundled()))
    assert (found.typed, found.words, found.worst) == (3, (("ожидание", 2),), 2 / 3)
    assert found.added == (("терпение", 1),)


def test_the_standing_of_a_trainee_is_her_own() -> None:
    results = results_of(drills(bundled(), {"Айгуль": 0.9, "Тимур": 0.1}, START, 10))
    now = START + 30 * DAY
    hers = standing(results, bundled(), "Айгуль", "ru", now, ZONE)
    his = standing(results, bundled(), "Тимур", "ru", now, ZONE)
    assert len(hers.marks) == len(his.marks) == 10
    assert sum(one.value for _s, one in hers.accuracy) > sum(one.value for _s, one in his.accuracy)
    assert hers.due > 0
    assert hers.known + hers.new <= len(cards(results.of("Айгуль").reviews, bundled(), now)) + 10
    nobody = standing(Results(), bundled(), "Никто", "ru", now, ZONE)
    assert (nobody.due, nobody.known, nobody.accuracy) == (0, 0, ())


def test_exams_are_listed_newest_first_with_those_that_were_killed() -> None:
    results = results_of(drills(bundled(), {"Айгуль": 0.9}, START, 3))
    (exam,) = figures.exams(results.attempts.values())
    assert exam.setup.kind == d.EXAM
    assert len(figures.marks(results.attempts.values())) == 3
