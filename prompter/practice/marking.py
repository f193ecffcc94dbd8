"""What a typed phrase is worth: word by word against the text, a verdict, a score, and why.

Similarity alone would pass a reversed meaning: a dropped «не», 50 minutes for 15. So a gate on denial and on
numbers stands before any score; then the score is the mean of a soft F1 of the words and of the likeness of
the letters. Pure: the same answer gives the same mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz import fuzz, process

from prompter.call.phrases import shown_in
from prompter.practice.aligning import EXTRA, FILLED, MEANT, MISSING, MOVED, Pair, Typed, align, read_typed
from prompter.practice.expected import Rarity, Token, tokens, weight
from prompter.practice.gate import faults
from prompter.practice.ideas import Ideas, look_for, said_otherwise, weighed_by
from prompter.practice.standard import Standard
from prompter.text.folding import words as folded
from prompter.text.patterns import Span

RIGHT, ALMOST, WRONG = "right", "almost", "wrong"
"""Verdicts: said as it should be, small slips forgiven; a part of it; something else, or what must not be said."""

FORBIDDEN, IDEA, OTHER, EMPTY = "forbidden", "idea", "other-phrase", "empty"
"""Reasons besides the gate's `DENIAL` and `NUMBERS`: a forbidden expression; an obligatory idea that is missing; the words of
another phrase; nothing typed."""

RIGHT_FROM, ALMOST_FROM = 80, 45
"""From which score an answer is right or almost, if nothing speaks against it."""

MOST_WHEN_REFUSED = 40
"""The score of an answer that a gate refused, whatever its words."""

_MOVED_CREDIT, _EXTRA_WEIGHT = 0.95, 0.7
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
    """The mark of one typed phrase: `verdict`, `score` from 0 to 100, and what they rest on.

    `wording` is the number of the variant that it was marked against; `reasons` are codes of what capped it;
    `missing_ideas` are the obligatory ideas that were not said, each by its first synonym. `plain_letters`: some
    Kyrgyz letter was typed as its plain neighbour.
    """

    verdict: str
    score: int
    wording: int = 0
    words: tuple[MarkedWord, ...] = ()
    reasons: tuple[str, ...] = ()
    offences: tuple[Offence, ...] = ()
    missing_ideas: tuple[str, ...] = ()
    plain_letters: bool = False


def mark_step(standard: Standard, step: str, typed: str, language: str) -> PhraseMark | None:
    """The mark for the phrase of a step, against the words an operator is shown of it.

    None where there are no words to say in this language.
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



def _mark(standard: Standard, number: int, text: str, answer: str, language: str, must: Ideas) -> PhraseMark:
    rarity = standard.rarity.get(language, {})
    expected = tokens(standard.base, text, language, rarity)
    typed = read_typed(answer, language, expected)
    if not typed:
        missing = tuple(MarkedWord(MISSING, one.written) for one in expected)
        return PhraseMark(WRONG, 0, number, missing, (EMPTY,))
    ideas = look_for(must, text, answer, " ".join(one.meant for one in typed))
    expected = weighed_by(ideas, expected)
    pairs = said_otherwise(ideas, expected, typed, align(expected, typed))
    letters = _letters(expected, typed, pairs)
    score = round(50 * (_f1(expected, typed, pairs, rarity) + letters))
    offences = _offences(standard, text, answer)
    missing_ideas = tuple(one.name for one in ideas if not one.said)
    reasons = _reasons(
        faults(expected, typed, pairs, language),
        (FORBIDDEN, bool(offences)),
        (OTHER, _is_other(standard, language, answer, letters)),
        (IDEA, bool(missing_ideas)),
    )
    refused = any(reason != IDEA for reason in reasons)
    score = min(score, MOST_WHEN_REFUSED) if refused else score
    words = tuple(_shown(pair, expected, typed, answer) for pair in pairs)
    return PhraseMark(
        verdict=_verdict(score, refused, bool(missing_ideas)),
        score=score,
        wording=number,
        words=words,
        reasons=reasons,
        offences=offences,
        missing_ideas=missing_ideas,
        plain_letters=any(one.plain for one in words),
    )


def _reasons(gate: Sequence[str], *others: tuple[str, bool]) -> tuple[str, ...]:
    return (*gate, *(code for code, holds in others if holds))


def _verdict(score: int, refused: bool, lacks_idea: bool) -> str:
    if refused or score < ALMOST_FROM:
        return WRONG
    return RIGHT if score >= RIGHT_FROM and not lacks_idea else ALMOST


def _f1(expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair], rarity: Rarity) -> float:
    """Soft F1 of the words: what was said of what should be, and how much of the answer belongs there."""
    wanted = said = extra = 0.0
    for pair in pairs:
        if pair.kind == EXTRA:
            extra += _EXTRA_WEIGHT * weight(typed[pair.typed].word, rarity)
        elif pair.kind != MEANT or pair.expected >= 0:
            one = expected[pair.expected]
            if one.optional and pair.kind == MISSING:
                continue
            wanted += one.weight
            said += one.weight * pair.credit * (_MOVED_CREDIT if pair.kind == MOVED else 1)
    if not said:
        return 0.0
    recall, precision = said / wanted, said / (said + extra)
    return 2 * recall * precision / (recall + precision)


def _letters(expected: Sequence[Token], typed: Sequence[Typed], pairs: Sequence[Pair]) -> float:
    """Likeness of the letters, 0 to 1: places as they were filled, words for digits as digits."""
    full = {pair.expected: typed[pair.typed].word for pair in pairs if pair.kind == FILLED}
    left_out = {pair.expected for pair in pairs if pair.kind == MISSING and expected[pair.expected].optional}
    told = [full.get(at, one.word) for at, one in enumerate(expected) if at not in left_out]
    return fuzz.ratio(" ".join(told), " ".join(one.word for one in typed)) / 100


def _offences(standard: Standard, phrase: str, answer: str) -> tuple[Offence, ...]:
    """Forbidden expressions of an answer that the phrase itself does not bear."""
    return tuple(
        Offence(name, span)
        for name, one in standard.expressions
        for span in one.find(answer)
        if not one.find(phrase)
    )


def _is_other(standard: Standard, language: str, answer: str, letters: float) -> bool:
    """Whether the answer is clearly another phrase of the base."""
    least = max(_OTHER_FROM, letters + _OTHER_BY)
    if least > 1:
        return False
    said, others = " ".join(folded(answer)), standard.phrases.get(language, ())
    return process.extractOne(said, others, scorer=fuzz.ratio, score_cutoff=100 * least) is not None


def _shown(pair: Pair, expected: Sequence[Token], typed: Sequence[Typed], answer: str) -> MarkedWord:
    one = expected[pair.expected] if pair.expected >= 0 else None
    said = typed[pair.typed] if pair.typed >= 0 else None
    written = one.written if one else ""
    text = answer[said.start : said.end] if said else ""
    plain = bool(one and said and one.word == said.word and _plainer(written, text))
    return MarkedWord(pair.kind, written, text, plain)


def _plainer(written: str, typed: str) -> bool:
    """Whether the same word was typed without its ң ө ү."""
    return sum(typed.lower().count(one) for one in "ңөү") < sum(written.lower().count(one) for one in "ңөү")
