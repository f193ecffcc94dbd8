"""Records back to events: versions and upcasters, so that what was written once can always be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from prompter.call.events import BODIES, Body

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(type, version) -> converts the data to the next version. Filled when a body's `V` first rises."""


class UnknownRecord(Exception):
    """A record of an unknown type or version: written by a newer program."""


def from_data(type_: str, version: int, data: dict[str, Any]) -> Body:
    """The event body of a record of any known version. Raises UnknownRecord for a newer program's.

    Fields that a newer writer added are dropped; one of the wrong type makes the record unknown.
    """
    body = BODIES.get(type_) or _drilled(type_)
    if body is None or version > body.V:
        raise UnknownRecord(f"{type_} v{version}")
    for old in range(version, body.V):
        data = UPCASTERS[type_, old](data)
    try:
        return msgspec.convert(data, body)
    except msgspec.ValidationError as error:
        raise UnknownRecord(f"{type_} v{version}: {error}") from error


def _drilled(type_: str) -> type[Body] | None:
    """An event type of a drill; loaded only when a record needs it."""
    from prompter.call import drill_events

    return drill_events.BODIES.get(type_)
