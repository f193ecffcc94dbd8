"""What a trainer is warned of about approved texts: nobody's base becomes unusable by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from prompter.kb.approvals import STALE, Ledger, source_hash, text_state
from prompter.kb.linking import Sources, Where
from prompter.kb.problems import WARNING, Problem

HashOf = Callable[[str], str]


def check(sources: Sources, ledger: Ledger, hash_of: HashOf, today: date | None) -> Iterator[Problem]:
    """Translations whose source text was edited since and, where `today` is given, overdue reviews."""
    for step in sources.steps():
        say = step.data.get("say")
        if isinstance(say, dict):
            yield from _of_step(step, say, sources.main_language, ledger, hash_of, today)


def _of_step(
    step: Where, say: dict[str, Any], main: str, ledger: Ledger, hash_of: HashOf, today: date | None
) -> Iterator[Problem]:
    for language, texts in say.items():
        for index, text in enumerate(texts):
            if not text or not ledger.holds(name := hash_of(text), language):
                continue
            origin = source_hash([one for one in say.get(main) or [] if one]) if language != main else ""
            if text_state(ledger, name, language, origin) == STALE:
                place = step.at("say", language, index)
                yield Problem(place, "translation-outdated", {"language": language}, WARNING)
            elif today and (due := ledger.of(name, language)[0].review) and due <= today.isoformat():
                place = step.at("say", language, index)
                yield Problem(place, "review-overdue", {"language": language, "due": due}, WARNING)
