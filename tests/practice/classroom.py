"""A small class on a journal: drills of several trainees over some weeks, answers typed as people do."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from prompter.call import drill_events as d
from prompter.call.events import PRACTICE, Body, Event
from prompter.kb.model import KnowledgeBase
from prompter.practice.marking import RIGHT, WRONG, mark_step
from prompter.practice.schedule import texts_of
from prompter.practice.standard import Standard

DAY = 86400.0
TYPED = 8
"""How many phrases each of them types a day."""


def drills(
    base: KnowledgeBase, trainees: dict[str, float], start: float, days: int, desk: str = "desk-1"
) -> Iterator[Event]:
    """Card drills, one a day for each trainee (name -> how well she learns, 0 to 1), then an exam."""
    standard, texts = Standard(base), texts_of(base, "ru")
    number = 0

    def event(at: float, body: Body) -> Event:
        nonlocal number
        number += 1
        return Event(f"{desk}-{number}", desk, "", at, PRACTICE, base.revision, f"{desk}-{number}", body)

    for name, talent in trainees.items():
        chance = Random(name)
        for day in range(days):
            at = start + day * DAY + 60 * len(name)
            drill = f"{desk}-{name}-{day}"
            exam = day == days - 1
            kind = d.EXAM if exam else d.CARDS
            yield event(at, d.DrillBegan(drill, kind, name, d.HIDDEN, d.TYPED, "ru", 1, pass_mark=80 * exam))
            scores = []
            for phrase in chance.sample(list(texts), TYPED):
                at += 30
                typed = _typed(base, phrase, chance, talent + day / (2 * days))
                mark = mark_step(standard, phrase, typed, "ru")
                assert mark is not None
                scores.append(mark.score)
                verdict = {RIGHT: d.SAID, WRONG: d.NO}.get(mark.verdict, d.ALMOST)
                text = base.steps[phrase].say.wordings["ru"][0].hash  # type: ignore[union-attr]
                yield event(
                    at,
                    d.PhraseGiven(
                        drill, phrase, text, "ru", d.HIDDEN, d.TYPED, verdict, mark.score / 100, 6.0,
                        "program", typed,
                    ),
                )  # fmt: skip
            total = sum(scores) / len(scores)
            yield event(at, d.DrillEnded(drill, d.FINISHED, round(total, 1), exam and total >= 80))


def _typed(base: KnowledgeBase, phrase: str, chance: Random, knows: float) -> str:
    """A phrase as somebody types it who knows so much of it: words left out, letters mistyped."""
    say = base.steps[phrase].say
    assert say is not None
    text = say.wordings["ru"][0].text.replace("{minutes}", "2").replace("{daypart}", "Добрый день")
    text = text.replace("{operator}", "Айгуль").replace("{ended}", "завершила")
    if chance.random() < knows:
        return text
    kept = [word for word in text.split() if chance.random() < 0.4 + knows / 2]
    return " ".join(kept) or "не помню"
