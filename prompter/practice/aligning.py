"""Matches typed words to the words of a phrase: the same, a slip, moved, missing, extra, filled in.

Words are made equal first (a slip or another ending of an expected word becomes that word), then rapidfuzz
aligns the two lists; what it leaves on both sides was moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel

from prompter.practice.expected import ANYTHING, FORMS, MINUTES, NAME, Token
from prompter.text.endings import same_word
from prompter.text.folding import places, words
from prompter.text.spoken import counted
from prompter.text.translit import sound

SAME, SLIP, MOVED, MISSING, EXTRA = "same", "slip", "moved", "missing", "extra"
FILLED, MEANT = "filled", "meant"
"""What happened to a word. `SLIP`: a wrong letter or another ending; `FILLED`: fills a place; `MEANT`: part
of an obligatory idea that was said in other words."""

_FORM, _ONE_SLIP, _MORE_SLIPS = 0.9, 0.92, 0.85
_LEAST_STEM = 3
_NAME_WORDS = 2
_NAME_SOUNDS = 80


class Typed(Struct, frozen=True):
    """A word of the answer, folded, and its position; `stands_for` is the expected word it was taken for.

    `likeness` is 1 for the same word, 0 if it is no expected word. `number`: digits or a number word.
    """

    word: str
    start: int
    end: int
    stands_for: str = ""
    likeness: float = 0.0
    number: bool = False

    @property
    def meant(self) -> str:
        """The expected word that was probably meant, else the word itself."""
        return self.stands_for or self.word


class Pair(Struct, frozen=True):
    """An expected word and the typed one (indexes, -1 for none), and what happened to it.

    Several words may fill a place: `span` of them from `typed` on.
    """

    expected: int
    typed: int
    kind: str
    credit: float = 0.0
    span: int = 1

    @property
    def run(self) -> range:
        """The indexes of its typed words."""
        return range(self.typed, self.typed + self.span) if self.typed >= 0 else range(0)


def read_typed(text: str, language: str, expected: Sequence[Token]) -> list[Typed]:
    """The words of an answer with what they probably mean. Glued and split words are corrected."""
    folded, spans = words(text), places(text)
    known = {one.word: one.name for one in expected if one.place is None}
    found: list[Typed] = []
    at = 0
    for one in counted(folded, language):
        first, last = min(at, len(folded) - 1), max(at, at + one.span - 1)
        last = min(last, len(folded) - 1)
        found.append(Typed(one.word, spans[first][0], spans[last][1], number=one.number))
        at += one.span
    found = _spaced(found, expected)
    return [_meant(one, known) for one in found]


def likeness(expected: str, typed: str) -> float:
    """How close a typed word is to the expected one: 1 the same, less with a slip or other ending, else 0."""
    if expected == typed:
        return 1.0
    if expected.isdecimal() or typed.isdecimal():
        return 0.0
    if same_word(expected, typed, _LEAST_STEM):
        return _FORM
    length = max(len(expected), len(typed))
    allowed = 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3
    if allowed == 1 and expected[:_LEAST_STEM] == typed[:_LEAST_STEM] and length > 4:
        allowed = 2
    slips = OSA.distance(expected, typed, score_cutoff=allowed)
    if slips > allowed:
        return 0.0
    return _ONE_SLIP if slips == 1 else _MORE_SLIPS


def align(expected: Sequence[Token], typed: Sequence[Typed]) -> list[Pair]:
    """Every expected and every typed word, paired, in the phrase's order; extra words as typed."""
    symbols, units = _symbols(expected, typed)
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for block in Indel.opcodes(symbols, [unit[0] for unit in units]):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                unit = units[block.dest_start + step]
                _pair(pairs, taken, expected, typed, block.src_start + step, unit, moved=False)
    for index, symbol in enumerate(symbols):
        if index not in pairs:
            free = next((u for u in units if u[0] == symbol and u[1] not in taken), None)
            if free:
                _pair(pairs, taken, expected, typed, index, free, moved=True)
    _fill_places(expected, typed, pairs, taken)
    return _in_order(expected, typed, pairs, taken)


_Unit = tuple[str, int, int]
"""What a run of typed words is taken for, its first index and the one after its last."""


def _symbols(expected: Sequence[Token], typed: Sequence[Typed]) -> tuple[list[str], list[_Unit]]:
    """Both sides as lists that can be compared: what fills a place counts as the place itself."""
    symbols = [one.word for one in expected]
    minutes = next((one.word for one in expected if one.place and one.place.kind == MINUTES), "")
    forms = [
        (one.word, form)
        for one in expected
        if one.place and one.place.kind == FORMS
        for form in one.place.forms
    ]
    units: list[_Unit] = []
    at = 0
    while at < len(typed):
        symbol, span = typed[at].meant, 1
        for place, form in forms:
            if _says(typed[at : at + len(form)], form):
                symbol, span = place, len(form)
                break
        else:
            if minutes and typed[at].number and not typed[at].likeness:
                symbol = minutes
        units.append((symbol, at, at + span))
        at += span
    return symbols, units


