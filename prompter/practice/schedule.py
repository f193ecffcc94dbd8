"""When each phrase comes back to a trainee: spaced repetition by the `fsrs` library over her reviews.

A card is a phrase in a language. Cards are rebuilt from the reviews whenever they are asked for, in the order
of the journal. Everything inside is UTC; a day begins at a configurable local hour, and due dates are counted
in such days: a clock change, a flight or a 29th of February neither loses a card nor asks it twice on one
day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from prompter.call import drill_events as d
from prompter.call.phrases import shown_in
from prompter.kb.model import KnowledgeBase, Step
from prompter.practice.store import KEYS, Review

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
"""Ratings of a review, as numbered by `fsrs`."""

QUICK_SECONDS, SLOW_SECONDS = 4.0, 15.0
"""Time to the first key of a typed phrase: below, she knows it by heart; above, she had to search. The second
is the standard's own limit for saying something (slide 11)."""

SPOKEN_WORDS_A_SECOND = 2.0
"""The speed of saying a phrase aloud: its own length is not thinking time."""

RETENTION = 0.9
"""How likely a phrase should still be known when it comes back."""

DAY_STARTS = 4
"""The local hour at which a new day of practice begins, by default."""

MOST_NEW = 10
"""How many phrases that were never drilled are added per day."""

CHANGED, DUE, NEW = "changed", "due", "new"
"""Why a phrase is due: its approved text has changed; its day has come; it was never drilled."""

Key = tuple[str, str]
"""A phrase (`scenario.step` that owns the words) and a language."""

_AT_ONCE = timedelta(minutes=10)
_DAY = timedelta(days=1)


class Known(Struct, frozen=True):
    """A card of a trainee: `text` is the wording given last, `first` and `last` when (Unix seconds).

    `lapses` counts how often it was not known; `by_keys`: the last review was of a real call.
    """

    key: Key
    card: Card
    text: str
    first: float
    last: float
    reviews: int = 0
    lapses: int = 0
    by_keys: bool = False

    @property
    def stability(self) -> float:
        """In days: how long it stays known with `RETENTION`."""
        return self.card.stability or 0.0


class Up(Struct, frozen=True):
    """A phrase for today: why, and how likely it is still known (0 to 1)."""

    key: Key
    why: str
    recall: float = 0.0
    by_keys: bool = False


def rating(review: Review, words: int = 0) -> int:
    """How well a phrase was known, by its mark and its time. `words` is its length.

    Reading it from the screen proves little, its first words more.
    """
    if review.source == KEYS or review.verdict == d.NO:
        return AGAIN
    if review.verdict in (d.ALMOST, d.TONE) or review.level == d.VISIBLE:
        return HARD
    thinking = review.seconds - (words / SPOKEN_WORDS_A_SECOND if review.way == d.ALOUD else 0)
    if thinking > SLOW_SECONDS:
        return HARD
    return EASY if thinking <= QUICK_SECONDS and review.level == d.HIDDEN else GOOD


def cards(reviews: Iterable[Review], base: KnowledgeBase, now: float) -> dict[Key, Known]:
    """One trainee's cards from her reviews in the journal's order. `now` is Unix seconds.

    A review dated in the future counts at the time of the one before it.
    """
    found: dict[Key, Known] = {}
    clock = 0.0
    for review in reviews:
        if review.at <= now:
            clock = max(clock, review.at)
        key = (_owner(base, review.phrase), review.language)
        found[key] = _reviewed(found.get(key), key, review, clock, _length(base, key, review.text))
    return found


