"""A phrase as a list of words to say: which are optional or filled in, and their weights."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from prompter.kb.model import KnowledgeBase
from prompter.text.folding import fold, places, words
from prompter.text.smallwords import SMALL
from prompter.text.spoken import counted

NAME, MINUTES, FORMS, ANYTHING = "name", "minutes", "forms", "anything"
"""What fills a place: a person's name; minutes within a norm; one of its authored forms; for «…» whatever the
occasion requires."""

_PARTS = re.compile(r"\{(?P<brace>\w+)\}|\((?P<aside>[^()]*)\)|(?P<dots>…[.…]*|\.{3,})")
_SMALL_WEIGHT, _REPEATED = 0.3, 0.3
_CLAUSE_END = re.compile(r"[.,!?:;—–](?=\s|$)")
COURTESY = frozenset(
    {
        "пожалуйста",
        "извините",
        "простите",
        "сожалению",
        "сураныч",
        "кечиресиз",
        "кечиргиле",
        "тилекке",
        "каршы",
    }
)
"""Polite words without content: leaving one out is a slip."""


class Place(Struct, frozen=True):
    """What may fill a place of a phrase: `most` minutes, or the folded words of each of the `forms`."""

    kind: str
    most: int = 0
    forms: tuple[tuple[str, ...], ...] = ()


class Token(Struct, frozen=True):
    """One word of a phrase: folded, as written, its weight, and its position in the text.

    `place` is set if an operator fills it in. Words with the same `choice` (not 0) are alternatives, one is
    enough: «тарифах (услугах, политике)». `clause` counts the pieces between punctuation marks. `light` words
    may be left out: courtesy, small words, repetitions. `name`: the company's own.
    """

    word: str
    written: str
    weight: float = 1.0
    place: Place | None = None
    number: bool = False
    start: int = 0
    choice: int = 0
    clause: int = 0
    light: bool = False
    name: bool = False


Rarity = Mapping[str, float]
"""Folded word -> 0.35 (in most phrases) to 1."""


def is_light(word: str) -> bool:
    """Whether a word may be left out or added without changing what is said."""
    return word in SMALL or word in COURTESY


def weight(word: str, rarity: Rarity) -> float:
    """The weight of a word: «перезвоните» more than «пожалуйста», that more than «я»."""
    return _SMALL_WEIGHT if is_light(word) else rarity.get(word, 1.0)


def tokens(base: KnowledgeBase, text: str, language: str, rarity: Rarity) -> list[Token]:
    """The words of a phrase in order."""
    found: list[Token] = []
    end = 0
    for number, part in enumerate(_PARTS.finditer(text), 1):
        found += _plain(text[end : part.start()], end, language, rarity)
        if part["brace"]:
            found.append(replace(_place(base, part["brace"], language), start=part.start()))
        elif part["dots"]:
            found.append(Token("…", "…", 0.0, Place(ANYTHING), start=part.start(), light=True))
        else:
            aside = _plain(part["aside"], part.start("aside"), language, rarity)
            choices = [replace(one, choice=number) for one in found[-1:] + aside]
            found[-1:] = choices
        end = part.end()
    found += _plain(text[end:], end, language, rarity)
    company = fold(base.company).split()
    return _repeated_less(
        [
            replace(one, clause=_clause(text, one.start), name=one.word in company, light=is_light(one.word))
            for one in found
        ]
    )


def _clause(text: str, at: int) -> int:
    return len(_CLAUSE_END.findall(text[:at]))


def _plain(text: str, begin: int, language: str, rarity: Rarity) -> list[Token]:
    """The words of a piece without places; `begin` is its offset in the whole text."""
    folded, spans = words(text), places(text)
    found: list[Token] = []
    at = 0
    for one in counted(folded, language):
        start = spans[min(at, len(spans) - 1)][0]
        written = text[start : spans[at + one.span - 1][1]] if one.span else one.word
        much = 1.0 if one.number else weight(one.word, rarity)
        found.append(Token(one.word, written, much, number=one.number, start=begin + start))
        at += one.span
    return found


def _place(base: KnowledgeBase, name: str, language: str) -> Token:
    word = base.words.get(name)
    written = f"{{{name}}}"
    if word is None or word.source == "settings":
        return Token(written, written, 0.7, Place(NAME))
    if word.source == "operator":
        norm = base.norms.get(word.norm)
        return Token(written, written, 1.0, Place(MINUTES, most=norm.limit // 60 if norm else 0))
    forms = tuple(tuple(fold(form).split()) for form in word.forms.get(language, {}).values())
    return Token(written, written, 1.0, Place(FORMS, forms=forms))


def _repeated_less(found: list[Token]) -> list[Token]:
    """A repeated word adds little: «Вас не слышно, Вас не слышно»."""
    seen: set[str] = set()
    result = []
    for one in found:
        again = one.word in seen and not one.number and one.place is None
        seen.add(one.word)
        result.append(replace(one, weight=one.weight * _REPEATED, light=True) if again else one)
    return result
