"""Checks of every step: it says something, leads somewhere, and names only what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from prompter.kb.entrychecks import readable_pattern
from prompter.kb.linking import Sources, Where, known, other_targets, unknown_step
from prompter.kb.model import LIMIT, PROMISE, RETURN, TALK
from prompter.kb.problems import ERROR, WARNING, Problem
from prompter.kb.read import Path
from prompter.kb.settled import Unread
from prompter.kb.textchecks import borrowed_words, filled_words, main_language
from prompter.text import patterns

MOST_ANSWERS = 9
_BRACE = re.compile("[{}]")


def check(sources: Sources) -> Iterator[Problem]:
    """Problems of the steps of every scenario."""
    lost = False
    for step in sources.steps():
        yield from _content(step)
        yield from _ways_out(sources, step)
        for problem in _targets(sources, step):
            lost = lost or problem.severity == ERROR
            yield problem
        yield from _names(sources, step)
        yield from _norms_of(sources, step)
        yield from _words(sources, step)
        yield from _ideas(step)
    if not lost and not sources.opaque:
        # A mistyped target is one mistake; the step it was meant to reach is not a second one.
        yield from _unreached(sources)


def _content(step: Where) -> Iterator[Problem]:
    if step.name in (TALK, RETURN):
        yield Problem(step.key_at(), "reserved-name", {"name": step.name})
    listens = bool(step.data.get("listen"))
    if not listens and not step.wrote("say") and not step.wrote("do"):
        yield Problem(step.key_at(), "step-empty", {"step": step.name})
    if listens and step.wrote("say"):
        yield Problem(step.key_at("listen"), "listen-with-say", {"step": step.name})
    if step.wrote("notice") and not step.wrote("until"):
        yield Problem(step.key_at("notice"), "notice-needs-until")
    if step.wrote("until") and not step.wrote("notice"):
        yield Problem(step.key_at("until"), "until-without-notice", {"step": step.name})


def _ways_out(sources: Sources, step: Where) -> Iterator[Problem]:
    if step.wrote("promise") and not step.wrote("answers"):
        yield Problem(step.key_at("promise"), "promise-no-answer", {"step": step.name})
    elif not step.wrote("answers") and not step.wrote("end") and not _is_talk_step(sources, step):
        yield Problem(step.key_at(), "no-way-out", {"step": step.name})
    answers = step.data.get("answers") or []
    if len(answers) > MOST_ANSWERS:
        yield Problem(
            step.at("answers", MOST_ANSWERS), "too-many-answers", {"step": step.name, "most": MOST_ANSWERS}
        )
    enters = [index for index, answer in step.answers() if answer.get("enter")]
    if len(enters) > 1:
        first, second = (step.key_at("answers", index, "enter") for index in enters[:2])
        yield Problem(second, "enter-twice", {"step": step.name, "line": first.line}, other=first)


def _is_talk_step(sources: Sources, step: Where) -> bool:
    return step.scenario == sources.base.data.get("talk") and sources.step_names(step.scenario)[:1] == [
        step.name
    ]


def _targets(sources: Sources, step: Where) -> Iterator[Problem]:
    for index, answer in step.answers():
        target = answer.get("go")
        if target and sources.resolve_go(step.scenario, target) is None:
            place = step.at("answers", index, "go")
            yield unknown_step(sources, step.scenario, target, place, (TALK, RETURN))
    for target, path in other_targets(step):
        if sources.resolve(step.scenario, target) is None:
            yield unknown_step(sources, step.scenario, target, step.at(*path))
    if step.wrote("again") and not step.wrote("once"):
        yield Problem(step.key_at("again"), "again-without-once", {"step": step.name}, WARNING)


def _names(sources: Sources, step: Where) -> Iterator[Problem]:
    for field, section in (("marks", "marks"), ("end", "outcomes"), ("clock", "norms"), ("promise", "norms")):
        if name := step.data.get(field):
            yield from known(sources, section, name, partial(step.at, field))


def _norms_of(sources: Sources, step: Where) -> Iterator[Problem]:
    norms = sources.named("norms")
    clock = norms.get(step.data.get("clock") or "", {}).get("kind")
    promise = norms.get(step.data.get("promise") or "", {}).get("kind")
    if clock == PROMISE:
        yield Problem(step.at("clock"), "clock-is-promise", {"norm": step.data["clock"]})
    if promise and promise != PROMISE:
        yield Problem(step.at("promise"), "promise-is-clock", {"norm": step.data["promise"]})
    if step.wrote("late") and (not step.wrote("clock") or clock not in (None, LIMIT)):
        yield Problem(step.key_at("late"), "late-without-limit", {"step": step.name})


def _texts(step: Where) -> Iterator[tuple[str, str, Path]]:
    """Language, text and field of every text that contains braces."""
    say = step.data.get("say")
    for language, texts in say.items() if isinstance(say, dict) else ():
        for index, text in enumerate(texts):
            if text and _BRACE.search(text):
                yield language, text, ("say", language, index)
    for language, text in (step.data.get("do") or {}).items():
        if _BRACE.search(text):
            yield language, text, ("do", language)


def _words(sources: Sources, step: Where) -> Iterator[Problem]:
    """Check the texts of a step: their language, their braces, whose words they are."""
    source, here = step.source, ("steps", step.name)
    for field in ("title", "do", "notice"):
        yield from main_language(sources, source, step.data.get(field), *here, field)
    for index, answer in step.answers():
        yield from main_language(sources, source, answer.get("when"), *here, "answers", index, "when")
    if isinstance(borrowed := step.data.get("say"), str):
        yield from borrowed_words(sources, step.scenario, borrowed, step.at("say"))
    for language, text, path in _texts(step):
        yield from filled_words(sources, language, text, step.at(*path))


def _ideas(step: Where) -> Iterator[Problem]:
    """Check the obligatory ideas: readable patterns, each found in the step's own words in that language."""
    must, say = step.data.get("must"), step.data.get("say")
    if must and not isinstance(say, dict):
        if not step.wrote("say") or isinstance(say, str):
            yield Problem(step.key_at("must"), "must-without-words", {"step": step.name})
        return
    for language, ideas in (must or {}).items():
        for index, synonyms in enumerate(ideas):
            written = [one for one in synonyms or [] if one]
            bad = [p for one in written for p in readable_pattern(one, step.at("must", language, index))]
            yield from bad
            texts = [one for one in (say or {}).get(language) or [] if one]
            if written and not bad and not any(map(patterns.expression(written, window=2).find, texts)):
                args: dict[str, str | int] = {"idea": written[0], "language": language}
                yield Problem(step.at("must", language, index), "idea-not-in-phrase", args, WARNING)


