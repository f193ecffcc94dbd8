"""The loopback listener: who is let in, what is answered, what it survives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from prompter.phone import listener as module
from prompter.phone.listener import DONE, HELD, LATER, Answer, Listener
from prompter.phone.request import MOST_BYTES, PhoneEvent
from prompter.phone.token import Token

PATIENCE = 20.0


class Heard:
    """A listener with somebody behind it who does what is told at once, unless `slow`."""

    def __init__(self, home: Path) -> None:
        self.token = Token(home)
        self.events: list[PhoneEvent] = []
        self.answers: Queue[Answer] = Queue()
        self.refusals: Queue[None] = Queue()
        self.slow = False
        self.status = DONE
        self.time = 0.0
        self.listener = Listener(
            self._take, lambda: self.refusals.put(None), self.token.current, lambda: self.time
        )
        self.port = 0

    def _take(self, event: PhoneEvent, answer: Answer) -> None:
        self.events.append(event)
        if self.slow:
            self.answers.put(answer)
        else:
            threading.Thread(target=answer, args=(self.status,)).start()

    def get(self, target: str, token: str | None = None, headers: str = "") -> bytes:
        token = self.token.current() if token is None else token
        host = f"Host: 127.0.0.1:{self.port}\r\n"
        return self.send(f"GET {target}&token={token} HTTP/1.1\r\n{host}{headers}\r\n".encode())

    def send(self, data: bytes) -> bytes:
        with self.connected() as connection:
            connection.sendall(data)
            return read_all(connection)

    @contextmanager
    def connected(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            yield connection


def read_all(connection: socket.socket) -> bytes:
    data = b""
    while part := connection.recv(4096):
        data += part
    return data


def status(answer: bytes) -> int:
    return int(answer.split()[1])


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    heard = Heard(tmp_path)
    heard.port = heard.listener.start()
    yield heard
    heard.listener.stop()


def test_an_event_is_handed_on_and_answered(heard: Heard) -> None:
    answer = heard.get("/v1/call/ringing?number=0555123456&id=1")
    assert heard.events == [PhoneEvent("ringing", "+996555123456", "1")]
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nCache-Control: no-store\r\n" in answer
    assert b"555" not in answer


def test_a_line_of_json_is_answered_with_one(heard: Heard) -> None:
    line = f'{{"call":"ended","id":"1","token":"{heard.token.current()}"}}\n'.encode()
    assert heard.send(line) == b'{"status":200,"told":"OK"}\n'
    assert heard.send(b'{"call":"ended","token":"x"}\n') == b'{"status":403,"told":"Forbidden"}\n'
    assert [event.kind for event in heard.events] == ["ended"]


def test_what_is_held_in_memory_alone_is_not_ok(heard: Heard) -> None:
    heard.status = HELD
    assert status(heard.get("/v1/call/ended?id=1")) == 202


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "é"])
def test_a_wrong_key_opens_nothing(heard: Heard, token: str) -> None:
    assert status(heard.get("/v1/call/ringing?id=1", token)) == 403
    assert heard.events == []
    heard.refusals.get(timeout=PATIENCE)


def test_a_new_key_counts_at_once(heard: Heard) -> None:
    old = heard.token.current()
    assert status(heard.get("/v1/call/ringing?id=1", old)) == 200
    new = Token(heard.token.path.parent).rotate()  # by another program
    assert status(heard.get("/v1/call/ringing?id=1", old)) == 403
    assert status(heard.get("/v1/call/ringing?id=1", new)) == 200


def test_pages_are_refused(heard: Heard) -> None:
    assert status(heard.get("/v1/call/ringing?id=1", headers="Origin: http://x\r\n")) == 403
    assert status(heard.get("/v1/call/ringing?id=1", headers="Sec-Fetch-Site: cross-site\r\n")) == 403
    assert heard.events == []


def test_it_comes_in_pieces(heard: Heard) -> None:
    request = f"GET /v1/call/show?token={heard.token.current()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with heard.connected() as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in request:
            connection.sendall(bytes([byte]))
        assert status(read_all(connection)) == 200
    assert [event.kind for event in heard.events] == ["show"]


def test_too_much_is_refused_before_it_ends(heard: Heard) -> None:
    with heard.connected() as connection:
        connection.sendall(b"GET /v1/call/show?number=" + b"1" * (MOST_BYTES - 20))
        assert status(read_all(connection)) == 413
    assert heard.events == []


def test_who_says_nothing_is_left_behind(heard: Heard) -> None:
    with heard.connected() as silent:
        assert status(heard.get("/v1/call/show?id=1")) == 200  # it is known that both are connected
        heard.time = 3.0
        heard.get("/v1/call/show?id=2")
        assert status(read_all(silent)) == 408


def test_many_who_say_nothing_keep_nobody_out(heard: Heard) -> None:
    silent = [socket.create_connection(("127.0.0.1", heard.port)) for _ in range(module._CONNECTIONS + 40)]
    try:
        assert status(heard.get("/v1/call/show?id=1")) == 200
    finally:
        for one in silent:
            one.close()


def test_more_at_once_than_can_be_true(heard: Heard) -> None:
    answers = [status(heard.get(f"/v1/call/ringing?id={n}")) for n in range(module._AT_ONCE + 5)]
    assert answers == [200] * module._AT_ONCE + [429] * 5
    heard.time = 1.0
    assert status(heard.get("/v1/call/ringing?id=later")) == 200


def test_what_is_not_done_in_time_is_to_be_told_again(heard: Heard) -> None:
    heard.slow = True
    with heard.connected() as waits:
        waits.sendall(
            f"GET /v1/call/ended?token={heard.token.current()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        answer = heard.answers.get(timeout=PATIENCE)
        heard.time = 6.0
        heard.get("/v1/call/show?id=1", "wrong")
        assert status(read_all(waits)) == LATER
        answer(DONE)  # too late: nobody waits for it
    heard.slow = False
    assert status(heard.get("/v1/call/show?id=1")) == 200


def test_at_the_end_who_waits_is_told_to_come_again(heard: Heard) -> None:
    heard.slow = True
    with heard.connected() as waits:
        waits.sendall(
            f"GET /v1/call/ended?token={heard.token.current()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        heard.answers.get(timeout=PATIENCE)
        heard.listener.stop()
        assert status(read_all(waits)) == LATER


def test_only_loopback_is_listened_on(heard: Heard) -> None:
    assert heard.listener._socket
    assert heard.listener._socket.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_an_error(heard: Heard, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"[Aa]ddress"):
        Heard(tmp_path).listener.start(heard.port)


def test_without_a_readable_key_nobody_is_let_in(heard: Heard) -> None:
    key = heard.token.current()
    heard.token.path.unlink()
    heard.token.path.mkdir()
    assert status(heard.get("/v1/call/show?id=1", key)) == 403
