"""Records back to events: versions and upcasters, so that what was written once is always read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from prompter.call.events import BODIES, Body

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(type, version) -> the data of the next version. Filled when a body's `V` first rises."""


class UnknownRecord(Exception):
    """A record of a type or version that this program does not know: written by a newer one."""


def from_data(type_: str, version: int, data: dict[str, Any]) -> Body:
    """The event body of a record of any known version; `UnknownRecord` for a newer program's.

    Fields that a newer minor writer added are dropped; lists become tuples.
    """
    body = BODIES.get(type_)
    if body is None or version > body.V:
        raise UnknownRecord(f"{type_} v{version}")
    for old in range(version, body.V):
        data = UPCASTERS[type_, old](data)
    known = {f.name for f in fields(body)}
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    try:
        return body(**values)
    except TypeError as error:
        raise UnknownRecord(f"{type_} v{version}: {error}") from error
