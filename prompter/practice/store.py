"""Each trainee's results, read from the journal's events: every phrase given, every drill, in order.

The journal is the only store. It is append-only, so that nobody's results overwrite another's; cards, figures
and reports are recomputed from it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from prompter.call import drill_events as d
from prompter.call.events import Event

DRILL, KEYS = "drill", "keys"
"""Where a review comes from: a drill; a real call, of which only the keys are known («по нажатиям»)."""


class Review(Struct, frozen=True):
    """A phrase was given once, or missed in a real call.

    `phrase` is the `scenario.step` that owns the words, `text` the wording's hash, `at` Unix seconds.
    `verdict`, `score` (0 to 1), `seconds`, `level`, `way` and `typed` are those of `PhraseGiven`; `why` says
    what was missed in a real call. `drill` is "" there.
    """

    trainee: str
    phrase: str
    language: str
    text: str
    at: float
    verdict: str
    score: float = 0.0
    seconds: float = 0.0
    level: str = d.HIDDEN
    way: str = d.TYPED
    typed: str = ""
    drill: str = ""
    source: str = DRILL
    why: str = ""


class Attempt(Struct, frozen=True):
    """One drill of a trainee: its setup, when it began, how it ended (None while unfinished).

    `desk` is where it took place, `revision` the base it used.
    """

    setup: d.DrillBegan
    at: float
    desk: str = ""
    revision: str = ""
    ended: d.DrillEnded | None = None
    ended_at: float = 0.0

    @property
    def trainee(self) -> str:
        """Who drilled."""
        return self.setup.trainee


class Results(Struct, frozen=True):
    """Everything that was read, in the order in which it was recorded."""

    attempts: dict[str, Attempt] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)

    @property
    def trainees(self) -> list[str]:
        """Everybody who drilled or missed something, by name."""
        return sorted({one.trainee for one in self.attempts.values()} | {one.trainee for one in self.reviews})

    def of(self, trainee: str) -> Results:
        """The results of one trainee."""
        attempts = {name: one for name, one in self.attempts.items() if one.trainee == trainee}
        return Results(attempts, [one for one in self.reviews if one.trainee == trainee])


def results_of(events: Iterable[Event]) -> Results:
    """The results in these events of the stream `practice`; others are ignored.

    The events of several desks may be mixed; duplicates count once.
    """
    found = Results()
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            continue
        seen.add(event.id)
        body = event.body
        if isinstance(body, d.DrillBegan):
            found.attempts.setdefault(body.drill, Attempt(body, event.at, event.desk, event.revision))
        elif isinstance(body, d.DrillEnded) and (begun := found.attempts.get(body.drill)):
            found.attempts[body.drill] = Attempt(
                begun.setup, begun.at, begun.desk, begun.revision, body, event.at
            )
        elif isinstance(body, d.PhraseGiven) and (begun := found.attempts.get(body.drill)):
            found.reviews.append(_given(body, event.at, begun.trainee))
        elif isinstance(body, d.PhraseMissed):
            found.reviews.append(_missed(body, event.at))
    return found


def _given(body: d.PhraseGiven, at: float, trainee: str) -> Review:
    return Review(
        trainee=trainee,
        phrase=body.step,
        language=body.language,
        text=body.phrase,
        at=at,
        verdict=body.verdict,
        score=body.score,
        seconds=body.seconds,
        level=body.level,
        way=body.way,
        typed=body.typed,
        drill=body.drill,
    )


def _missed(body: d.PhraseMissed, at: float) -> Review:
    return Review(
        trainee=body.trainee,
        phrase=body.step,
        language=body.language,
        text=body.phrase,
        at=at,
        verdict=d.NO,
        source=KEYS,
        why=body.why,
    )
