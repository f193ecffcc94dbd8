"""Translations of phrases: missing, with other {words}, not approved, or changed since they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prompter.kb.approvals import DRAFT, text_state
from prompter.kb.linking import Where, braces
from prompter.kb.lint.seen import Seen, note
from prompter.kb.problems import Problem

_NAMED = 8
"""How many phrases a summary names."""

Say = dict[str, list[str | None]]


def check(seen: Seen) -> Iterator[Problem]:
    """Problems of each language of each phrase."""
    languages = [one for one in seen.sources.base.data.get("languages") or () if one]
    if not languages:
        return
    waiting: dict[str, list[str]] = {language: [] for language in languages}
    for step in seen.sources.steps():
        say = step.data.get("say")
        if isinstance(say, dict):
            yield from _missing(step, say, languages)
            yield from _differing(seen, step, say, languages[0])
            yield from _unapproved(seen, step, say, waiting)
    for index, language in enumerate(languages):
        if phrases := waiting[language]:
            named = ", ".join(phrases[:_NAMED]) + (" …" if len(phrases) > _NAMED else "")
            place = seen.sources.base.at("languages", index)
            yield note(place, "not-approved", n=len(phrases), language=language, phrases=named)


def _missing(step: Where, say: Say, languages: list[str]) -> Iterator[Problem]:
    """Missing languages: a call in one hears another."""
    for language in languages:
        if language not in say and not step.source.wrote("steps", step.name, "say", language):
            yield note(step.key_at("say"), "translation-missing", language=language)


def _differing(seen: Seen, step: Where, say: Say, main: str) -> Iterator[Problem]:
    """One language names the caller a time and the other does not. Only words that both could have count:
    Kyrgyz has no genders, and `kb.yaml` says so by giving such a word no Kyrgyz forms."""
    mine = _words(say.get(main) or [])
    for language in say:
        theirs = _words(say[language] or [])
        if language == main or mine == theirs:
            continue
        different = sorted(
            name for name in mine ^ theirs if _has(seen, name, language) and _has(seen, name, main)
        )
        if different:
            shown = ", ".join(f"{{{name}}}" for name in different)
            place = step.at("say", language)
            yield note(place, "words-differ", language=language, main=main, words=shown)


def _words(texts: list[str | None]) -> set[str]:
    return {name for text in texts if text and "{" in text for name in braces(text)[0]}


def _has(seen: Seen, name: str, language: str) -> bool:
    word: dict[str, Any] = seen.sources.named("words").get(name) or {}
    return word.get("from") not in ("gender", "clock") or language in word


def _unapproved(seen: Seen, step: Where, say: Say, waiting: dict[str, list[str]]) -> Iterator[Problem]:
    """Reported at its place only if other words of this phrase were approved: else it is a draft."""
    for language, texts in say.items():
        lost = [
            index
            for index, text in enumerate(texts or ())
            if text and text_state(seen.ledger, seen.hash_of(text), language, None) == DRAFT
        ]
        if not lost:
            continue
        if (step.id, language) not in seen.approved:
            waiting.get(language, []).append(step.id)
            continue
        for index in lost:
            yield note(step.at("say", language, index), "approval-lost", language=language)
