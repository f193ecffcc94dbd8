"""`prompter phone`: set up a softphone on this computer, a test call, the token, the bridge."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from prompter import settings
from prompter.commands.base import tell
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.locale import _
from prompter.locale.errors import in_words
from prompter.phone import client, instance
from prompter.phone.place import last_port
from prompter.phone.token import Token

PHONES = ("zoiper", "microsip", "twinkle", "baresip", "curl")
_NUMBER = "+996555000000"
_RETRY_SECONDS = 1.0


def options(parser: argparse.ArgumentParser) -> None:
    """What to do with the phone."""
    parser.description = _("Lets a softphone on this computer start and end calls by itself.")
    does = parser.add_subparsers(dest="does", metavar=_("what"), title=_("what is done"), required=True)
    setup = does.add_parser("setup", help=_("the exact settings of a softphone on this computer"))
    setup.add_argument("phone", choices=PHONES, metavar="|".join(PHONES), help=_("which softphone"))
    test = does.add_parser("test", help=_("send a whole pretended call to the running program"))
    pause = _("seconds between two events, 2 by default")
    test.add_argument("--pause", type=_seconds, default=2.0, metavar="N", help=pause)
    token = does.add_parser("token", help=_("show the key with which the phone is let in"))
    token.add_argument("--new", action="store_true", help=_("make a new key; the old one opens nothing then"))
    bridge = does.add_parser("bridge", help=_("pass on what baresip tells, for as long as this runs"))
    port = _("port of its ctrl_tcp, 4444 by default")
    bridge.add_argument("--port", type=_port, default=4444, metavar="N", help=port)
    for one in (parser, setup, test, token, bridge):
        where(one)


def _seconds(text: str) -> float:
    """argparse type: seconds, 0 to 60."""
    if not (text.isascii() and text.isdigit() and int(text[:4]) <= 60):
        raise argparse.ArgumentTypeError(_("a number from 0 to 60"))
    return float(text)


def _port(text: str) -> int:
    """argparse type: a port, 1 to 65535."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise argparse.ArgumentTypeError(_("a number from 1 to 65535"))
    return int(text)


def run(given: argparse.Namespace, here: Here) -> int:
    """Returns 0; 1 if the program refused; 2 if it does not run or a file cannot be written."""
    if given.does == "setup":
        return setup(given.phone, here)
    if given.does == "test":
        return test(given.pause)
    if given.does == "token":
        return token(here.home, given.new)
    return bridge(given.port)


# the token


def token(home: Path, new: bool) -> int:
    """Print the token, or a new one."""
    key = Token(home)
    print(key.rotate() if new else key.current())
    if new:
        tell(_("The old key opens nothing from now on. Set the phone up again: prompter phone setup"))
    return 0


# setting a phone up


def setup(phone: str, here: Here) -> int:
    """Print what to enter where; returns 1 if another program has the configured port.

    A free port chosen here is saved: the phone is configured with it.
    """
    wanted, heard = here.settings.phone_port, _heard_port(here.home)
    port = wanted or last_port(here.home) or _free_port()
    taken = wanted not in (0, heard) and _is_taken(wanted)
    if taken:
        port = heard or _free_port()
        text = _(
            "Port {port} is another program's, and the phone would send it the key. These lines are for port "
            "{other}: write phone_port = {other} into {file}."
        )
        tell(text.format(port=wanted, other=port, file=settings.file(here.home)))
    elif heard not in (0, port):
        text = _("Prompter listens on port {port} until it is restarted, on {other} from then on.")
        tell(text.format(port=heard, other=port))
    if not wanted:
        try:
            settings.save(here.home, {"phone_port": port})
        except settings.UnreadableSettings as bad:
            tell(_("{file} cannot be read: {reason}").format(file=bad.path, reason=in_words(bad.reason)))
            return 2
        text = _("The program listens to the phone on port {port} from now on, as {file} says.")
        tell(text.format(port=port, file=settings.file(here.home)))
    lines = _SETUPS[phone](f"http://127.0.0.1:{port}/v1/call/", Token(here.home).current())
    print("\n".join(lines))
    return 1 if taken else 0


def _heard_port(home: Path) -> int:
    """The port of the running program, 0 if none runs."""
    return last_port(home) if instance.running(str(home)) else 0


