"""The commands of the command line: one module each, imported when it runs.

A command's module has `options(parser)`, which declares its arguments, and `run(given, here)`, which returns
the exit code: `given` are the parsed arguments, `here` (`commands.here.Here`) provides settings, home and
scripts. Shared options are in `commands.options`.
"""

from __future__ import annotations

from typing import NamedTuple

from prompter.locale import N_


class Command(NamedTuple):
    """A command's help line and the module that implements it."""

    help: str
    module: str


SCREEN = "prompter.commands.screen"
"""Runs if no command is given."""

COMMANDS = {
    "show": Command(N_("the scripts as plain text"), "prompter.commands.show"),
    "list": Command(N_("the scenarios and the handbook, one a line"), "prompter.commands.list"),
    "search": Command(N_("what the operator's search finds, or what it learned"), "prompter.commands.search"),
    "check": Command(N_("look for mistakes in the scripts"), "prompter.commands.check"),
    "explain": Command(N_("what a problem's code means, with examples"), "prompter.commands.explain"),
    "report": Command(N_("what happened in a day, a week or other days"), "prompter.commands.report"),
    "journal": Command(N_("the record: export, verify, back up, forget"), "prompter.commands.journal"),
    "phone": Command(N_("set up the softphone, try it, change its key"), "prompter.commands.phone"),
    "promises": Command(N_("who is owed a call back: list, close, hand over"), "prompter.commands.promises"),
    "call": Command(N_("tell the running program what happened on the phone"), "prompter.commands.call"),
    "new": Command(N_("write a new scenario to fill in"), "prompter.commands.new"),
    "schema": Command(
        N_("write what an editor completes and explains the scripts by"), "prompter.commands.schema"
    ),
    "practice": Command(N_("drill calls with a simulated caller"), "prompter.commands.practice"),
    "pending": Command(N_("what waits for approval, word by word"), "prompter.commands.pending"),
    "coverage": Command(N_("how much of the scripts is approved"), "prompter.commands.coverage"),
    "history": Command(N_("what a phrase said before, and who approved it"), "prompter.commands.history"),
    "approve": Command(N_("write down that a person approved a phrase"), "prompter.commands.approve"),
    "revoke": Command(N_("take an approval back"), "prompter.commands.revoke"),
    "gaps": Command(N_("what callers asked and no script answers"), "prompter.commands.gaps"),
    "mend": Command(N_("put a damaged approvals.yaml in order"), "prompter.commands.mend"),
}
"""Every command by name, in the order of the help."""
