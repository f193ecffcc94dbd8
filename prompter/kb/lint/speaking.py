"""How long a phrase takes to say, against the norm that runs meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil

from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import LIMIT, RESPOND
from prompter.kb.problems import Problem

SYLLABLES_A_SECOND = 5.0
"""Unhurried announcing: radio counts 400 to 420 characters in 30 s, and the phrases of the bundled base have
a syllable to 2.8 of them, which is 4.9 a second, pauses included; conversation was measured near that
(Bulgarian: 280 a minute). A phrase too long at this rate is too long for anyone who speaks clearly."""

_SYLLABLE = re.compile("[аеёиоуыэюяөүaeiouy]", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_A_WORD = 3
"""Syllables of a filled-in {word} or of a number: «Айгуль», «тридцать»."""
_BRACES = re.compile(r"\{\s*\w+\s*\}")


def check(seen: Seen) -> Iterator[Problem]:
    """Phrases that cannot be said within their own norm.

    A pause (`wait`) and a promise begin after the phrase, so they do not limit it.
    """
    norms = seen.sources.named("norms")
    for said in seen.spoken():
        name = said.step.data.get("clock") or ""
        norm = norms.get(name) or {}
        limit = norm.get("limit")
        if norm.get("kind") not in (RESPOND, LIMIT) or not limit:
            continue
        if (seconds := seconds_to_say(said.text)) > limit:
            yield note(said.place, "too-long-to-say", seconds=ceil(seconds), norm=name, limit=limit)


def seconds_to_say(text: str) -> float:
    """Estimated time to say a text, in Russian or Kyrgyz, at `SYLLABLES_A_SECOND`."""
    text, filled = _BRACES.subn(" ", text)
    text, numbers = _DIGITS.subn(" ", text)
    return (len(_SYLLABLE.findall(text)) + _A_WORD * (filled + numbers)) / SYLLABLES_A_SECOND
