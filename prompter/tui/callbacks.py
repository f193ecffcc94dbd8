"""The list of call-backs and its actions: call, done, cancel. No single slip removes one."""

from __future__ import annotations

from collections.abc import Callable

from prompter.call.refusal import Refusal
from prompter.locale import _
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.forms.panel import Values
from prompter.tui.forms.promises import promises_menu
from prompter.tui.forms.simple import callback_note_form, reason_form
from prompter.tui.header import named
from prompter.tui.panels import Panels


class CallBacks:
    """Shows one panel after another until the promise is called, kept, cancelled, or left as it is."""

    def __init__(self, panels: Panels) -> None:
        self.panels, self.desk, self.screen = panels, panels.desk, panels.screen

    def list(self) -> None:
        """All open promises, overdue ones first."""
        self.panels.show(promises_menu(self.desk, self.screen.seen, self._chosen, self.panels.leave))

    def _chosen(self, verb: str, promise: str) -> None:
        if verb == "call":
            self._call(promise)
        elif verb == "done":
            self._ask_done(promise)
        elif verb == "note":
            self._ask_note(promise)
        elif verb == "copy":
            self._copy(promise)
        else:
            self._ask_reason(_("Why will nobody call back?"), self.desk.cancel_promise, promise)

    def _call(self, promise: str) -> None:
        self.panels.close()
        busy = self.desk.state.active is not None
        called = Refusal("in-call") if busy else self.desk.start("outgoing", promise=promise)
        self.screen.done(called)

    def _ask_note(self, promise: str) -> None:
        def write(values: Values) -> str:
            return self.panels.finish(self.desk.note_promise(promise, values["text"]))

        key = f"note {promise}"
        title = f"{_('Note about the call-back')} {self._whom(promise)}"
        self.panels.show(
            callback_note_form(title, write, self.panels.leave, key, self.panels.drafts.get(key))
        )

    def _copy(self, promise: str) -> None:
        """The card for the manager's chat; the list stays open."""
        from prompter.handover import owed
        from prompter.wording.promises import card

        now, zone = self.desk.clock.now(), self.desk.viewer.zone
        if found := next((one for one in owed(self.desk) if one.id == promise), None):
            self.screen.copier.copy_text(card(found, now, zone))

    def _ask_done(self, promise: str) -> None:
        """Esc cannot reopen a closed promise, so ask first."""
        answers = [Item("yes", _("yes, the caller was informed")), Item("no", _("no"))]

        def answered(verb: str, answer: str) -> None:
            if answer == "yes":
                self._done(promise)
            else:
                self.list()

        title = " ".join((_("Is the call-back done?"), self._whom(promise)))
        self.panels.show(Menu(title, answers, answered, self.list))

    def _whom(self, promise: str) -> str:
        owed = self.desk.state.promise(promise)
        person = self.desk.viewer.people.get(owed.contact) if owed else None
        return named(person) if person else ""

    def _done(self, promise: str) -> None:
        kept = self.desk.keep_promise(promise)
        if kept and kept.code == "reason-needed":
            self._ask_reason(_("Why late?"), self.desk.keep_promise, promise)
            return
        self.panels.close()
        if self.screen.done(kept):
            self.screen.tell(_("The call-back is done"))

    def _ask_reason(self, title: str, act: Callable[[str, str], Refusal | None], promise: str) -> None:
        def give(values: Values) -> str:
            return self.panels.finish(act(promise, values["text"]))

        key = f"reason {title} {promise}"
        form = reason_form(
            f"{title} {self._whom(promise)}", give, self.panels.leave, key, self.panels.drafts.get(key)
        )
        self.panels.show(form)
