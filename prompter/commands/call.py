"""`prompter call ringing --number …`: the phone client's results, in words.

The command itself is `prompter.phone.client`, which starts without any of this; see `prompter/__main__.py`.
"""

from __future__ import annotations

import argparse
import os

from prompter import locale, settings
from prompter.commands.base import tell
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.locale import N_, _
from prompter.phone import client

_USAGE = "prompter call ringing|answered|ended|rejected|show [--number N] [--id ID] [--name NAME]"
_MORE = "[--direction incoming|outgoing]"


_NOT_HEARD = {
    client.REFUSED: (
        1,
        N_("The program refused the event: it knows another key, or cannot take so many. Try again"),
    ),
    client.KEPT: (2, N_("No program is running: the event is kept for its next start.")),
    client.UNHEARD: (2, N_("The program did not answer: the event is kept, and it will take it up.")),
    client.LOST: (
        2,
        N_(
            "Nobody heard the event, and it could not be kept: check the disk and the folder; if too many "
            "events wait there already, start the program."
        ),
    ),
    client.ALONE: (2, N_("No program is running: start it and try again.")),
    client.SILENT: (
        2,
        N_("The program runs and does not answer. Try again; if that does not help, restart it."),
    ),
}
"""Exit code and message for an event that was not simply accepted."""


def options(parser: argparse.ArgumentParser) -> None:
    """What happened, and on which call: the client parses it itself."""
    kinds = "|".join(client.KINDS)
    fields = " ".join(f"[--{name} …]" for name in client.FIELDS)
    parser.add_argument("told", nargs=argparse.REMAINDER, metavar=_("EVENT"), help=f"{kinds} {fields}")
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """The same with options before the command's name, `prompter --ui en call …`."""
    result = client.tell(given.told)
    return 0 if result == client.DONE else said(result)


def say(result: str) -> int:
    """Print the result of an event that was not simply accepted; returns the exit code."""
    try:
        mine = settings.load(settings.home(os.environ), os.environ, {})
        locale.activate(mine.ui)
    except (settings.BadSetting, settings.UnreadableSettings):
        locale.activate(locale.LANGUAGES[0])
    return said(result)


def said(result: str) -> int:
    """The same in the current language."""
    if result == client.HELP:
        print(f"{_USAGE}\n    {_MORE}")
        print(_("Tells the running program what happened on the phone. Exit codes: 0 heard, 1 refused,"))
        print(_("2 not heard (mostly kept for the program), or not understood."))
        return 0
    if result == client.UNCLEAR:
        tell(f"{_USAGE} {_MORE}")
        return 2
    code, words = _NOT_HEARD[result]
    tell(_(words))
    return code
