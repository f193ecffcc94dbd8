"""Warnings about approved texts; none of them makes a base unusable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from prompter.kb.approvals import STALE, Ledger, source_hash, text_state
from prompter.kb.linking import Sources, Where
from prompter.kb.problems import WARNING, Problem

HashOf = Callable[[str], str]

_SHOWN = 60
"""How many characters of a text a message quotes."""


def check(sources: Sources, ledger: Ledger, hash_of: HashOf) -> Iterator[Problem]:
    """Warn of translations whose source text was edited after their approval."""
    for step in sources.steps():
        say = step.data.get("say")
        if isinstance(say, dict):
            yield from _of_step(step, say, sources.main_language, ledger, hash_of)


def _of_step(
    step: Where, say: dict[str, Any], main: str, ledger: Ledger, hash_of: HashOf
) -> Iterator[Problem]:
    for language, texts in say.items():
        for index, text in enumerate(texts):
            if not text or language == main or not ledger.holds(name := hash_of(text), language):
                continue
            origin = source_hash([one for one in say.get(main) or [] if one])
            if text_state(ledger, name, language, origin) == STALE:
                place = step.at("say", language, index)
                then = _short(ledger.of(name, language)[0].source_words)
                yield Problem(place, "translation-outdated", {"language": language, "then": then}, WARNING)


def _short(words: str) -> str:
    """The beginning of a text on one line; "…" for older records, which do not hold the words."""
    line = " ".join(words.split())
    return f"{line[:_SHOWN]}…" if len(line) > _SHOWN else line or "…"
