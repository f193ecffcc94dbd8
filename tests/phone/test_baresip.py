"""baresip's stream of events, as it comes and as anybody could send it."""

from __future__ import annotations

import socket
import threading

import pytest

from prompter.phone.baresip import Event, NoStream, arguments_of, calls, events

INCOMING = (
    b'{"event":true,"type":"CALL_INCOMING","class":"call","accountaor":"sip:operator@127.0.0.1:5070",'
    b'"direction":"incoming","peeruri":"sip:0555123456@127.0.0.1:5061","peerdisplayname":"x","id":"1-9@h",'
    b'"param":"sip:0555123456@127.0.0.1:5061"}'
)


def netstring(data: bytes) -> bytes:
    return b"%d:%s," % (len(data), data)


def heard(*parts: bytes) -> list[Event]:
    ours, theirs = socket.socketpair()

    def send() -> None:
        with theirs:
            for part in parts:
                theirs.sendall(part)

    thread = threading.Thread(target=send)
    thread.start()
    with ours:
        found = list(events(ours))
    thread.join()
    return found


def test_events_come_in_any_pieces() -> None:
    stream = netstring(INCOMING) + netstring(b'{"response":true,"ok":true,"data":""}') + netstring(INCOMING)
    assert [event.type for event in heard(stream)] == ["CALL_INCOMING", "", "CALL_INCOMING"]
    assert heard(*(stream[n : n + 7] for n in range(0, len(stream), 7))) == heard(stream)
    assert heard(netstring(INCOMING)[:-9]) == []


@pytest.mark.parametrize("data", [b"no stream at all\n", b"999999:x", b"99999:", b"-1:x,"])
def test_something_else_on_the_port(data: bytes) -> None:
    with pytest.raises(NoStream):
        heard(data)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"type":5}', b'{"type":{}}'])
def test_what_is_no_event_is_left_out(data: bytes) -> None:
    assert [event.type for event in heard(netstring(data) + netstring(INCOMING))][-1] == "CALL_INCOMING"


def test_what_is_told_on() -> None:
    (event,) = heard(netstring(INCOMING))
    number = "--number=sip:0555123456@127.0.0.1:5061"
    rest = ["--id=1-9@h", "--name=x", "--direction=incoming"]
    assert arguments_of(event) == ["ringing", number, *rest]
    assert arguments_of(Event("CALL_LOCAL_SDP")) is None
    assert arguments_of(Event()) is None
    assert arguments_of(Event("CALL_RINGING", "outgoing")) == ["ringing", "--direction=outgoing"]
    closed = ["--direction=incoming"]
    assert arguments_of(Event("CALL_CLOSED", "incoming", param="Connection reset by user")) == [
        "rejected",
        *closed,
    ]
    assert arguments_of(Event("CALL_CLOSED", "incoming", param="Connection reset by peer")) == [
        "ended",
        *closed,
    ]
    assert arguments_of(Event("CALL_CLOSED", "outgoing", param="Connection reset by user"))[0] == "ended"  # type: ignore[index]


class Killed:
    """A connection that breaks after what it has sent."""

    def __init__(self, data: bytes) -> None:
        self._parts = [data]

    def recv(self, _most: int) -> bytes:
        if self._parts:
            return self._parts.pop()
        raise ConnectionResetError


def test_calls_that_went_on_when_baresip_ended_are_over() -> None:
    second = INCOMING.replace(b"1-9@h", b"2-9@h")
    established = second.replace(b"CALL_INCOMING", b"CALL_ESTABLISHED")
    third = INCOMING.replace(b"1-9@h", b"3-9@h")
    closed = third.replace(b"CALL_INCOMING", b"CALL_CLOSED")
    stream = b"".join(map(netstring, [INCOMING, second, established, third, closed]))
    argv = list(calls(Killed(stream)))  # type: ignore[arg-type]
    assert [(one[0], one[2]) for one in argv[5:]] == [("ended", "--id=1-9@h"), ("ended", "--id=2-9@h")]
    assert [one[0] for one in argv[:5]] == ["ringing", "ringing", "answered", "ringing", "ended"]
