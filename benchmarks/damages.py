"""Ways in which a trainer's hand slips: each damages one line of a file. See `damage`.

All randomness comes from the `Random` passed in: the same one gives the same damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from msgspec import Struct

from prompter.kb import schema

Lines = list[str]


class Damage(Struct, frozen=True):
    """A file's lines after the slip, the number of the damaged one, from 1, and how many `more` are below it.

    `plausible`: the result could have been written on purpose, so that nothing in the files reveals a slip.
    """

    lines: Lines
    line: int
    plausible: bool = False
    more: int = 0

    @property
    def last(self) -> int:
        """The last damaged line."""
        return self.line + self.more


Way = Callable[[Random, Lines], Damage | None]
"""`(chance, the file's lines)`; None if the file has no suitable line."""

_FIELD = re.compile(r"^( *)((?:- )*)([\w.-]+|\"[\w:]+\"):( .*)?$")
_ITEM = re.compile(r"^ *- (?![\w.-]+:(?: |$))")
_STRAY = (*"`~^@#%&*[]{}|\\<>=+\"'_$", " #", "\t", "\xa0", "\u200b", "c", "Q")
_A_TEXT_TOO = " 1e9"
_OTHER_TYPES = ("", " []", " {}", " [a, [b]]", " {a: b}", " - a", ' "', " &x", " ?", _A_TEXT_TOO)
_LANGUAGES = ("ru", "ky")
_TEXTS = (*_LANGUAGES, "source", "company")


def _fields(type_: schema.Type) -> Iterator[schema.Field]:
    """All fields of every record."""
    if isinstance(type_, schema.Record):
        for field in type_.fields:
            yield field
            yield from _fields(field.type)
    elif isinstance(type_, schema.ListOf):
        yield from _fields(type_.item)
    elif isinstance(type_, schema.MapOf):
        yield from _fields(type_.value)


_FILES = (schema.BASE, schema.SCENARIO, schema.ARTICLE, schema.STATUSES, schema.FORBIDDEN)
_ALL = [field for file in _FILES for field in _fields(file)]
_MAY_BE_LEFT_OUT = {field.name for field in _ALL if not field.required} | set(_LANGUAGES[1:])
_FIELDS = {field.name for field in _ALL} | set(_LANGUAGES)


def has_content(line: str) -> bool:
    """Whether a line has content: it is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_a_text(lines: Lines, at: int) -> bool:
    """Whether a line is inside a multi-line text (`ru: |`): there it may be anything."""
    above = at
    while above > 0:
        above -= 1
        if has_content(lines[above]) and _indent(lines[above]) < _indent(lines[at]):
            return lines[above].rstrip().endswith(("|", ">", "|-", ">-"))
    return False


def _any(chance: Random, lines: Lines, fits: Callable[[int], bool]) -> int | None:
    fitting = [at for at, line in enumerate(lines) if has_content(line) and fits(at)]
    return chance.choice(fitting) if fitting else None


def _replaced(lines: Lines, at: int, *new: str) -> Lines:
    return [*lines[:at], *new, *lines[at + 1 :]]


def dropped(chance: Random, lines: Lines) -> Damage | None:
    """A line is missing."""
    at = _any(chance, lines, lambda _: True)
    if at is None:
        return None
    field = _FIELD.match(lines[at])
    gone = bool(field and field[4] and not field[2] and field[3] in _MAY_BE_LEFT_OUT)
    plausible = gone or bool(_ITEM.match(lines[at])) or _in_a_text(lines, at)
    return Damage(_replaced(lines, at), at + 1, plausible)


def doubled(chance: Random, lines: Lines) -> Damage | None:
    """A line is duplicated."""
    at = _any(chance, lines, lambda _: True)
    return (
        None
        if at is None
        else Damage(_replaced(lines, at, lines[at], lines[at]), at + 2, _in_a_text(lines, at))
    )


def swapped(chance: Random, lines: Lines) -> Damage | None:
    """Two neighbours are swapped. Two of a kind may be in any order."""
    at = _any(chance, lines, lambda at: at + 1 < len(lines) and has_content(lines[at + 1]))
    if at is None:
        return None
    pair = lines[at : at + 2]
    same = _indent(pair[0]) == _indent(pair[1]) and all(_ITEM.match(one) or _whole(one) for one in pair)
    plausible = same or (_in_a_text(lines, at) and _in_a_text(lines, at + 1))
    return Damage([*lines[:at], pair[1], pair[0], *lines[at + 2 :]], at + 1, plausible, 1)


