"""Parses what a phone sends, strictly: `GET /v1/call/ringing?number=…&token=…`, or the same as one JSON line.
Anything else is refused with the fitting HTTP status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from prompter.phone.caller import caller
from prompter.text.safe import clean_line

RINGING, ANSWERED, ENDED, REJECTED, SHOW = "ringing", "answered", "ended", "rejected", "show"
KINDS = frozenset({RINGING, ANSWERED, ENDED, REJECTED, SHOW})
"""Kinds of event: a call rings (or is dialled), is answered, is over, was declined; look at the screen."""

MOST_BYTES = 4096
"""Of a whole request. The longest that a phone sends is some hundred bytes."""

_PATH, _PRETENDED = "/v1/call/", "/v1/pretended/"
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)
_ID, _NAME = 128, 80  # letters that are kept


class PhoneEvent(Struct, frozen=True):
    """What happened on the phone. `number` is normalised, "" if hidden; `id` the phone's own for the call, ""
    if it has none; `outgoing`: the operator is calling; `pretended`: only a test, which leaves nothing in the
    record; `at`: when it was reported (Unix seconds) if nobody received it then, 0 for now."""

    kind: str
    number: str = ""
    id: str = ""
    name: str = ""
    outgoing: bool = False
    pretended: bool = False
    at: float = 0.0


class Asked(Struct, frozen=True):
    """A parsed request: its key, not checked yet, and the event; `line` asks for a JSON answer, `pretended`
    is what `prompter phone test` sends."""

    token: str
    kind: str
    fields: Mapping[str, str]
    line: bool = False
    pretended: bool = False

    @property
    def event(self) -> PhoneEvent:
        """The event. Made only after the key was checked: parsing numbers is costly."""
        return event(self.kind, self.fields, self.pretended)


class BadRequest(Struct, frozen=True):
    """Why a request is refused: an HTTP status and a reason."""

    status: int
    why: str
    line: bool = False


def complete(data: bytes) -> bool:
    """Whether the request is complete."""
    if data[:1] == b"{":
        return b"\n" in data
    return b"\r\n\r\n" in data or b"\n\n" in data


def read(data: bytes) -> Asked | BadRequest:
    """The request, or why it is refused."""
    return _line(data.partition(b"\n")[0]) if data[:1] == b"{" else _http(data)


def _line(data: bytes) -> Asked | BadRequest:
    try:
        fields = msgspec.json.decode(data, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return BadRequest(400, "not a line of JSON with texts", line=True)
    kind = fields.get("call", "")
    if kind not in KINDS:
        return BadRequest(404, "no such event", line=True)
    return Asked(fields.get("token", ""), kind, fields, line=True)


def _http(data: bytes) -> Asked | BadRequest:
    head = re.split(b"\r?\n\r?\n", data, maxsplit=1)[0]
    first, *rest = head.decode("utf-8", "replace").splitlines() or [""]
    method, _, target = first.partition(" ")
    target, _, version = target.rpartition(" ")
    if not version.startswith("HTTP/1."):
        return BadRequest(400, "not HTTP")
    if method != "GET":
        return BadRequest(405, "GET alone")
    if refused := _headers(rest):
        return refused
    path, _, query = target.partition("?")
    # in the path, not a field: what a phone inserts into its address, such as a caller's name, comes later
    pretended = path.startswith(_PRETENDED)
    start = _PRETENDED if pretended else _PATH
    kind = path.removeprefix(start)
    if not path.startswith(start) or kind not in KINDS:
        return BadRequest(404, "no such event")
    fields = fields_of(query)
    return Asked(fields.get("token", ""), kind, fields, pretended=pretended)


def _headers(rows: list[str]) -> BadRequest | None:
    """Refuse requests from web pages, which browsers mark in their headers."""
    headers: dict[str, str] = {}
    for row in rows:
        name, colon, value = row.partition(":")
        name = name.strip().lower()
        if not colon or (name in headers and name == "host"):
            return BadRequest(400, "broken headers")
        headers[name] = value.strip()
    if not _LOOPBACK.fullmatch(headers.get("host", "")):
        return BadRequest(403, "not for this host")
    if "origin" in headers or headers.get("sec-fetch-site", "none").lower() != "none":
        return BadRequest(403, "not for pages")
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        return BadRequest(413, "no body")
    return None


def fields_of(query: str) -> dict[str, str]:
    """The fields of a query. The first of a name counts: what a caller's own name smuggles in comes later.

    `+` is a plus, since phones send numbers as they are, but a space in the caller's name, as written by
    `curl -G`.
    """
    fields: dict[str, str] = {}
    for part in query.split("&", 16)[:16]:
        name, _, value = part.partition("=")
        fields.setdefault(name, unquote(value.replace("+", " ") if name == "name" else value))
    return fields


def event(kind: str, fields: Mapping[str, str], pretended: bool = False) -> PhoneEvent:
    """The event of these fields, its texts made safe."""
    number, name = caller(clean_line(fields.get("number", "")), clean_line(fields.get("name", "")))
    return PhoneEvent(
        kind=kind,
        number=number,
        id=clean_line(fields.get("id", ""))[:_ID],
        name=name[:_NAME],
        outgoing=fields.get("direction", "") == "outgoing",
        pretended=pretended,
    )
