"""Marking a typed phrase: word by word against the text, a verdict, a score, and reasons.

Likeness alone would pass a reversed meaning: a dropped «не», 50 minutes for 15. So a gate (`practice.gate`)
comes before any score; then the score is the mean of a soft F1 of the words and the likeness of the letters.
Pure: the same answer gives the same mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz import fuzz, process

from prompter.call.phrases import shown_in
from prompter.practice.aligning import MISSING, Pair, Typed, align, read_typed
from prompter.practice.answer import Answer
from prompter.practice.expected import Token, tokens
from prompter.practice.gate import faults
from prompter.practice.ideas import Ideas, look_for, said_otherwise, weighed_by
from prompter.practice.standard import Standard
from prompter.text.folding import words as folded
from prompter.text.patterns import Span
from prompter.text.rude import rude

RIGHT, ALMOST, WRONG = "right", "almost", "wrong"
"""Verdicts: said correctly, slips forgiven; a part of it; something else, or something forbidden."""

FORBIDDEN, RUDE, OTHER, IDEA, EMPTY = "forbidden", "rude", "other-phrase", "idea", "empty"
"""Reasons besides the gate's: a forbidden expression; rudeness; the words of another phrase; a missing
obligatory idea; nothing typed."""

RIGHT_FROM, ALMOST_FROM = 80, 45
"""The least scores of a right and of an almost right answer, if nothing speaks against it."""

MOST_WHEN_REFUSED = 40
"""The highest score of an answer that was refused, whatever its words."""

_OTHER_FROM, _OTHER_BY = 0.75, 0.1


class MarkedWord(Struct, frozen=True):
    """One word in place. `kind` as in `aligning`; `written` is the phrase's word, `typed` the trainee's.

    `plain`: ң ө ү were typed as н о у, which is noted and costs nothing.
    """

    kind: str
    written: str = ""
    typed: str = ""
    plain: bool = False


class Offence(Struct, frozen=True):
    """A forbidden expression in an answer: the id of the base's entry, and where it was typed."""

    expression: str
    at: Span


class PhraseMark(Struct, frozen=True):
    """The mark of one typed phrase: `verdict`, `score` from 0 to 100, and what they are based on.

    `wording` is the index of the variant that it was marked against; `reasons` are codes of what capped it;
    `rude` is where it is rude. `missing_ideas` are the obligatory ideas that were not said, each by its first
    synonym. `plain_letters`: some Kyrgyz letter was typed as its plain neighbour.
    """

    verdict: str
    score: int
    wording: int = 0
    words: tuple[MarkedWord, ...] = ()
    reasons: tuple[str, ...] = ()
    offences: tuple[Offence, ...] = ()
    rude: tuple[Span, ...] = ()
    missing_ideas: tuple[str, ...] = ()
    plain_letters: bool = False


def mark_step(standard: Standard, step: str, typed: str, language: str) -> PhraseMark | None:
    """The mark for the phrase of a step, against the words of it that an operator is shown.

    None if there are no words to say in this language.
    """
    phrase = standard.base.steps[step].say
    shown = shown_in(standard.base, phrase, language) if phrase else None
    if phrase is None or shown is None:
        return None
    owner = standard.base.steps.get(phrase.id)
    must = owner.must.get(language, ()) if owner else ()
    return mark_phrase([one.text for one in shown.wordings], typed, language, standard, must)


def mark_phrase(
    wordings: Sequence[str], typed: str, language: str, standard: Standard, must: Ideas = ()
) -> PhraseMark:
    """The mark of an answer against the variant that it fits best. `must` are the obligatory ideas."""
    marks = [_mark(standard, at, text, typed, language, must) for at, text in enumerate(wordings)]
    order = (WRONG, ALMOST, RIGHT)
    return max(marks, key=lambda mark: (order.index(mark.verdict), mark.score))


