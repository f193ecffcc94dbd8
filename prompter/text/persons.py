"""Who does what: the grammatical person of pronouns and verbs, Russian and Kyrgyz. Folded words.

Rough, for comparing two texts that should say the same: «перезвоните» and «перезвоним» are one verb, but the
caller would wait for the wrong person to ring.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SPEAKER, HEARER, OTHERS = 1, 2, 3
"""The persons: the speaker, the hearer, anybody else."""

_PRONOUNS = {
    "ru": {"я": SPEAKER, "мы": SPEAKER, "вы": HEARER, "ты": HEARER},
    "ky": {"мен": SPEAKER, "биз": SPEAKER, "сиз": HEARER, "сен": HEARER, "сиздер": HEARER},
}
# «у вас есть»: who has
_HAVING = {"меня": SPEAKER, "нас": SPEAKER, "вас": HEARER, "тебя": HEARER}
_VERBS = {
    "ru": (
        (HEARER, re.compile("[а-я]{2,}(?:ете|ите|йте|ьте)(?:сь)?")),
        (SPEAKER, re.compile("[а-я]{3,}(?:у|ю|ем|им)(?:с[ья])?")),
        (OTHERS, re.compile("[а-я]{3,}(?:ет|ит|ют|ут|ят|ат)(?:ся)?")),
    ),
    "ky": (
        (HEARER, re.compile("[а-я]{2,}(?:с[ыиу]з|н[ыиу]з|с[ыиу]н)(?:б[ыиу]|ч[ыиу])?")),
        (SPEAKER, re.compile("[а-я]{2,}[аеоуыий](?:м|м[ыиу]н|б[ыиу]з|йын|йин|йун)(?:б[ыиу])?")),
        (OTHERS, re.compile("[а-я]{2,}(?:ат|ет|от|йт)(?:б[ыиу])?")),
    ),
}


def of_verb(word: str, language: str) -> int:
    """The person of a word if it is a verb, 0 if unknown. Some nouns have such endings too."""
    return next((person for person, form in _VERBS.get(language, ()) if form.fullmatch(word)), 0)


def subjects(words: Sequence[str], language: str) -> set[int]:
    """The persons that a text names as those who do or have something."""
    known = _PRONOUNS.get(language, {})
    found = {known[word] for word in words if word in known}
    return found | {
        _HAVING[second] for first, second in pairwise(words) if first == "у" and second in _HAVING
    }