def _unreached(sources: Sources) -> Iterator[Problem]:
    """Warn of steps that no key and no answer leads to. A scenario's first step can be searched for."""
    settled = sources.settled
    waiting = [f"{one}.{steps[0]}" for one in sources.order if (steps := sources.step_names(one))]
    waiting += [step for one in settled.scenarios.values() for step in one.after.values()]
    for name, source in sources.scenarios.items():
        waiting += [_full(name, target) for target in (source.data.get("after") or {}).values()]
    leads = settled.leads() | {step.id: _leads(step) for step in sources.steps()}
    reached: set[str] = set()
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += leads.get(here, ())
    if any(step not in reached for one in settled.scenarios.values() for step in one.steps):
        raise Unread
    for step in sources.steps():
        if step.id not in reached:
            yield Problem(step.key_at(), "step-unreached", {"step": step.name}, WARNING)


def _leads(step: Where) -> list[str]:
    """The ids of the steps that a step leads to. `talk` and `return` give ids that no step has."""
    targets = [one.get("go") for one in step.data.get("answers") or [] if one]
    targets += [step.data.get("again"), *(step.data.get("late") or [])]
    return [_full(step.scenario, target) for target in targets if target]


def _full(scenario: str, target: str) -> str:
    return target if "." in target else f"{scenario}.{target}"
