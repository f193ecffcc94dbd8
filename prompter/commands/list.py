"""`prompter list`: the scenarios and the handbook, one a line."""

from __future__ import annotations

import argparse

from prompter.call.phrases import text_in
from prompter.commands import pages
from prompter.commands.here import Here
from prompter.commands.options import who
from prompter.commands.show import listed_scenarios
from prompter.locale import _


def options(parser: argparse.ArgumentParser) -> None:
    """Who looks."""
    parser.description = _(
        "Lists the scenarios with their keys and the pages of the handbook, by the names that `show` takes."
    )
    who(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """One line per scenario: key, id, title; then one per page of the handbook. Always returns 0."""
    base = here.scripts().base
    scenarios = listed_scenarios(base, here.settings)
    width = max((len(scenario.id) for scenario in scenarios), default=0)
    for scenario in scenarios:
        title = text_in(scenario.title, here.settings.ui, base.languages)
        print(f"{scenario.key or '–':<3} {scenario.id:<{width}}  {title}")
    found = pages.pages(base, here.settings)
    for line in ["", *pages.listed(found)] if found else []:
        print(line)
    return 0
