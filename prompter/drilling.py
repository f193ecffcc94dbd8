"""The only entrance to a drill: an operator's desk in mode `practice`, its clock, and a caller.

The trainee's actions go through the desk, as in every call; what the drill adds (who rang, what he said, how
a phrase was given) is recorded beside them. While a phrase is typed, or compared with its text, or a real
call is served, the drill's clock is held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.call.events import PRACTICE, Event
from prompter.call.phrases import shown
from prompter.call.refusal import Refusal
from prompter.call.view.parts import Viewer
from prompter.clock import Clock, SystemClock
from prompter.desk import Desk
from prompter.ids import new_id
from prompter.journal.drills import story_of
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase, Step
from prompter.practice import caller as c
from prompter.practice.drill import Progress, begin, caller_at, follow, next_caller, over, progress_of

RINGS_AFTER = 2.0
"""Seconds of quiet between two callers."""


class DrillClock:
    """The desk's clock, which can be held: the time held then counts as if the clock had been set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: float | None = None
        self._by = 0.0

    def now(self) -> float:
        """Unix seconds, UTC; constant while held."""
        return self._clock.now() if self._held is None else self._held

    @property
    def held(self) -> bool:
        """Whether the clock is held."""
        return self._held is not None

    def hold(self) -> None:
        """Hold the clock."""
        if self._held is None:
            self._held = self._clock.now()

    def go(self) -> None:
        """Run again; the next `follow` reports how long it was held."""
        if self._held is not None:
            self._by += max(0.0, self._clock.now() - self._held)
            self._held = None

    def follow(self) -> float:
        """By how many seconds `now` jumped: the time held, and any change of the machine's clock."""
        jumped = self._clock.follow()
        if self._held is not None:
            self._held += jumped
        by, self._by = jumped + self._by, 0.0
        return by


