"""Unused things: norms, words, duties, phrases; answers without a free digit."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.linking import Where, braces
from prompter.kb.lint.seen import Seen, note
from prompter.kb.problems import Problem
from prompter.kb.stepchecks import MOST_ANSWERS


def check(seen: Seen) -> Iterator[Problem]:
    """Names in `kb.yaml` that no file uses, and steps with more answers than digits."""
    steps = list(seen.sources.steps())
    yield from _norms(seen, steps)
    yield from _words(seen)
    yield from _marks(seen, steps)
    for step in steps:
        if step.data.get("late"):
            yield from _answers(step)


def _norms(seen: Seen, steps: list[Where]) -> Iterator[Problem]:
    """A norm that can only be searched for is used: it is found, and answers."""
    sources = seen.sources
    used = {step.data.get(field) for step in steps for field in ("clock", "promise")}
    used |= {word.get("norm") for word in sources.named("words").values()}
    for name, norm in sources.named("norms").items():
        if name not in used and not norm.get("asked"):
            yield note(sources.base.key_at("norms", name), "unused-norm", norm=name)


def _words(seen: Seen) -> Iterator[Problem]:
    used = {name for text in seen.written if "{" in text.text for name in braces(text.text)[0]}
    for name in seen.sources.names("words"):
        if name not in used:
            yield note(seen.sources.base.key_at("words", name), "unused-word", word=name)


def _marks(seen: Seen, steps: list[Where]) -> Iterator[Problem]:
    sources = seen.sources
    used = {step.data.get("marks") for step in steps}
    used |= {mark for one in sources.named("outcomes").values() for mark in one.get("requires") or ()}
    used |= {norm.get("since") for norm in sources.named("norms").values()}
    for name in sources.names("marks"):
        if name not in used:
            yield note(sources.base.key_at("marks", name), "unused-mark", mark=name)


def _answers(step: Where) -> Iterator[Problem]:
    """When the limit is over, the steps of `late` appear below the answers, unless they are among them."""
    answers = step.data.get("answers") or []
    known = {one.get("go") for one in answers if one}
    late = [one for one in step.data.get("late") or () if one and one not in known]
    if len(answers) <= MOST_ANSWERS < len(answers) + len(late):
        count = len(answers) + len(late)
        yield note(step.key_at("late"), "more-answers-than-digits", n=count, most=MOST_ANSWERS)
