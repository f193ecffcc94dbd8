"""What every event has: its stream, its type and version, its envelope."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

CALL, PROMISE, STATUS, SEARCH, PRACTICE = "call", "promise", "status", "search", "practice"
GAP = "gap"
"""The streams. What is recorded in `PRACTICE` beside a drill's calls stands in `call.drill_events`."""

LIVE = "live"
"""The mode of real work; `PRACTICE` is that of drills, preview the third."""


class Body(Struct, frozen=True):
    """What happened. `STREAM`, `TYPE` and `V` name the kind and version of the record."""

    STREAM: ClassVar[str] = CALL
    TYPE: ClassVar[str] = ""
    V: ClassVar[int] = 1


class Event(Struct, frozen=True):
    """The envelope. `cause` is shared by all events of one key press; `call` is "" where none fits."""

    id: str
    desk: str
    call: str
    at: float
    mode: str
    revision: str
    cause: str
    body: Body


def to_data(body: Body) -> dict[str, Any]:
    """The body's fields as plain JSON values, but for empty ones whose default is the empty value.

    So a default never changes for a recorded type: that is what its older records mean.
    """
    fields, defaults = body.__struct_fields__, body.__struct_defaults__
    needed = len(fields) - len(defaults)  # the first ones have no default
    data = {name: getattr(body, name) for name in fields[:needed]}
    for name, default in zip(fields[needed:], defaults, strict=True):
        value = getattr(body, name)
        if value or (default and isinstance(default, str | int | float)):
            data[name] = value
    return data
