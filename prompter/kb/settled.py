"""What need not be read again: scenarios whose files look as they did at the last revision.

That revision answers all that the other files may ask about them: their steps, where these lead, whose words
they say. So an edit costs one file of 2,000, and those that name a step which it changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from prompter.kb.model import KnowledgeBase, Phrase, Scenario, Step
from prompter.kb.problems import Problem
from prompter.kb.read import Source
from prompter.kb.source import BASE_FILE, LEDGER_FILE, SCENARIOS, Fingerprint, id_of, yaml_files


class Unread(Exception):
    """Only the file of a settled scenario could answer this: everything has to be read."""


class Last(Struct, frozen=True):
    """The last good revision, the fingerprint of the files that gave it, and its warnings."""

    base: KnowledgeBase
    look: Fingerprint
    problems: list[Problem]


class Settled(Struct):
    """Scenarios taken over unchanged. `steps` may contain those of others too."""

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)

    def has_step(self, scenario: str, step: str) -> bool:
        """Whether a settled scenario has that step."""
        return scenario in self.scenarios and f"{scenario}.{step}" in self.steps

    def step_names(self, scenario: str) -> list[str]:
        """The steps of a settled scenario."""
        return [id_.rpartition(".")[2] for id_ in self.scenarios[scenario].steps]

    def leads(self) -> dict[str, list[str]]:
        """Every step with its targets."""
        return {
            id_: [*(answer.go for answer in step.answers), *step.late, step.again]
            for scenario in self.scenarios.values()
            for id_ in scenario.steps
            for step in (self.steps[id_],)
        }


def unchanged(last: Last | None, now: Fingerprint) -> Settled:
    """The scenarios of the last revision whose files look the same and had no problems.

    None if `kb.yaml` or the approvals changed: these concern every file.
    """
    files = {id_of(name): name for name in yaml_files(now, SCENARIOS)}
    if last is None or len(files) < len(yaml_files(now, SCENARIOS)):
        return Settled()
    changed = {name for name, *_ in set(last.look) ^ set(now)}
    if changed & {BASE_FILE, LEDGER_FILE}:
        return Settled()
    again = changed | {place.file for one in last.problems for place in (one.place, one.other) if place}
    scenarios = last.base.scenarios
    same = {name: scenarios[name] for name, file in files.items() if file not in again and name in scenarios}
    return Settled(same, last.base.steps)


def untouched(settled: Settled, base: KnowledgeBase, read: Mapping[str, Source]) -> Settled:
    """Without the scenarios that name something which is gone or has changed.

    `read` are the changed files in their current form.
    """
    gone: set[str] = set()
    reworded: set[str] = set()
    for name, scenario in base.scenarios.items():
        if name not in settled.scenarios:
            _compare(scenario, base.steps, read.get(name), gone, reworded)
    touched = {step.scenario for step in base.steps.values() if _borrows(step, gone | reworded)}
    if gone:  # an edit of texts causes none of this
        touched |= {
            name for name, one in settled.scenarios.items() if not gone.isdisjoint(one.after.values())
        }
        touched |= {
            id_.partition(".")[0] for id_, ways in settled.leads().items() if not gone.isdisjoint(ways)
        }
    kept = {name: one for name, one in settled.scenarios.items() if name not in touched}
    return Settled(kept, settled.steps)


def _compare(
    scenario: Scenario, steps: Mapping[str, Step], source: Source | None, gone: set[str], reworded: set[str]
) -> None:
    """Collect what others may have named in a scenario and no longer find there."""
    departments = tuple(filter(None, source.data.get("departments") or ())) if source else ()
    for id_ in scenario.steps:
        name = id_.rpartition(".")[2]
        if source is None or not source.wrote("steps", name) or departments != scenario.departments:
            gone.add(id_)
        elif _words(steps[id_].say) != ((source.data.get("steps") or {}).get(name) or {}).get("say"):
            reworded.add(id_)


def _borrows(step: Step, owners: set[str]) -> bool:
    return step.say is not None and step.say.id in owners and step.say.id != step.id


def _words(phrase: Phrase | None) -> dict[str, list[str]] | None:
    """A phrase's texts as they are written in a file."""
    if phrase is None:
        return None
    return {language: [one.text for one in wordings] for language, wordings in phrase.wordings.items()}
