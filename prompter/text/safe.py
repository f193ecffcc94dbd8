"""Sanitises text from outside: the one place used at every border.

A file, an argument, a socket, a database row or a form may contain an escape sequence that repaints the
terminal, a bidi override that shows a sentence backwards, or invisible characters that make equal words
differ. All of it is removed here, once, in linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

# C0 except tab and line breaks, DEL, C1, line separators that only some programs obey, bidi overrides and
# isolates, lone surrogates, interlinear marks and noncharacters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_DANGEROUS = _CONTROL + "\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
# Soft hyphen, zero-width spaces and joiners, direction marks, fillers, BOM, language tags: harmless, unseen.
_INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\U000e0000-\U000e0fff"
)
_DANGER = f"[{_DANGEROUS}]"
_UNSAFE = f"[{_DANGEROUS}{_INVISIBLE}]"
_SEPARATORS = "\r\n?|[\x0b\x0c\x85\u2028\u2029]"

# Most texts consist of these only: nothing to remove or compose. The patterns take 2 ms to compile, and the
# first frame needs none of them.
_PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x400, 0x482), *range(0x48A, 0x530)))) | frozenset(
    "«»„“”‘’—–…№"
)

# Sorting a long run of combining marks is quadratic in the normaliser; Unicode's own stream-safe format
# allows 30. No mark is a word character, so this linear pattern finds every such run.
_MARKS_ALLOWED = 30
_LONG_RUN = r"[^\w\s]{31,}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def clean(text: str) -> str:
    """`text` without control, bidi and invisible characters, in NFC; newlines stay, a tab becomes a space."""
    if _PLAIN.issuperset(text):
        return text
    text = _compiled(_SEPARATORS).sub("\n", text).replace("\t", " ")
    text = _compiled(_UNSAFE).sub("", text)
    if text.isascii():
        return text
    if _compiled(_LONG_RUN).search(text):
        text = "".join(_without_long_runs(text))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """`clean` text as one line: every run of white space becomes one space, none at the ends."""
    return " ".join(clean(text).split())


def unsafe_at(text: str, start: int = 0) -> int | None:
    """The index of the first dangerous character from `start` on, or None.

    Control and bidi characters and lone surrogates are dangerous. Merely invisible ones (`invisible_at`),
    tabs and line breaks are not.
    """
    found = _compiled(_DANGER).search(text, start)
    return found.start() if found else None


def invisible_at(text: str, start: int = 0) -> int | None:
    """The index of the first character from `start` on that `clean` removes, dangerous or not, or None."""
    found = _compiled(_UNSAFE).search(text, start)
    return found.start() if found else None


def without_danger(text: str) -> str:
    """`text` with a space for each dangerous character, so that all positions stay the same."""
    return _compiled(_DANGER).sub(" ", text)


def for_spreadsheet(text: str) -> str:
    """A cell for CSV: an apostrophe before anything that a spreadsheet would take for a formula.

    Numbers, including negative ones, are unchanged.
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _without_long_runs(text: str) -> Iterator[str]:
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MARKS_ALLOWED:
            yield char
