"""Options shared by several commands, and their allowed values."""

from __future__ import annotations

import argparse

from prompter.locale import _

_PLACEHOLDERS = {"name", "имя", "аты"}
"""What our help and documents use for a name, in each language."""

WHO = ("--operator", "--form", "--department", "--lang", "--ui", "--kb", "--theme")
"""The options of `who` and `colours`; each takes a value."""


def who(parser: argparse.ArgumentParser) -> None:
    """Options about who looks. They mean the same before and after a command."""
    add = parser.add_argument
    suppressed = argparse.SUPPRESS
    add("--operator", metavar=_("NAME"), default=suppressed, help=_("the operator's name"))
    form = _("m: masculine, f: feminine forms")
    add("--form", metavar="m|f", default=suppressed, help=form)
    add("--department", metavar="ID", default=suppressed, help=_("department"))
    add("--lang", dest="language", metavar="ru|ky", default=suppressed, help=_("language of the phrases"))
    where(parser)


def colours(parser: argparse.ArgumentParser) -> None:
    """The option for the colours of a screen."""
    suppressed = argparse.SUPPRESS
    parser.add_argument("--theme", metavar="dark|light|contrast", default=suppressed, help=_("colours"))


def where(parser: argparse.ArgumentParser) -> None:
    """The interface's language and the folder of the scripts, which every command takes."""
    suppressed = argparse.SUPPRESS
    parser.add_argument("--ui", metavar="ru|ky|en", default=suppressed, help=_("interface language"))
    parser.add_argument("--kb", metavar=_("DIR"), default=suppressed, help=_("folder of the scripts"))


def other_journals(parser: argparse.ArgumentParser, help_line: str) -> None:
    """Journals of other desks instead of this one's; [] by default."""
    parser.add_argument(
        "--journals", nargs="+", action="extend", default=[], metavar=_("DIR"), help=help_line
    )


def count(number: str) -> int:
    """argparse type: a number of results or days, 1 to 1000."""
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:5]) <= 1000):
        raise argparse.ArgumentTypeError(_("a number from 1 to 1000"))
    return int(number)


def somebody(name: str) -> str:
    """argparse type: a non-empty name that is not our placeholder (ИМЯ)."""
    if not name:
        raise argparse.ArgumentTypeError(_("Write your name"))
    if name.strip(" «»<>\"'").casefold() in _PLACEHOLDERS:
        text = _("«{name}» stands for a name in the example: write your own")
        raise argparse.ArgumentTypeError(text.format(name=name))
    return name
