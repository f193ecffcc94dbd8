"""The obligatory ideas of a phrase (`must:` of a step): which of them an answer says, in any synonym."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from prompter.practice.aligning import EXTRA, MEANT, MISSING, Pair, Typed
from prompter.practice.expected import Token
from prompter.text.patterns import Expression, Span, as_said, expression

Ideas = Sequence[tuple[str, ...]]
"""Each idea as its synonyms: patterns as read by `text.patterns`."""

_WINDOW = 2


_OTHER_WORDS = 0.25


class Idea(Struct, frozen=True):
    """An idea of a phrase: its first synonym, its places in the phrase and in the answer.

    `said` may be true without a place: if the answer says it with a slip.
    """

    name: str
    said: bool
    in_phrase: tuple[Span, ...]
    in_answer: tuple[Span, ...]


def look_for(ideas: Ideas, phrase: str, answer: str, meant: str) -> list[Idea]:
    """Each idea that the phrase itself contains: those only in another variant are not required.

    `meant` is the answer with its slips corrected.
    """
    found = []
    for synonyms in ideas:
        sought = _compiled(synonyms)
        in_phrase, in_answer = tuple(sought.find(phrase)), tuple(sought.find(answer))
        if in_phrase:
            said = bool(in_answer or sought.find(meant))
            found.append(Idea(as_said(synonyms[0]), said, in_phrase, in_answer))
    return found


def weighed_by(ideas: Sequence[Idea], expected: Sequence[Token]) -> list[Token]:
    """The words of a phrase, those of its ideas weighing most. Without ideas rarity alone decides."""
    if not ideas:
        return list(expected)
    return [
        replace(one, weight=1.0 if _within(ideas, one) else one.weight * _OTHER_WORDS) for one in expected
    ]


def said_otherwise(
    ideas: Sequence[Idea], expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair]
) -> list[Pair]:
    """The pairs with the words of ideas said in a synonym neither missing nor extra."""
    said = [one for one in ideas if one.said]
    spans = [span for one in said for span in one.in_answer]
    result = []
    for pair in pairs:
        if pair.kind == MISSING and _within(said, expected[pair.expected]):
            pair = Pair(pair.expected, -1, MEANT, 1.0)
        elif pair.kind == EXTRA and any(a <= typed[pair.typed].start < b for a, b in spans):
            pair = Pair(-1, pair.typed, MEANT)
        result.append(pair)
    return result


def _within(ideas: Sequence[Idea], one: Token) -> bool:
    return any(a <= one.start < b for idea in ideas for a, b in idea.in_phrase)


@lru_cache(1024)
def _compiled(synonyms: tuple[str, ...]) -> Expression:
    return expression(synonyms, _WINDOW)