def up_today(
    known: Mapping[Key, Known],
    base: KnowledgeBase,
    language: str,
    now: float,
    zone: tzinfo | None = None,
    day_starts: int = DAY_STARTS,
    departments: Sequence[str] = (),
    most_new: int = MOST_NEW,
) -> list[Up]:
    """What a trainee should drill today, in order: changed texts, due ones (least likely known first), new
    phrases in the base's order, `most_new` a day. Each phrase once; `zone` None is the machine's own."""
    texts = texts_of(base, language, departments)
    today = day_of(now, zone, day_starts)
    changed, due, new = [], [], []
    for phrase, hashes in texts.items():
        one = known.get((phrase, language))
        if one is None:
            new.append(Up((phrase, language), NEW))
        elif one.text not in hashes:
            changed.append(Up(one.key, CHANGED, recall(one, now)))
        elif due_day(one, zone, day_starts) <= today:
            due.append(Up(one.key, DUE, recall(one, now), one.by_keys))
    due.sort(key=lambda one: one.recall)
    begun = sum(day_of(one.first, zone, day_starts) == today for one in known.values())
    return [*changed, *due, *new[: max(0, most_new - begun)]]


def texts_of(
    base: KnowledgeBase, language: str, departments: Sequence[str] = ()
) -> dict[str, frozenset[str]]:
    """The phrases that these departments say in a language (empty: all), with the hashes of what is shown."""
    found: dict[str, frozenset[str]] = {}
    for step in base.steps.values():
        theirs = base.scenarios[step.scenario].departments
        if step.say is None or (theirs and departments and not set(theirs) & set(departments)):
            continue
        if shown := shown_in(base, step.say, language):
            found.setdefault(step.say.id, frozenset(one.hash for one in shown.wordings))
    return found


def day_of(at: float, zone: tzinfo | None = None, day_starts: int = DAY_STARTS) -> date:
    """The practice day of a moment: it begins at the local hour `day_starts`."""
    local = datetime.fromtimestamp(at, zone).replace(tzinfo=None)
    return (local - timedelta(hours=day_starts)).date()


def due_day(one: Known, zone: tzinfo | None = None, day_starts: int = DAY_STARTS) -> date:
    """The day from which a card is due: whole days after its last review, counted in her current zone."""
    wait = one.card.due - datetime.fromtimestamp(one.last, UTC)
    if wait < _DAY:
        return day_of(one.last + wait.total_seconds(), zone, day_starts)
    return day_of(one.last, zone, day_starts) + timedelta(days=round(wait / _DAY))


def recall(one: Known, now: float) -> float:
    """How likely a phrase is still known, 0 to 1."""
    at = datetime.fromtimestamp(max(now, one.last), UTC)
    return _scheduler().get_card_retrievability(one.card, at)


def _reviewed(before: Known | None, key: Key, review: Review, clock: float, words: int) -> Known:
    from fsrs import Card, Rating

    at = datetime.fromtimestamp(clock, UTC)
    # an id of our own: the library waits a millisecond to make one
    card = before.card if before else Card(card_id=0, due=at)
    rated = rating(review, words)
    card, _ = _scheduler().review_card(card, Rating(rated), at)
    return Known(
        key,
        card,
        # a real call shows no text: what was known of it stays
        before.text if before and review.source == KEYS else review.text,
        before.first if before else clock,
        clock,
        (before.reviews if before else 0) + 1,
        (before.lapses if before else 0) + (rated == AGAIN),
        review.source == KEYS,
    )


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Whole days from the first review on; a failed one comes back on the same day. No fuzz: the same journal
    # gives the same cards.
    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(_AT_ONCE,),
        relearning_steps=(_AT_ONCE,),
        enable_fuzzing=False,
    )


def _owner(base: KnowledgeBase, step: str) -> str:
    """The phrase that a step says: its own words or borrowed ones."""
    known: Step | None = base.steps.get(step)
    return known.say.id if known is not None and known.say is not None else step


def _length(base: KnowledgeBase, key: Key, text: str) -> int:
    step = base.steps.get(key[0])
    wordings = step.say.wordings.get(key[1], ()) if step is not None and step.say is not None else ()
    return next((len(one.text.split()) for one in wordings if one.hash == text), 0)
