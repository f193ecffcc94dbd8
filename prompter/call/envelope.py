"""What every event has: its stream, its type and version, its envelope."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

CALL, PROMISE, STATUS, SEARCH, PRACTICE = "call", "promise", "status", "search", "practice"
GAP = "gap"
"""The streams. `call.drill_events` has what is recorded in `PRACTICE` besides a drill's calls."""

LIVE = "live"
"""The mode of real work; `PRACTICE` is that of drills, preview the third."""


class Body(Struct, frozen=True):
    """What happened. `STREAM`, `TYPE` and `V` identify the kind and version of the record."""

    STREAM: ClassVar[str] = CALL
    TYPE: ClassVar[str] = ""
    V: ClassVar[int] = 1


class Event(Struct, frozen=True):
    """The envelope. `cause` is shared by all events of one key press; `call` is "" if none applies."""

    id: str
    desk: str
    call: str
    at: float
    mode: str
    revision: str
    cause: str
    body: Body


def to_data(body: Body) -> dict[str, Any]:
    """Fields as JSON values; a field whose empty default is unchanged is omitted.

    So never change a recorded field's default.
    """
    fields, defaults = body.__struct_fields__, body.__struct_defaults__
    needed = len(fields) - len(defaults)  # the first ones have no default
    data = {name: getattr(body, name) for name in fields[:needed]}
    for name, default in zip(fields[needed:], defaults, strict=True):
        value = getattr(body, name)
        if value or (default and isinstance(default, str | int | float)):
            data[name] = value
    return data
