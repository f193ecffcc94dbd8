"""What of a knowledge base can be found: titles, what callers say, phrases, duties, norms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from prompter.kb.model import KnowledgeBase, Scenario, Step
from prompter.search.index import CALLER, DUTY, NORM, PHRASE, SCENARIO, Entry

_BRACES = re.compile(r"\{\w+\}")


def entries_of(base: KnowledgeBase) -> Iterator[Entry]:
    """Every text of the base that can be found.

    `Entry.id` is the id of the scenario, step or norm; texts of one thing share it. A `{word}` that is
    filled in when it is said cannot be typed; in an entry's text it is «…».
    """
    for scenario in base.scenarios.values():
        yield from _entries(scenario.title, SCENARIO, scenario.id, scenario)
        for lang, lines in scenario.caller.items():
            for line in lines:
                yield from _entries({lang: line}, CALLER, scenario.id, scenario)
        for step in scenario.steps:
            yield from _of_step(base.steps[step], scenario)
    for norm in base.norms.values():
        for lang, text in norm.title.items():
            yield Entry(norm.id, text, lang, NORM)


def _of_step(step: Step, scenario: Scenario) -> Iterator[Entry]:
    if step.say is not None and step.say.id == step.id:  # borrowed words are found where they belong
        for lang, wordings in step.say.wordings.items():
            for wording in wordings:
                yield from _entries({lang: wording.text}, PHRASE, step.id, scenario)
    yield from _entries(step.do, DUTY, step.id, scenario)


def _entries(texts: Mapping[str, str], kind: str, about: str, scenario: Scenario) -> Iterator[Entry]:
    for lang, text in texts.items():
        yield Entry(
            about, _BRACES.sub("…", text), lang, kind, scenario.id, scenario.key, scenario.departments
        )
