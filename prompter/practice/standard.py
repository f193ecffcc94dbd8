"""What typed answers are measured against, computed once per base: rarity, forbidden expressions, phrases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from prompter.kb.model import KnowledgeBase, Wording
from prompter.practice.expected import Rarity
from prompter.text.folding import fold, words
from prompter.text.patterns import Expression, expression

_LEAST = 0.35


class Standard:
    """A base as the marking needs it. Immutable; one per revision."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    @cached_property
    def rarity(self) -> Mapping[str, Rarity]:
        """By language and folded word: 1 for a word in one phrase, less the more phrases have it."""
        return {language: _rarity(self.base, language) for language in self.base.languages}

    @cached_property
    def expressions(self) -> tuple[tuple[str, Expression], ...]:
        """Every forbidden expression with patterns, by id; in all languages, as people mix them."""
        return tuple(
            (name, expression(patterns, one.window, one.ordered, one.unless.get(language, ())))
            for name, one in self.base.forbidden.items()
            for language, patterns in one.pattern.items()
        )

    @cached_property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """The folded texts of all phrases, by language."""
        return {
            language: tuple(dict.fromkeys(fold(one.text) for one in _wordings(self.base, language)))
            for language in self.base.languages
        }


def _wordings(base: KnowledgeBase, language: str) -> Iterator[Wording]:
    """The texts of every phrase in a language, each phrase once."""
    for step in base.steps.values():
        if step.say and step.say.id == step.id:
            yield from step.say.wordings.get(language, ())


def _rarity(base: KnowledgeBase, language: str) -> Rarity:
    texts = {one.hash: one.text for one in _wordings(base, language)}
    count = Counter(word for text in texts.values() for word in set(words(text)))
    most = math.log(1 + max(count.values(), default=1))
    return {word: 1 - (1 - _LEAST) * math.log(n) / most for word, n in count.items()}
