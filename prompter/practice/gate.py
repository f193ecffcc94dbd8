"""The gate before any score: an answer that says the opposite is wrong, however similar it looks.

Every measure of likeness passes «Вас слышно» for «Вас не слышно» and 50 minutes for 15 (design, section 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from prompter.practice.aligning import EXTRA, MISSING, MOVED, SLIP, Pair
from prompter.practice.answer import Answer
from prompter.practice.expected import MINUTES
from prompter.text import persons
from prompter.text.negation import denied, denies_before, still_denies
from prompter.text.spoken import unit

DENIAL, NUMBERS, PERSONS, OPPOSITE, COMPANY = "denial", "numbers", "persons", "opposite", "company"
"""Why the gate refused: a «не» too many or too few; another number or unit of time; somebody else acts
(«мы перезвоним» for «перезвоните»); a word's opposite; another company's name."""

_LEAST_VERB, _SAME_STEM = 5, 3

# Beginnings of words with opposite meanings, folded; both ways.
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        ("внутрен", "внешн|наружн|общ|открыт"),
        ("вс(?:е|ё|его|ем|ех)$", "нич(?:его|ем)"),
        ("добр", "зл|плох|недобр"),
        ("улучш", "ухудш"),
        ("временн", "постоянн"),
        ("завершил", "начал|продолж|начин"),
        ("продолж", "заверш|законч|прекращ|прерван"),
        ("можно", "нельзя"),
        ("служебн", "общедоступн|открыт|публичн|личн"),
        ("других", "наш|свои"),
        ("наш", "ваш|чуж|друг"),
        ("личн", "обществ|общ"),
        ("в$", "через$|после$"),
        ("затруднени", "удовольств"),
        ("ички", "тышкы|сырткы"),
        ("жакшырт", "начарлат|жаманд"),
        ("убактылуу", "туруктуу|дайым"),
        ("токтот", "башта|улант"),
        ("улан", "бүт|токто|бут"),
        ("бар", "жок$"),
        ("башка", "биздин|озубуз"),
        ("ичинде", "кийин"),
        ("жакшы", "жаман"),
        ("саламатта", "жаман"),
    )
)


def faults(answer: Answer) -> tuple[str, ...]:
    """What reverses the meaning of an answer, in the order of the codes above."""
    checks = {
        DENIAL: _denies_otherwise,
        NUMBERS: _counts_otherwise,
        PERSONS: _others_act,
        OPPOSITE: _says_the_opposite,
        COMPANY: _names_another,
    }
    return tuple(code for code, holds in checks.items() if holds(answer))


def _denies_otherwise(answer: Answer) -> bool:
    """A negated word said without its negation, or more negations than the phrase has."""
    should = denied([one.word for one in answer.expected], answer.language)
    does = denied(_without_slips(answer), answer.language)
    unsaid = 0
    answered = answer.filled_freely()
    for pair in answer.pairs:
        if pair.expected < 0 or not should[pair.expected]:
            continue
        if pair.typed < 0:
            unsaid += 1
        elif does[pair.typed]:
            answered.add(pair.typed)
        elif not _breaks_off(answer, pair):
            return True
    return sum(one and at not in answered for at, one in enumerate(does)) > unsaid


def _without_slips(answer: Answer) -> list[str]:
    """The typed words, with a mistyped negated Kyrgyz verb corrected."""
    typed = [one.word for one in answer.typed]
    for pair in answer.pairs:
        if pair.kind in (SLIP, MOVED) and still_denies(
            verb := answer.expected[pair.expected].word, typed[pair.typed]
        ):
            typed[pair.typed] = verb
    return typed


def _breaks_off(answer: Answer, pair: Pair) -> bool:
    """Whether the answer ends right before a word that would have negated this one («маалымат жок»)."""
    follows = answer.expected[pair.expected + 1 : pair.expected + 2]
    return bool(follows) and denies_before(follows[0].word) and pair.typed == len(answer.typed) - 1


def _counts_otherwise(answer: Answer) -> bool:
    """A number that is not the phrase's, minutes beyond the norm, or another unit of time."""
    free = answer.filled_freely()
    counts = any(one.number or (one.place and one.place.kind == MINUTES) for one in answer.expected)
    for pair in answer.pairs:
        if pair.typed < 0 or pair.typed in free or not answer.typed[pair.typed].number:
            continue
        place = answer.expected[pair.expected].place if pair.expected >= 0 else None
        if place is not None and place.kind == MINUTES:
            if not 0 < int(answer.typed[pair.typed].word) <= (place.most or 60):
                return True
        elif pair.kind == EXTRA and counts:
            return True
    return counts and _measures_otherwise(answer)


def _measures_otherwise(answer: Answer) -> bool:
    """Hours where the phrase says minutes."""
    named = {unit(one.word) for one in answer.expected}
    return any(unit(one.word) not in named for one in answer.typed if unit(one.word))


def _others_act(answer: Answer) -> bool:
    """A verb or a subject of another person than the phrase's."""
    language = answer.language
    should = [one.word for one in answer.expected]
    does = [one.word for at, one in enumerate(answer.typed) if at not in answer.filled_freely()]
    if any(_another_person(written, said, language) for written, said in _verbs(answer)):
        return True
    acting = {persons.of_verb(word, language) for word in should} - {0}
    named = persons.subjects(should, language)
    return _swapped(named, acting, persons.subjects(does, language), answer)


def _verbs(answer: Answer) -> Iterator[tuple[str, str]]:
    """Words of the phrase and typed ones that may be one verb: taken for it, or with the same beginning."""
    for pair in answer.pairs:
        if pair.expected >= 0 and pair.typed >= 0 and answer.expected[pair.expected].place is None:
            yield answer.expected[pair.expected].word, answer.typed[pair.typed].word
    for lost, extra in product(answer.lost(), answer.added()):
        if lost.word[:_SAME_STEM] == extra.word[:_SAME_STEM]:
            yield lost.word, extra.word


def _another_person(written: str, said: str, language: str) -> bool:
    if sorted(written) == sorted(said) or len(said) < _LEAST_VERB or unit(written):
        return False
    asked, given = persons.of_verb(written, language), persons.of_verb(said, language)
    return bool(asked and given) and asked != given


def _swapped(named: set[int], acting: set[int], said: set[int], answer: Answer) -> bool:
    """Whether the answer's subjects are none of the phrase's: «вы завершили» for «я завершил»."""
    if not said:
        return False
    if named:
        return not said & named and not said <= acting
    return bool(acting) and not said & acting


def _says_the_opposite(answer: Answer) -> bool:
    extra = [one.word for one in answer.added()]
    lost = [one.word for one in answer.lost()]
    slips = [
        (answer.expected[pair.expected].word, answer.typed[pair.typed].word)
        for pair in answer.pairs
        if pair.kind in (SLIP, MOVED)
    ]
    return any(_opposite(a, b) for a, b in [*product(lost, extra), *slips])


def _opposite(word: str, other: str) -> bool:
    return any(
        (one.match(word) and against.match(other)) or (against.match(word) and one.match(other))
        for one, against in _OPPOSITES
    )


def _names_another(answer: Answer) -> bool:
    """Whether the company's name is replaced by something else."""
    for at, pair in enumerate(answer.pairs):
        if pair.kind == MISSING and answer.expected[pair.expected].name:
            near = answer.pairs[max(0, at - 1) : at + 2]
            if any(one.kind == EXTRA for one in near):
                return True
    return False
