"""Look-alike letters and unspeakable signs: slips that the eye does not catch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prompter.kb.lint.seen import Seen, note
from prompter.kb.lint.texts import PATTERN, Text, files
from prompter.kb.problems import Place, Problem

_RUSSIAN = "а-яёА-ЯЁ"
_KYRGYZ = _RUSSIAN + "ңөүҢӨҮ"
_SUSPECT = re.compile(rf"[A-Za-z][{_KYRGYZ}]|[{_KYRGYZ}][A-Za-z]|[^{_KYRGYZ}A-Za-z0-9 \n.,:;!?()/«»„“…–—№-]")
"""Rare in texts: those without a match need no closer look."""
_CYRILLIC = re.compile(f"[{_KYRGYZ}]")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(f"[^{_KYRGYZ}]")

_LOOKS = dict(
    zip(
        "aceopxyABCEHKMOPTXYѳѲӧӦҥӊҤӉұҰӱӰγўіІїє",
        "асеорхуАВСЕНКМОРТХУөӨөӨңңҢҢүҮүҮүуиИие",
        strict=True,
    )
)
"""Which letter was meant by a look-alike of another alphabet."""

# A sign is spoken with a digit (50 %, *100#, 20 $) and belongs to names in Latin letters (a@b.kg, AT&T).
_SIGN = re.compile(r"[~^`@#%&*\[\]{}|\\<>=_$]|(?<!\w)\+(?=[^\W\d])")
_NAMED = re.compile(
    r"\{ {0,9}\w{1,60} {0,9}\}|[*#$]{0,3}\d[\d*#%$]*+(?: [%$])?|[A-Za-z][A-Za-z0-9_.@&=/#-]*+"
)
_COMMENT = re.compile(r"\s#")
_SPACES = {"\xa0": "U+00A0", "\t": "U+0009"}
"""Spaces other than the plain one."""


def check(seen: Seen) -> Iterator[Problem]:
    """Words of mixed alphabets, signs within words, odd spaces."""
    suspect = {words for words in seen.wordings if _SUSPECT.search(words)}
    for text in seen.written if suspect else ():
        if text.use != PATTERN and text.text in suspect:
            yield from _mixed(seen, text)
            yield from _signs(seen, text)
    yield from _spaces(seen)


def _mixed(seen: Seen, text: Text) -> Iterator[Problem]:
    for found in _WORD.finditer(text.text):
        word = found[0]
        foreign = _FOREIGN.search(word)
        if foreign is None or not _CYRILLIC.search(word):
            continue
        right = "".join(_LOOKS.get(letter, letter) for letter in word)
        guess: dict[str, str | int] = {} if _FOREIGN.search(right) else {"suggestion": right}
        place = seen.within(text.place, word)
        yield note(place, "mixed-letters", None, word=word, letter=foreign[0], **guess)


def _signs(seen: Seen, text: Text) -> Iterator[Problem]:
    reported = set()
    for found in _SIGN.finditer(_NAMED.sub(lambda named: " " * len(named[0]), text.text)):
        if found[0] not in reported:
            reported.add(found[0])
            yield note(seen.within(text.place, found[0]), "odd-sign", sign=found[0])


def _spaces(seen: Seen) -> Iterator[Problem]:
    """They are read as plain spaces: one inside a word splits it, and nobody sees why."""
    for source in files(seen.sources):
        if source.text and not any(one.encode() in source.text for one in _SPACES):
            continue
        for number, line in enumerate(seen.texts.lines(source.file), 1):
            text = _COMMENT.split(line, maxsplit=1)[0].rstrip()
            for space, name in _SPACES.items():
                if (at := text.find(space)) >= 0:
                    yield note(Place(source.file, number, at + 1), "odd-sign", sign=name)
