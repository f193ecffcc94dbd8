"""What comes back and when: by fsrs, in days of the trainee's own clock, none lost and none twice."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.kb.build import load_sources
from prompter.kb.model import KnowledgeBase, Phrase, Wording
from prompter.practice.schedule import (
    AGAIN,
    CHANGED,
    DUE,
    EASY,
    GOOD,
    HARD,
    NEW,
    cards,
    day_of,
    due_day,
    rating,
    texts_of,
    up_today,
)
from prompter.practice.store import KEYS, Review

BISHKEK, BERLIN, NEW_YORK = ZoneInfo("Asia/Bishkek"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
PHRASE = "clarify.thanks"
HOUR, DAY = 3600.0, 86400.0


@cache
def base() -> KnowledgeBase:
    return load_sources(Path("scripts_kb"))[0]


def at(text: str, zone: ZoneInfo = BISHKEK) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def review(when: float, verdict: str = d.SAID, phrase: str = PHRASE, **fields: object) -> Review:
    say = base().steps[phrase].say
    assert say is not None
    text = say.wordings["ru"][0].hash
    return replace(Review("Айгуль", phrase, "ru", text, when, verdict, seconds=8.0), **fields)


def up(reviews: list[Review], now: float, zone: ZoneInfo = BISHKEK, day_starts: int = 4) -> dict[str, str]:
    known = cards(reviews, base(), now)
    return {one.key[0]: one.why for one in up_today(known, base(), "ru", now, zone, day_starts)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"verdict": d.NO}, AGAIN),
        ({"source": KEYS, "verdict": d.SAID}, AGAIN),
        ({"verdict": d.ALMOST}, HARD),
        ({"verdict": d.TONE}, HARD),
        ({"level": d.VISIBLE}, HARD),
        ({"seconds": 16.0}, HARD),
        ({"seconds": 8.0}, GOOD),
        ({"seconds": 3.0}, EASY),
        ({"seconds": 3.0, "level": d.FIRST}, GOOD),
        ({"seconds": 8.0, "way": d.ALOUD}, EASY),
    ],
)
def test_a_rating_comes_from_mark_and_time(fields: dict[str, object], expected: int) -> None:
    assert rating(replace(review(0.0), **fields), words=10) == expected


def test_what_was_not_known_comes_back_today_what_was_known_on_another_day() -> None:
    now = at("2026-03-02 10:00")
    assert up([review(now, d.NO)], now + HOUR)[PHRASE] == DUE
    assert PHRASE not in up([review(now)], now + HOUR)
    assert up([review(now)], now + 30 * DAY)[PHRASE] == DUE


def test_due_comes_before_new_and_the_least_known_first() -> None:
    now = at("2026-03-02 10:00")
    reviews = [review(now, phrase="cannot_hear.ask"), review(now, d.NO, phrase="drunk.ask")]
    later = now + 40 * DAY
    found = up_today(cards(reviews, base(), later), base(), "ru", later, BISHKEK)
    assert [one.key[0] for one in found[:2]] == ["drunk.ask", "cannot_hear.ask"]
    assert {one.why for one in found[2:]} == {NEW}
    assert found[0].recall < found[1].recall


def test_new_phrases_are_rationed_by_the_day() -> None:
    now = at("2026-03-02 10:00")
    names = list(texts_of(base(), "ru"))
    begun = [review(now, phrase=name) for name in names[:7]]
    found = up_today(cards(begun, base(), now), base(), "ru", now, BISHKEK, most_new=10)
    assert [one.why for one in found] == [NEW] * 3
    tomorrow = up_today(cards(begun, base(), now + DAY), base(), "ru", now + DAY, BISHKEK, most_new=10)
    assert sum(one.why == NEW for one in tomorrow) == 10


def test_a_changed_text_is_due_for_everybody_who_knew_the_old_one() -> None:
    now = at("2026-03-02 10:00")
    known = cards([review(now)], base(), now + HOUR)
    step = base().steps[PHRASE]
    fresh = Phrase(PHRASE, {"ru": (Wording("Благодарю за ожидание.", "another", True),)})
    changed = replace(base(), steps={**base().steps, PHRASE: replace(step, say=fresh)})
    found = {one.key[0]: one.why for one in up_today(known, changed, "ru", now + HOUR, BISHKEK)}
    assert found[PHRASE] == CHANGED
    again = cards([review(now), review(now + HOUR, text="another")], changed, now + HOUR)
    assert PHRASE not in {one.key[0] for one in up_today(again, changed, "ru", now + HOUR, BISHKEK)}
    assert {one.why for one in up_today({}, changed, "ru", now, BISHKEK)} == {NEW}


def test_a_miss_in_a_real_call_is_due_and_says_that_only_keys_were_seen() -> None:
    now = at("2026-03-02 10:00")
    known = cards([review(now), review(now + HOUR, source=KEYS, verdict=d.NO)], base(), now + 2 * HOUR)
    first = up_today(known, base(), "ru", now + 2 * HOUR, BISHKEK)[0]
    assert (first.key[0], first.by_keys) == (PHRASE, True)


def test_another_language_is_another_card() -> None:
    now = at("2026-03-02 10:00")
    known = cards([review(now)], base(), now)
    assert ("closing.goodbye", "ky") in {one.key for one in up_today(known, base(), "ky", now, BISHKEK)}


@pytest.mark.parametrize("hour", [0, 4, 23])
def test_a_day_begins_at_the_hour_that_was_set(hour: int) -> None:
    evening = at("2026-03-02 23:30")
    start = datetime(2026, 3, 2, hour, tzinfo=BISHKEK).timestamp()
    assert day_of(start, BISHKEK, hour) != day_of(start - 1, BISHKEK, hour)
    assert day_of(evening, BISHKEK, 4) == day_of(evening + 4 * HOUR, BISHKEK, 4)


def test_a_leap_day_is_a_day() -> None:
    reviewed = at("2028-02-28 12:00")
    known = cards([review(reviewed)], base(), reviewed)[(PHRASE, "ru")]
    wait = (due_day(known, BISHKEK) - day_of(reviewed, BISHKEK)).days
    assert wait >= 1
    assert day_of(at("2028-02-29 12:00"), BISHKEK) == day_of(reviewed, BISHKEK) + timedelta(days=1)


def test_clocks_that_are_set_on_or_back_in_the_night_lose_nothing() -> None:
    for night in ("2026-03-29 01:30", "2026-10-25 01:30"):
        reviewed = at(night, BERLIN)
        known = cards([review(reviewed)], base(), reviewed)[(PHRASE, "ru")]
        due = due_day(known, BERLIN, 3)
        begins = datetime(due.year, due.month, due.day, 3, tzinfo=BERLIN).timestamp()
        assert up([review(reviewed)], begins, BERLIN, 3)[PHRASE] == DUE
        assert PHRASE not in up([review(reviewed)], begins - 2 * HOUR, BERLIN, 3)


def test_a_clock_that_stood_in_the_future_neither_loses_a_card_nor_hides_it() -> None:
    now = at("2026-03-02 10:00")
    wrong = review(at("2031-01-01 10:00"))
    assert up([wrong], now)[PHRASE] == DUE
    assert up([review(now - DAY), wrong], now + 60 * DAY)[PHRASE] == DUE


@given(
    hours=st.lists(st.integers(0, 24 * 40), min_size=1, max_size=12),
    verdicts=st.lists(st.sampled_from([d.SAID, d.ALMOST, d.NO]), min_size=12, max_size=12),
    zones=st.lists(st.sampled_from([BISHKEK, BERLIN, NEW_YORK]), min_size=2, max_size=2),
    day_starts=st.integers(0, 23),
    start=st.datetimes(datetime(2027, 12, 1), datetime(2028, 11, 30)),
)
def test_no_card_is_lost_and_none_that_was_known_is_due_again_on_its_day(
    hours: list[int], verdicts: list[str], zones: list[ZoneInfo], day_starts: int, start: datetime
) -> None:
    begin = start.replace(tzinfo=UTC).timestamp()
    reviews = [
        review(begin + hour * HOUR, verdict) for hour, verdict in zip(sorted(hours), verdicts, strict=False)
    ]
    now = reviews[-1].at
    known = cards(reviews, base(), now)
    one = known[(PHRASE, "ru")]
    for zone in zones:
        if reviews[-1].verdict == d.SAID:
            assert due_day(one, zone, day_starts) > day_of(now, zone, day_starts)
        found = up_today(known, base(), "ru", now + 4000 * DAY, zone, day_starts)
        assert [card.key for card in found].count((PHRASE, "ru")) == 1
