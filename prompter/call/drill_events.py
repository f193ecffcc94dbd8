"""What is recorded of a drill: who drilled what, what the simulated caller said, how each phrase was given.

The calls of a drill make the same events as any others; these accompany them, in a stream of their own. All
have the mode `practice`. What a trainee types and a trainer remarks is in the event itself: it is not a
caller's words, and an exam is kept complete.
"""

from __future__ import annotations

from typing import ClassVar

from prompter.call.events import PRACTICE, Body

CARDS, SCENARIO, SHIFT, EXAM, COACH = "cards", "scenario", "shift", "exam", "coach"
"""Kinds of a drill: single phrases, one scenario, a queue of callers, an exam, a trainer as the caller."""

VISIBLE, FIRST, HIDDEN = "visible", "first", "hidden"
"""Levels: the phrase is shown; only its first words are; nothing is."""

ALOUD, TYPED = "aloud", "typed"
"""How a phrase is given: spoken, and marked by whoever heard it; typed, and marked by the program."""

SAID, ALMOST, NO, TONE = "said", "almost", "no", "tone"
"""Verdicts on a phrase: as written; almost; not; as written, but in a wrong tone."""

FINISHED, STOPPED, DROPPED, KILLED = "finished", "stopped", "dropped", "killed"
"""How a drill ended: completed; cards left early; given up; an exam whose program was closed."""


class DrillBegan(Body, frozen=True):
    """A drill begins. `scenario` is its only one, "" for all; `coach` is who plays the caller.

    `calls` is the number of callers, 0 for as many as time allows; `limit` is in seconds, 0 for none;
    `pass_mark` is that of an exam, of 100.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_began"
    drill: str
    kind: str
    trainee: str
    level: str
    way: str
    language: str
    seed: int
    scenario: str = ""
    calls: int = 0
    limit: int = 0
    pass_mark: int = 0
    coach: str = ""


class CallerRang(Body, frozen=True):
    """The envelope's call is answered: who rang. `meant` is the scenario that the caller comes with.

    `turn` is the caller's number in the drill, from 0; `again`: the number rings once more.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "caller_rang"
    drill: str
    turn: int
    mood: str
    meant: str
    language: str
    number: str = ""
    name: str = ""
    again: bool = False


class CallerSpoke(Body, frozen=True):
    """What the caller said, or (`heard`) what is heard of him, while the call was at `step`.

    `meant` is the scenario that answers it, or "" if the step's `answer` (from 1) does. `place` is the call's
    position, more precise than its step: he says nothing twice at one.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "caller_spoke"
    drill: str
    step: str
    text: str
    meant: str = ""
    answer: int = 0
    heard: bool = False
    place: str = ""


class PhraseGiven(Body, frozen=True):
    """The trainee gave the words of a step (`phrase` is the shown wording's hash), at this level.

    `verdict` is said, almost, no or tone; `score` is 0 to 1. `typed` is what was typed, `remark` the
    trainer's. `seconds` passed from the moment the step was shown to the first key of a typed phrase, or to
    the end of a spoken one. `by` is who marked: the program, the trainee or the coach.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "phrase_given"
    drill: str
    step: str
    phrase: str
    language: str
    level: str
    way: str
    verdict: str
    score: float
    seconds: float
    by: str = ""
    typed: str = ""
    remark: str = ""


class PhraseMissed(Body, frozen=True):
    """A phrase missed in a real call of a trainee who agreed to learn from those: see `practice.failures`.

    Only keys are known. `step` is whose words she should drill, `phrase` their hash, `why` a norm, or
    `unsaid` for a step left without its phrase.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "phrase_missed"
    trainee: str
    step: str
    phrase: str
    language: str
    why: str


class DrillPaused(Body, frozen=True):
    """The drill is paused: a real call came, or it was left for later."""

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_paused"
    drill: str


class DrillResumed(Body, frozen=True):
    """The drill goes on."""

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_resumed"
    drill: str


class DrillEnded(Body, frozen=True):
    """The drill is over. `mark` is 0 to 100, -1 if nothing could be marked; `passed` is an exam's."""

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_ended"
    drill: str
    how: str
    mark: float = -1.0
    passed: bool = False


BODIES: dict[str, type[Body]] = {
    body.TYPE: body
    for body in (
        DrillBegan,
        CallerRang,
        CallerSpoke,
        PhraseGiven,
        PhraseMissed,
        DrillPaused,
        DrillResumed,
        DrillEnded,
    )
}
"""Every event type of a drill by its recorded name."""
