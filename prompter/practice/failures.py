"""An operator's weak spots in a real call: norms missed, steps left without their phrase.

Only keys are known, never what was said: the queue calls such phrases «по нажатиям», and they enter it only
for an operator who agreed in her settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prompter.call import events as e
from prompter.call.drill_events import PhraseMissed
from prompter.call.phrases import shown
from prompter.kb.model import LIMIT, KnowledgeBase
from prompter.practice.callmark import left_unsaid, without_undone

UNSAID = "unsaid"
"""The reason for a step left without its phrase; else it is the name of the norm that was missed."""


def failures(events: Iterable[e.Event], base: KnowledgeBase, operator: str) -> list[PhraseMissed]:
    """What was missed in the events of one ended call, each phrase once. Empty for an interrupted call."""
    standing = without_undone(events)
    if not any(isinstance(one.body, e.Ended) and one.body.outcome for one in standing):
        return []
    languages = [
        one.body.language for one in standing if isinstance(one.body, (e.CallStarted, e.LanguageSet))
    ]
    language = languages[-1] if languages else base.languages[0]
    found: dict[str, PhraseMissed] = {}
    for step, why in _missed(standing, base):
        spoken = base.steps[step].say
        words = shown(base, spoken, language) if spoken else None
        if spoken and words:
            missed = PhraseMissed(operator, spoken.id, words.wordings[0].hash, words.language, why)
            found.setdefault(spoken.id, missed)
    return list(found.values())


def _missed(events: Sequence[e.Event], base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The steps whose words should be drilled, and why."""
    for _, step in left_unsaid(events, base):
        yield step, UNSAID
    for one in events:
        norm = _broken_norm(one.body)
        if norm and (step := words_for(base, norm)):
            yield step, norm


def _broken_norm(body: e.Body) -> str:
    if isinstance(body, e.NormJudged):
        return "" if body.met else body.norm
    if isinstance(body, e.ClockStopped) and body.kind == LIMIT and body.late > 0:
        return body.norm
    return ""


def words_for(base: KnowledgeBase, norm: str) -> str:
    """The step whose words belong to a norm: the one with its clock, else the first beside it with words."""
    for step in base.steps.values():
        if step.clock == norm:
            beside = (base.steps[one] for one in base.scenarios[step.scenario].steps)
            return step.id if step.say else next((one.id for one in beside if one.say), "")
    return ""
