"""The gate before any score: an answer that denies what the phrase says, or names other numbers, is wrong.

Every measure of likeness passes «Вас слышно» for «Вас не слышно» and 50 minutes for 15 (design, section 7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prompter.practice.aligning import EXTRA, MISSING, Pair, Typed
from prompter.practice.expected import ANYTHING, MINUTES, Token
from prompter.text.negation import behind, denied
from prompter.text.numerals import unit

DENIAL, NUMBERS = "denial", "numbers"
"""Why the gate refused: a «не» too many or too few; another number, or another measure of time."""


def faults(
    expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair], language: str
) -> tuple[str, ...]:
    """What turns the meaning of an answer, in the order of the codes above."""
    found = []
    if _denies_otherwise(expected, typed, pairs, language):
        found.append(DENIAL)
    if _counts_otherwise(expected, typed, pairs):
        found.append(NUMBERS)
    return tuple(found)


def _denies_otherwise(
    expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair], language: str
) -> bool:
    """A denied word that is said plainly, or more denials than the phrase has."""
    should = denied([one.word for one in expected], language)
    does = denied([one.word for one in typed], language)
    unsaid = 0
    answered: set[int] = set()
    for pair in pairs:
        if pair.expected < 0 or not should[pair.expected]:
            continue
        if pair.typed < 0:
            unsaid += 1
        elif does[pair.typed]:
            answered.add(pair.typed)
        elif not _breaks_off(expected, typed, pair):
            return True
    free = [at for at, one in enumerate(does) if one and at not in answered and not _filling(expected, pairs, at)]
    return len(free) > unsaid


def _breaks_off(expected: Sequence[Token], typed: Sequence[Typed], pair: Pair) -> bool:
    """Whether the answer ends right before a word that would have denied this one («маалымат жок»)."""
    follows = pair.expected + 1 < len(expected) and behind(expected[pair.expected + 1].word)
    return follows and pair.typed == len(typed) - 1


def _filling(expected: Sequence[Token], pairs: Sequence[Pair], at: int) -> bool:
    """Whether a typed word only fills «…», where anything may stand."""
    places = [pair for pair in pairs if pair.typed == at and pair.expected >= 0]
    return any((place := expected[pair.expected].place) and place.kind == ANYTHING for pair in places)


def _counts_otherwise(expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair]) -> bool:
    """A number that is not the phrase's, minutes past the norm, or another measure of time."""
    asks = any(_counts(one) for one in expected)
    for pair in pairs:
        if pair.typed < 0 or not typed[pair.typed].number:
            continue
        place = expected[pair.expected].place if pair.expected >= 0 else None
        if place is not None and place.kind == ANYTHING:
            continue
        if place is not None and place.kind == MINUTES:
            if not 0 < int(typed[pair.typed].word) <= (place.most or 60):
                return True
        elif pair.kind == EXTRA and asks:
            return True
    return bool(set(_units(expected, typed, pairs)))


def _counts(one: Token) -> bool:
    return one.number or (one.place is not None and one.place.kind == MINUTES)


def _units(expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair]) -> Iterator[str]:
    """Measures of time behind a number that the phrase does not use."""
    named = {unit(one.word) for one in expected if unit(one.word)}
    if not any(pair.kind == MISSING for pair in pairs if pair.expected >= 0 and unit(expected[pair.expected].word)):
        return
    for at, one in enumerate(typed):
        measure = unit(one.word)
        if measure and measure not in named and at and typed[at - 1].number:
            yield measure