def compare(wordings: Sequence[str], typed: str, language: str, standard: Standard) -> tuple[MarkedWord, ...]:
    """The word-by-word comparison with the best fitting variant: what is missing, added, moved."""
    rarity = standard.rarity.get(language, {})
    best: tuple[float, tuple[MarkedWord, ...]] = (-1.0, ())
    for text in wordings:
        expected = tokens(standard.base, text, language, rarity)
        read = read_typed(typed, language, expected)
        pairs = align(expected, read)
        fit = Answer(expected, read, pairs, language, rarity).f1()
        if fit > best[0]:
            best = (fit, tuple(_shown(pair, expected, read, typed) for pair in pairs))
    return best[1]


def _mark(standard: Standard, number: int, text: str, typed: str, language: str, must: Ideas) -> PhraseMark:
    rarity = standard.rarity.get(language, {})
    expected = tokens(standard.base, text, language, rarity)
    read = read_typed(typed, language, expected)
    if not read:
        missing = tuple(MarkedWord(MISSING, one.written) for one in expected)
        return PhraseMark(WRONG, 0, number, missing, (EMPTY,))
    ideas = look_for(must, text, typed, " ".join(one.meant for one in read))
    expected = weighed_by(ideas, expected)
    pairs = said_otherwise(ideas, expected, read, align(expected, read))
    answer = Answer(expected, read, pairs, language, rarity)
    offences = _offences(standard, answer, text, typed)
    rudeness = () if rude(text) else tuple(rude(typed))
    missing_ideas = tuple(one.name for one in ideas if not one.said)
    others = {
        FORBIDDEN: offences,
        RUDE: rudeness,
        OTHER: not answer.is_part() and _is_other(standard, language, typed, answer.letters()),
        IDEA: missing_ideas,
    }
    reasons = (*faults(answer), *(code for code, holds in others.items() if holds))
    score = _score(answer, reasons)
    words = tuple(_shown(pair, expected, read, typed) for pair in pairs)
    return PhraseMark(
        verdict=RIGHT if score >= RIGHT_FROM else ALMOST if score >= ALMOST_FROM else WRONG,
        score=score,
        wording=number,
        words=words,
        reasons=reasons,
        offences=offences,
        rude=rudeness,
        missing_ideas=missing_ideas,
        plain_letters=any(one.plain for one in words),
    )


def _score(answer: Answer, reasons: Sequence[str]) -> int:
    """0 to 100: the mean of both measures, limited by the reasons and the missing words."""
    score = round(50 * (answer.f1() + answer.letters()))
    if any(reason != IDEA for reason in reasons):
        return min(score, MOST_WHEN_REFUSED)
    if answer.is_mostly_else():
        return min(score, ALMOST_FROM - 1)
    if IDEA in reasons or not answer.is_whole():
        score = min(score, RIGHT_FROM - 1)
    return max(score, ALMOST_FROM) if answer.is_part() else score


def _offences(standard: Standard, answer: Answer, phrase: str, typed: str) -> tuple[Offence, ...]:
    """Forbidden expressions in an answer, except those that are the phrase's own words."""
    added = [one.start for one in answer.added()]
    return tuple(
        Offence(name, (start, end))
        for name, one in standard.expressions
        for start, end in one.find(typed)
        if any(start <= at < end for at in added) and not one.find(phrase)
    )


def _is_other(standard: Standard, language: str, typed: str, letters: float) -> bool:
    """Whether the answer is clearly another phrase of the base."""
    least = max(_OTHER_FROM, letters + _OTHER_BY)
    if least > 1:
        return False
    said, others = " ".join(folded(typed)), standard.phrases.get(language, ())
    return process.extractOne(said, others, scorer=fuzz.ratio, score_cutoff=100 * least) is not None


def _shown(pair: Pair, expected: Sequence[Token], read: Sequence[Typed], typed: str) -> MarkedWord:
    one = expected[pair.expected] if pair.expected >= 0 else None
    said = read[pair.typed] if pair.typed >= 0 else None
    written = one.written if one else ""
    text = typed[said.start : read[pair.run[-1]].end] if said else ""
    plain = bool(one and said and one.word == said.word and _plainer(written, text))
    return MarkedWord(pair.kind, written, text, plain)


def _plainer(written: str, typed: str) -> bool:
    """Whether the same word was typed without its ң ө ү."""
    return sum(typed.lower().count(one) for one in "ңөү") < sum(written.lower().count(one) for one in "ңөү")
