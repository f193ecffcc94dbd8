"""Filling the {braces} of authored texts: the operator's name, her form, the time of day, times she names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct, field

from prompter.kb.model import KnowledgeBase, Word

PLAIN, FILLED, MISSING, TIMED = "plain", "filled", "missing", "timed"
"""Kinds of a fragment: the author's text; a filled-in word; a missing one; a time that the arrows change."""

_BRACES = re.compile(r"\{(\w+)\}")


class Fragment(Struct, frozen=True):
    """A piece of a filled text. For a missing word `text` is its name, `source` where it comes from."""

    text: str
    kind: str = PLAIN
    source: str = ""


Filled = tuple[Fragment, ...]


class Speaker(Struct, frozen=True):
    """What is known for filling: the operator, her form ("m", "f" or ""), the moment, times by norm.

    `promised` are the norms whose time was promised in this call: it is said as promised.
    """

    operator: str = ""
    gender: str = ""
    local: datetime | None = None
    seconds: Mapping[str, int] = field(default_factory=dict)
    promised: frozenset[str] = frozenset()


def words_in(text: str) -> Iterator[str]:
    """The names of the words that a text uses."""
    return (match[1] for match in _BRACES.finditer(text))


def fill(base: KnowledgeBase, text: str, language: str, speaker: Speaker) -> Filled:
    """The text with its words filled in, as fragments; what cannot be filled is marked as missing."""
    fragments: list[Fragment] = []
    end = 0
    for match in _BRACES.finditer(text):
        if match.start() > end:
            fragments.append(Fragment(text[end : match.start()]))
        fragments.append(_word(base.words.get(match[1]), match[1], language, speaker, base))
        end = match.end()
    if end < len(text) or not fragments:
        fragments.append(Fragment(text[end:]))
    return tuple(fragments)


def _word(word: Word | None, name: str, language: str, speaker: Speaker, base: KnowledgeBase) -> Fragment:
    if word is None:
        return Fragment(name, MISSING)
    if word.source == "operator":
        seconds = speaker.seconds.get(word.norm, word.default)
        adjustable = base.norms[word.norm].step > 0 and word.norm not in speaker.promised
        return Fragment(str(seconds // 60), TIMED if adjustable else FILLED)
    text = _text(word, language, speaker)
    return Fragment(text, FILLED) if text else Fragment(name, MISSING, word.source)


def _text(word: Word, language: str, speaker: Speaker) -> str:
    forms = word.forms.get(language, {})
    if word.source == "settings":
        return speaker.operator
    if word.source == "gender":
        return forms.get(speaker.gender, "")
    if not forms or speaker.local is None:
        return ""
    now = speaker.local.strftime("%H:%M")
    begun = [start for start in sorted(forms) if start <= now]
    # before the first hour of the day it is still the last evening
    return forms[begun[-1] if begun else max(forms)]
