"""What of a base can be found: scenarios, what callers say, phrases, the pages of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from prompter.kb.model import Forbidden, KnowledgeBase, Lists, Scenario, Step, Texts
from prompter.search.index import Entry

SCENARIO, CALLER, PHRASE, DUTY = "scenario", "caller", "phrase", "duty"
"""Kinds of an entry: a scenario's title, a caller's line of it, a phrase, a step's title or duty."""

ARTICLE, STATUS, NORM, EXPRESSION = "article", "status", "norm", "expression"
"""Kinds of an entry that is read up in the handbook."""

OPENS_SCENARIO = frozenset({SCENARIO, CALLER})
"""The kinds that lead to a scenario as a whole; their id is the scenario's."""

IN_A_STEP = frozenset({PHRASE, DUTY})
"""The kinds that lead to one step; their id is the step's. All others have the id `kind/name`."""

_BRACES = re.compile(r"\{\w+\}")


def page_id(kind: str, name: str) -> str:
    """The id of an entry of the handbook: names of different kinds may be equal."""
    return f"{kind}/{name}"


def entries_of(base: KnowledgeBase) -> Iterator[Entry]:
    """Every text of the base that can be found.

    Texts of one thing share their id, and so are one hit. A `{word}` that is filled in when it is said
    cannot be typed; in an entry's text it is «…».
    """
    for scenario in base.scenarios.values():
        yield from _of_scenario(base, scenario)
    for article in base.articles.values():
        for texts in (article.title, *_each(article.asked), *_lines(article.text)):
            yield from _page(texts, ARTICLE, article.id, article.departments)
    for status in base.statuses.values():
        for texts in (status.title, *_each(status.asked), status.rule):
            yield from _page(texts, STATUS, status.id)
    for norm in base.norms.values():
        for texts in (norm.title, *_each(norm.asked)):
            yield from _page(texts, NORM, norm.id)
    for expression in base.forbidden.values():
        for texts in (expression.title, *_said(expression), expression.why):
            yield from _page(texts, EXPRESSION, expression.id, expression.departments)


def _of_scenario(base: KnowledgeBase, scenario: Scenario) -> Iterator[Entry]:
    yield from _entries(scenario.title, SCENARIO, scenario.id, scenario)
    for texts in _each(scenario.caller):
        yield from _entries(texts, CALLER, scenario.id, scenario)
    for id_ in scenario.steps:
        yield from _of_step(base.steps[id_], scenario)


def _of_step(step: Step, scenario: Scenario) -> Iterator[Entry]:
    yield from _entries(step.title, DUTY, step.id, scenario)
    if step.say is not None and step.say.id == step.id:  # borrowed words are found where they belong
        for lang, wordings in step.say.wordings.items():
            for wording in wordings:
                yield from _entries({lang: wording.text}, PHRASE, step.id, scenario)
    yield from _entries(step.do, DUTY, step.id, scenario)


def _each(lists: Lists) -> Iterator[Texts]:
    """Each line by itself."""
    for lang, lines in lists.items():
        for line in lines:
            yield {lang: line}


def _lines(text: Texts) -> Iterator[Texts]:
    """An article by its lines, so that a hit shows the one that is meant."""
    for lang, whole in text.items():
        for line in whole.split("\n"):
            if words := line.removeprefix("- ").strip():
                yield {lang: words}


def _said(expression: Forbidden) -> Iterator[Texts]:
    """What is recognised, without the signs of a pattern."""
    for texts in _each(expression.pattern):
        yield {lang: text.replace("*", "").replace("|", " ") for lang, text in texts.items()}


def _entries(texts: Mapping[str, str], kind: str, about: str, scenario: Scenario) -> Iterator[Entry]:
    for lang, text in texts.items():
        yield Entry(
            about, _BRACES.sub("…", text), lang, kind, scenario.id, scenario.key, scenario.departments
        )


def _page(texts: Texts, kind: str, name: str, departments: tuple[str, ...] = ()) -> Iterator[Entry]:
    for lang, text in texts.items():
        yield Entry(page_id(kind, name), text, lang, kind, departments=departments)
