"""The command line. Each command imports its code only when it runs.

Exit codes: 0 yes, 1 no or problems found, 2 could not run.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from prompter import __version__, locale, settings
from prompter.commands import COMMANDS, SCREEN
from prompter.commands.options import WHO, colours, who
from prompter.locale import _
from prompter.locale.errors import in_words, why
from prompter.text.safe import clean_line

_FLAGS = ("operator", "form", "department", "language", "ui", "theme")


class _Parser(argparse.ArgumentParser):
    """Uses the interface's language and exits with 2 as every command does."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {clean_line(message)}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    gc.disable()  # startup objects stay, and collecting takes 10 ms; see MainScreen
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # Windows writes files in cp1251, which has no «ң»
    try:
        try:
            return _main(sys.argv[1:] if argv is None else argv)
        finally:
            if sys.stdout:  # None if it was closed
                sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # our output's disk is full, a file has just gone
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        place = f"{error.filename}: " if error.filename else ""
        print(f"prompter: {clean_line(place + (why(error)))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _main(argv: Sequence[str]) -> int:
    before = ("", *argv)
    # a folder's name stays as it is; it is cleaned where it is shown
    folder = [last == "--kb" or one.startswith("--kb=") for last, one in zip(before, argv, strict=False)]
    arguments = [one if is_folder else clean_line(one) for one, is_folder in zip(argv, folder, strict=True)]
    locale.activate(_language(arguments))
    given = _parser(arguments).parse_args(arguments)
    flags = {name: getattr(given, name, None) for name in _FLAGS}
    try:
        home = settings.home(os.environ)
        mine = _settings(home, flags)
    except settings.BadSetting as bad:
        where = {"environment": _("environment"), "command line": _("command line")}.get(bad.where, bad.where)
        text = _("{where}: {name} cannot be «{value}». Allowed: {allowed}")
        message = text.format(where=where, name=bad.name, value=bad.value, allowed=bad.allowed)
        print(f"prompter: {clean_line(message)}", file=sys.stderr)
        return 2
    locale.activate(mine.ui)
    return _run(given, mine, home)


def _settings(home: Path, flags: Mapping[str, Any]) -> settings.Settings:
    """The current settings; a file that cannot be read is reported and ignored."""
    try:
        return settings.load(home, os.environ, flags)
    except settings.UnreadableSettings as bad:
        mine = settings.load_without_file(os.environ, flags, bad)
        text = _("{path} cannot be read: {reason}. It is kept as {kept}; the usual settings are in force")
        message = text.format(path=bad.path, reason=in_words(bad.reason), kept=mine.damaged)
        print(f"prompter: {clean_line(message)}", file=sys.stderr)
        return mine


def _language(arguments: list[str]) -> str:
    """The interface's language before the arguments are parsed, so that their help uses it too."""
    named = os.environ.get("PROMPTER_UI", "")
    for number, one in enumerate(arguments):
        if one == "--ui" and number + 1 < len(arguments):
            named = arguments[number + 1]
        elif one.startswith("--ui="):
            named = one.removeprefix("--ui=")
    return named if named in locale.LANGUAGES else locale.LANGUAGES[0]


def _who_alone(arguments: Sequence[str]) -> bool:
    """Whether there are only options with values: the screen is asked for."""
    return len(arguments) % 2 == 0 and all(one in WHO for one in arguments[::2])


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for these arguments: the names of all commands, the options of those mentioned."""
    argparse._ = _  # type: ignore[attr-defined]  # its own words, from our catalogue
    parser = _Parser(prog="prompter", description=_("Shows an operator what to say next."))
    shown = _("show program's version number and exit")  # argparse translates its own only from 3.13 on
    parser.add_argument("--version", action="version", version=f"prompter {__version__}", help=shown)
    who(parser)
    colours(parser)
    if _who_alone(arguments):  # the commands would cost 2 ms
        return parser
    commands = parser.add_subparsers(dest="command", metavar=_("command"), title=_("commands"))
    for name, command in COMMANDS.items():
        its = commands.add_parser(name, help=_(command.help))
        if name in arguments:
            import_module(command.module).options(its)
    return parser


def _run(given: argparse.Namespace, mine: settings.Settings, home: Path) -> int:
    from prompter.commands.here import CouldNotRun, Here

    name = getattr(given, "command", None)
    command = import_module(COMMANDS[name].module if name else SCREEN)
    try:
        code: int = command.run(given, Here(given, mine, home))
    except CouldNotRun as why:
        return why.code
    return code
