"""Which folded words of a sentence are negated: «не может» is not «может», «бербейбиз» not «беребиз»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

_BEFORE = frozenset({"не", "ни", "нет", "нельзя", "без", "никогда", "незачем"})
_LIGHT = frozenset({"же", "бы", "ли", "и", "вы", "вам", "вас", "мы", "я"})
_BEHIND = re.compile("(?:жок|эмес)(?:мун|буз|мин|биз|суз|сиз|сун|син)?")
# what is negated together with the word behind it: «не может быть продолжен», «улана албайт»
_HELPING = re.compile("мо[гж][а-я]{0,4}|смо[гж][а-я]{0,4}|буд[а-я]{1,3}")
_INFINITIVE = re.compile("[а-я]{2,}(?:ть|ться|ти|чь)")
_HELPING_KYRGYZ = re.compile("(?:ал|жат|тур|кел|кой|бол)[бп][аео].*")
# «не могли бы», «не подскажете»: a polite form is no negation
_POLITE = frozenset({"мог", "могла", "могли", "хотите", "хотели", "были"})
_ASKING = frozenset({"подскажете", "затруднит"})
_KYRGYZ_VERB = re.compile(
    "([а-я]{2,})[бп][аео]"
    "((?:й(?:м|мын|мин|быз|биз|буз|сыз|сиз|суз|т|бы)?|с(?:тан|тон|тен)?|д[ыиу](?:м|к|ныз|низ|нуз)?"
    "|г[аео]н[а-я]*|н[ыиу]з(?:ч[ыиу]|дар)?|сын|син|сун|г[ыиу]ла|гиле))"
)


def denied(words: Sequence[str], language: str) -> list[bool]:
    """For each folded word whether the sentence negates it. Negations themselves are not negated.

    In Russian it is the word after «не», «нет», «без», past small ones, and what a modal verb leads to («не
    может быть продолжен»); «не могли бы» is politeness. In Kyrgyz it is the word before «жок» and «эмес», or
    a verb with the negating suffix and what it helps («улана албайт»).
    """
    found = [False] * len(words)
    for at, word in enumerate(words):
        if word in _BEFORE:
            _deny_next(words, at, found)
        elif language == "ky" and at and _BEHIND.fullmatch(word):
            found[at - 1] = True
        elif language == "ky" and _KYRGYZ_VERB.fullmatch(word):
            found[at] = not found[at]
            if at and _HELPING_KYRGYZ.fullmatch(word):
                found[at - 1] = found[at]
    return found


def denies_before(word: str) -> bool:
    """Whether a Kyrgyz word negates the one before it."""
    return bool(_BEHIND.fullmatch(word) or (_KYRGYZ_VERB.fullmatch(word) and _HELPING_KYRGYZ.fullmatch(word)))


def still_denies(verb: str, slip: str) -> bool:
    """Whether a mistyped negated Kyrgyz verb is still that verb, not its affirmative form.

    «Албат» is «албайт»; «алат» is not.
    """
    parts = _KYRGYZ_VERB.fullmatch(verb)
    if parts is None:
        return False
    plain = parts[1] + parts[2]
    return OSA.distance(verb, slip) <= OSA.distance(plain, slip) and slip[len(parts[1])] in "бп"


def _deny_next(words: Sequence[str], at: int, found: list[bool]) -> None:
    head = at + 1
    while head < len(words) - 1 and words[head] in _LIGHT:
        head += 1
    if head >= len(words):
        return
    polite = words[head] in _POLITE and "бы" in words[head + 1 : head + 3]
    if words[at] == "не" and (polite or words[head] in _ASKING):
        return
    # a second negation cancels the first: «нельзя не сказать»
    found[head] = not found[head]
    if _HELPING.fullmatch(words[head]) and (led := _led_by(words, head)) is not None:
        found[led] = found[head]


def _led_by(words: Sequence[str], head: int) -> int | None:
    """The word that a modal verb leads to: the next one, else an infinitive before it."""
    for at in range(head + 1, len(words)):
        if words[at] not in _LIGHT and words[at] != "быть":
            return at
    return next((at for at in range(head - 1, -1, -1) if _INFINITIVE.fullmatch(words[at])), None)
