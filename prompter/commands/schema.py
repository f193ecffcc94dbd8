"""`prompter schema`: what an editor needs to complete, explain and check the scripts as they are typed."""

from __future__ import annotations

import argparse

from prompter.commands.base import tell_if_bundled
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.outfile import not_written
from prompter.commands.problem_output import tell_problems
from prompter.kb import editing
from prompter.kb.jsonschema import FILES
from prompter.kb.problems import BaseUnusable
from prompter.locale import _


def options(parser: argparse.ArgumentParser) -> None:
    """Print one schema, or only check whether the files beside the scripts are current."""
    parser.description = _(
        "Writes what an editor needs to complete and explain the scripts. Run it again when names change."
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--print", choices=FILES, metavar="|".join(FILES), help=_("print this schema, write nothing")
    )
    one.add_argument(
        "--check", action="store_true", help=_("write nothing; exit code 1 if something is not current")
    )
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Write the editor's outdated files. Returns 0, 1 if the scripts cannot be read or --check found
    something, 2 if it cannot be written."""
    folder = here.sources()
    try:
        wanted = editing.wanted(folder)
    except BaseUnusable as unusable:
        tell_problems(unusable.problems, folder)
        return 1
    if given.print:
        print(wanted[editing.schema_file(given.print)], end="")
        return 0
    stale = editing.stale(folder, wanted)
    if given.check:
        for name in stale:
            print(_("{file} is not current: prompter schema").format(file=name))
        return 1 if stale else 0
    wanted |= (for_editor := editing.missing_for_editor(folder))
    written = [*stale, *for_editor]
    try:
        editing.write(folder, wanted, written)
    except OSError as error:
        raise not_written(str(folder), error) from error
    for name in written:
        print(_("written: {file}").format(file=name))
    if written:
        tell_if_bundled(folder)
    else:
        print(_("everything is current"))
    return 0
