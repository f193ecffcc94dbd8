"""Where one trainee stands today: what is due, accuracy by scenario, retention. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from msgspec import Struct

from prompter.kb.model import KnowledgeBase
from prompter.practice import figures
from prompter.practice.figures import Share, Weak
from prompter.practice.schedule import CHANGED, DAY_STARTS, DUE, NEW, cards, up_today
from prompter.practice.store import Attempt, Results


class Standing(Struct, frozen=True):
    """A trainee's standing. `due`, `changed` and `new` are phrases for today, `by_keys` those of
    the due that a real call brought; `known` counts her cards in this language.

    `accuracy` is by scenario, worst first; `retention` by week; `marks` are her drills that have one.
    """

    trainee: str
    language: str
    due: int
    changed: int
    new: int
    by_keys: int
    known: int
    accuracy: tuple[tuple[str, Share], ...]
    retention: tuple[tuple[date, Share], ...]
    weakest: tuple[Weak, ...]
    marks: tuple[Attempt, ...]


def standing(
    results: Results,
    base: KnowledgeBase,
    trainee: str,
    language: str,
    now: float,
    zone: tzinfo | None = None,
    day_starts: int = DAY_STARTS,
    departments: Sequence[str] = (),
) -> Standing:
    """The standing of a trainee at a moment (Unix seconds)."""
    mine = results.of(trainee)
    known = cards(mine.reviews, base, now)
    today = up_today(known, base, language, now, zone, day_starts, departments)
    counts: Mapping[str, int] = {why: sum(one.why == why for one in today) for why in (DUE, CHANGED, NEW)}
    accuracy = sorted(figures.by_scenario(mine.reviews).items(), key=lambda one: one[1].value)
    return Standing(
        trainee=trainee,
        language=language,
        due=counts[DUE],
        changed=counts[CHANGED],
        new=counts[NEW],
        by_keys=sum(one.by_keys for one in today if one.why == DUE),
        known=sum(key[1] == language for key in known),
        accuracy=tuple(accuracy),
        retention=tuple(figures.retention(mine.reviews, zone)),
        weakest=tuple(figures.weakest(known, base, now)),
        marks=tuple(figures.marks(mine.attempts.values())),
    )
