"""The operator's own screen with a simulated caller: the same keys, the phrase hidden as the level asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from prompter.call import drill_events as d
from prompter.call.view import DeskView
from prompter.call.view.parts import IDLE
from prompter.drilling import Drill
from prompter.locale import _
from prompter.practice.drill import covered
from prompter.settings import Settings
from prompter.tui import picture
from prompter.tui.card import CardPane, ShownCard
from prompter.tui.footer import KeyHint, KeysPane, TypedPane
from prompter.tui.header import HeaderPane
from prompter.tui.norms import NormsPane
from prompter.tui.practice.answering import SCORES, Verdict
from prompter.tui.practice.callerpane import CallerPane, heard
from prompter.tui.practice.coaching import Coaching
from prompter.tui.practice.giving import Giving
from prompter.tui.practice.search import CoveredFinding
from prompter.tui.practice.voice import Voice
from prompter.tui.screen import MainScreen
from prompter.tui.tree import TreePane

_TICK_SECONDS = 0.5


class PracticeScreen(MainScreen):
    """A drill on the operator's screen. `finished` is called when no more callers come, or it is given up."""

    HELP_GROUP = "In practice"

    def __init__(
        self, drill: Drill, settings: Settings, home: Path, finished: Callable[[PracticeScreen], None]
    ) -> None:
        super().__init__(drill.desk, replace(settings, operator=drill.setup.trainee, damaged=""), home)
        self.drill, self.finished = drill, finished
        self.revealed = False
        self.giving = Giving(self)
        self.coaching = Coaching(self) if drill.setup.kind == d.COACH else None
        self.voice = Voice(settings)
        self._giving_up = self._asked = False

    def compose(self) -> ComposeResult:
        """The operator's panes, with the caller above the card."""
        yield HeaderPane("header")
        yield CallerPane("caller")
        with Container(id="body"):
            yield CardPane("card")
            yield TreePane("tree")
        yield NormsPane("norms")
        yield TypedPane("typed")
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """Begin like the operator's screen, then let the caller ring and speak."""
        super().on_mount()
        self.set_interval(_TICK_SECONDS, self.tick)
        self.tick()

    def _forget_old(self) -> None:
        """The live desk forgets old callers: a drill has none."""

    @property
    def finding(self) -> CoveredFinding:
        """The search; it learns nothing here, and shows no hidden phrase."""
        if self._finding is None:
            self._finding = CoveredFinding(self, self._home, self.drill.setup.level != d.VISIBLE)
        assert isinstance(self._finding, CoveredFinding)
        return self._finding

    @property
    def searching(self) -> bool:
        """Whether a query is being typed."""
        return bool(self._finding and self._finding.search)

    # time

    def tick(self) -> None:
        """Somebody rings, the caller says something, or the drill is over."""
        if self.drill.progress.ended:
            return
        for spoke in self.drill.tick():
            self.speak(spoke)
        if self.drill.done and not self.drill.clock.held and self.app.screen is self:
            self.finished(self)
            return
        self.draw()

    def speak(self, spoke: d.CallerSpoke) -> None:
        """The caller said something: also speak it, if a voice is set."""
        if not spoke.heard and (trouble := self.voice.say(spoke.text, self.drill.setup.language)):
            self.tell(trouble, bad=True)

    def stand_still(self) -> None:
        """A real call comes: suspend the drill before this screen closes. A verdict is kept."""
        self.voice.stop()
        if isinstance(self.panels.open, Verdict):
            self.giving.settle()
        self.drill.suspend()

    def on_call_rings(self) -> None:
        """A real call rings."""
        from prompter.tui.practice.aside import stand_aside

        self.stand_still()
        stand_aside(self.app)

    def on_unmount(self) -> None:
        """Silence the voice. If the live work behind closes this screen, the drill is suspended."""
        self.voice.stop()
        taken_away = not self._asked and not self.drill.progress.ended
        if taken_away and self.app.is_running and isinstance(self.app.screen_stack[0], MainScreen):
            self.drill.suspend()

    def draw(self) -> None:
        """Like the operator's screen, plus the caller and, when it is needed, the field for the phrase."""
        super().draw()
        if not self.is_mounted or self.drill.progress.ended:
            return
        self.query_one(CallerPane).show(heard(self.drill))
        self.giving.follow()
        if self.coaching:
            self.coaching.follow()

    def as_seen(self, card: ShownCard) -> ShownCard:
        """The card as this level shows it."""
        return replace(card, card=covered(card.card, self.drill.setup.level, self.revealed))

    def bar(self, view: DeskView, searching: bool, looked: picture.Looked | None) -> tuple[KeyHint, ...]:
        """The active keys."""
        hints = super().bar(view, searching, looked)
        if searching or view.header.state != IDLE:
            return tuple(self._without_absent(hints))
        enter = KeyHint("Enter", _("answer the phone"), self.drill.rings, 0)
        ends = [KeyHint("Esc", _("end the drill"), rank=1)]
        if view.undo:  # Esc brings back the call that just ended
            ends = [KeyHint("Esc", _("back"), rank=1), KeyHint("Ctrl+Q", _("leave"), rank=1)]
        kept = (hint for hint in hints if hint.key in ("F12", "Ctrl+R", "F1"))
        return (enter, *ends, *self._without_absent(kept))

    def _without_absent(self, hints: Iterable[KeyHint]) -> Iterator[KeyHint]:
        no_book = self.drill.setup.kind == d.EXAM
        return (hint for hint in hints if not (no_book and hint.key == "Ctrl+R"))

    # keys

    def _call_key(self, event: events.Key) -> None:
        """Enter answers and gives the phrase; all else is as on the operator's screen."""
        self.selected = None
        key, character = event.key, event.character or ""
        if self.desk.state.active is None:
            self._between_calls(event)
        elif self.drill.waits_for_phrase and key == "enter":
            self.giving.begin()
        elif self.coaching and key == "enter" and not self.seen.enter:
            self.coaching.ask()
        elif self.drill.waits_for_phrase and character.isdigit() and character != "0":
            self.tell(_("Say the phrase first: Enter when it is said"))
        else:
            super()._call_key(event)
            self.tick()

    def _between_calls(self, event: events.Key) -> None:
        if event.key == "enter" and self.drill.rings:
            spoken_at_sight = self.drill.setup.level == d.VISIBLE and self.drill.setup.way == d.ALOUD
            self.done(self.drill.pick_up(greeted=spoken_at_sight and self.drill.setup.kind != d.COACH))
            self.tick()
        elif event.key == "enter":
            self.tell(_("Nobody rings yet"))
        elif event.key == "escape" and not self.seen.undo:
            self._give_up()
        elif event.key != "0" and not (event.character or "").isdigit():
            super()._call_key(event)

    def _give_up(self) -> None:
        if self._giving_up:
            self.drill.end(d.DROPPED)
            self.finished(self)
            return
        self._giving_up = True
        self.set_timer(5.0, self._go_on)
        exam = self.drill.setup.kind == d.EXAM
        kept = _("Esc again ends the drill; what was done in it is kept")
        self.tell(_("Esc again ends the exam: there is no second attempt") if exam else kept, bad=exam)

    def _go_on(self) -> None:
        self._giving_up = False

    def may_act(self) -> bool:
        """A phrase that was just said or typed is marked first."""
        return self.giving.settle()

    def open(self, scenario: str, preview: bool = False, step: str = "") -> None:
        """Open a scenario in the call; between calls there is nothing to open it in."""
        if not self.giving.settle():
            return
        if self.desk.state.active is None and not preview:
            self.tell(_("It rings: Enter answers") if self.drill.rings else _("Nobody rings yet"))
            return
        super().open(scenario, preview, step)
        self.tick()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The first letter of a typed phrase pauses all clocks."""
        self.giving.typing(event.value)

    def on_paste(self, event: events.Paste) -> None:
        """A phrase must not be pasted: only the search accepts a paste."""
        if not self.drill.waits_for_phrase:
            super().on_paste(event)

    def action_call(self) -> None:
        """Ctrl+N: callers come by themselves here."""
        self.tell(_("In a drill the callers ring by themselves"))

    def action_promises(self) -> None:
        """Ctrl+B: a drill's promises are owed to nobody."""
        self.tell(_("Nobody waits for a call-back in a drill"))

    def action_copy(self) -> None:
        """Ctrl+Y: a hidden phrase is not copied."""
        if self.drill.setup.level == d.VISIBLE:
            super().action_copy()
        else:
            self.tell(_("The phrase is hidden here"))

    def action_handbook(self, page: tuple[str, str] | None = None) -> None:
        """Ctrl+R: not in an exam."""
        if self.drill.setup.kind == d.EXAM:
            self.tell(_("There is no handbook in an exam"))
        else:
            super().action_handbook(page)

    def may_leave(self) -> bool:
        """Ctrl+Q, asked twice: a drill can be resumed later, an exam cannot. Live work goes on."""
        if self._asked and isinstance(self.app.screen_stack[0], MainScreen):
            if self.app.screen is self:  # else it would close another screen
                self.dismiss()
            return False
        if self._asked:
            return True
        self._asked = True
        self.set_timer(5.0, self._stay)
        exam = self.drill.setup.kind == d.EXAM
        kept = _("Ctrl+Q again leaves: the drill can go on the next time")
        lost = _("Ctrl+Q again leaves: the exam ends as broken off, and is not taken again")
        self.tell(lost if exam else kept, bad=exam)
        return False

    def _stay(self) -> None:
        self._asked = False

    # giving a phrase

    def given(self, verdict: str, by: str, score: float = -1.0, typed: str = "", remark: str = "") -> None:
        """The phrase on screen got this verdict: record it and continue the call."""
        self.revealed = False
        worth = SCORES[verdict] if score < 0 else score
        refused = self.drill.give(verdict, worth, by, typed, remark)
        self.done(refused)
        self.tick()
