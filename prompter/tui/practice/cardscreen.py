"""Cards: single phrases one after the other, said aloud or typed, each with its cue."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from prompter.call import drill_events as d
from prompter.call.phrases import text_in
from prompter.call.view.card import ready_card
from prompter.call.view.parts import Card
from prompter.drilling import Drill
from prompter.locale import _
from prompter.practice.caller import CallerLine
from prompter.practice.cards import Deck, cue
from prompter.practice.drill import covered
from prompter.settings import Settings
from prompter.tui.card import CardPane, ShownCard
from prompter.tui.footer import KeyHint, KeysPane, Typed, TypedPane
from prompter.tui.forms.panel import Panel
from prompter.tui.overlay import Covering
from prompter.tui.practice.answering import SCORES, Verdict, answer_form, self_mark
from prompter.tui.practice.callerpane import CallerPane, Heard
from prompter.tui.practice.lesson import mark_of
from prompter.tui.practice.marks import Marker
from prompter.tui.practice.voice import Voice
from prompter.tui.sizes import HEIGHTS, WIDTHS


class CardsScreen(Covering, Screen[None]):
    """A deck, card by card. `finished` is called when none is left, or on Esc."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CardsScreen { background: $background; color: $foreground; }
    CardsScreen #body { height: 1fr; padding: 1 0 0 0; }
    CardsScreen #card { height: 1fr; }
    CardsScreen #typed { height: 1; background: $panel; }
    CardsScreen #keys { height: 1; }
    CardsScreen Panel { margin: 0; }
    """

    def __init__(
        self, drill: Drill, deck: Deck, settings: Settings, finished: Callable[[CardsScreen], None]
    ) -> None:
        super().__init__()
        self.drill, self.deck, self.finished = drill, deck, finished
        self.voice = Voice(settings)
        self.revealed = False
        self._marker = Marker(drill.desk.base)
        self._panel: Panel | None = None
        self._shown_at = self._stood = 0.0

    def compose(self) -> ComposeResult:
        """What the caller said, the card, the keys."""
        yield CallerPane("caller")
        with Container(id="body"):
            yield CardPane("card")
        yield TypedPane("typed")
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """The first card."""
        self._next()

    # what is shown

    @property
    def _cue(self) -> CallerLine:
        setup = self.drill.setup
        return cue(self.drill.desk.base, self.deck.now, setup.language, setup.seed)

    @property
    def _card(self) -> Card:
        desk = self.drill.desk
        viewer = replace(desk.viewer, language=self.drill.setup.language)
        card = ready_card(desk.base, self.deck.now, viewer, desk.clock.now())
        base = desk.base
        scenario = text_in(base.step_scenario(self.deck.now).title, viewer.ui, base.languages)
        return replace(card, title=f"{scenario} · {card.title}", answers=())

    def draw(self) -> None:
        """Show the current card."""
        line, card = self._cue, self._card
        here = Heard(
            d.CARDS,
            self.deck.number,
            self.deck.count,
            calls=True,
            text=line.text,
            sound=line.heard,
            still=self.drill.clock.held,
            title=card.title,
        )
        self.query_one(CallerPane).show(here)
        seen = covered(card, self.drill.setup.level, self.revealed)
        self.query_one(CardPane).show(ShownCard(seen, idle=True))
        own = (KeyHint("Enter", _("said"), rank=0), KeyHint("Esc", _("end the drill"), rank=1))
        self.query_one(KeysPane).show(self._panel.hints() if self._panel else own)
        self.query_one(TypedPane).show(Typed(quiet=True))

    # a card

    def _next(self) -> None:
        self._close()
        self.revealed = False
        if not self.deck.now:
            self.finished(self)
            return
        self._shown_at = self.drill.clock.now()
        self.draw()
        if not self._cue.heard:
            self.voice.say(self._cue.text, self.drill.setup.language)
        if self.drill.setup.way == d.TYPED:
            self._open_field()

    def _give(self, verdict: str, by: str, score: float = -1.0, typed: str = "") -> None:
        worth = SCORES[verdict] if score < 0 else score
        self.drill.give_card(self.deck.now, verdict, worth, by, typed, self._stood)
        self.deck = self.deck.after(verdict)
        self._next()

    def _said(self) -> None:
        """Enter: it was said aloud; now compare."""
        if self.drill.setup.way == d.TYPED:
            self._open_field()
            return
        self._hold()
        self.revealed = True
        self._open(self_mark(lambda verdict: self._give(verdict, "trainee"), self._not_yet))

    def _hold(self) -> None:
        if not self.drill.clock.held:
            self._stood = self.drill.clock.now() - self._shown_at
            self.drill.hold()

    def _not_yet(self) -> None:
        self._close()
        self.revealed = False
        self.drill.go()
        self.draw()

    def _open_field(self) -> None:
        self._open(answer_form(f"card {self.deck.number}", self._typed_in, self._leave_field))

    def _leave_field(self) -> None:
        self._close()
        self.drill.go()
        self.draw()

    def _typed_in(self, text: str) -> str:
        if not text.strip():
            return _("Type the phrase, or Esc: not yet")
        self._hold()
        mark = self._marker.mark(self.deck.now, text, self.drill.setup.language)
        self.revealed = True
        self._open(Verdict(mark.rows, lambda: self._give(mark.verdict, "program", mark.score, text)))
        return ""

    # panels and keys

    def _open(self, panel: Panel) -> None:
        self._close()
        self._panel = panel
        self.query_one("#body").mount(panel)
        self.draw()

    def _close(self) -> None:
        if self._panel:
            self._panel.closed_to = _nobody
            self._panel.remove()
        self._panel = None

    def on_input_changed(self, event: Input.Changed) -> None:
        """The first letter: pause all clocks."""
        if event.value:
            self._hold()
            self.draw()

    def on_key(self, event: events.Key) -> None:
        """Enter and Esc; a key that came before a panel was ready goes to the panel."""
        if self._panel:
            if not self._panel.ready:
                self._panel.early.append(event)
            elif event is not self._panel.seen:
                self._panel.work(self._panel.press, event)
        elif event.key == "enter":
            self._said()
        elif event.key == "escape":
            self.finished(self)

    def on_call_rings(self) -> None:
        """A real call: what was given is kept."""
        from prompter.tui.practice.aside import stand_aside

        self.drill.end(d.STOPPED, mark_of(self.drill))
        stand_aside(self.app)

    def on_unmount(self) -> None:
        """Silence the voice."""
        self.voice.stop()


def _nobody(event: events.Key) -> None:
    """No panel waits for this key any more."""