class Drill:
    """A running drill. `caller` is who is on the phone or rings (`rings`), None between two calls."""

    def __init__(self, desk: Desk, clock: DrillClock, progress: Progress) -> None:
        self.desk, self.clock = desk, clock
        self._progress, self._followed = progress, len(desk.events)
        viewer = desk.viewer
        self._departments = (viewer.department,) if viewer.department else ()
        self.caller: c.Caller | None = None
        self.rings = False
        self._quiet_from = self._place_at = clock.now()
        self._place = ""
        if progress.rung and desk.state.active:
            self.caller = caller_at(progress, desk.base, self._departments, progress.rung)

    @property
    def progress(self) -> Progress:
        """What has happened so far, whoever did it on the desk."""
        for event in self.desk.events[self._followed :]:
            self._progress = follow(self._progress, event)
        self._followed = len(self.desk.events)
        return self._progress

    @property
    def setup(self) -> d.DrillBegan:
        """What kind of drill it is."""
        return self._progress.setup

    # time

    def hold(self) -> None:
        """The trainee types or compares: hold the clocks."""
        self.clock.hold()

    def go(self) -> None:
        """The clocks run again, as if no time had passed."""
        self.clock.go()
        if by := self.clock.follow():
            self._quiet_from += by
            self._place_at += by
            self.desk.act(a.MoveTimes(by))

    def suspend(self) -> None:
        """A real call comes, or the drill is left for later: interrupt it."""
        if not self.progress.paused and not self.progress.ended:
            self.hold()
            self.desk.record(d.DrillPaused(self.setup.drill))

    def since_last(self) -> float:
        """Seconds since the last recorded event of this drill."""
        return max(0.0, self.clock.now() - self.progress.last)

    # the caller

    def tick(self) -> list[d.CallerSpoke]:
        """What time brings: somebody rings, or the caller speaks. Returns what he said just now."""
        if self.clock.held or self.progress.ended or self.setup.kind == d.CARDS:
            return []
        if self.desk.state.active is None:
            self._between()
            return []
        if self.progress.rung and (self.caller is None or self.rings):  # Esc brought the call back
            self.rings = False
            self.caller = caller_at(self.progress, self.desk.base, self._departments, self.progress.rung)
        return self._speak() if self.setup.kind != d.COACH else []

    def _between(self) -> None:
        if self.caller and not self.rings:  # the call is over
            self.caller, self._quiet_from = None, self.clock.now()
        if self.caller is None and self.clock.now() - self._quiet_from >= self._quiet:
            self.caller = next_caller(self.progress, self.desk.base, self._departments)
            self.rings = self.caller is not None

    @property
    def _quiet(self) -> float:
        return RINGS_AFTER if self.progress.turns else 0.0

    @property
    def done(self) -> bool:
        """Whether nobody is on the phone and nobody will ring any more."""
        return self.desk.state.active is None and not self.rings and over(self.progress)

    def pick_up(self, greeted: bool) -> Refusal | None:
        """The trainee answers; `greeted` counts the greeting as said at once."""
        caller = self.caller
        if caller is None or not self.rings:
            return Refusal("nobody-rings")
        refused = self.desk.start(number=caller.number, greeted=greeted)
        if not refused:
            self.rings = False
            turn = self.progress.turns
            ring = d.CallerRang(
                drill=self.setup.drill,
                turn=turn,
                mood=caller.mood,
                meant=caller.meant,
                language=caller.language,
                number=caller.number,
                name=caller.name,
                again=caller.again,
            )
            self.desk.record(ring)
        return refused

    def planned(self) -> tuple[c.CallerLine, ...]:
        """What the caller says at this place or, in a drill with a coach, could say."""
        call = self.desk.state.active
        if call is None or self.caller is None:
            return ()
        here, spoken, now = self.place, self.progress.spoken, self.clock.now()
        if self.setup.kind == d.COACH:
            return c.moves(self.caller, spoken, call, self.desk.bases, now)
        before = tuple(one for one in spoken if one.place != here)
        return c.lines(self.caller, before, call, self.desk.bases, now)

    @property
    def place(self) -> str:
        """The call's position, as its caller distinguishes places."""
        call = self.desk.state.active
        return c.place_of(call) if call else ""

    def _speak(self) -> list[d.CallerSpoke]:
        here, now = self.place, self.clock.now()
        if here != self._place:
            self._place, self._place_at = here, now
        said = [one for one in self.progress.spoken if one.place == here]
        spoke: list[d.CallerSpoke] = []
        for line in self.planned()[len(said) :]:
            if now - self._place_at < line.after:
                break
            self.say(line)
            spoke.append(self.progress.spoken[-1])
        return spoke

    def say(self, line: c.CallerLine) -> None:
        """The caller says this now; a coach chose it, or it is his turn."""
        call = self.desk.state.active
        assert call is not None
        spoke = d.CallerSpoke(
            self.setup.drill, call.frame.step, line.text, line.meant, line.answer, line.heard, self.place
        )
        self.desk.record(spoke)

    @property
    def heard(self) -> d.CallerSpoke | None:
        """The last thing said at this place, else in this call."""
        here = self.place
        said = [one for one in self.progress.spoken if one.place == here]
        return next(iter(reversed(said or self.progress.spoken)), None)

    # phrases

    @property
    def step(self) -> Step | None:
        """The step on screen, None between calls."""
        call = self.desk.state.active
        return self.desk.bases.step(call.frame) if call else None

    @property
    def waits_for_phrase(self) -> bool:
        """Whether the step on screen has words or a duty not given yet."""
        call, step = self.desk.state.active, self.step
        return bool(call and step and not call.frame.said and not step.listen and not step.promise)

    @property
    def has_words(self) -> bool:
        """Whether the step on screen has words of its own, not only a duty."""
        return self._hash() != ""

    def _hash(self) -> str:
        call, step = self.desk.state.active, self.step
        found = shown(self.desk.base, step.say, call.language) if call and step and step.say else None
        return found.wordings[0].hash if found else ""

    def spoken_language(self) -> str:
        """The language in which the words on screen are shown."""
        call, step = self.desk.state.active, self.step
        found = shown(self.desk.base, step.say, call.language) if call and step and step.say else None
        return found.language if found else (call.language if call else "")

    def stood(self) -> float:
        """How many seconds the step has been on screen."""
        call = self.desk.state.active
        return max(0.0, self.clock.now() - call.touched) if call else 0.0

    def give(
        self, verdict: str, score: float, by: str, typed: str = "", remark: str = "", seconds: float = -1.0
    ) -> Refusal | None:
        """The phrase on screen was given: record how, then say it on the desk.

        `seconds` is `stood()` when the phrase was given.
        """
        step, phrase, language = self.step, self._hash(), self.spoken_language()
        stood = self.stood() if seconds < 0 else seconds
        self.go()
        if step is None:
            return Refusal("no-call")
        given = self._given(
            step.id, phrase, language, verdict, score, stood, by=by, typed=typed, remark=remark
        )
        # take no answer yet if the caller has something to reply
        speaks = len(step.answers) > 1 or any(one.replies for one in step.answers)
        return self.desk.act(a.Say(waits=speaks), beside=(given,) if phrase else ())

    def give_card(self, step: str, verdict: str, score: float, by: str, typed: str, seconds: float) -> None:
        """The phrase of a card was given; there is no call."""
        base, language = self.desk.base, self.setup.language
        phrase = base.steps[step].say
        found = shown(base, phrase, language) if phrase else None
        self.go()
        if found is None:
            return
        hash_ = found.wordings[0].hash
        self.desk.record(
            self._given(step, hash_, found.language, verdict, score, seconds, by=by, typed=typed)
        )

    def _given(
        self,
        step: str,
        phrase: str,
        language: str,
        verdict: str,
        score: float,
        seconds: float,
        **details: str,
    ) -> d.PhraseGiven:
        """How a phrase was given in this drill; `details`: who marked it, what was typed, the remark."""
        setup, score, seconds = self.setup, round(score, 3), round(seconds, 1)
        return d.PhraseGiven(
            setup.drill, step, phrase, language, setup.level, setup.way, verdict, score, seconds, **details
        )

    # ending

    def end(self, how: str, mark: float = -1.0) -> None:
        """The drill is over."""
        if self.progress.ended:
            return
        self.go()
        passed = how == d.FINISHED and bool(self.setup.pass_mark) and mark >= self.setup.pass_mark
        self.desk.record(d.DrillEnded(self.setup.drill, how, round(mark, 1), passed))


