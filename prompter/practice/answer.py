"""A typed answer beside its phrase: what is missing, what was added, and the two measures of likeness."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from prompter.practice.aligning import EXTRA, FILLED, MISSING, MOVED, Pair, Typed
from prompter.practice.expected import ANYTHING, Rarity, Token, is_light, weight

_MOVED_CREDIT, _EXTRA_WEIGHT = 0.95, 0.7
_MOST_LOST, _MOST_ADDED = 0.15, 0.12
_LEAST_PART = 0.2

FILLERS = frozenset(
    [
        "ну",
        "вот",
        "так",
        "а",
        "э",
        "ээ",
        "эээ",
        "м",
        "мм",
        "значит",
        "хорошо",
        "ладно",
        "ага",
        "угу",
        "да",
        "конечно",
        "понятно",
        "здравствуйте",
        "добрый",
        "день",
        "утро",
        "вечер",
        "сейчас",
        "эми",
        "анда",
        "ооба",
        "макул",
        "мейли",
        "салам",
        "саламатсызбы",
        "жакшы",
        "ии",
    ]
)
"""Common additions that change nothing."""


class Answer(Struct, frozen=True):
    """A phrase, what was typed, and which words belong together."""

    expected: Sequence[Token]
    typed: Sequence[Typed]
    pairs: Sequence[Pair]
    language: str
    rarity: Rarity

    def added(self) -> list[Typed]:
        """The typed words that match nothing in the phrase."""
        return [self.typed[pair.typed] for pair in self.pairs if pair.kind == EXTRA]

    def lost(self) -> list[Token]:
        """The words that were not said, except alternatives of which another was."""
        missing = [self.expected[pair.expected] for pair in self.pairs if pair.kind == MISSING]
        said = {self.expected[p.expected].choice for p in self.pairs if p.expected >= 0 and p.kind != MISSING}
        return [one for one in missing if not one.choice or one.choice not in said]

    def filled_freely(self) -> set[int]:
        """The typed words that fill «…», where anything may be said."""
        places = [pair for pair in self.pairs if pair.expected >= 0]
        return {
            at
            for pair in places
            if (place := self.expected[pair.expected].place) and place.kind == ANYTHING
            for at in pair.run
        }

    # How much of it was said

    def f1(self) -> float:
        """Soft F1 of the words, 0 to 1: recall of the phrase's words, precision of the typed ones."""
        said = self._said()
        if not said:
            return 0.0
        recall = said / (self._full() + sum(one.weight for one in self.lost()))
        extra = sum(_EXTRA_WEIGHT * weight(one.word, self.rarity) for one in self.added())
        precision = said / (said + extra)
        return 2 * recall * precision / (recall + precision)

    def letters(self) -> float:
        """Likeness of the letters, 0 to 1: places as they were filled, moved words for a little less."""
        lost = {id(one) for one in self.lost()}
        wanted, ordered = [], []
        for pair in self.pairs:
            run = [self.typed[at].word for at in pair.run]
            ordered += run
            if pair.kind == FILLED:
                wanted += run
            elif pair.expected >= 0 and (pair.kind != MISSING or id(self.expected[pair.expected]) in lost):
                wanted.append(self.expected[pair.expected].word)
        as_typed = fuzz.ratio(" ".join(wanted), " ".join(one.word for one in self.typed)) / 100
        return max(as_typed, _MOVED_CREDIT * fuzz.ratio(" ".join(wanted), " ".join(ordered)) / 100)

    def is_whole(self) -> bool:
        """Whether nothing that matters is missing and little was added: no whole clause, few heavy words."""
        lost = [one for one in self.lost() if not one.light]
        heavy = sum(one.weight for one in self.expected if not one.light)
        return (
            not self._lost_clause(lost)
            and sum(one.weight for one in lost) <= _MOST_LOST * heavy
            and len(self._heavy_added()) <= max(1, _MOST_ADDED * len(self.expected))
        )

    def is_part(self) -> bool:
        """Whether it is a piece of the phrase and nothing else."""
        heavy = sum(not one.light for one in self.expected)
        return not self._heavy_added() and len(self._heavy_said()) >= max(1, _LEAST_PART * heavy)

    def is_mostly_else(self) -> bool:
        """Whether most of the words that matter are not the phrase's."""
        added = sum(weight(word, self.rarity) for word in self._heavy_added())
        return added > sum(one.weight for one in self._heavy_said())

    def _said(self) -> float:
        return sum(
            self.expected[pair.expected].weight * pair.credit * (_MOVED_CREDIT if pair.kind == MOVED else 1)
            for pair in self.pairs
            if pair.expected >= 0
        )

    def _full(self) -> float:
        """What the words that were said would weigh without slips."""
        given = [pair for pair in self.pairs if pair.expected >= 0 and pair.kind != MISSING]
        return sum(self.expected[pair.expected].weight for pair in given)

    def _heavy_said(self) -> list[Token]:
        given = [self.expected[p.expected] for p in self.pairs if p.expected >= 0 and p.kind != MISSING]
        return [one for one in given if not one.light]

    def _heavy_added(self) -> list[str]:
        return [one.word for one in self.added() if not is_light(one.word) and one.word not in FILLERS]

    def _lost_clause(self, lost: Sequence[Token]) -> bool:
        """Whether all significant words of a clause are missing, unless it is a single word."""
        for clause in {one.clause for one in lost}:
            whole = [one for one in self.expected if one.clause == clause]
            if len(whole) > 1 and all(one in lost for one in whole if not one.light):
                return True
        return False
