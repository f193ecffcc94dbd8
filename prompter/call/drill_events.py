"""What is recorded of a drill: who drilled what, what the simulated caller said, how each phrase was given.

The calls of a drill make the same events as any others; these stand beside them, in a stream of their
own. All of them bear the mode `practice`. What a trainee types and a trainer remarks stands in the event
itself: it is no word of a caller's, and an exam is kept with all of it.
"""

from __future__ import annotations

from typing import ClassVar

from prompter.call.events import PRACTICE, Body

CARDS, SCENARIO, SHIFT, EXAM, COACH = "cards", "scenario", "shift", "exam", "coach"
"""Kinds of a drill: single phrases, one scenario, a queue of callers, an exam, a trainer as the caller."""

VISIBLE, FIRST, HIDDEN = "visible", "first", "hidden"
"""Levels: the phrase stands on screen; its first words do; nothing of it does."""

ALOUD, TYPED = "aloud", "typed"
"""How a phrase is given: spoken, and marked by whoever heard it; typed, and marked by the program."""

SAID, ALMOST, NO, TONE = "said", "almost", "no", "tone"
"""How a phrase was given: so; nearly so; not so; so, but in a wrong tone."""

FINISHED, STOPPED, DROPPED, KILLED = "finished", "stopped", "dropped", "killed"
"""How a drill ended: to its end; cards that were left before it; given up; an exam whose program was left."""


class DrillBegan(Body, frozen=True):
    """A drill begins. `scenario` is the only one of it, "" for all; `coach` is who plays the caller.

    `calls` is how many callers come, 0 for as many as the time allows; `limit` its seconds, 0 for no
    limit; `pass_mark` what an exam asks for, of 100.
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

    `turn` is the caller's number in the drill, from 0; `again` says that the number rings once more.
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
    """What the caller said, or (`heard`) what is heard of him, while the call stood at `step`.

    `meant` is the scenario that answers to it, "" where the step's `answer` (from 1) does. `place` tells
    where the call stood more exactly than its step: he says nothing twice at one.
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

    `verdict` is said, almost, no or tone; `score` is 0 to 1. `typed` holds what was typed, `remark` what
    the trainer had to say. `seconds` went by from the moment the step stood there to the first key of a
    typed phrase, to the end of a spoken one. `by` is who marked: the program, the trainee or the coach.
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
    """In a real call of a trainee who agreed to learn from it something was missed: see `practice.failures`.

    Only keys were seen. `step` is whose words come back to her, `phrase` their hash, `why` a norm's name, or
    `unsaid` for a step that was left without its phrase.
    """

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "phrase_missed"
    trainee: str
    step: str
    phrase: str
    language: str
    why: str


class DrillPaused(Body, frozen=True):
    """The drill stands still: a real call came, or it was left for later."""

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_paused"
    drill: str


class DrillResumed(Body, frozen=True):
    """The drill goes on."""

    STREAM: ClassVar[str] = PRACTICE
    TYPE: ClassVar[str] = "drill_resumed"
    drill: str


class DrillEnded(Body, frozen=True):
    """The drill is over. `mark` is 0 to 100, -1 where nothing could be marked; `passed` is an exam's."""

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