def new_drill(
    setup: d.DrillBegan,
    base: KnowledgeBase,
    journal: Journal,
    viewer: Viewer,
    clock: Clock | None = None,
    ids: Callable[[], str] = new_id,
) -> Drill:
    """A drill that begins now, on this revision, at a desk of its own."""
    held = DrillClock(clock or SystemClock())
    desk = _desk(base, journal, viewer, held, ids)
    desk.record(setup)
    return Drill(desk, held, begin(desk.events[-1]))


def go_on(
    drill: str,
    base: KnowledgeBase,
    journal: Journal,
    viewer: Viewer,
    clock: Clock | None = None,
    ids: Callable[[], str] = new_id,
) -> Drill | None:
    """An unfinished drill, resumed where it was left: the time since then does not count.

    `base` is the revision on which it began. None if the journal does not have it.
    """
    story = story_of(journal, drill)
    progress = progress_of(story)
    if progress is None or progress.ended:
        return None
    held = DrillClock(clock or SystemClock())
    desk = _desk(base, journal, viewer, held, ids, story)
    found = Drill(desk, held, progress)
    away = held.now() - progress.last
    desk.act(a.MoveTimes(away))
    if not progress.paused:
        found.desk.record(d.DrillPaused(drill))
    found.desk.record(d.DrillResumed(drill))
    return found


def _desk(
    base: KnowledgeBase,
    journal: Journal,
    viewer: Viewer,
    clock: Clock,
    ids: Callable[[], str],
    story: Sequence[Event] = (),
) -> Desk:
    viewer = replace(viewer, people={})
    return Desk(base, journal, viewer, clock, ids, mode=PRACTICE, earlier=story)
