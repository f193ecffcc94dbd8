"""Numbers as people write them: digits, Russian and Kyrgyz words, «полчаса». Folded words only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_RUSSIAN = {
    "ноль": 0, "два": 2, "две": 2, "двух": 2, "двумя": 2, "пару": 2, "пара": 2, "пары": 2, "три": 3,
    "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7,
    "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10,
    "одиннадцать": 11, "одиннадцати": 11, "двенадцать": 12, "двенадцати": 12, "тринадцать": 13,
    "тринадцати": 13, "четырнадцать": 14, "четырнадцати": 14, "пятнадцать": 15, "пятнадцати": 15,
    "шестнадцать": 16, "шестнадцати": 16, "семнадцать": 17, "семнадцати": 17, "восемнадцать": 18,
    "восемнадцати": 18, "девятнадцать": 19, "девятнадцати": 19, "двадцать": 20, "двадцати": 20,
    "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40, "пятьдесят": 50, "пятидесяти": 50,
    "шестьдесят": 60, "шестидесяти": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100,
    "ста": 100,
}  # fmt: skip
_KYRGYZ = {
    "нол": 0, "эки": 2, "уч": 3, "торт": 4, "беш": 5, "алты": 6, "жети": 7, "сегиз": 8, "тогуз": 9, "он": 10,
    "жыйырма": 20, "отуз": 30, "кырк": 40, "элуу": 50, "алтымыш": 60, "жетимиш": 70, "сексен": 80,
    "токсон": 90, "жуз": 100,
}  # fmt: skip
_ONE = frozenset({"один", "одну", "одна", "одной", "одного", "бир"})
_WHOLE = {
    ("полчаса",): (30, "минут"),
    ("получаса",): (30, "минут"),
    ("полминуты",): (30, "секунд"),
    ("четверть", "часа"): (15, "минут"),
    ("жарым", "саат"): (30, "мунот"),
    ("жарым", "сааттын"): (30, "мунот"),
}
_UNITS = (
    ("second", re.compile("сек|секунд[а-я]*")),
    ("minute", re.compile("мин|минут[а-я]*|мунот[а-я]*|мун")),
    ("hour", re.compile("час|часа|часов|часу|часик[а-я]*|саат[а-я]*")),
    ("day", re.compile("день|дня|дней|сут[а-я]+|кун|кундун|кундо|кунго")),
)
# what is written behind the digits of a number: «15-ти»
_TAIL = frozenset({"ти", "и", "х", "ю", "ми", "й", "го", "м", "е", "я"})


class Counted(Struct, frozen=True):
    """A word of a text, or a number that took `span` of its words."""

    word: str
    span: int = 1
    number: bool = False


def counted(words: Sequence[str], language: str) -> list[Counted]:
    """The words with their numbers as digits: «пятнадцати» is 15, «полчаса» is 30 and «минут».

    «Один» and «бир» are numbers only before a measure of time: they are articles too.
    """
    known = _KYRGYZ if language == "ky" else _RUSSIAN
    found: list[Counted] = []
    at = 0
    while at < len(words):
        if whole := next((w for w in _WHOLE if tuple(words[at : at + len(w)]) == w), None):
            number, unit = _WHOLE[whole]
            found += [Counted(str(number), len(whole), True), Counted(unit, 0)]
            at += len(whole)
            continue
        number, span = _number(words, at, known)
        found.append(Counted(words[at]) if number is None else Counted(str(number), span, True))
        at += span
    return found


def unit(word: str) -> str:
    """What a word measures time in (second, minute, hour, day), "" for any other word."""
    return next((name for name, pattern in _UNITS if pattern.fullmatch(word)), "")


def _number(words: Sequence[str], at: int, known: dict[str, int]) -> tuple[int | None, int]:
    """The number that begins at a word, and how many words it takes."""
    word = words[at]
    if word.isdecimal() and len(word) < 10:  # noqa: PLR2004
        tail = at + 1 < len(words) and words[at + 1] in _TAIL
        return int(word), 2 if tail else 1
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _ONE:
        return (1, 1) if unit(following) else (None, 1)
    if word not in known:
        return None, 1
    value = known[word]
    ones = 1 if following in _ONE else known.get(following, 0)
    if value >= 10 and value % 10 == 0 and 0 < ones < 10:  # noqa: PLR2004
        return value + ones, 2
    return value, 1
