"""How much of the scripts is approved: counts by department, scenario and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from prompter.kb.approvals import APPROVED, Ledger, survey
from prompter.kb.model import KnowledgeBase, Scenario


class Row(Struct, frozen=True):
    """Phrases by state in one language; `scenario` is "" for a whole department."""

    department: str
    scenario: str
    lang: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of phrases counted here."""
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """The approved part, 0 to 1; 1 if there are none."""
        return self.counts[APPROVED] / self.total if self.total else 1.0


def coverage(base: KnowledgeBase, ledger: Ledger) -> list[Row]:
    """For each department a total of what its operators may say, then scenario by scenario.

    A scenario for everybody counts in each department. Without departments there is a single one, "".
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for one in survey(base, ledger):
        counts.setdefault((one.scenario, one.lang), Counter())[one.state] += 1
    rows: list[Row] = []
    for department in base.departments or ("",):
        seen = [one for one in base.scenarios.values() if _has(department, one)]
        spoken = [one.id for one in seen if (one.id, base.languages[0]) in counts]
        for lang in base.languages:
            total = sum((counts[name, lang] for name in spoken), Counter[str]())
            rows.append(Row(department, "", lang, total))
        rows += [
            Row(department, name, lang, counts[name, lang]) for name in spoken for lang in base.languages
        ]
    return rows


def _has(department: str, scenario: Scenario) -> bool:
    return not scenario.departments or department in scenario.departments
