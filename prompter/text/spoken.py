"""Words as they are spoken: numbers in digits or in words, «полчаса», «мин», «т.е.». Folded words only.

Different spellings of what is said alike become one word: «15-ти минут», «пятнадцати мин».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz.distance import OSA

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
_SAID_AS = {
    ("т", "е"): "то есть",
    ("то", "есть"): "то есть",
    ("тоесть",): "то есть",
    ("б", "а"): "башкача айтканда",
    ("башкача", "айтканда"): "башкача айтканда",
    ("мин",): "минут",
    ("сек",): "секунд",
}
_UNITS = (
    ("second", re.compile("сек|секунд[а-я]*")),
    ("minute", re.compile("мин|минут[а-я]*|мунот[а-я]*|мун")),
    ("hour", re.compile("час|часа|часов|часу|часик[а-я]*|саат[а-я]*")),
    ("day", re.compile("день|дня|дней|сут[а-я]+|кун|кундун|кундо|кунго")),
)
# what may follow the digits of a number: «15-ти»
_OFTEN = ("минуту", "минутку", "секунду", "мунот", "минут")
_GLUED_TAIL = re.compile("([0-9]{1,9})[а-я]{1,3}")
_TAIL = frozenset({"ти", "и", "х", "ю", "ми", "й", "го", "м", "е", "я"})


class Counted(Struct, frozen=True):
    """A word as it is said, made of `span` written words. `number`: it is digits now."""

    word: str
    span: int = 1
    number: bool = False


def counted(words: Sequence[str], language: str) -> list[Counted]:
    """The words as they are said: «пятнадцати» is 15, «полчаса» is 30 and «минут», «т.е.» is «то есть».

    «Один» and «бир» are numbers only before a unit of time: they are articles too.
    """
    known = _KYRGYZ if language == "ky" else _RUSSIAN
    found: list[Counted] = []
    at = 0
    while at < len(words):
        taken = _whole(words, at) or _number(words, at, known) or [Counted(words[at])]
        found += taken
        at += sum(one.span for one in taken)
    return found


def unit(word: str) -> str:
    """The unit of time that a word names (second, minute, hour, day), or ""."""
    return next((name for name, pattern in _UNITS if pattern.fullmatch(word)), "")


def _nearly_unit(word: str) -> bool:
    """Whether a word is a unit of time, perhaps with a slip: «одну минту»."""
    return bool(unit(word)) or any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in _OFTEN)


def _whole(words: Sequence[str], at: int) -> list[Counted]:
    """What begins at a word and is said differently, or []."""
    for length in (2, 1):
        written = tuple(words[at : at + length])
        if written in _WHOLE:
            number, measure = _WHOLE[written]
            return [Counted(str(number), length, True), Counted(measure, 0)]
        if written in _SAID_AS:
            return [Counted(_SAID_AS[written], length)]
    return []


def _number(words: Sequence[str], at: int, known: dict[str, int]) -> list[Counted]:
    """The number that begins at a word, or []."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if glued := _GLUED_TAIL.fullmatch(word):
        return [Counted(str(int(glued[1])), 1, True)]
    if word.isdecimal() and len(word) < 10:
        return [Counted(str(int(word)), 2 if following in _TAIL else 1, True)]
    if word in _ONE:
        return [Counted("1", 1, True)] if _nearly_unit(following) else []
    if word not in known:
        return []
    value = known[word]
    ones = 1 if following in _ONE else known.get(following, 0)
    if value >= 10 and value % 10 == 0 and 0 < ones < 10:
        return [Counted(str(value + ones), 2, True)]
    return [Counted(str(value), 1, True)]
