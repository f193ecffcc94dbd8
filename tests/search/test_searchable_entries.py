"""What of the bundled base can be found, and how."""

from __future__ import annotations

import pytest

from prompter.search.entries import NORM, entries_of
from prompter.search.index import OPENING, PHRASE, SCENARIO, build
from prompter.search.rank import Context, rank
from tests.call.builders import bundled

ENTRIES = list(entries_of(bundled()))


def test_every_title_phrase_and_norm_is_there() -> None:
    base = bundled()
    assert {entry.id for entry in ENTRIES if entry.kind == SCENARIO} == set(base.scenarios)
    assert {entry.id for entry in ENTRIES if entry.kind == NORM} == set(base.norms)
    said = {step.say.id for step in base.steps.values() if step.say is not None}
    assert {entry.id for entry in ENTRIES if entry.kind == PHRASE} == said


def test_an_entry_says_where_it_belongs() -> None:
    (title,) = (
        entry for entry in ENTRIES if entry.kind == SCENARIO and entry.id == "manager" and entry.lang == "ru"
    )
    assert (title.scenario, title.hotkey) == ("manager", bundled().scenarios["manager"].key)
    assert all(entry.id in bundled().steps for entry in ENTRIES if entry.kind == PHRASE)


def test_borrowed_words_are_found_once() -> None:
    phrases = [(entry.id, entry.lang, entry.text) for entry in ENTRIES if entry.kind == PHRASE]
    assert len(phrases) == len(set(phrases))


def test_words_that_nobody_approved_are_drafts() -> None:
    drafts = {(entry.id, entry.lang) for entry in ENTRIES if entry.draft}
    assert ("clarify.ask", "ky") in drafts
    assert ("clarify.ask", "ru") not in drafts
    assert {entry.kind for entry in ENTRIES if entry.draft} == {PHRASE}


def test_no_brace_can_be_found() -> None:
    assert not [entry.text for entry in ENTRIES if "{" in entry.text]


@pytest.mark.parametrize(
    ("query", "scenario"),
    [
        ("вас не слышно", "cannot_hear"),
        ("начальн", "manager"),
        ("сколько ждать", "clarify"),
        ("vtytl;", "manager"),
    ],
)
def test_a_caller_brings_the_scenario(query: str, scenario: str) -> None:
    (hit, *_) = rank(build(ENTRIES), query, Context(in_call=True))
    assert (hit.entry.scenario, hit.entry.kind in OPENING) == (scenario, True)


def test_a_pattern_reads_as_it_would_be_said() -> None:
    texts = {entry.text for entry in ENTRIES if entry.id == "dont_know"}
    assert "не знаю" in texts
    assert not [text for text in texts if "|" in text or "*" in text]