def _is_taken(port: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _zoiper(url: str, key: str) -> list[str]:
    rules = (
        (_("incoming call, ringing"), "ringing", "incoming"),
        (_("outgoing call, ringing"), "ringing", "outgoing"),
        (_("any call, answered"), "answered", ""),
        (_("any call, ended"), "ended", ""),
        (_("incoming call, declined"), "rejected", "incoming"),
    )
    rows = [_("Zoiper 5: Settings, Automation, event rules: one for each line, the action is REST API.")]
    for what, kind, direction in rules:
        # all fields precede the name: the first of each counts, and a caller can choose his name
        rows.append(f"{what}:")
        rows.append(f"    {url}{kind}?token={key}&id=&direction={direction}&number={{phone}}&name={{name}}")
    return [*rows, _("Never tried on a real Zoiper: the names of its menus may differ. See docs/phone.md.")]


def _microsip(url: str, key: str) -> list[str]:
    path, *rest = _program()
    program = " ".join([f'"{path}"', *rest])
    rows = [_("MicroSIP: close it, add this under [Settings] in microsip.ini, start it. It adds the number.")]
    rows += [
        f"cmdIncomingCall={program} call ringing --number",
        f"cmdOutgoingCall={program} call ringing --direction outgoing --number",
        f"cmdCallStart={program} call answered --number",
        f"cmdCallEnd={program} call ended --number",
    ]
    return [*rows, _("Never tried on a real MicroSIP. A declined call looks like a missed one there.")]


def _twinkle(url: str, key: str) -> list[str]:
    program = shlex.join(_program())
    rows = [_("Twinkle: User profile, Scripts. It tells the number and the call in its environment.")]
    rows += [
        f"{_('Incoming call')}: {program} call ringing",
        f"{_('Incoming call answered')}: {program} call answered",
        f"{_('Incoming call failed')}: {program} call ended",
        f"{_('Outgoing call')}: {program} call ringing --direction outgoing",
        f"{_('Outgoing call answered')}: {program} call answered --direction outgoing",
        f"{_('Outgoing call failed')}: {program} call ended",
        f"{_('Call released locally')}: {program} call ended",
        f"{_('Call released by remote')}: {program} call ended",
    ]
    return [*rows, _("Never tried on a real Twinkle. A declined call looks like a missed one there.")]


def _baresip(url: str, key: str) -> list[str]:
    return [
        _("baresip: these lines in ~/.baresip/config, start it anew, then leave the second command running."),
        "module_app ctrl_tcp.so",
        "ctrl_tcp_listen 127.0.0.1:4444",
        f"{shlex.join(_program())} phone bridge",
    ]


def _curl(url: str, key: str) -> list[str]:
    rows = [_("curl, and any phone that can open an address or start a program:")]
    for kind in client.KINDS:
        rows.append(f"curl -G {url}{kind} -d token={key} --data-urlencode number=0555123456")
    rows.append(f"{shlex.join(_program())} call ringing --number 0555123456")
    # with an id in them the lines would work only once
    without = _(
        "Without an id each line works again. A phone that numbers its calls adds id=…: each counts once."
    )
    return [*rows, without]


_SETUPS: dict[str, Callable[[str, str], list[str]]] = {
    "zoiper": _zoiper,
    "microsip": _microsip,
    "twinkle": _twinkle,
    "baresip": _baresip,
    "curl": _curl,
}


def _program() -> tuple[str, ...]:
    """The command that starts this program: its own path, if it has one."""
    started = shutil.which(sys.argv[0]) or ""
    if started and Path(started).stem == "prompter":
        return (os.path.abspath(started),)
    return sys.executable, "-m", "prompter"


# trying it


def test(pause: float) -> int:
    """Send a test call, event by event. It leaves nothing in reports and in the history of calls."""
    id_ = os.urandom(4).hex()
    for kind in ("ringing", "answered", "ended"):
        result = _pretend(kind, id_)
        if result != client.DONE:
            from prompter.commands.call import said

            return said(result)
        print(f"{kind}: {_('heard')}")
        try:
            time.sleep(pause if kind != "ended" else 0)
        except KeyboardInterrupt:
            _pretend("ended", id_)
            raise
    return 0


def _pretend(kind: str, id_: str) -> str:
    fields = ["--id", id_, "--number", _NUMBER, "--name", _("Test call")]
    return client.tell([kind, *fields], pretended=True)


def bridge(port: int) -> int:
    """Pass on baresip's events until stopped; baresip may come and go meanwhile."""
    from prompter.phone.baresip import NoStream, calls

    waiting = False
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.settimeout(None)
                tell(_("baresip is connected"))
                waiting = False
                for argv in calls(connection):
                    client.tell(argv)
        except OSError:
            pass
        except (NoStream, OverflowError):
            tell(_("What is heard on port {port} is not baresip's ctrl_tcp").format(port=port))
            return 2
        if not waiting:
            tell(_("Waiting for baresip on port {port}").format(port=port))
            waiting = True
        time.sleep(_RETRY_SECONDS)
