"""Figures from results: accuracy by scenario, retention, weakest phrases, most missed words. Pure.

Only drills count; what a real call showed («по нажатиям») enters the queue but no figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from prompter.call import drill_events as d
from prompter.kb.model import KnowledgeBase
from prompter.practice.aligning import EXTRA, MISSING
from prompter.practice.expected import is_light
from prompter.practice.marking import compare
from prompter.practice.schedule import AGAIN, Known, day_of, rating, recall
from prompter.practice.standard import Standard
from prompter.practice.store import DRILL, Attempt, Review
from prompter.text.folding import fold

_HALF_A_DAY = 43200.0
_MOST_ANSWERS = 200


class Share(Struct, frozen=True):
    """A mean from 0 to 1 of `count` values."""

    value: float
    count: int


class Weak(Struct, frozen=True):
    """A poorly known phrase: its current probability of recall, how often it was not known."""

    key: tuple[str, str]
    recall: float
    lapses: int
    reviews: int


class Misses(Struct, frozen=True):
    """What typed answers lack of a phrase: `words` with how many of the `typed` lack each, most first.

    `added` are words that do not belong to it, counted likewise. `score` is the mean, 0 to 1.
    """

    phrase: str
    language: str
    typed: int
    score: float
    words: tuple[tuple[str, int], ...]
    added: tuple[tuple[str, int], ...]

    @property
    def worst(self) -> float:
        """The share of answers that lack the most missed word."""
        return self.words[0][1] / self.typed if self.words else 0.0


def drilled(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that come from drills and were marked."""
    return [one for one in reviews if one.source == DRILL]


def by_scenario(reviews: Iterable[Review]) -> dict[str, Share]:
    """How well the phrases of each scenario were given."""
    scores: dict[str, list[float]] = {}
    for one in drilled(reviews):
        scores.setdefault(one.phrase.partition(".")[0], []).append(one.score)
    return {scenario: Share(sum(of) / len(of), len(of)) for scenario, of in scores.items()}


def retention(reviews: Iterable[Review], zone: tzinfo | None = None) -> list[tuple[date, Share]]:
    """By the first day of each week: the share of phrases still known when drilled on another day.

    Those visible on screen are left out: reading is not knowing.
    """
    last: dict[tuple[str, str, str], float] = {}
    weeks: dict[date, list[float]] = {}
    for one in drilled(reviews):
        key = (one.trainee, one.phrase, one.language)
        before = last.get(key)
        last[key] = one.at
        if before is None or one.at - before < _HALF_A_DAY or one.level == d.VISIBLE:
            continue
        on = day_of(one.at, zone)
        weeks.setdefault(on - timedelta(days=on.weekday()), []).append(float(rating(one) != AGAIN))
    return [(week, Share(sum(known) / len(known), len(known))) for week, known in sorted(weeks.items())]


def weakest(known: Mapping[tuple[str, str], Known], base: KnowledgeBase, now: float) -> list[Weak]:
    """The worst known cards, of phrases that are still in the base."""
    said = {step.say.id for step in base.steps.values() if step.say}
    found = [
        Weak(one.key, recall(one, now), one.lapses, one.reviews)
        for one in known.values()
        if one.key[0] in said and (one.lapses or recall(one, now) < 1)
    ]
    return sorted(found, key=lambda one: (one.recall, -one.lapses))


def most_missed(reviews: Iterable[Review], standard: Standard) -> list[Misses]:
    """What the answers to each typed phrase lack. If many trainees miss one word, the phrase may be at fault.

    Marked against the current base, so that a corrected text is not blamed for the old one: answers to any
    other text are left out. The latest 200 answers to each phrase count.
    """
    answers: dict[tuple[str, str], list[Review]] = {}
    for one in drilled(reviews):
        if one.typed and one.text in _texts(standard.base, one):
            answers.setdefault((_owner(standard.base, one.phrase), one.language), []).append(one)
    found = [_misses(key, of[-_MOST_ANSWERS:], standard) for key, of in answers.items()]
    return sorted(found, key=lambda one: (-one.worst, -one.typed))


def _owner(base: KnowledgeBase, step: str) -> str:
    say = base.steps[step].say
    return say.id if say else step


def _texts(base: KnowledgeBase, one: Review) -> set[str]:
    step = base.steps.get(one.phrase)
    wordings = step.say.wordings.get(one.language, ()) if step is not None and step.say else ()
    return {wording.hash for wording in wordings}


def _misses(key: tuple[str, str], answers: Sequence[Review], standard: Standard) -> Misses:
    words: Counter[str] = Counter()
    added: Counter[str] = Counter()
    phrase, language = key
    say = standard.base.steps[phrase].say
    texts = [one.text for one in say.wordings.get(language, ())] if say else []
    for typed, times in Counter(one.typed for one in answers).items():
        for word in compare(texts, typed, language, standard):
            if word.kind == MISSING and _tells(word.written):
                words[word.written] += times
            elif word.kind == EXTRA and _tells(word.typed):
                added[word.typed] += times
    score = sum(one.score for one in answers) / len(answers)
    return Misses(*key, len(answers), score, tuple(words.most_common()), tuple(added.most_common()))


def _tells(word: str) -> bool:
    """Whether a word is significant by itself."""
    folded = fold(word).split()
    return bool(folded) and not all(map(is_light, folded))


def exams(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The exams, newest first, including those that were killed, marked as such."""
    return sorted((one for one in attempts if one.setup.kind == d.EXAM), key=lambda one: -one.at)


def marks(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The drills that ended with a mark, oldest first."""
    ended = (one for one in attempts if one.ended is not None and one.ended.mark >= 0)
    return sorted(ended, key=lambda one: one.at)
