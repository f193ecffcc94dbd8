"""Who does what: the grammatical person of pronouns and verbs, Russian and Kyrgyz. Folded words.

Rough, for comparing two texts that should say the same: «перезвоните» and «перезвоним» are one verb, and
the caller would wait for the other one to ring.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

I, YOU, OTHERS = 1, 2, 3
"""The persons: who speaks, who is spoken to, anybody else."""

_PRONOUNS = {
    "ru": {"я": I, "мы": I, "вы": YOU, "ты": YOU},
    "ky": {"мен": I, "биз": I, "сиз": YOU, "сен": YOU, "сиздер": YOU},
}
# «у вас есть»: who has
_HAVING = {"меня": I, "нас": I, "вас": YOU, "тебя": YOU}
_OBJECTS = {
    "ru": {"меня": I, "мне": I, "мной": I, "мною": I, "нас": I, "нам": I, "нами": I, "вас": YOU, "вам": YOU,
           "вами": YOU, "тебя": YOU, "тебе": YOU},
    "ky": {"мени": I, "мага": I, "менин": I, "бизди": I, "бизге": I, "сизди": YOU, "сизге": YOU,
           "сени": YOU, "сага": YOU},
}  # fmt: skip
_VERBS = {
    "ru": (
        (YOU, re.compile("[а-я]{2,}(?:ете|ите|йте|ьте)(?:сь)?")),
        (I, re.compile("[а-я]{3,}(?:у|ю|ем|им)(?:с[ья])?")),
        (OTHERS, re.compile("[а-я]{3,}(?:ет|ит|ют|ут|ят|ат)(?:ся)?")),
    ),
    "ky": (
        (YOU, re.compile("[а-я]{2,}(?:с[ыиу]з|н[ыиу]з|с[ыиу]н)(?:б[ыиу]|ч[ыиу])?")),
        (I, re.compile("[а-я]{2,}[аеоуыий](?:м|м[ыиу]н|б[ыиу]з)(?:б[ыиу])?")),
        (OTHERS, re.compile("[а-я]{2,}(?:ат|ет|от|йт)(?:б[ыиу])?")),
    ),
}


def of_verb(word: str, language: str) -> int:
    """The person of a word if it is a verb, 0 where none can be told. Nouns with such an ending exist."""
    return next((person for person, form in _VERBS.get(language, ()) if form.fullmatch(word)), 0)


def subjects(words: Sequence[str], language: str) -> set[int]:
    """The persons that a text names as those who do or have something."""
    known = _PRONOUNS.get(language, {})
    found = {known[word] for word in words if word in known}
    pairs = zip(words, words[1:], strict=False)
    return found | {_HAVING[second] for first, second in pairs if first == "у" and second in _HAVING}


def objects(words: Sequence[str], language: str) -> set[int]:
    """The persons to whom a text says that something is done."""
    known = _OBJECTS.get(language, {})
    having = {at + 1 for at, word in enumerate(words) if word == "у"}
    return {known[word] for at, word in enumerate(words) if word in known and at not in having}
