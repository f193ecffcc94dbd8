"""A notice on a step, an article for some days: hidden when these are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

import pytest

from prompter.call.view.card import ready_card
from prompter.call.view.handbook import handbook
from prompter.call.view.parts import Viewer
from prompter.kb.build import load_sources
from prompter.kb.model import KnowledgeBase
from prompter.kb.revision import from_json, to_json
from tests.kb.bases import ARTICLE, HELLO, write

NOTICE = HELLO + "    notice:\n      ru: Работы на Ахунбаева до 18:00\n    until: 2026-12-31\n"
BISHKEK = timezone(timedelta(hours=6))


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    found, problems = load_sources(
        write(tmp_path, hello=NOTICE, **{"articles/pay": ARTICLE + "until: 31.12.2026\n"})
    )
    assert problems == []
    return from_json(to_json(found))


def seen(base: KnowledgeBase, day: int, hour: int, zone: tzinfo = BISHKEK) -> tuple[str, list[str]]:
    """The notice on the card and the articles, at an hour of UTC in December 2026."""
    viewer, now = Viewer(zone=zone), datetime(2026, 12, day, hour, tzinfo=UTC).timestamp()
    pages = handbook(base, viewer, "ru", now)
    return ready_card(base, "hello.first", viewer, now).notice, [p.id for p in pages if p.kind == "article"]


def test_it_is_shown_to_the_end_of_its_last_day(base: KnowledgeBase) -> None:
    shown = ("Работы на Ахунбаева до 18:00", ["pay"])
    assert seen(base, 1, 0) == shown
    assert seen(base, 31, 17) == shown


def test_the_day_is_that_of_the_operators_clock(base: KnowledgeBase) -> None:
    assert seen(base, 31, 18) == ("", [])
    assert seen(base, 31, 18, UTC)[0]


def test_one_without_a_day_is_always_shown(tmp_path: Path) -> None:
    base, _ = load_sources(write(tmp_path, **{"articles/pay": ARTICLE}))
    assert seen(base, 31, 23) == ("", ["pay"])
