"""Call-backs promised in words without recording whom to call: slide 12 wants the contact first."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.linking import Where, braces
from prompter.kb.lint.graph import lost, reached, turned, ways_of
from prompter.kb.lint.seen import Seen, note
from prompter.kb.model import PROMISE
from prompter.kb.problems import Place, Problem


def check(seen: Seen) -> Iterator[Problem]:
    """Steps that name the time of a call-back though no contact is taken before or after them."""
    words = _words(seen)
    if not words or lost(seen):
        return
    steps = list(seen.sources.steps())
    ways = {step.id: ways_of(step) for step in steps}
    promising = [step.id for step in steps if step.wrote("promise")]
    covered = reached(promising, ways) | reached(promising, turned(ways))
    for step in steps:
        for name, place in () if step.id in covered else _named(step, words):
            at = seen.within(place, f"{{{name}}}")
            yield note(at, "promise-no-contact", step=step.name, word=name)
            break


def _words(seen: Seen) -> set[str]:
    """The words by which an operator names the time of a call-back."""
    norms = seen.sources.named("norms")
    return {
        name
        for name, word in seen.sources.named("words").items()
        if (norms.get(word.get("norm") or "") or {}).get("kind") == PROMISE
    }


def _named(step: Where, words: set[str]) -> Iterator[tuple[str, Place]]:
    """Which of the words a step says or has the operator say, and where their text begins."""
    say = step.data.get("say")
    for language, texts in say.items() if isinstance(say, dict) else ():
        for index, text in enumerate(texts):
            for name in words.intersection(braces(text or "")[0]):
                yield name, step.at("say", language, index)
    for language, text in (step.data.get("do") or {}).items():
        for name in words.intersection(braces(text)[0]):
            yield name, step.at("do", language)
