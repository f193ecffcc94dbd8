"""Ways to spoil a file as people, editors, disks and attackers do. Each takes and returns bytes.

All randomness comes from the `Random` passed in: the same one gives the same spoilt file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]
"""`(chance, the file, all files)`; the others lend their lines."""

_SIGNS = "[ ] { } [] {} [a, {ru: | > |- >2 --- ... ? - : , # ' \" &a *a !x !!python/object:os.system <<: %TAG"
_VALUES = "~ null no true 0x1F 1e999 9:30 15s -1 0 talk return . a.b talk.listen x.y.z ru ky"
_MARKS = "{operator} {nobody} {{ }} {0.__class__} %s [@click=app.bell] [/x] [red] [OK"
TOKENS = (
    *(*_SIGNS.split(), *_VALUES.split(), *_MARKS.split(), "2 мин", "<<: *a", "%YAML 1.3\n--- "),
    *(
        "\t",
        "\xa0",
        "\u2003",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\x00",
        "\x07",
        "\x1b[2J",
        "\x1b]0;x\x07",
    ),
    *(
        "\x85",
        "\x9b31m",
        "\u2028",
        "\r",
        "\n",
        "\n\n",
        "\n  ",
        '"\\x1b"',
        '"\\ud800"',
        '"\\UFFFFFFFF"',
        "'\n'",
    ),
    *("9" * 400, "a" * 5000, "- " * 30, "[" * 30, "{a: " * 30, "\u0300" * 300, "🙂", "ﷺ", "İ", "ß", "Ω"),
)
"""Pieces with a meaning in YAML, in the base or for a terminal."""

MOST_BYTES = 500_000
"""The result is truncated to this; the spoiling itself must not fill the memory that is measured."""

_WORD = re.compile(r"[\w.{}-]+")


def mutate(chance: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """Apply one to four ways, one after the other."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        data = chance.choice(MUTATIONS)(chance, data, files)[:MOST_BYTES]
    return data


# --- bytes --------------------------------------------------------------------------------------------


def _flip(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8) if data else 0):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _noise(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 60)) + data[at + chance.choice((0, 0, 30)) :]


def _cut(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    return chance.choice(
        (data[:start], data[start:], data[:start] + data[end:], data[:start] + bytes(end - start))
    )


def _encode(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    text = data.decode(errors="replace")
    encoding = chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "utf-7"))
    return text.encode(encoding, errors="replace")


# --- lines --------------------------------------------------------------------------------------------


def _lines(chance: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.choice((1, 1, 1, 2, 5, 20))]
    times = min(chance.choice((3, 30, 300)), 1 + MOST_BYTES // (1 + sum(map(len, some))))
    rest = lines[:start] + lines[start + len(some) :]
    where = chance.randint(0, len(rest))
    theirs = chance.choice(files).splitlines(keepends=True) or [b""]
    first = chance.randrange(len(theirs))
    borrowed = theirs[first : first + chance.choice((1, 2, 10))]
    return b"".join(
        chance.choice(
            (
                rest,  # dropped
                lines[:start] + some + lines[start:],  # doubled
                rest[:where] + some + rest[where:],  # moved
                lines[:start] + borrowed + lines[start:],  # from elsewhere
                lines[:start] + some * times + lines[start:],  # again and again
            )
        )
    )


def _indent(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    more = chance.choice((b" ", b"  ", b"\t", b"\xc2\xa0", b"- ", b"    "))
    less = chance.randint(1, 4)
    deeper = chance.random() < 0.6
    for at in range(start, min(start + chance.choice((1, 1, 3, 10)), len(lines))):
        lines[at] = (
            more + lines[at] if deeper else lines[at][min(less, len(lines[at]) - len(lines[at].lstrip())) :]
        )
    return b"\n".join(lines)


def _ends(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8", b"\n\t", b" ", b"")))


# --- words --------------------------------------------------------------------------------------------


def _token(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    text = data.decode(errors="surrogateescape")
    words = list(_WORD.finditer(text))
    token = chance.choice(TOKENS)
    if words and chance.random() < 0.7:
        word = chance.choice(words)
        text = text[: word.start()] + token + text[chance.choice((word.start(), word.end())) :]
    else:
        at = chance.randint(0, len(text))
        text = text[:at] + token + text[at:]
    return text.encode(errors="surrogateescape")


def _trade(chance: Random, data: bytes, files: Sequence[bytes]) -> bytes:
    """One word becomes another: names that lead elsewhere, fields in the wrong place."""
    text = data.decode(errors="surrogateescape")
    words = _WORD.findall(text)
    others = _WORD.findall(chance.choice((data, *files)).decode(errors="replace"))
    if not words or not others:
        return data
    times = chance.choice((1, 1, 1, 1000))
    return text.replace(chance.choice(words), chance.choice(others)[:60], times).encode(
        errors="surrogateescape"
    )


def _value(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    """A value of another kind: a list instead of a text, a text instead of a mapping."""
    lines = data.split(b"\n")
    keyed = [number for number, line in enumerate(lines) if b":" in line]
    if keyed:
        at = chance.choice(keyed)
        value = chance.choice(
            ("", " []", " {}", " [a, [b]]", " {a: {b: c}}", " x", " |\n  x", " ''", " [", " {x}")
        )
        lines[at] = lines[at].partition(b":")[0] + b":" + value.encode()
    return b"\n".join(lines)


def _unicode(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    text = data.decode(errors="surrogateescape")
    planes = (
        (0, 0x20),
        (0x7F, 0xA0),
        (0x300, 0x370),
        (0x2000, 0x2070),
        (0xE000, 0xFFFF),
        (0x10000, 0x10FFFF),
    )
    for _ in range(chance.randint(1, 20)):
        at = chance.randint(0, len(text))
        text = text[:at] + chr(chance.randint(*chance.choice(planes))) + text[at:]
    return text.encode(errors="surrogatepass")


def _nest(chance: Random, data: bytes, _files: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    depth = chance.choice((5, 19, 21, 200, 20_000))
    opened, closed = chance.choice(
        ((b"[", b"]"), (b"{a: ", b"}"), (b"- ", b""), (b"? ", b""), (b"\n- - ", b""))
    )
    return data[:at] + opened * depth + chance.choice((b"", b"x")) + closed * depth + data[at:]


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip, _noise, _cut, _encode),
    *(_lines, _lines, _lines, _indent, _indent, _ends),
    *(_token, _token, _token, _trade, _trade, _trade, _value, _value, _unicode, _nest),
)
