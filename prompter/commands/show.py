"""`prompter show`: the scripts as plain text."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from time import time

from prompter.call.phrases import lists_in, text_in
from prompter.call.view.card import ready_card
from prompter.call.view.parts import OWN, SAY, Card, Spoken
from prompter.call.view.tree import listed
from prompter.commands import pages
from prompter.commands.base import perhaps, tell, viewer_of
from prompter.commands.here import Here
from prompter.commands.options import who
from prompter.commands.pages import plain
from prompter.kb.model import KnowledgeBase, Scenario
from prompter.locale import _
from prompter.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """What is shown, and who looks."""
    parser.description = _(
        "Prints the scripts as an operator sees them: all, a scenario, a step or a page of the handbook."
    )
    also = _("also articles, statuses, forbidden, norms, outcomes, or one of them: statuses/ID")
    parser.add_argument("name", nargs="?", default="", metavar=_("SCENARIO[.STEP]"), help=also)
    who(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print what was named; returns 1 for an unknown name."""
    scripts = here.scripts()
    return show(scripts.base, here.settings, given.name)


def show(base: KnowledgeBase, settings: Settings, name: str) -> int:
    """Print everything, a scenario or a step, a section or a page of the handbook. Returns 1 if unknown."""
    scenario_id, _dot, step = name.partition(".")
    scenarios = [base.scenarios[scenario_id]] if scenario_id in base.scenarios else []
    steps = [one for scenario in scenarios for one in scenario.steps if not step or one == name]
    if step and scenarios and not steps:
        return _unknown(name, list(base.scenarios[scenario_id].steps))
    found = [] if scenarios else pages.pages(base, settings, name)
    if not name:
        scenarios = listed_scenarios(base, settings)
    if not scenarios and not found:
        every = [word for page in pages.pages(base, settings) for word in pages.names_of(page)]
        return _unknown(name, [*base.scenarios, *every])
    for scenario in scenarios:
        if not step:
            print("\n".join(_heading(base, settings, scenario)))
        for one in scenario.steps:
            if one in steps or not name:
                print("\n".join(_step(base, settings, one)))
        print()
    for line in pages.shown(found):
        print(line)
    return 0


def _heading(base: KnowledgeBase, settings: Settings, scenario: Scenario) -> Iterator[str]:
    key = f"{scenario.key}  " if scenario.key else ""
    yield f"{key}{text_in(scenario.title, settings.ui, base.languages)}  [{scenario.id}]"
    for line in lists_in(scenario.caller, settings.ui, base.languages):
        yield f"    {_('caller')}: {line}"


def listed_scenarios(base: KnowledgeBase, settings: Settings) -> list[Scenario]:
    """The department's scenarios, including those that appear on the screen only during a call."""
    viewer = viewer_of(settings)
    on_screen = list(listed(base, viewer))
    return [s for s in base.scenarios.values() if s in on_screen or s.id in (base.talk, base.outgoing)]


def _unknown(name: str, known: list[str]) -> int:
    from prompter.kb.read import suggest  # imports the YAML parser, which showing scripts does not need

    tell(_("nothing is named «{name}».").format(name=name) + perhaps(suggest(name, known)))
    return 1


def _step(base: KnowledgeBase, settings: Settings, step_id: str) -> Iterator[str]:
    card = ready_card(base, step_id, viewer_of(settings), time())
    source = f"  ({card.source})" if card.source else ""
    yield f"  {card.title}  [{step_id}]{source}"
    if card.spoken:
        yield from _spoken(card.spoken)
        if card.instead:
            yield f"      {card.instead.upper()}: {_('no approved phrase')}"
    elif card.unapproved:
        yield f"    {_('no approved phrase')} · {_('in your own words')}: {card.title}"
    elif card.kind in (SAY, OWN):
        yield f"    {_('in your own words')}"
    for other in card.others:
        yield from _spoken(other)
    if card.notice:
        yield f"    {_('now')}: {card.notice}"
    if card.do:
        yield f"    {_('do')}: {plain(card.do)}"
    if card.never:
        yield f"    {_('never')}: {', '.join(f'«{text}»' for text in card.never)}"
    for answer in card.answers:
        yield f"    {answer.digit}  {answer.when} → {answer.leads}"
    yield from _missing(card)


def _spoken(spoken: Spoken) -> Iterator[str]:
    mark = f"  [{_('draft, not approved')}]" if spoken.draft else ""
    for variant in spoken.variants:
        yield f"    {spoken.language.upper()}: «{plain(variant)}»{mark}"


def _missing(card: Card) -> Iterator[str]:
    flags = {"settings": "--operator", "gender": "--form m|f"}
    if asked := [flags[source] for source in card.missing if source in flags]:
        yield f"    {_('missing words: give {flags}').format(flags=', '.join(asked))}"
