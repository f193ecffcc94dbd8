"""The loopback listener: one thread, one short answer per connection, nothing kept of refused requests.

It reads, checks and passes on; what an event means is decided by whoever `take`s it, in another thread. An
event is answered with 200 only when it was done and recorded: in doubt a phone may repeat it.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import cache
from hmac import compare_digest

import msgspec

from prompter.phone.request import MOST_BYTES, Asked, BadRequest, PhoneEvent, complete, read

HOST = "127.0.0.1"
DONE, HELD, LATER = 200, 202, 503
"""Answers: done and recorded; done and held in memory only; not done, try again."""

_PORTION = 65536  # unread data would make closing the connection discard the answer
_READ_SECONDS = 2.0
_DONE_SECONDS = 5.0
_CONNECTIONS = 128
_A_SECOND, _AT_ONCE = 50, 100  # events with the right key: a desk has two calls at most
_FLOOD, _BREATH_SECONDS = 50, 0.005  # refusals in a second; what a true event then waits at most
_REASONS = {
    200: "OK",
    202: "Accepted",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Content Too Large",
    429: "Too Many Requests",
    503: "Service Unavailable",
}

Answer = Callable[[int], None]
Take = Callable[[PhoneEvent, Answer], None]


class _Connection:
    """A client: the data received so far, and how long to wait for the rest or for the answer."""

    __slots__ = ("data", "line", "socket", "taken", "until")

    def __init__(self, one: socket.socket, until: float) -> None:
        self.socket, self.until = one, until
        self.data = b""
        self.line = self.taken = False


class Listener:
    """Receives events on loopback. `take` and `refused` are called in its thread, `take`'s answer in any."""

    def __init__(
        self,
        take: Take,
        refused: Callable[[], None],
        token: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._take, self._refused, self._token, self._clock = take, refused, token, clock
        self._socket: socket.socket | None = None
        self._selector = selectors.DefaultSelector()
        self._waker, self._woken = socket.socketpair()
        self._connections: dict[socket.socket, _Connection] = {}
        self._answers: deque[tuple[_Connection, int]] = deque()
        self._credit, self._credited = float(_AT_ONCE), clock()
        self._counted, self._refusals, self._flood = clock(), 0, False
        self._stopping = False
        self._thread: threading.Thread | None = None

    # life

    def start(self, port: int = 0) -> int:
        """Start listening on this port or, for 0, on a free one; returns the port. Raises `OSError`."""
        one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name == "posix":  # elsewhere this would share the port with another program
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            elif hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            one.bind((HOST, port))
            one.listen(_CONNECTIONS)
        except OSError:
            one.close()
            raise
        for waited in (one, self._woken):
            waited.setblocking(False)
            self._selector.register(waited, selectors.EVENT_READ)
        self._socket = one
        self._thread = threading.Thread(target=self._run, name="phone", daemon=True)
        self._thread.start()
        return int(one.getsockname()[1])

    def stop(self) -> None:
        """Stop listening; clients waiting for an answer are asked to try again."""
        self._stopping = True
        self._wake()
        if self._thread:
            self._thread.join(2.0)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")

    # the thread

    def _run(self) -> None:
        while not self._stopping:
            self._round()
            if self._flooded():
                time.sleep(_BREATH_SECONDS)
        for connection in list(self._connections.values()):
            self._reply(connection, LATER)
        for one in (self._socket, self._waker, self._woken):
            if one:
                one.close()
        self._selector.close()

    def _round(self) -> None:
        """Wait for data or a timeout, and handle it."""
        for key, _ in self._selector.select(self._patience()):
            if key.fileobj is self._socket:
                self._accept()
            elif key.fileobj is self._woken:
                self._woken.recv(4096)
            elif connection := self._connections.get(key.fileobj):  # type: ignore[call-overload]
                self._receive(connection)
        while self._answers:
            connection, status = self._answers.popleft()
            self._reply(connection, status)
        self._time_out()

    def _flooded(self) -> bool:
        """Whether there are so many refusals that they are handled in bundles: the screen needs the time."""
        now = self._clock()
        if now - self._counted > 1.0:
            self._counted, self._flood, self._refusals = now, self._refusals > _FLOOD, 0
        return self._flood

    def _patience(self) -> float | None:
        if not self._connections:
            return None
        return max(0.0, min(one.until for one in self._connections.values()) - self._clock())

    def _accept(self) -> None:
        assert self._socket
        for _ in range(16):  # then those who are connected have their turn
            try:
                one, _address = self._socket.accept()
            except OSError:
                return
            one.setblocking(False)
            if len(self._connections) >= _CONNECTIONS:
                self._make_room()
            connection = _Connection(one, self._clock() + _READ_SECONDS)
            self._connections[one] = connection
            self._selector.register(one, selectors.EVENT_READ)
            self._receive(connection)  # mostly all of it is there already

    def _make_room(self) -> None:
        """Drop the client that has been silent longest; keep an event that is being done."""
        silent = next((one for one in self._connections.values() if not one.taken), None)
        if silent:
            self._refuse(silent, 408)

    def _receive(self, connection: _Connection) -> None:
        try:
            data = connection.socket.recv(_PORTION)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if connection.taken and data:
            return  # nothing more was asked for
        if not data:
            self._close(connection)
            return
        connection.data += data
        if len(connection.data) > MOST_BYTES:
            self._refuse(connection, 413)
        elif complete(connection.data):
            self._judge(connection)

    def _judge(self, connection: _Connection) -> None:
        asked = read(connection.data)
        connection.data, connection.line = b"", asked.line
        if isinstance(asked, BadRequest):
            self._refuse(connection, asked.status)
        elif not self._opens(asked):
            self._refuse(connection, 403)
        elif not self._in_time():
            self._reply(connection, 429)
        else:
            connection.taken, connection.until = True, self._clock() + _DONE_SECONDS
            self._take(asked.event, lambda status: self._answer(connection, status))

    def _opens(self, asked: Asked) -> bool:
        try:
            token = self._token()
        except OSError:  # no key can be read: nobody has the right one
            return False
        return compare_digest(asked.token.encode("utf-8", "replace"), token.encode())

    def _in_time(self) -> bool:
        """Whether this rate of events is plausible."""
        now = self._clock()
        self._credit = min(_AT_ONCE, self._credit + (now - self._credited) * _A_SECOND)
        self._credited = now
        if self._credit < 1:
            return False
        self._credit -= 1
        return True

    def _answer(self, connection: _Connection, status: int) -> None:
        """Thread-safe: queue the answer and wake the listener."""
        self._answers.append((connection, status))
        self._wake()

    def _time_out(self) -> None:
        now = self._clock()
        late = [one for one in self._connections.values() if one.until <= now]
        for connection in late:
            if connection.taken:
                self._reply(connection, LATER)
            else:
                self._refuse(connection, 408)

    # answering

    def _refuse(self, connection: _Connection, status: int) -> None:
        self._reply(connection, status)
        self._refusals += 1
        self._refused()

    def _reply(self, connection: _Connection, status: int) -> None:
        if connection.socket not in self._connections:
            return  # already closed
        with contextlib.suppress(OSError):  # client already gone
            connection.socket.send(_answer(status, connection.line))
        self._close(connection)

    def _close(self, connection: _Connection) -> None:
        if self._connections.pop(connection.socket, None):
            self._selector.unregister(connection.socket)
            connection.socket.close()


@cache
def _answer(status: int, line: bool) -> bytes:
    reason = _REASONS[status]
    if line:
        return msgspec.json.encode({"status": status, "told": reason}) + b"\n"
    body = f"{status} {reason}\n"
    return (
        f"HTTP/1.1 {status} {reason}\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Connection: close\r\n"
        "\r\n"
        f"{body}"
    ).encode()
