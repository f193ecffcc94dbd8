"""Quotes and dashes as in print: «…» and –, not \" and -."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prompter.kb.lint.seen import Seen, note
from prompter.kb.lint.texts import PATTERN, Text
from prompter.kb.problems import Problem

_QUOTE = re.compile("[\"']")
_DASH = re.compile("(?<=[^ \n]) --? (?=[^ ])|--+")


def check(seen: Seen) -> Iterator[Problem]:
    """Typewriter quotes and dashes in readable texts, once per text. Patterns are not prose."""
    for text in seen.written:
        if text.use == PATTERN or not text.language:
            continue
        if '"' in text.text or "'" in text.text:
            yield from _first(seen, text, _QUOTE, "plain-quotes")
        if "- " in text.text or "--" in text.text:
            yield from _first(seen, text, _DASH, "plain-dash")


def _first(seen: Seen, text: Text, pattern: re.Pattern[str], code: str) -> Iterator[Problem]:
    if found := pattern.search(text.text):
        beside = text.text[found.start() : found.end() + 12].split("\n")[0]
        yield note(seen.within(text.place, found[0] if code == "plain-quotes" else beside), code)
