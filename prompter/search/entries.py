"""What can be found in a base: scenarios, what callers say, phrases, the pages of the handbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from prompter.kb.model import Forbidden, KnowledgeBase, Lists, Scenario, Step, Texts
from prompter.search.index import CALLER, DUTY, PHRASE, SCENARIO, Entry
from prompter.text.patterns import as_said

ARTICLE, STATUS, NORM, EXPRESSION = "article", "status", "norm", "expression"
"""Kinds of entries in the handbook; their id is the page's name.

A scenario's title and its callers' lines have the scenario's id, a phrase or a duty the step's.
"""

_BRACES = re.compile(r"\{\w+\}")


def entries_of(base: KnowledgeBase) -> Iterator[Entry]:
    """Every searchable text of the base.

    Texts of one thing share kind and id, and so are one hit. A `{word}` is filled in only when it is said and
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
                yield from _entries({lang: wording.text}, PHRASE, step.id, scenario, not wording.approved)
    yield from _entries(step.do, DUTY, step.id, scenario)


def _each(lists: Lists) -> Iterator[Texts]:
    """Each line by itself."""
    for lang, lines in lists.items():
        for line in lines:
            yield {lang: line}


def _lines(text: Texts) -> Iterator[Texts]:
    """An article line by line, so that a hit shows the matching one."""
    for lang, whole in text.items():
        for line in whole.split("\n"):
            if words := line.removeprefix("- ").strip():
                yield {lang: words}


def _said(expression: Forbidden) -> Iterator[Texts]:
    """The texts that are recognised."""
    for texts in _each(expression.pattern):
        yield {lang: as_said(text).replace("*", "") for lang, text in texts.items()}


def _entries(
    texts: Mapping[str, str], kind: str, about: str, scenario: Scenario, draft: bool = False
) -> Iterator[Entry]:
    where = (scenario.id, scenario.key, scenario.departments)
    for lang, text in texts.items():
        yield Entry(about, _BRACES.sub("…", text), lang, kind, *where, draft)


def _page(texts: Texts, kind: str, name: str, departments: tuple[str, ...] = ()) -> Iterator[Entry]:
    for lang, text in texts.items():
        yield Entry(name, text, lang, kind, departments=departments)
