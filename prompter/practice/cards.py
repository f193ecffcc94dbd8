"""A deck of single phrases: due ones first, failed ones repeated before the end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call.phrases import lists_in, text_in
from prompter.kb.model import KnowledgeBase
from prompter.practice.caller import DASH, CallerLine

MOST = 20
"""The most phrases in a deck."""

_AGAIN = 2
"""How often a phrase is repeated in the same deck."""


class Deck(Struct, frozen=True):
    """The phrases (`scenario.step`) still to come, the current one first; `count` is the total."""

    left: tuple[str, ...]
    count: int
    again: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        """The current phrase, "" if none is left."""
        return self.left[0] if self.left else ""

    @property
    def number(self) -> int:
        """The number of the current phrase, from 1."""
        return min(self.count, self.count - len(self.left) + 1)

    def after(self, verdict: str) -> Deck:
        """The deck after a verdict on the current phrase: if it was not said, it comes again at the end."""
        now, rest = self.left[0], self.left[1:]
        if verdict in (d.SAID, d.TONE) or self.again.count(now) >= _AGAIN:
            return replace(self, left=rest)
        return replace(self, left=(*rest, now), count=self.count + 1, again=(*self.again, now))


def deck(due: Sequence[str], every: Sequence[str], seed: int) -> Deck:
    """The due phrases in their order; if there are none, all of them, shuffled by the seed."""
    phrases = list(due)
    if not phrases:
        phrases = list(every)
        Random(seed).shuffle(phrases)
    return Deck(tuple(phrases[:MOST]), min(MOST, len(phrases)))


def cue(base: KnowledgeBase, step: str, language: str, seed: int) -> CallerLine:
    """What the caller said or did that this phrase answers."""
    rng = Random(f"{seed}/{step}")
    scenario = base.step_scenario(step)
    if scenario.first == step and scenario.caller:
        known = lists_in(scenario.caller, language, base.languages)
        spoken = [one.removeprefix(DASH) for one in known if one.startswith(DASH)]
        return CallerLine(rng.choice(spoken or list(known)), heard=not spoken)
    leading = [one for other in base.steps.values() for one in other.answers if one.go == step]
    replies = [text for one in leading for text in lists_in(one.replies, language, base.languages)]
    if replies:
        return CallerLine(rng.choice(replies))
    descriptions = [text_in(one.when, language, base.languages) for one in leading]
    return CallerLine(rng.choice(descriptions) if descriptions else "", heard=True)
