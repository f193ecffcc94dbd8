"""A drill to play on: a hand-set clock, and a trainee who answers rightly whatever the caller says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call import drill_events as d
from prompter.drilling import Drill, go_on, new_drill
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.practice.drill import setup
from tests.call.builders import AIGUL, NOON, HandClock, bundled, counter

SALES = replace(AIGUL, department="sales")


class Lesson:
    """A drill on a journal of its own, its clock in hand."""

    def __init__(
        self, folder: Path, kind: str = d.SCENARIO, seed: int = 1, at: float = NOON, **chosen: str
    ) -> None:
        self.path = folder / "journal.db"
        self.journal = Journal.open(self.path)
        self.clock = HandClock(at)
        self.base: KnowledgeBase = bundled()
        self.ids: Callable[[], str] = counter(f"{kind}{seed}-")
        trainee = chosen.pop("trainee", "Айгуль")
        language = chosen.pop("language", "ru")
        what = setup(kind, f"drill-{kind}-{seed}", trainee, language, seed, **chosen)
        self.viewer = replace(SALES, language=language)
        self.drill: Drill = new_drill(what, self.base, self.journal, self.viewer, self.clock, self.ids)

    def later(self, seconds: float) -> list[d.CallerSpoke]:
        """So much time passes; what the caller said then."""
        self.clock.time += seconds
        return self.drill.tick()

    def restart(self) -> Drill:
        """The program dies, and the drill is gone on with."""
        self.journal = Journal.open(self.path)
        ids = counter("after-")
        again = go_on(self.drill.setup.drill, self.base, self.journal, self.viewer, self.clock, ids)
        assert again is not None
        self.drill = again
        return again

    def play(self, keys: int = 400) -> int:
        """A trainee who makes no mistakes works until nobody rings any more; how many keys that took."""
        for pressed in range(keys):
            self.later(1.0)
            if self.drill.done:
                return pressed
            self.press()
        raise AssertionError(f"still going on: {[one.text for one in self.drill.progress.spoken][-6:]}")

    def press(self) -> None:
        """The right key here, if there is one."""
        drill, desk = self.drill, self.drill.desk
        call, heard = desk.state.active, drill.heard
        if call is None:
            if drill.rings:
                assert drill.pick_up(greeted=False) is None
            return
        here = [one for one in drill.progress.spoken if one.place == drill.place]
        step = drill.step
        assert step is not None
        if step.promise:
            caller = drill.caller
            assert caller is not None
            desk.make_promise(caller.number, caller.name, "тариф", 900)
        elif here and heard and heard.meant and heard.meant not in {f.scenario for f in call.frames}:
            opened = "profanity" if heard.meant == "complaint" and call.last_outcome else heard.meant
            desk.act(a.Open(opened))
        elif here and heard and heard.answer:
            answer = heard.answer
            desk.act(a.TakeAnswer(answer))
        elif drill.waits_for_phrase:
            assert drill.give(d.SAID, 1.0, "trainee") is None
        elif here and heard and not heard.meant and heard.heard:
            desk.act(a.End("hung-up"))
