"""`prompter show` and `prompter list`: the scripts as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from time import time

from prompter.call.phrases import lists_in, text_in
from prompter.call.view.card import ready_card
from prompter.call.view.parts import OWN, SAY, Card, Spoken
from prompter.call.view.tree import listed
from prompter.call.words import MISSING, Filled
from prompter.commands.base import tell, viewer_of
from prompter.kb.model import KnowledgeBase, Scenario
from prompter.locale import _
from prompter.locale.names import missing_names
from prompter.settings import Settings


def list_(base: KnowledgeBase, settings: Settings) -> int:
    """One line a scenario: its key, its id, its title. Always 0."""
    scenarios = _listed(base, settings)
    width = max((len(scenario.id) for scenario in scenarios), default=0)
    for scenario in scenarios:
        title = text_in(scenario.title, settings.ui, base.languages)
        print(f"{scenario.key or '–':<3} {scenario.id:<{width}}  {title}")
    return 0


def show(base: KnowledgeBase, settings: Settings, name: str) -> int:
    """All scenarios, one, or one step. 0, or 1 where there is none of that name."""
    scenario_id, _dot, step = name.partition(".")
    if name and scenario_id not in base.scenarios:
        return _unknown(name, list(base.scenarios))
    scenarios = [base.scenarios[scenario_id]] if name else _listed(base, settings)
    steps = [one for scenario in scenarios for one in scenario.steps if not step or one == name]
    if not steps:
        return _unknown(name, list(base.scenarios[scenario_id].steps))
    for scenario in scenarios:
        if not step:
            key = f"{scenario.key}  " if scenario.key else ""
            print(f"{key}{text_in(scenario.title, settings.ui, base.languages)}  [{scenario.id}]")
            for line in lists_in(scenario.caller, settings.ui, base.languages):
                print(f"    {_('caller')}: {line}")
        for one in scenario.steps:
            if one in steps:
                print("\n".join(_step(base, settings, one)))
        print()
    return 0


def _listed(base: KnowledgeBase, settings: Settings) -> list[Scenario]:
    """The department's scenarios, with those that only a call brings on the screen."""
    viewer = viewer_of(settings)
    on_screen = list(listed(base, viewer))
    return [s for s in base.scenarios.values() if s in on_screen or s.id in (base.talk, base.outgoing)]


def _unknown(name: str, known: list[str]) -> int:
    from rapidfuzz import fuzz, process

    near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=60)
    hint = " " + _("Perhaps «{near}»?").format(near=near[0]) if near else ""
    tell(_("no scenario or step «{name}».").format(name=name) + hint)
    return 1


def _step(base: KnowledgeBase, settings: Settings, step_id: str) -> Iterator[str]:
    card = ready_card(base, step_id, viewer_of(settings), time())
    source = f"  ({card.source})" if card.source else ""
    yield f"  {card.title}  [{step_id}]{source}"
    if card.spoken:
        yield from _spoken(card.spoken)
        if card.instead:
            yield f"      {card.instead.upper()}: {_('no approved phrase')}"
    elif card.kind in (SAY, OWN):
        yield f"    {_('in your own words')}"
    for other in card.others:
        yield from _spoken(other)
    if card.do:
        yield f"    {_('do')}: {_text(card.do)}"
    if card.never:
        yield f"    {_('never')}: {', '.join(f'«{text}»' for text in card.never)}"
    for answer in card.answers:
        yield f"    {answer.digit}  {answer.when} → {answer.leads}"
    yield from _missing(card)


def _spoken(spoken: Spoken) -> Iterator[str]:
    mark = f"  [{_('draft, not approved')}]" if spoken.draft else ""
    for variant in spoken.variants:
        yield f"    {spoken.language.upper()}: «{_text(variant)}»{mark}"


def _missing(card: Card) -> Iterator[str]:
    flags = {"settings": "--operator", "gender": "--form m|f"}
    if asked := [flags[source] for source in card.missing if source in flags]:
        yield f"    {_('missing words: give {flags}').format(flags=', '.join(asked))}"


def _text(text: Filled) -> str:
    names = missing_names()
    return "".join(f"‹{names.get(f.source, f.text)}?›" if f.kind == MISSING else f.text for f in text)
