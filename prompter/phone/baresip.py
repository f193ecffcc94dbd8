"""baresip's own event stream (its module `ctrl_tcp`), passed on as phone events.

baresip starts no programs, but others can listen: each event is a netstring of JSON, `15:{"event":true…},`.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from prompter.phone.request import ANSWERED, ENDED, REJECTED, RINGING

PORT = 4444
"""The port of `ctrl_tcp` unless configured otherwise."""

_KINDS = {
    "CALL_INCOMING": RINGING,
    "CALL_OUTGOING": RINGING,
    "CALL_RINGING": RINGING,
    "CALL_PROGRESS": RINGING,
    "CALL_ESTABLISHED": ANSWERED,
    "CALL_CLOSED": ENDED,
}
_LONGEST = 65536
_DECLINED = ("connection reset by user", "rejected by user")
"""How baresip reports a call declined here, or, if it was answered, hung up here."""


class Event(Struct, frozen=True):
    """One event of baresip, the fields that matter here. `arguments_of` omits all but calls."""

    type: str = ""
    direction: str = ""
    peeruri: str = ""
    peerdisplayname: str = ""
    id: str = ""
    param: str = ""


class NoStream(Exception):
    """The data is no stream of netstrings."""


def events(connection: socket.socket) -> Iterator[Event]:
    """The events as they come, until baresip ends. Raises `OSError` and `NoStream`."""
    data = b""
    while part := connection.recv(4096):
        data += part
        while True:
            one, data = _taken(data)
            if one is None:
                break
            yield from _decoded(one)


def _taken(data: bytes) -> tuple[bytes | None, bytes]:
    """The first netstring and the rest; None if incomplete."""
    length, colon, rest = data.partition(b":")
    if not (length.isdigit() or not length) or len(length) > 5 or int(length or 0) > _LONGEST:
        raise NoStream
    if not colon or len(rest) <= int(length or 0):
        return None, data
    return rest[: int(length)], rest[int(length) + 1 :]


def _decoded(data: bytes) -> Iterator[Event]:
    try:
        yield msgspec.json.decode(data, type=Event, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return


def arguments_of(event: Event) -> list[str] | None:
    """The event as the client's arguments; None if it is not about a call's beginning or end."""
    kind = _KINDS.get(event.type)
    if kind is None:
        return None
    if kind == ENDED and event.direction == "incoming" and event.param.lower().startswith(_DECLINED):
        kind = REJECTED
    direction = "outgoing" if event.direction == "outgoing" else "incoming"
    fields = {"number": event.peeruri, "id": event.id, "name": event.peerdisplayname, "direction": direction}
    return [kind, *(f"--{name}={value}" for name, value in fields.items() if value)]


def calls(connection: socket.socket) -> Iterator[list[str]]:
    """The client's arguments, event by event, until baresip ends. Raises `NoStream`.

    Calls ringing or running then are reported as over: baresip is gone, so nothing else would end them.
    """
    going: dict[str, Event] = {}
    try:
        for event in events(connection):
            if argv := arguments_of(event):
                if argv[0] in (RINGING, ANSWERED):
                    going[event.id] = event
                else:
                    going.pop(event.id, None)
                yield argv
    except OSError:  # baresip was killed
        pass
    for event in going.values():
        yield arguments_of(replace(event, type="CALL_CLOSED", param="")) or []