def _whole(line: str) -> bool:
    """Whether a line is a field with its value, so that nothing below belongs to it."""
    field = _FIELD.match(line)
    return bool(field and field[4] and not field[2])


def indents(chance: Random, lines: Lines) -> Damage | None:
    """Two neighbours have swapped their indents."""

    def differ(at: int) -> bool:
        return (
            at + 1 < len(lines)
            and has_content(lines[at + 1])
            and _indent(lines[at]) != _indent(lines[at + 1])
        )

    at = _any(chance, lines, differ)
    if at is None:
        return None
    first, second = lines[at], lines[at + 1]
    new = [" " * _indent(second) + first.lstrip(), " " * _indent(first) + second.lstrip()]
    return Damage([*lines[:at], *new, *lines[at + 2 :]], at + 1, more=1)


def shifted(chance: Random, lines: Lines) -> Damage | None:
    """A line is indented too much or too little."""
    at = _any(chance, lines, lambda _: True)
    if at is None:
        return None
    ways = [" ", "  ", "    ", "\t", "\xa0"] + [-n for n in (1, 2, 4) if n <= _indent(lines[at])]
    by = chance.choice(ways)
    line = lines[at][-by:] if isinstance(by, int) else by + lines[at]
    return Damage(_replaced(lines, at, line), at + 1, _in_a_text(lines, at))


def stray(chance: Random, lines: Lines) -> Damage | None:
    """A sign, a letter of another keyboard or something invisible was inserted."""
    at = _any(chance, lines, lambda _: True)
    if at is None:
        return None
    start = _indent(lines[at])
    where = chance.randint(start, len(lines[at]))
    comment = lines[at].find(" #")
    if 0 <= comment < where:
        where = chance.randint(start, comment)
    line = lines[at][:where] + chance.choice(_STRAY) + lines[at][where:]
    return Damage(_replaced(lines, at, line), at + 1)


def lost(chance: Random, lines: Lines) -> Damage | None:
    """A colon, a dash, a quote or a bracket is missing."""
    spots = [
        (at, found.start(found.lastindex or 0))
        for at, line in enumerate(lines)
        if has_content(line)
        for found in re.finditer(r"^ *(-) |(?=(:)(?: |$))|(?=([\"\[\]{}|]))", line)
    ]
    if not spots:
        return None
    at, col = chance.choice(spots)
    line = lines[at][:col] + lines[at][col + 1 :]
    # without its | two words of a pattern become one, and a pattern may have any words
    joined = lines[at][col] == "|" and not lines[at].endswith("|")
    return Damage(_replaced(lines, at, line), at + 1, joined or _in_a_text(lines, at))


def typed(chance: Random, lines: Lines) -> Damage | None:
    """A value is of another kind, or missing."""
    at = _any(chance, lines, lambda at: _FIELD.match(lines[at]) is not None)
    if at is None:
        return None
    field = _FIELD.match(lines[at])
    assert field is not None
    value = chance.choice(_OTHER_TYPES)
    line = f"{field[1]}{field[2]}{field[3]}:{value}"
    return Damage(_replaced(lines, at, line), at + 1, value == _A_TEXT_TOO and field[3] in _TEXTS)


def named(chance: Random, lines: Lines) -> Damage | None:
    """A letter of a field's name is missing, doubled or wrong."""
    at = _any(chance, lines, lambda at: _FIELD.match(lines[at]) is not None)
    if at is None:
        return None
    field = _FIELD.match(lines[at])
    assert field is not None
    name = field[3]
    where = chance.randrange(len(name))
    letter = chance.choice(("", name[where] * 2, chance.choice("abcdefghijklmnopqrstuvwxyz")))
    line = lines[at][: field.start(3)] + name[:where] + letter + name[where + 1 :] + lines[at][field.end(3) :]
    # a name made up by the trainer may be anything if nothing leads to it
    made_up = name not in _FIELDS
    return None if line == lines[at] else Damage(_replaced(lines, at, line), at + 1, made_up)


WAYS: dict[str, Way] = {
    "dropped line": dropped,
    "doubled line": doubled,
    "swapped lines": swapped,
    "swapped indents": indents,
    "shifted line": shifted,
    "stray character": stray,
    "lost sign": lost,
    "wrong type": typed,
    "misspelt name": named,
}
