"""A simulated class: thirty trainees learn the bundled phrases for sixty days, by three plans.

    python -m benchmarks.simulated_class [--trainees 30] [--days 60] [--seed 1]

The plans: what comes back by the product's own schedule (`fsrs`, fuzz off); everything that was begun, every
day; and after 1, 3, 7 and 14 days, then every 14, from the beginning again after a miss. All begin the same
new phrases at the same pace. A phrase that was not known is read at once and asked once more at the end of
the session, which counts as a review too.

How they forget is not FSRS's model but that of Pavlik and Anderson (2005, "Practice and forgetting effects
on vocabulary memory", ACT-R): each practice leaves a trace that fades as a power of time, the slower the
less active the phrase was when it was practised. Activation m = ln(sum of t^-d), a new trace's decay
d = c * e^m + a, recall = 1 / (1 + e^((tau - m) / s)). Their parameters: a 0.177, c 0.217, tau -0.704,
s 0.255; a differs between trainees and phrases (normal, 0.03 each). Time between sessions counts for 0.025
of its seconds, as there.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from random import Random

from msgspec import Struct, field

from prompter.call import drill_events as d
from prompter.kb.build import load_sources
from prompter.kb.model import KnowledgeBase
from prompter.practice.schedule import CHANGED, NEW, cards, texts_of, up_today
from prompter.practice.store import Review

BEGIN = 1_772_420_400.0  # 9:00 of a Monday in Bishkek
DAY = 86400.0
NEW_A_DAY = 5
A, C, TAU, S, BETWEEN = 0.177, 0.217, -0.704, 0.255, 0.025
SPREAD = 0.03
FIXED = (1, 3, 7, 14)
SESSION = 20.0


class Memory(Struct):
    """A trainee's memory of a phrase: when it was practised (the model's seconds), each trace's decay."""

    a: float
    traces: list[tuple[float, float]] = field(default_factory=list)

    def activation(self, now: float) -> float:
        """ln of the sum of all traces; very low if there are none."""
        total = sum(max(1.0, now - at) ** -decay for at, decay in self.traces)
        return math.log(total) if total else -99.0

    def recall(self, now: float) -> float:
        """The probability of recall."""
        return 1 / (1 + math.exp(min(60.0, (TAU - self.activation(now)) / S)))

    def practise(self, now: float) -> None:
        """Add a trace."""
        active = self.activation(now)
        self.traces.append((now, C * math.exp(active) + self.a if self.traces else self.a))


class Trainee(Struct):
    """One trainee on one plan. `reviews` are those of the product's schedule, `asked` counts all of them."""

    chance: Random
    memory: dict[str, Memory]
    reviews: list[Review] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    step: dict[str, tuple[int, int]] = field(default_factory=dict)
    asked: int = 0


Plan = Callable[[Trainee, KnowledgeBase, int], list[str]]
"""Which of the begun phrases a trainee is asked on a day."""


def at(day: int, number: int = 0) -> float:
    """Unix seconds of a review."""
    return BEGIN + day * DAY + number * SESSION


def modelled(day: int, number: int = 0) -> float:
    """The model's seconds: nights count for little."""
    return day * DAY * BETWEEN + number * SESSION


def by_schedule(one: Trainee, base: KnowledgeBase, day: int) -> list[str]:
    known = cards(one.reviews, base, at(day))
    up = up_today(known, base, "ru", at(day), most_new=0)
    return [card.key[0] for card in up if card.why not in (NEW, CHANGED)]


def everything(one: Trainee, base: KnowledgeBase, day: int) -> list[str]:
    return list(one.begun)


def fixed(one: Trainee, base: KnowledgeBase, day: int) -> list[str]:
    return [phrase for phrase in one.begun if one.step[phrase][1] <= day]


PLANS: dict[str, Plan] = {"fsrs": by_schedule, "daily": everything, "1-3-7-14": fixed}


def ask(one: Trainee, texts: dict[str, str], phrase: str, day: int, number: int) -> bool:
    """Ask a phrase once; if it was not known it is read and asked again."""
    memory = one.memory[phrase]
    knows = bool(memory.traces) and one.chance.random() < memory.recall(modelled(day, number))
    memory.practise(modelled(day, number))
    one.asked += 1
    verdict = d.SAID if knows else d.NO
    one.reviews.append(Review("x", phrase, "ru", texts[phrase], at(day, number), verdict, seconds=8.0))
    place = one.step.get(phrase, (0, 0))[0]
    place = min(place + 1, len(FIXED)) if knows else 0
    one.step[phrase] = (place, day + FIXED[max(0, min(place, len(FIXED)) - 1)] if place else day + FIXED[0])
    return knows


def learn(one: Trainee, base: KnowledgeBase, texts: dict[str, str], plan: Plan, day: int) -> None:
    """A day: what the plan asks for, then new phrases; misses once more at the end."""
    number = 0
    fresh = [phrase for phrase in texts if phrase not in one.begun][:NEW_A_DAY]
    waiting = [*plan(one, base, day), *fresh]
    one.begun += fresh
    for again in (True, False):
        missed = []
        for phrase in waiting:
            number += 1
            if not ask(one, texts, phrase, day, number) and again:
                missed.append(phrase)
        waiting = missed


def known(one: Trainee, day: int) -> float:
    """The share of all phrases that she would know on the morning of a day."""
    return sum(memory.recall(modelled(day)) for memory in one.memory.values()) / len(one.memory)


def run(plan: Plan, base: KnowledgeBase, trainees: int, days: int, seed: int) -> list[float]:
    """Reviews per trainee, then what is known on average in the last week, on the day after the end, and
    thirty days later without practice."""
    shown = {phrase: min(hashes) for phrase, hashes in texts_of(base, "ru").items()}
    totals = [0.0] * 4
    for number in range(trainees):
        talent = Random(f"{seed}/{number}")
        slow = talent.gauss(0, SPREAD)
        memory = {phrase: Memory(max(0.05, A + slow + talent.gauss(0, SPREAD))) for phrase in shown}
        one = Trainee(Random(f"{seed}/{number}/asked"), memory)
        last_week = []
        for day in range(days):
            if day >= days - 7:
                last_week.append(known(one, day))
            learn(one, base, shown, plan, day)
        figures = (one.asked, sum(last_week) / len(last_week), known(one, days), known(one, days + 30))
        totals = [total + figure / trainees for total, figure in zip(totals, figures, strict=True)]
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--trainees", type=int, default=30)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    base, _ = load_sources(Path(__file__).parents[1] / "scripts_kb")
    phrases = len(texts_of(base, "ru"))
    print(f"{args.trainees} trainees, {args.days} days, {phrases} phrases, {NEW_A_DAY} new ones a day")
    print(f"{'plan':10}{'reviews':>9}{'last week':>11}{'next day':>10}{'30 days on':>12}")
    for name, plan in PLANS.items():
        asked, week, after, month = run(plan, base, args.trainees, args.days, args.seed)
        print(f"{name:10}{asked:9.0f}{week:11.1%}{after:10.1%}{month:12.1%}")


if __name__ == "__main__":
    main()
