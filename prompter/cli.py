"""The command line. Each command imports its code only when it runs.

Exit codes: 0 yes, 1 no or problems found, 2 could not run.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec.structs import replace

from prompter import __version__, locale, settings
from prompter.locale import _
from prompter.text.safe import clean_line

if TYPE_CHECKING:
    from prompter.kb.model import KnowledgeBase

_FLAGS = ("operator", "form", "department", "language", "ui", "theme")


class _Parser(argparse.ArgumentParser):
    """Speaks the interface's language and exits with 2 as every command does."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {clean_line(message)}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    gc.disable()  # what a start makes stays, and looking for garbage in it takes 10 ms; see MainScreen
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # Windows writes cp1251 into a file, which has no «ң»
    try:
        try:
            return _main(sys.argv[1:] if argv is None else argv)
        finally:
            if sys.stdout:  # None where it was closed
                sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a full disk under our output, a file gone under our hands
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"prompter: {clean_line(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _main(argv: Sequence[str]) -> int:
    before = ("", *argv)
    # a folder's name stays as it is; it is made harmless where it is shown
    folder = [last == "--kb" or one.startswith("--kb=") for last, one in zip(before, argv, strict=False)]
    arguments = [one if is_folder else clean_line(one) for one, is_folder in zip(argv, folder, strict=True)]
    locale.activate(_language(arguments))
    given = _parser(commands_too=not _who_alone(arguments)).parse_args(arguments)
    flags = {name: getattr(given, name, None) for name in _FLAGS}
    try:
        home = settings.home(os.environ)
        mine = _settings(home, flags)
    except settings.BadSetting as bad:
        where = {"environment": _("environment"), "command line": _("command line")}.get(bad.where, bad.where)
        text = _("{where}: {name} cannot be «{value}». Allowed: {allowed}")
        told = text.format(where=where, name=bad.name, value=bad.value, allowed=bad.allowed)
        print(f"prompter: {clean_line(told)}", file=sys.stderr)
        return 2
    locale.activate(mine.ui)
    return _run(given, mine, home)


def _settings(home: Path, flags: Mapping[str, Any]) -> settings.Settings:
    """The settings in force; those of a file that cannot be read are told and done without."""
    try:
        return settings.load(home, os.environ, flags)
    except settings.UnreadableSettings as bad:
        mine = settings.load_without_file(os.environ, flags, bad)
        text = _("{path} cannot be read: {reason}. It is kept as {kept}; the usual settings are in force")
        told = text.format(path=bad.path, reason=bad.reason, kept=mine.damaged)
        print(f"prompter: {clean_line(told)}", file=sys.stderr)
        return mine


def _language(arguments: list[str]) -> str:
    """The interface's language before the arguments are read, so that their help speaks it too."""
    named = os.environ.get("PROMPTER_UI", "")
    for number, one in enumerate(arguments):
        if one == "--ui" and number + 1 < len(arguments):
            named = arguments[number + 1]
        elif one.startswith("--ui="):
            named = one.removeprefix("--ui=")
    return named if named in locale.LANGUAGES else locale.LANGUAGES[0]


_OPTIONS = ("--operator", "--form", "--department", "--lang", "--ui", "--kb", "--theme")


def _who_alone(arguments: Sequence[str]) -> bool:
    """Whether there is nothing but options with their values: the screen is asked for."""
    return len(arguments) % 2 == 0 and all(one in _OPTIONS for one in arguments[::2])


def _parser(commands_too: bool) -> argparse.ArgumentParser:
    """The parser; without the commands (2 ms) where the screen alone is asked for."""
    argparse._ = _  # type: ignore[attr-defined]  # argparse's own words, from our catalogue
    parser = _Parser(prog="prompter", description=_("Shows an operator what to say next."))
    shown = _("show program's version number and exit")  # argparse translates its own only from 3.13 on
    parser.add_argument("--version", action="version", version=f"prompter {__version__}", help=shown)
    _who(parser)
    if not commands_too:
        return parser
    commands = parser.add_subparsers(dest="command", metavar=_("command"), title=_("commands"))
    show = commands.add_parser("show", help=_("the scripts as plain text"))
    also = _("also articles, statuses, forbidden, norms, outcomes, or one of them: statuses/ID")
    show.add_argument("name", nargs="?", default="", metavar=_("SCENARIO[.STEP]"), help=also)
    _who(show)
    _who(commands.add_parser("list", help=_("the scenarios and the handbook, one a line")))
    _search(commands.add_parser("search", help=_("what the operator's search finds, or what it learned")))
    check = commands.add_parser("check", help=_("look for mistakes in the scripts"))
    approve = commands.add_parser("approve", help=_("write down that a person approved a phrase"))
    approve.add_argument("phrases", nargs="+", metavar=_("PHRASE"))
    approve.add_argument("--lang", dest="text_language", required=True, metavar="ru|ky", help=_("which text"))
    approve.add_argument("--by", required=True, type=_somebody, metavar=_("NAME"), help=_("who approved it"))
    _where(check)
    _where(approve)
    return parser


