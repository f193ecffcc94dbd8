"""Norms out of any reasonable bounds: nobody holds a caller for an hour, or pauses for a minute."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import LIMIT, PROMISE, RESPOND, WAIT
from prompter.kb.problems import Problem

_MINUTE, _HOUR = 60, 3600
BOUNDS = {
    LIMIT: (5, 30 * _MINUTE),
    RESPOND: (2, 10 * _MINUTE),
    WAIT: (1, 60),
    PROMISE: (_MINUTE, 72 * _HOUR),
}
"""The shortest and longest of each kind in seconds; the standard's own are well within (slides 9–16)."""


def check(seen: Seen) -> Iterator[Problem]:
    """Norms that no call can keep, or none can break: mostly a wrong unit."""
    for name, norm in seen.sources.named("norms").items():
        least, most = BOUNDS.get(norm.get("kind") or "", (0, 0))
        limit = norm.get("limit")
        if most and limit and not least <= limit <= most:
            place = seen.sources.base.at("norms", name, "limit")
            yield note(place, "norm-out-of-bounds", norm=name, least=_length(least), most=_length(most))


def _length(seconds: int) -> str:
    """A duration as a trainer writes it."""
    for unit, name in ((_HOUR, "ч"), (_MINUTE, "мин")):
        if seconds % unit == 0:
            return f"{seconds // unit} {name}"
    return f"{seconds} с"
