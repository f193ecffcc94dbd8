"""The operator's screen: composes the panes, dispatches keys by mode, draws the view."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer

from prompter.call import actions as a
from prompter.call.refusal import Refusal
from prompter.call.view import DeskView
from prompter.call.view.tree import listed
from prompter.desk import Desk
from prompter.journal.batch import Trouble
from prompter.kb.problems import Problem
from prompter.locale import _
from prompter.settings import Settings
from prompter.tui import messages, picture
from prompter.tui.card import CardPane, ShownCard
from prompter.tui.footer import KeyHint, KeysPane, Typed, TypedPane
from prompter.tui.header import HeaderPane, named, names_caller
from prompter.tui.keys import KEYS, KeyInTurn, opens_search
from prompter.tui.norms import NormsPane, rang
from prompter.tui.sizes import HEIGHTS, WIDTHS, classes
from prompter.tui.tree import Scenarios, TreePane, next_line

if TYPE_CHECKING:
    from prompter.tui.clipboard import Copied, Copier
    from prompter.tui.panels import Panels
    from prompter.tui.quitting import Leaving
    from prompter.tui.search import Finding, Indexed

_MESSAGE_SECONDS = 5.0
_TIDY_SECONDS = 15.0
_HEAR_SECONDS = 2.0


def _collect_again() -> None:
    """After the first frame: what it created stays for good and need not be scanned again."""
    gc.freeze()
    gc.enable()


class MainScreen(Screen[None]):
    """What an operator looks at all day."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    HELP_GROUP: ClassVar[str] = ""  # with which the help begins
    AUTO_FOCUS = ""  # a form focuses itself, after handling keys pressed before it was ready
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action, priority=True, show=False) for key, action in KEYS.items()
    ]

    def __init__(self, desk: Desk, settings: Settings, home: Path, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.selected: tuple[str, str] | None = None  # scenario and step of the tree's selected line
        self.seen: DeskView = desk.view()
        self._home = home
        self._panels: Panels | None = None
        self._finding: Finding | None = None
        self.add_class(*classes(*get_terminal_size()))  # the first frame; later sizes come by themselves
        self.message = Typed()
        self.scripts = messages.broken(problems)  # news of the scripts
        self._message_timer: Timer | None = None
        self._trouble_shown: Trouble | None = None
        self._leaving: Leaving | None = None

    def compose(self) -> ComposeResult:
        """Seven widgets: each more would delay the first frame."""
        yield HeaderPane("header")
        with Container(id="body"):
            yield CardPane("card")
            yield TreePane("tree")
        yield NormsPane("norms")
        yield TypedPane("typed")
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """Draw, report what a restart found, then keep the clocks moving."""
        self.draw()
        if found := messages.at_start(self.desk, self.settings):
            self.tell(found.message, bad=found.bad, stays=found.bad)
        if not self.settings.operator:
            self.panels.who()
        self.call_after_refresh(_collect_again)
        self.set_interval(1.0, self.draw)
        self.set_interval(_HEAR_SECONDS, self.desk.hear)
        self.set_interval(_TIDY_SECONDS, self.desk.tidy)
        self.set_timer(0.3, self.desk.tidy)
        self.set_timer(0.1, lambda: self.finding.follow())
        self.set_timer(2.0, self._forget_old)

    def _forget_old(self) -> None:
        from prompter.tui.retention import keep_no_longer

        keep_no_longer(self)

    def _watch_journal(self) -> None:
        """Report new trouble with the journal once; the header shows it all the time."""
        trouble = self.desk.journal.trouble
        if trouble != self._trouble_shown:
            self._trouble_shown = trouble
            if trouble:
                self.tell(messages.trouble(trouble), bad=True, stays=True)

    @property
    def panels(self) -> Panels:
        """The forms and lists; imported when one is opened."""
        if self._panels is None:
            from prompter.tui.panels import Panels

            self._panels = Panels(self, self._home)
        return self._panels

    @property
    def finding(self) -> Finding:
        """The search; imported after the first frame."""
        if self._finding is None:
            from prompter.tui.search import Finding

            self._finding = Finding(self, self._home)
        return self._finding

    def on_indexed(self, event: Indexed) -> None:
        """The index is ready: what was typed meanwhile can be searched."""
        self.finding.take(event.finder)
        if self.finding.search:
            self.draw()

    # drawing

    def draw(self) -> None:
        """Show the desk as it is now; unchanged panes redraw nothing."""
        self._watch_journal()
        view = self.desk.view()
        if self.settings.bell and rang(self.seen.norms, view.norms):
            self.app.bell()
        self.seen = view
        if self._panels or view.card.promise:
            self.panels.follow(view)
        # if a form leaves no room for both, the phrase displaces the tree
        self.set_class(bool(self._panels and self._panels.open), "-panel")
        top = picture.top(self.desk, self.settings, view)
        self.query_one(HeaderPane).show(top)
        query = self._show_list(view)
        idle = self.desk.state.active is None
        looked = self._looked_at(idle)
        card = picture.card(self.desk, view, looked)
        if not names_caller(top, self.app.size.width):
            card = replace(card, caller=named(view.header.person))
        self.query_one(CardPane).show(self.as_seen(card))
        self.query_one(NormsPane).show(view.norms)
        panel = self._panels.hints() if self._panels else ()
        note, now = self.message, self.desk.clock.now()
        self.query_one(TypedPane).show(picture.typed(view, idle, query, note, bool(panel), self.scripts, now))
        self.query_one(KeysPane).show(panel or self.bar(view, query is not None, looked))

    def as_seen(self, card: ShownCard) -> ShownCard:
        """The card as it is shown; in a drill the phrase may be hidden."""
        return card

    def bar(self, view: DeskView, searching: bool, looked: picture.Looked | None) -> tuple[KeyHint, ...]:
        """The active keys while no form is open."""
        return picture.hints(self.desk, view, searching, looked)

    def _show_list(self, view: DeskView) -> str | None:
        """Show the tree, or search results in its place; returns the query being typed."""
        if self._finding:
            self._finding.follow()
        found = self._finding.results() if self._finding else ()
        search = self._finding.search if self._finding else None
        if self._finding and search:
            shown = Scenarios((), search.index, found, self._finding.ready)
        else:
            shown = Scenarios(view.tree, self._selected_index())
        self.query_one(TreePane).show(shown)
        return search.query if search else None

    def _looked_at(self, idle: bool) -> picture.Looked | None:
        """The selection shown instead of the call's card: a result, or between calls a line of the tree."""
        if self._finding and self._finding.search:
            one = self._finding.selected
            return picture.Looked(one.scenario, one.step, self._finding.page(one)) if one else None
        selected = self._selected_index()
        return picture.Looked(self.seen.tree[selected].scenario) if idle and selected >= 0 else None

    def _selected_index(self) -> int:
        """The index of the selected line; -1 if it is gone or there is none."""
        rows = ((row.scenario, row.step) for row in self.seen.tree)
        return next((number for number, row in enumerate(rows) if row == self.selected), -1)

    def deselect(self) -> None:
        """Drop the search and the selected line."""
        self.selected = None
        if self._finding:
            self._finding.search = None

    # messages

    def tell(self, text: str, bad: bool = False, stays: bool = False) -> None:
        """Show a line above the keys, for some seconds or until the next one."""
        self.message = Typed(message=text, bad=bad)
        if self._message_timer:
            self._message_timer.stop()
        self._message_timer = None if stays else self.set_timer(_MESSAGE_SECONDS, self._forget_message)
        self.draw()

    def _forget_message(self) -> None:
        self.message = Typed()
        self.draw()

    def done(self, refused: Refusal | None) -> bool:
        """After an action: draw its result, or report the refusal. True if it was done."""
        self.deselect()
        if refused:
            self.tell(messages.refusal(refused.code), bad=True)
            return False
        self.message = Typed()
        self.draw()
        return True

    def may_leave(self) -> bool:
        """Whether to quit now; False if something has to be shown or asked first."""
        if self._leaving is None:
            from prompter.tui.quitting import Leaving

            self._leaving = Leaving(self, self._home)
        return self._leaving.may()

    # keys

    def may_act(self) -> bool:
        """Whether a key that leaves the phrase may act now; a drill first asks how it was said."""
        return True

    async def on_key_in_turn(self, event: KeyInTurn) -> None:
        """A key that acts in any focus, in its turn."""
        if not self._handed_on(event.key):
            await self.run_action(KEYS[event.key])

    def _handed_on(self, key: str, character: str | None = None) -> bool:
        """Whether the key was for another screen, opened by the key before it."""
        above = self.app.screen_stack[-1:]  # none any more while the program is being left
        # one that is just closing accepts no more messages
        return bool(above) and above[0] is not self and above[0].post_message(events.Key(key, character))

    def on_key(self, event: events.Key) -> None:
        """A key that nothing else took."""
        if self._handed_on(event.key, event.character):
            event.stop()
        else:
            self.take_key(event)

    def take_key(self, event: events.Key) -> None:
        """Letters search, digits choose; an open form takes both."""
        if self._panels and self._panels.take_early(event):
            return
        if self._finding and self._finding.search:
            self._finding.key(event)
        elif event.key in ("up", "down"):
            self._select(1 if event.key == "down" else -1)
        elif event.key == "enter" and self._selected_index() >= 0:
            self._open_selected()
        else:
            self._call_key(event)

    def _call_key(self, event: events.Key) -> None:
        self.selected = None
        key, letter = event.key, event.character or ""
        if key == "enter":
            self.done(self.desk.act(a.Say()) if self.desk.state.active else self.desk.start(greeted=True))
        elif key == "escape":
            self._take_back()
        elif key in ("left", "right"):
            self.done(self.desk.act(a.ChangeTime(1 if key == "right" else -1)))
        elif letter == "0":
            if self.done(self.desk.note_gap()):
                self.tell(_("Noted as not in the script; the caller's words: Ctrl+O, also after the call"))
        elif letter.isdigit() and letter.isascii():
            self.done(self.desk.act(a.TakeAnswer(int(letter))))
        elif opens_search(letter):
            self._search_for(letter.strip())

    def _search_for(self, text: str) -> None:
        self.finding.typed(text)
        self.draw()

    def _take_back(self) -> None:
        """Esc. A promise stays, which is reported when it may surprise."""
        kept = self.desk.promises_kept_by_undo()
        if self.done(self.desk.act(a.Undo())) and self.desk.promises_kept_by_undo() > kept:
            self.tell(_("The call-back is kept: cancel it with Ctrl+B, 3"))

    def on_paste(self, event: events.Paste) -> None:
        """A pasted sentence is a query, unless a form takes it."""
        if not self.panels.open:
            self._search_for(event.text)

    def _select(self, by: int) -> None:
        """Select the next line that can be opened."""
        chosen = next_line(self.seen.tree, self._selected_index(), by)
        if chosen:
            self.selected = (chosen.scenario, chosen.step)
            self.draw()

    def _open_selected(self) -> None:
        row = self.seen.tree[self._selected_index()]
        digit = next((x.digit for x in self.seen.card.answers if row.step and x.go == row.step), 0)
        if digit:
            self.done(self.desk.act(a.TakeAnswer(digit)))
        else:
            self.open(row.scenario, preview=True)

    def open(self, scenario: str, preview: bool = False, step: str = "") -> None:
        """Open a scenario in the call, or a step of it; between calls start one, or only preview it."""
        if self.desk.state.active:
            self.done(self.desk.act(a.Open(scenario, step)))
        elif preview:
            self.deselect()  # so that the next Enter starts the call, as always
            self.tell(messages.refusal("preview"))
        elif scenario == self.desk.base.open:
            self.done(Refusal("greeting-ready"))
        else:
            self.done(self.desk.start(scenario=scenario, greeted=True))

    def action_scenario(self, key: str) -> None:
        """F2 to F9."""
        if not self.may_act():
            return
        of_key = (s for s in listed(self.desk.base, self.desk.viewer, self.desk.state.active) if s.key == key)
        scenario = next(of_key, None)
        if self._panels:
            self._panels.close()
        if scenario:
            self.open(scenario.id)
        else:
            self.done(Refusal("no-key"))

    def action_language(self) -> None:
        """F12: the other language, for this call or for the greeting between calls."""
        from prompter.tui.language import turn_language

        if self.may_act():
            turn_language(self)

    def action_next_field(self, by: int) -> None:
        """Tab."""
        if self._panels and self._panels.open:
            self._panels.next_field(by)

    def action_help(self) -> None:
        """F1."""
        from prompter.tui.help import HelpScreen

        group = "In a form" if self.panels.open else self.HELP_GROUP
        self.app.push_screen(HelpScreen(group and _(group)))

    def action_scroll_card(self, by: int) -> None:
        """PgUp and PgDn, if the card is longer than its pane."""
        self.query_one(CardPane).turn(by)

    def action_copy(self) -> None:
        """Ctrl+Y: copy the phrase on screen, even of a preview."""
        if shown := self.query_one(CardPane).part:
            self.copier.copy(shown.spoken)

    @cached_property
    def copier(self) -> Copier:
        """Copies; imported when something is copied."""
        from prompter.tui.clipboard import Copier

        return Copier(self)

    def on_copied(self, event: Copied) -> None:
        """The result of copying."""
        self.copier.tell(event)

    def action_handbook(self, page: tuple[str, str] | None = None) -> None:
        """Ctrl+R: the list, or a page of it that was found."""
        from prompter.tui.handbook.screen import HandbookScreen

        self.app.push_screen(HandbookScreen(self, page))

    def action_call(self) -> None:
        """Ctrl+N."""
        self.panels.call()

    def action_end(self) -> None:
        """Ctrl+E."""
        if self.may_act():
            self.panels.outcomes()

    def action_promises(self) -> None:
        """Ctrl+B."""
        self.panels.promises()

    def action_status(self) -> None:
        """Ctrl+T."""
        if self.may_act():
            self.panels.statuses()

    def action_note(self) -> None:
        """Ctrl+O."""
        if self.may_act():
            self.panels.note()
