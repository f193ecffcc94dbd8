"""Drills on this journal: begun, gone on with, ended and marked. No screen here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drilled as d
from prompter.call.events import PRACTICE
from prompter.call.view.parts import Viewer
from prompter.clock import Clock, SystemClock
from prompter.desk import Desk
from prompter.drilling import Drill, go_on, new_drill
from prompter.ids import new_id
from prompter.journal.drills import Attempt, attempts, story_of, trainees
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import load_revision
from prompter.practice.drill import EXAM_SEED, setup
from prompter.practice.replay import replay
from prompter.settings import Settings
from prompter.tui.practice.replaying import Told


class Wish(Struct, frozen=True):
    """What somebody wants to drill: the command line's or the menu's choice; "" or None leaves it open."""

    kind: str = ""
    scenario: str = ""
    name: str = ""
    level: str = ""
    way: str = ""
    seed: int | None = None
    coach: str = ""


class Lessons:
    """All drills of this desk, on the base in force."""

    def __init__(
        self, base: KnowledgeBase, journal: Journal, settings: Settings, viewer: Viewer, home: Path
    ) -> None:
        self.base, self.journal, self.settings, self.viewer, self.home = base, journal, settings, viewer, home
        self.ids: Callable[[], str] = new_id
        self.clock: Clock = SystemClock()

    def desk(self) -> Desk:
        """A desk on which nothing happens: of the application behind the menus."""
        return Desk(self.base, self.journal, self.viewer, mode=PRACTICE)

    def names(self) -> list[str]:
        """Who drilled here, and who sits here."""
        known = trainees(attempts(self.journal))
        mine = self.settings.operator
        return [*known, *([mine] if mine and mine not in known else [])]

    def of(self, trainee: str) -> list[Attempt]:
        """Her drills, oldest first. An exam that the program left in its middle is ended as killed now."""
        found = attempts(self.journal, trainee)
        killed = [one for one in found if one.ended is None and one.began.kind == d.EXAM]
        for one in killed:
            if drill := self.again(one):
                drill.end(d.KILLED, mark_of(drill))
        return attempts(self.journal, trainee) if killed else found

    def unfinished(self, trainee: str) -> list[Attempt]:
        """Her drills that can go on, newest first."""
        return [one for one in reversed(self.of(trainee)) if one.ended is None and one.began.kind != d.CARDS]

    def exam(self, trainee: str, seed: int | None) -> Attempt | None:
        """Her attempt at this exam: there is but one."""
        which = EXAM_SEED if seed is None else seed
        mine = (one for one in self.of(trainee) if one.began.kind == d.EXAM and one.began.seed == which)
        return next(mine, None)

    def begin(self, wish: Wish) -> Drill:
        """A drill of her own, on the base in force."""
        from secrets import randbelow

        exam = wish.kind == d.EXAM
        seed = wish.seed if wish.seed is not None else EXAM_SEED if exam else randbelow(10**6)
        language = self.viewer.language or self.base.languages[0]
        chosen = {"level": wish.level, "way": wish.way, "scenario": wish.scenario, "coach": wish.coach}
        what = setup(wish.kind, self.ids(), wish.name, language, seed, **chosen)
        return new_drill(what, self.base, self.journal, self._viewer(wish.name), self.clock, self.ids)

    def again(self, one: Attempt) -> Drill | None:
        """An unfinished drill goes on, on the revision with which it began; None where that is gone."""
        base = self.base
        if one.revision != base.revision:
            old = load_revision(self.home, one.revision)
            if old is None:
                return None
            base = old
        viewer = replace(self._viewer(one.began.trainee), language=one.began.language)
        return go_on(one.began.drill, base, self.journal, viewer, self.clock, self.ids)

    def drop(self, one: Attempt) -> None:
        """An unfinished drill is given up; also one whose revision is gone."""
        drill = self.again(one) or go_on(one.began.drill, self.base, self.journal, self.viewer)
        if drill:
            drill.end(d.DROPPED)

    def _viewer(self, trainee: str) -> Viewer:
        mine = trainee == self.settings.operator
        return replace(self.viewer, operator=trainee, gender=self.viewer.gender if mine else "")

    def told(self, drill: str) -> Told | None:
        """A drill as it is replayed."""
        story = story_of(self.journal, drill)
        began = next((e for e in story if isinstance(e.body, d.DrillBegan)), None)
        if began is None or not isinstance(began.body, d.DrillBegan):
            return None
        ended = next((e.body for e in reversed(story) if isinstance(e.body, d.DrillEnded)), None)
        base = self.base if began.revision == self.base.revision else load_revision(self.home, began.revision)
        return Told(began.body, ended, tuple(replay(story, base or self.base)))


def mark_of(drill: Drill) -> float:
    """What the drill so far is worth, 0 to 100; -1 where nothing was to be marked."""
    marked = [one.score for one in drill.progress.given if one.by]
    return 100 * sum(marked) / len(marked) if marked else -1.0
