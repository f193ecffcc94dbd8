"""`prompter call ringing --number …`: reports a phone event to the running program.

A phone starts this program at every event: it imports sockets and little else, and parses its own arguments;
`prompter/__main__.py` leads here. Any messages are those of `prompter.commands.call`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence

from prompter.phone import instance
from prompter.phone.place import PORT, TOKEN, WAITING, home

KINDS = ("ringing", "answered", "ended", "rejected", "show")
FIELDS = ("number", "id", "name", "direction")

DONE, REFUSED, KEPT, UNHEARD, LOST, UNCLEAR, HELP, ALONE, SILENT = (
    "done",
    "refused",
    "kept",
    "unheard",
    "lost",
    "unclear",
    "help",
    "alone",
    "silent",
)
"""The result: done; refused by the program; kept, because none runs (`KEPT`) or the running one did not
answer (`UNHEARD`); lost, neither delivered nor kept; arguments not understood. A pretended call is never
kept: none runs (`ALONE`), or it did not answer (`SILENT`)."""

_REAL, _PRETENDED = "/v1/call/", "/v1/pretended/"

_SECONDS = 6.0  # the listener itself answers within 5
_MOST_WAITING = 256_000  # bytes


def tell(argv: Sequence[str], pretended: bool = False) -> str:
    """Send the event of these arguments; returns the result. A `pretended` one has an address of its own,
    which nothing that a caller chooses (name, number, Call-ID) can produce."""
    if _asks_for_help(argv):
        return HELP
    read = arguments(argv, os.environ)
    if read is None:
        return UNCLEAR
    folder = home(os.environ)
    for attempt in range(2):  # the first may meet a program that is just leaving
        status = _send(folder, (_PRETENDED if pretended else _REAL) + read)
        if status in (200, 202):
            return DONE
        if status not in (0, 503):
            return REFUSED
        if attempt == 0 and not instance.running(folder):
            break
    runs = instance.running(folder)
    if pretended:
        return SILENT if runs else ALONE
    if not _keep(folder, read):
        return LOST
    return UNHEARD if runs else KEPT


def _asks_for_help(argv: Sequence[str]) -> bool:
    """Whether help is requested where an option may be: after an option's name it is a caller's name."""
    rest = list(argv)
    while rest:
        one = rest.pop(0)
        if one in ("-h", "--help"):
            return True
        if one[:2] == "--" and one[2:] in FIELDS:
            del rest[:1]
    return False


def arguments(argv: Sequence[str], env: Mapping[str, str]) -> str | None:
    """`ringing --number 0555…` as a path and a query; None if not understood.

    After an option's name anything is its value, even with leading dashes: callers choose their names.
    Twinkle passes the caller in the environment.
    """
    if not argv or argv[0] not in KINDS:
        return None
    fields: dict[str, str] = {}
    rest = list(argv[1:])
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name[:2] != "--" or name[2:] not in FIELDS:
            return None
        if not equals:
            if not rest:
                return None
            value = rest.pop(0)
        fields.setdefault(name[2:], value)
    if "TWINKLE_TRIGGER" in env:
        them = "SIP_TO_USER" if fields.get("direction") == "outgoing" else "SIP_FROM_USER"
        fields = {"id": env.get("SIP_CALL_ID", ""), "number": env.get(them, ""), **fields}
    return argv[0] + "?" + "&".join(f"{name}={_quoted(value)}" for name, value in fields.items())


def _quoted(text: str) -> str:
    """Percent-encoded: importing urllib would take a third of the whole start."""
    data = text[:1000].encode("utf-8", "replace")
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(one) if one in plain else f"%{one:02X}" for one in data)


def _send(folder: str, target: str) -> int:
    """The answer's status; 0 if nobody listens."""
    if not instance.running(folder):
        return 0  # whoever has the port now is a stranger, and must not see the key
    try:
        with open(os.path.join(folder, PORT)) as file:
            port = int(file.read(16))
        with open(os.path.join(folder, TOKEN)) as file:
            token = file.read(64).strip()
        # not `create_connection`: it resolves names, which loads a codec for 5 ms
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
            connection.settimeout(_SECONDS)
            connection.connect(("127.0.0.1", port))
            request = f"GET {target}&token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            connection.sendall(request.encode())
            answer = connection.recv(64).split()
        return int(answer[1]) if len(answer) > 1 else 0
    except (OSError, ValueError, OverflowError):
        return 0


def _keep(folder: str, target: str) -> bool:
    """Keep it for the program, which looks at its start and from time to time; False if impossible."""
    import time

    path = os.path.join(folder, WAITING)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # a line feed before it, too, so that a line cut off by a full disk spoils no other
            row = f"\n{time.time():.0f} {target}\n".encode()
            return os.fstat(file).st_size < _MOST_WAITING and os.write(file, row) == len(row)
        finally:
            os.close(file)
    except OSError:
        return False