def _search(parser: argparse.ArgumentParser) -> None:
    suppressed = argparse.SUPPRESS
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("what a caller says, in any layout"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    parser.add_argument("--limit", type=_count, default=10, metavar="N", help=_("at most so many (10)"))
    texts = _("only texts of this language")
    parser.add_argument("--lang", dest="language", metavar="ru|ky", default=suppressed, help=texts)
    parser.add_argument("--department", metavar="ID", default=suppressed, help=_("department"))
    instead = parser.add_mutually_exclusive_group()
    learned = _("what was chosen on this computer for which words")
    instead.add_argument("--learned", action="store_true", help=learned)
    instead.add_argument("--forget", action="store_true", help=_("forget what was chosen"))
    _where(parser)


def _count(number: str) -> int:
    """A number of results, 1 to 1000."""
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:5]) <= 1000):
        raise argparse.ArgumentTypeError(_("a number from 1 to 1000"))
    return int(number)


def _somebody(name: str) -> str:
    """A name that is not empty: the ledger refuses an approval by nobody."""
    if not name:
        raise argparse.ArgumentTypeError(_("Write your name"))
    return name


def _who(parser: argparse.ArgumentParser) -> None:
    """Options that tell who looks. Given after a command they mean the same as before it."""
    add = parser.add_argument
    suppressed = argparse.SUPPRESS
    add("--operator", metavar=_("NAME"), default=suppressed, help=_("the operator's name"))
    add("--form", metavar="m|f", default=suppressed, help=_("form of address"))
    add("--department", metavar="ID", default=suppressed, help=_("department"))
    add("--lang", dest="language", metavar="ru|ky", default=suppressed, help=_("language of the phrases"))
    add("--theme", metavar="dark|light|contrast", default=suppressed, help=_("colours"))
    _where(parser)


def _where(parser: argparse.ArgumentParser) -> None:
    suppressed = argparse.SUPPRESS
    parser.add_argument("--ui", metavar="ru|ky|en", default=suppressed, help=_("interface language"))
    parser.add_argument("--kb", metavar=_("DIR"), default=suppressed, help=_("folder of the scripts"))


def _run(given: argparse.Namespace, mine: settings.Settings, home: Path) -> int:
    from prompter.commands import base

    command = getattr(given, "command", None)
    if command == "search" and (given.learned or given.forget or not given.query):
        return _learned(given, home)
    cache = None if command in _ON_SOURCES else home
    folder = base.find(getattr(given, "kb", None), os.environ, mine.kb, cache)
    if folder is None:
        return 2
    if command in _ON_SOURCES:
        return _ON_SOURCES[command](given, folder)
    found = base.open_(folder, home)
    if found is None:
        return 2
    mine = _without_gone(given, mine, found.base)
    if mine.language and mine.language not in found.base.languages:
        known = ", ".join(found.base.languages)
        base.tell(_("the scripts have no language «{id}»: {known}").format(id=mine.language, known=known))
        return 2
    if mine.department and mine.department not in found.base.departments:
        known = ", ".join(found.base.departments)
        base.tell(_("no department «{id}» in the scripts: {known}").format(id=mine.department, known=known))
        return 2
    if command in _ON_BASE:
        return _ON_BASE[command](given, found.base, mine)
    from prompter.commands.screen import run

    return run(found, mine, home)


def _without_gone(
    given: argparse.Namespace, mine: settings.Settings, base: KnowledgeBase
) -> settings.Settings:
    """The settings without a kept language or department that the scripts have no longer.

    The trainer's edit must not keep the floor from starting; one that was named for this start is refused.
    """
    for name, variable, known in (
        ("language", "PROMPTER_LANG", base.languages),
        ("department", "PROMPTER_DEPARTMENT", base.departments),
    ):
        named = hasattr(given, name) or os.environ.get(variable)
        if not named and getattr(mine, name) not in known:
            mine = replace(mine, **{name: ""})
    return mine


def _list(given: argparse.Namespace, base: KnowledgeBase, mine: settings.Settings) -> int:
    from prompter.commands.show import list_

    return list_(base, mine)


def _show(given: argparse.Namespace, base: KnowledgeBase, mine: settings.Settings) -> int:
    from prompter.commands.show import show

    return show(base, mine, given.name)


def _found(given: argparse.Namespace, base: KnowledgeBase, mine: settings.Settings) -> int:
    from prompter.commands.search import search

    query = " ".join(given.query)
    return search(base, mine, query, given.json, given.limit, getattr(given, "language", ""))


_ON_BASE: dict[str, Callable[[argparse.Namespace, KnowledgeBase, settings.Settings], int]] = {
    "list": _list,
    "show": _show,
    "search": _found,
}
"""Commands that tell of the base as it is in force."""


def _learned(given: argparse.Namespace, home: Path) -> int:
    """What the search learned: looked at or forgotten. It needs no base."""
    from prompter.commands import search
    from prompter.commands.base import tell

    if given.query or given.learned == given.forget:
        tell(_("search: give a query, or --learned or --forget alone"))
        return 2
    return search.forget(home) if given.forget else search.show_learned(home)


def _check(given: argparse.Namespace, folder: Path) -> int:
    from prompter.commands.check import run

    return run(folder)


def _approve(given: argparse.Namespace, folder: Path) -> int:
    from prompter.commands.approve import run

    return run(folder, given.phrases, given.text_language, given.by)


_ON_SOURCES: dict[str, Callable[[argparse.Namespace, Path], int]] = {"check": _check, "approve": _approve}
"""Commands that read the YAML itself and need no usable base."""
