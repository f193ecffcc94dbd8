"""How long a phrase takes to say, against the norm that runs meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import LIMIT, RESPOND
from prompter.kb.problems import Problem

SYLLABLES_A_SECOND = 5.0
"""Unhurried announcing: radio counts 400 to 420 letters and spaces in 30 s, and the phrases of the bundled
base have a syllable to 2.8 of them, which is 4.9 a second, pauses included; talk was measured near that
(Bulgarian: 280 a minute). A phrase too long at this rate is too long for whoever speaks clearly."""

_SYLLABLE = re.compile("[аеёиоуыэюяөүaeiouy]", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_A_WORD = 3
"""Syllables of a {word} that is filled in, or of a number: «Айгуль», «тридцать»."""
_BRACES = re.compile(r"\{\s*\w+\s*\}")


def check(seen: Seen) -> Iterator[Problem]:
    """Phrases that are not said before their own norm is over.

    A pause (`wait`) and a promise begin behind the phrase and leave it all the time it takes.
    """
    norms = seen.sources.named("norms")
    for said in seen.said():
        name = said.step.data.get("clock") or ""
        norm = norms.get(name) or {}
        limit = norm.get("limit")
        if norm.get("kind") not in (RESPOND, LIMIT) or not limit:
            continue
        if (seconds := seconds_to_say(said.text)) > limit:
            yield note(said.place, "too-long-to-say", seconds=ceil(seconds), norm=name, limit=limit)


def seconds_to_say(text: str) -> float:
    """About how long a text takes, in Russian or Kyrgyz, at `SYLLABLES_A_SECOND`."""
    text, filled = _BRACES.subn(" ", text)
    text, numbers = _DIGITS.subn(" ", text)
    return (len(_SYLLABLE.findall(text)) + _A_WORD * (filled + numbers)) / SYLLABLES_A_SECOND
