"""What callers say and operators type, against the bundled scripts.

The sets were written by people who had not seen the `caller:` lines. The first run of set A, before it was
worked on, found 0.688 of the scenarios among the first three (0.556 at the top); the first run of set B, the
lines mended by A alone, 0.917 (0.783); the first run of set C, after both, 0.950
(0.850). Nothing was mended by C.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from prompter.search.finder import Finder
from prompter.search.rank import Context
from tests.call.builders import bundled

HERE = Path(__file__).parent
WANTED = 0.95
SHOWN = 3
"""So many scenarios are looked at before an operator types on."""


@cache
def finder() -> Finder:
    return Finder(bundled())


def scenarios(query: str) -> list[str]:
    """The scenarios that a query shows in a call, best first."""
    hits = finder().find(query, Context(in_call=True))
    return list(dict.fromkeys(hit.entry.scenario for hit in hits if hit.entry.scenario))


@pytest.mark.parametrize(("name", "size"), [("sayings_a", 160), ("sayings_b", 60), ("sayings_c", 60)])
def test_a_saying_brings_its_scenario(name: str, size: int) -> None:
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == size
    missed = []
    for row in rows:
        right = row["scenario"] if isinstance(row["scenario"], list) else [row["scenario"]]
        shown = scenarios(row["query"])[:SHOWN]
        if not set(right) & set(shown):
            missed.append((row["query"], right, shown))
    assert 1 - len(missed) / len(rows) >= WANTED, missed


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("сколько ждать", "norm", "hold"),
        ("сколько держать на линии", "norm", "hold"),
        ("канча күтөт", "norm", "hold"),
        ("через сколько перезвонить", "norm", "callback"),
        ("качан кайра чалам", "norm", "callback"),
        ("когда перезвонит менеджер", "norm", "manager"),
        ("менеджер качан чалат", "norm", "manager"),
        ("сколько секунд ждать ответа", "norm", "pause"),
        ("клиент молчит сколько ждать", "norm", "silence"),
        ("можно ли отбой", "status", "busy"),
        ("отбой койсом болобу", "status", "busy"),
        ("какой статус на обед", "status", "lunch"),
        ("обедге кайсы статус", "status", "lunch"),
        ("можно на кофе", "status", "coffee"),
        ("кофеге чыксам болобу", "status", "coffee"),
        ("какой статус между звонками", "status", "waiting"),
    ],
)
def test_a_question_about_a_norm_or_a_status_is_answered(query: str, kind: str, name: str) -> None:
    for in_call in (False, True):
        hits = finder().find(query, Context(in_call=in_call))[:5]
        assert (kind, name) in [hit.entry.thing for hit in hits]
