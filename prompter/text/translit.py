"""Russian and Kyrgyz in Latin letters: what a word sounds like, however it is spelt.

There is no single way to write Cyrillic in Latin letters: `zayavka`, `zajavka`, `ziavka`. Both sides are
reduced to one coarse *sound*, spelt in Cyrillic, in which the usual ways agree: и, ы and й are one, ь and ъ
are dropped, я is иа.
"""

from __future__ import annotations

import re
from itertools import product

_CYRILLIC = str.maketrans(
    {"й": "и", "ы": "и", "э": "е", "щ": "ш", "ц": "тс", "я": "иа", "ю": "иу", "ь": "", "ъ": ""}
)
_LATIN = {
    "shch": "ш", "sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ph": "ф",
    "c": "тс", **dict(zip("abdefghijklmnopqrstuvwxyz", "абдефгхииклмнопкрстуввхиз", strict=True)),
}  # fmt: skip
_LETTERS = re.compile("shch|sch|[szckp]h|[a-z]")
# Read differently by different people: жатам is `jatam`, поёт is `poyot`, компания is `company`.
_AGAIN = {"j": "zh", "c": "k", "yo": "e", "x": "ks"}
_DOUBT = re.compile("(yo|j|c(?!h)|x)")
_MOST_READINGS = 4
_TWICE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """The sound of a folded word; Latin letters in their first reading."""
    if word.isascii():
        word = _LETTERS.sub(lambda found: _LATIN[found.group()], word)
    word = word.translate(_CYRILLIC).replace("ие", "е").replace("нг", "н")
    return _TWICE.sub(r"\1", word)


def sounds(word: str) -> list[str]:
    """What a folded Latin word may sound like, the likeliest first; at most four."""
    parts = _DOUBT.split(word)
    ways = [(part, _AGAIN[part]) if part in _AGAIN else (part,) for part in parts]
    found: list[str] = []
    for spelt in product(*ways[:16]):
        one = sound("".join([*spelt, *parts[16:]]))
        if one not in found:
            found.append(one)
        if len(found) == _MOST_READINGS:
            break
    return found
