"""Why something cannot be done."""

from __future__ import annotations

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """Why an action cannot be done now: a stable code; the wording is added at the edge."""

    code: str


class Refused(Exception):
    """Raised inside a rule with a code; becomes its `Refusal`."""
