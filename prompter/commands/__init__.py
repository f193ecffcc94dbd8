"""What each command of the command line does: one module a command, imported when it runs.

A command's module has `options(parser)`, which declares its arguments, and `run(given, here)`, which gives
the exit code: `given` are the parsed arguments, `here` (`commands.here.Here`) is asked for settings, home
and scripts. Options that several share stand in `commands.options`.
"""

from __future__ import annotations

from typing import NamedTuple

from prompter.locale import N_


class Command(NamedTuple):
    """A command as the help lists it, and the module that does it."""

    help: str
    module: str


SCREEN = "prompter.commands.screen"
"""What runs where no command is named."""

COMMANDS = {
    "show": Command(N_("the scripts as plain text"), "prompter.commands.show"),
    "list": Command(N_("the scenarios and the handbook, one a line"), "prompter.commands.list"),
    "search": Command(N_("what the operator's search finds, or what it learned"), "prompter.commands.search"),
    "check": Command(N_("look for mistakes in the scripts"), "prompter.commands.check"),
    "explain": Command(N_("what a problem's code means, with examples"), "prompter.commands.explain"),
    "phone": Command(N_("set up the softphone, try it, change its key"), "prompter.commands.phone"),
    "call": Command(N_("tell the running program what happened on the phone"), "prompter.commands.call"),
    "approve": Command(N_("write down that a person approved a phrase"), "prompter.commands.approve"),
}
"""Every command by its name, in the order of the help."""
