"""A deck of single phrases: what is due first, what went wrong comes once more before the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call.phrases import lists_in, text_in
from prompter.kb.model import KnowledgeBase
from prompter.practice.caller import DASH, Line

MOST = 20
"""So many phrases a deck has at most."""

_AGAIN = 2
"""How often a phrase comes once more in the same deck."""


class Deck(Struct, frozen=True):
    """The phrases (`scenario.step`) still to come, the present one first; `count` is how many there were."""

    left: tuple[str, ...]
    count: int
    again: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        """The present phrase, "" where none is left."""
        return self.left[0] if self.left else ""

    @property
    def number(self) -> int:
        """Which one it is, from 1."""
        return min(self.count, self.count - len(self.left) + 1)

    def after(self, verdict: str) -> Deck:
        """The deck after the present phrase was given so: what was not said comes again at the end."""
        now, rest = self.left[0], self.left[1:]
        if verdict in (d.SAID, d.TONE) or self.again.count(now) >= _AGAIN:
            return replace(self, left=rest)
        return replace(self, left=(*rest, now), count=self.count + 1, again=(*self.again, now))


def deck(due: Sequence[str], every: Sequence[str], seed: int) -> Deck:
    """The phrases that are due in their order; where none are, all of them, shuffled by the seed."""
    phrases = list(due)
    if not phrases:
        phrases = list(every)
        Random(seed).shuffle(phrases)
    return Deck(tuple(phrases[:MOST]), min(MOST, len(phrases)))


def cue(base: KnowledgeBase, step: str, language: str, seed: int) -> Line:
    """What the caller said or did that this phrase answers to."""
    rng = Random(f"{seed}/{step}")
    scenario = base.step_scenario(step)
    if scenario.first == step and scenario.caller:
        known = lists_in(scenario.caller, language, base.languages)
        spoken = [one.removeprefix(DASH) for one in known if one.startswith(DASH)]
        return Line(rng.choice(spoken or list(known)), heard=not spoken)
    leading = [one for other in base.steps.values() for one in other.answers if one.go == step]
    replies = [text for one in leading for text in lists_in(one.replies, language, base.languages)]
    if replies:
        return Line(rng.choice(replies))
    told = [text_in(one.when, language, base.languages) for one in leading]
    return Line(rng.choice(told) if told else "", heard=True)
