"""The forms and lists of the operator's screen: which one is open, what it does, the drafts kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual.widget import Widget

from prompter.call import actions as a
from prompter.call.phrases import text_in
from prompter.call.refusal import Refusal
from prompter.call.state import to_tell
from prompter.call.view.parts import NOBODY, DeskView
from prompter.desk import Desk
from prompter.locale import _
from prompter.locale.formats import clock_time
from prompter.settings import Settings
from prompter.tui import messages
from prompter.tui.footer import KeyHint
from prompter.tui.header import named

if TYPE_CHECKING:
    from prompter.tui.clipboard import Copier
    from prompter.tui.forms.menu import Item
    from prompter.tui.forms.panel import Panel, Values


_TITLE = 50
"""Characters of an outcome that fit a line of the list in the narrowest window."""


def _unheard(event: events.Key) -> None:
    """Nobody waits for this key any more."""


class Host(Protocol):
    """What the panels need of their screen."""

    desk: Desk
    settings: Settings
    seen: DeskView

    @property
    def copier(self) -> Copier:
        """Copies texts."""

    def draw(self) -> None:
        """Show the desk as it is now."""

    def on_key(self, event: events.Key) -> None:
        """Handle a key on the screen itself."""

    def deselect(self) -> None:
        """Drop the search and the selected line."""

    def tell(self, text: str, bad: bool = False, stays: bool = False) -> None:
        """Show one line above the keys."""

    def done(self, refused: Refusal | None) -> bool:
        """Draw the result of an action, or report why it was refused."""

    def query_one(self, selector: str) -> Widget:
        """The widget that matches."""

    def focus_next(self) -> Any:
        """Focus the next field."""

    def focus_previous(self) -> Any:
        """Focus the previous field."""


class Panels:
    """At most one form or list covers the answers. Their code is imported when one is opened."""

    def __init__(self, screen: Host, home: Path) -> None:
        self.screen, self.home = screen, home
        self.desk = screen.desk
        self.open: Panel | None = None
        self.drafts: dict[str, Values] = {}
        self._step = ""

    # opening and closing

    def show(self, panel: Panel) -> None:
        """Open a panel in place of any other."""
        self.close()
        self.open = panel
        self.screen.deselect()
        self.screen.query_one("#body").mount(panel)
        self.screen.draw()

    def close(self, keep: bool = True) -> None:
        """Close what is open; what was typed is kept as a draft unless it was submitted."""
        panel, self.open, self._step = self.open, None, ""
        if panel is None:
            return
        if panel.key:
            self.drafts.pop(panel.key, None)
            if keep and panel.is_mounted:
                self.drafts[panel.key] = panel.values()
        # If the panel closed itself by a key, keys still arriving are for the screen behind; else they were
        # pressed before the key that closed it and were meant for the panel: Esc and F4 must not undo F4.
        panel.closed_to = self.screen.on_key if panel.acting else _unheard
        panel.remove()

    def written(self) -> str:
        """What was typed into the form of the call's own step, or ""."""
        panel = self.open
        if panel is None or not self._step or not panel.is_mounted:
            return ""
        values = panel.values()
        return " ".join(values[name].strip() for name in ("name", "question") if values.get(name, "").strip())

    def leave(self) -> None:
        """Close what is open and go on."""
        self.close()
        self.screen.draw()

    def hints(self) -> tuple[KeyHint, ...]:
        """The bar of the open panel, () if none is open."""
        return self.open.hints() if self.open else ()

    def take_early(self, event: events.Key) -> bool:
        """Whether a panel takes this key. If it is not ready yet it gets the key later."""
        if self.open is None:
            return False
        if not self.open.ready:
            self.open.early.append(event)
        elif event is not self.open.seen:  # forwarded here before the panel had the focus
            self.open.work(self.open.press, event)
        return True

    def next_field(self, by: int) -> None:
        """Go to the next field of the open form, or back; also in one that is not ready yet."""
        if self.open and not self.open.ready:
            self.open.early.append(events.Key("tab" if by > 0 else "shift+tab", None))
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def finish(self, refused: Refusal | None) -> str:
        """Close the form if its action succeeded; else return the reason, for the form to show."""
        if refused:
            return messages.refusal(refused.code)
        if self.open:
            self.close(keep=False)
        self.screen.done(None)
        return ""

    # the contact form follows the call

    def follow(self, view: DeskView) -> None:
        """Open the contact form on a step that has one, close it when the step is left."""
        call = self.desk.state.active
        step = f"{call.id} {view.card.step}" if call and view.card.promise else ""
        if step and (self.open is None or (self._step and self._step != step)):
            self._contact(view, step)
        elif self._step and not step:
            self.close()

    def _contact(self, view: DeskView, step: str) -> None:
        from prompter.tui.forms.contact import contact_form

        key = f"contact {step}"
        call = self.desk.state.active
        assert call is not None
        norms = self.desk.bases.of(call.frame).norms  # of the words on screen, whatever was edited since
        norm = self.desk.base.norms.get(view.card.promise) or norms[view.card.promise]
        owed = self.desk.promise_to_change(norm.id)
        asked = self.desk.question(owed.id) if owed else ""
        seconds = owed.limit if owed else norm.limit
        form = contact_form(
            norm, view, asked, seconds, self._promise, self._take_back, key, self.drafts.get(key)
        )
        self.close()
        self.open, self._step = form, step
        self.screen.deselect()
        self.screen.query_one("#body").mount(form)

    def _promise(self, values: Values) -> str:
        seconds = int(values.get("seconds") or 0)
        made = self.desk.make_promise(values["number"], values["name"], values["question"], seconds)
        refused = self.finish(made)
        if not refused and not values["question"].strip():
            self.screen.tell(_("The question is empty: Esc opens the form again, Ctrl+B, 4 adds a note"))
        return refused

    def _take_back(self) -> None:
        self.screen.done(self.desk.act(a.Undo()))

    # the other forms

    def who(self) -> None:
        """The form about the operator: at the first start, and from the palette."""
        from prompter.tui.forms.who import who_form

        draft = self.drafts.get("who")
        form = who_form(self.desk.base, self.screen.settings, self._sit_down, self.leave, draft)
        self.show(form)

    def _sit_down(self, values: Values) -> str:
        from prompter.tui.forms.who import seated

        if not values["operator"].strip():
            return _("Write your name")
        self.screen.settings, problem = seated(self.screen.settings, values, self.home)
        mine = self.screen.settings
        self.desk.sit(mine.operator, mine.form, mine.department, mine.language, mine.ui)
        self.close(keep=False)
        self.screen.done(None)
        if problem:
            self.screen.tell(problem, bad=True)
        return ""

    def call(self) -> None:
        """A call by hand."""
        from prompter.tui.forms.simple import call_form

        self.show(call_form(self._start, self.leave))

    def _start(self, values: Values) -> str:
        started = self.desk.start(values["direction"], values["number"])
        return self.finish(started)

    def note(self) -> None:
        """Words for the oldest unfilled gap of this or the last call, else a note about it."""
        from prompter.tui.forms.simple import note_form

        state = self.desk.state
        call = state.active or state.last
        mine = [gap for gap in state.gaps if call and gap.call == call.id]
        if not mine and state.active is None:
            mine = list(state.gaps)  # between calls older ones come next
        if call is None and not mine:
            self.screen.done(Refusal("no-call"))
            return
        gap = mine[0] if mine else None
        where = f"{clock_time(gap.at, self.desk.viewer.zone)} {self._step_title(gap.step)}" if gap else ""
        key = f"note {gap.id if gap else call.id if call else ''}"

        def write(values: Values) -> str:
            written = self.finish(self.desk.write_note(values["text"], gap.id if gap else ""))
            if not written:
                self.screen.tell(_("Written down"))
            return written

        self.show(note_form(where, gap is not None, write, self.leave, key, self.drafts.get(key)))

    def _step_title(self, step: str) -> str:
        base, ui = self.desk.base, self.desk.viewer.ui
        return text_in(base.steps[step].title, ui, base.languages) if step in base.steps else ""

    # lists

    def promises(self) -> None:
        """The list of call-backs."""
        from prompter.tui.callbacks import CallBacks

        CallBacks(self).list()

    def statuses(self) -> None:
        """The status of the telephone line."""
        from prompter.tui.statuses import Statusing

        Statusing(self).list()

    def _menu(self, title: str, items: Sequence[Item], action: Callable[[str], a.Action]) -> None:
        from prompter.tui.forms.menu import Menu

        def choose(verb: str, value: str) -> None:
            self.close()
            self.screen.done(self.desk.act(action(value)))

        self.show(Menu(title, items, choose, self.leave))

    def outcomes(self) -> None:
        """How the call ended, by digit; between calls, for one that the phone ended."""
        from prompter.tui.forms.menu import Item

        over = None if self.desk.state.active else to_tell(self.desk.state)
        if self.desk.state.active is None and over is None:
            self.screen.done(Refusal("no-call"))
            return
        base, ui = self.desk.base, self.desk.viewer.ui
        titles = {o.id: text_in(o.title, ui, base.languages) for o in base.outcomes.values()}
        whole = any(len(title) > _TITLE for title in titles.values())  # shown below the list
        items = [Item(id_, title, detail=title if whole else "") for id_, title in titles.items()]
        if over is None:
            self._menu(_("How did the call end?"), items, a.End)
            return
        at = clock_time(over.ended, self.desk.viewer.zone)
        who = named(self.desk.viewer.people.get(over.contact, NOBODY))
        title = _("How did the call end? ({clock})").format(
            clock="  ".join(part for part in (at, who) if part)
        )
        call = over.id
        self._menu(title, items, lambda outcome: a.TellOutcome(call, outcome))