def _says(typed: Sequence[Typed], form: tuple[str, ...]) -> bool:
    return len(typed) == len(form) and all(
        likeness(word, one.word) > 0 for word, one in zip(form, typed, strict=True)
    )


def _pair(
    pairs: dict[int, Pair],
    taken: set[int],
    expected: Sequence[Token],
    typed: Sequence[Typed],
    index: int,
    unit: _Unit,
    moved: bool,
) -> None:
    taken.update(range(unit[1], unit[2]))
    like = typed[unit[1]].likeness
    kind = SAME if like == 1 else SLIP
    if expected[index].place is not None:
        kind, like = FILLED, 1.0
    pairs[index] = Pair(index, unit[1], MOVED if moved else kind, like, unit[2] - unit[1])


def _fill_places(
    expected: Sequence[Token], typed: Sequence[Typed], pairs: dict[int, Pair], taken: set[int]
) -> None:
    """Give a name's place, or «…», the typed words found where it should be filled."""
    for index, one in enumerate(expected):
        if index in pairs or one.place is None or one.place.kind not in (NAME, ANYTHING):
            continue
        before = max((p.typed for i, p in pairs.items() if i < index and p.kind != MOVED), default=-1)
        behind = min((p.typed for i, p in pairs.items() if i > index and p.kind != MOVED), default=len(typed))
        free = [at for at in range(before + 1, behind) if at not in taken]
        free = [at for at in free if at - free[0] == free.index(at)]
        if one.place.kind == NAME:
            free = [at for at in free if not typed[at].number][:_NAME_WORDS]
        if free:
            taken.update(free)
            pairs[index] = Pair(index, free[0], FILLED, 1.0, len(free))


def _in_order(
    expected: Sequence[Token], typed: Sequence[Typed], pairs: dict[int, Pair], taken: set[int]
) -> list[Pair]:
    extra = [at for at in range(len(typed)) if at not in taken]
    found: list[Pair] = []
    for index in range(len(expected)):
        pair = pairs.get(index, Pair(index, -1, MISSING))
        if pair.typed >= 0 and pair.kind != MOVED:
            while extra and extra[0] < pair.typed:
                found.append(Pair(-1, extra.pop(0), EXTRA))
        found.append(pair)
    return found + [Pair(-1, at, EXTRA) for at in extra]


def _meant(one: Typed, known: Mapping[str, bool]) -> Typed:
    """A typed word with the expected one it is taken for. `known`: word -> is it a name."""
    if one.word in known:
        return Typed(one.word, one.start, one.end, one.word, 1.0, one.number)
    if one.number:
        return one
    if name := next((word for word, name in known.items() if name and _sounds_like(word, one.word)), ""):
        return Typed(one.word, one.start, one.end, name, 1.0)
    best = max(known, key=lambda word: likeness(word, one.word), default="")
    like = likeness(best, one.word) if best else 0.0
    return Typed(one.word, one.start, one.end, best if like else "", like)


def _sounds_like(name: str, typed: str) -> bool:
    """Whether a name is spelt as it sounds: «Скайнет»."""
    return fuzz.ratio(sound(name), sound(typed)) >= _NAME_SOUNDS


def _spaced(found: list[Typed], expected: Sequence[Token]) -> list[Typed]:
    """The words with their spaces corrected: «по жалуйста», «неслышно», «н еможет»."""
    sequence = [one.word for one in expected if one.place is None]
    glued = {a + b: len(a) for a, b in pairwise(sequence)}
    known = set(sequence)
    glued |= {f"не{word}": 2 for word in known}
    result: list[Typed] = []
    for one in found:
        before = result[-1] if result else None
        both = before.word + one.word if before and not one.number and not before.number else ""
        if before and both in known and not {before.word, one.word} <= known:
            result[-1] = Typed(both, before.start, one.end)
        elif before and both in glued and not {before.word, one.word} <= known:
            result[-1:] = _cut(Typed(both, before.start, one.end), glued[both])
        elif one.word in glued and one.word not in known:
            result += _cut(one, glued[one.word])
        else:
            result.append(one)
    return result


def _cut(one: Typed, at: int) -> list[Typed]:
    middle = min(one.start + at, one.end)
    return [Typed(one.word[:at], one.start, middle), Typed(one.word[at:], middle, one.end)]
