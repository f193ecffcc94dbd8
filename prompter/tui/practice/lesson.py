"""Drills on this journal: begun, resumed, ended and marked. No screen here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import drill_events as d
from prompter.call.events import PRACTICE
from prompter.call.view.parts import Viewer
from prompter.clock import Clock, SystemClock
from prompter.desk import Desk
from prompter.drilling import Drill, go_on, new_drill
from prompter.ids import new_id
from prompter.journal.drills import DrillRun, drill_runs, results, story_of, trainees
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import load_revision
from prompter.practice.cards import Deck, deck
from prompter.practice.drill import EXAM_SEED, setup
from prompter.practice.replay import replay
from prompter.settings import Settings
from prompter.tui.practice.replaying import Replay

if TYPE_CHECKING:
    from prompter.practice.schedule import Up


class Wish(Struct, frozen=True):
    """What somebody wants to drill, chosen on the command line or in the menu; "" or None is undecided."""

    kind: str = ""
    scenario: str = ""
    name: str = ""
    level: str = ""
    way: str = ""
    seed: int | None = None
    coach: str = ""


class Lessons:
    """All drills of this desk, on the current base."""

    def __init__(
        self,
        base: Callable[[], KnowledgeBase],
        journal: Journal,
        settings: Settings,
        viewer: Viewer,
        home: Path,
    ) -> None:
        self._base, self.journal = base, journal
        self.settings, self.viewer, self.home = settings, viewer, home
        self.ids: Callable[[], str] = new_id
        self.clock: Clock = SystemClock()

    @property
    def base(self) -> KnowledgeBase:
        """The current base: what the next drill begins with."""
        return self._base()

    def desk(self) -> Desk:
        """An idle desk, for the application behind the menus."""
        return Desk(self.base, self.journal, self.viewer, mode=PRACTICE)

    def names(self) -> list[str]:
        """Who drilled here, and who works here."""
        known = trainees(drill_runs(self.journal))
        mine = self.settings.operator
        return [*known, *([mine] if mine and mine not in known else [])]

    def of(self, trainee: str) -> list[DrillRun]:
        """Her drills, oldest first. An exam left unfinished by a closed program is ended as killed now,
        except one paused for a real call."""
        found = drill_runs(self.journal, trainee)
        killed = [one for one in found if one.ended is None and one.began.kind == d.EXAM and not one.paused]
        for one in killed:
            if drill := self.again(one):
                drill.end(d.KILLED, mark_of(drill))
        return drill_runs(self.journal, trainee) if killed else found

    def unfinished(self, trainee: str) -> list[DrillRun]:
        """Her drills that can be resumed, newest first."""
        return [one for one in reversed(self.of(trainee)) if one.ended is None]

    def last(self, trainee: str) -> d.DrillBegan | None:
        """The setup of her last drill of her own choice."""
        chosen = (one.began for one in reversed(self.of(trainee)) if one.began.kind not in (d.EXAM, d.COACH))
        return next(chosen, None)

    def exam(self, trainee: str, seed: int | None) -> DrillRun | None:
        """Her attempt at this exam, of which there is only one."""
        which = EXAM_SEED if seed is None else seed
        mine = (one for one in self.of(trainee) if one.began.kind == d.EXAM and one.began.seed == which)
        return next(mine, None)

    def up(self, trainee: str) -> list[Up]:
        """What she should drill today, in order."""
        from prompter.practice.schedule import cards, up_today
        from prompter.practice.store import results_of

        now = self.clock.now()
        mine = results_of(results(self.journal, trainee)).of(trainee)
        known = cards(mine.reviews, self.base, now)
        zone, begins = self.viewer.zone, self.settings.day_starts
        return up_today(known, self.base, self.language, now, zone, begins, self._departments)

    def deck(self, drill: Drill) -> Deck:
        """The phrases of a drill of cards: those due today, else all of them."""
        from prompter.practice.schedule import texts_of

        up = [one.key[0] for one in self.up(drill.setup.trainee)]
        return deck(up, list(texts_of(self.base, self.language, self._departments)), drill.setup.seed)

    @property
    def language(self) -> str:
        """The language of the phrases that are drilled."""
        return self.viewer.language or self.base.languages[0]

    @property
    def _departments(self) -> tuple[str, ...]:
        return (self.viewer.department,) if self.viewer.department else ()

    def begin(self, wish: Wish) -> Drill:
        """A new drill, on the current base."""
        from secrets import randbelow

        exam = wish.kind == d.EXAM
        seed = wish.seed if wish.seed is not None else EXAM_SEED if exam else randbelow(10**6)
        chosen = {"level": wish.level, "way": wish.way, "scenario": wish.scenario, "coach": wish.coach}
        what = setup(
            wish.kind, self.ids(), wish.name, self.language, seed, self.base.practice.pass_mark, **chosen
        )
        return new_drill(what, self.base, self.journal, self._viewer(wish.name), self.clock, self.ids)

    def again(self, one: DrillRun) -> Drill | None:
        """Resume an unfinished drill, on the revision it began with; None if that is gone."""
        base = self.base
        if one.revision != base.revision:
            old = load_revision(self.home, one.revision)
            if old is None:
                return None
            base = old
        viewer = replace(self._viewer(one.began.trainee), language=one.began.language)
        return go_on(one.began.drill, base, self.journal, viewer, self.clock, self.ids)

    def drop(self, one: DrillRun) -> None:
        """Give up an unfinished drill, even one whose revision is gone."""
        drill = self.again(one) or go_on(one.began.drill, self.base, self.journal, self.viewer)
        if drill:
            drill.end(d.DROPPED)

    def _viewer(self, trainee: str) -> Viewer:
        mine = trainee == self.settings.operator
        return replace(self.viewer, operator=trainee, gender=self.viewer.gender if mine else "")

    def replay_of(self, drill: str) -> Replay | None:
        """The replay of a drill."""
        story = story_of(self.journal, drill)
        began = next((e for e in story if isinstance(e.body, d.DrillBegan)), None)
        if began is None or not isinstance(began.body, d.DrillBegan):
            return None
        ended = next((e.body for e in reversed(story) if isinstance(e.body, d.DrillEnded)), None)
        base = self.base if began.revision == self.base.revision else load_revision(self.home, began.revision)
        calls = tuple(replay(story, base or self.base))
        return Replay(began.body, ended, calls, viewer=self._viewer(began.body.trainee))


def mark_of(drill: Drill) -> float:
    """The mark of the drill so far, 0 to 100; -1 if there was nothing to mark."""
    if drill.setup.kind == d.CARDS:
        given = drill.progress.given
        return 100 * sum(one.score for one in given) / len(given) if given else -1.0
    from prompter.practice.callmark import mark_call
    from prompter.practice.marking import FORBIDDEN, RUDE, mark_step
    from prompter.practice.standard import Standard

    base = drill.desk.base
    standard = Standard(base)

    def offends(given: d.PhraseGiven) -> bool:
        mark = mark_step(standard, given.step, given.typed, given.language)
        return mark is not None and bool({FORBIDDEN, RUDE} & set(mark.reasons))

    return mark_call(drill.desk.events, base, offends).total
