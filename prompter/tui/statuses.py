"""Ctrl+T: the status of the telephone line, mirrored here if the operator likes."""

from __future__ import annotations

from prompter.call import actions as a
from prompter.call.view.statuses import StatusLine, statuses
from prompter.locale import _
from prompter.tui.draw import DIM, WARM
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.panels import Panels


class Statusing:
    """Shows the list; a forbidden status is dim, and choosing it shows why."""

    def __init__(self, panels: Panels) -> None:
        self.panels, self.desk, self.screen = panels, panels.desk, panels.screen
        desk = self.desk
        self.lines = statuses(desk.state, desk.base, desk.viewer, desk.clock.now())

    def list(self) -> None:
        """All statuses, the allowed ones first, with the digits."""
        selected = next((n for n, one in enumerate(self.lines) if one.now), 0)
        title = _("Status: only a reminder here, no time sheet; set it in «Линия 24» itself")
        empty = _("The scripts have no statuses")
        items = [_item(one) for one in self.lines]
        self.panels.show(Menu(title, items, self._chosen, self.panels.leave, empty=empty, selected=selected))

    def _chosen(self, _verb: str, id_: str) -> None:
        chosen = next(one for one in self.lines if one.id == id_)
        if not chosen.allowed:
            message = _("«{status}» is forbidden for your department. {rule}")
            self.screen.tell(message.format(status=chosen.title, rule=chosen.rule), bad=True)
            return
        self.panels.close()
        if not self.screen.done(self.desk.act(a.SetStatus(id_))):
            return
        if chosen.barred_to:
            message = _("«{status}» is forbidden for: {departments}. {rule}")
            barred = ", ".join(chosen.barred_to)
            self.screen.tell(
                message.format(status=chosen.title, departments=barred, rule=chosen.rule), bad=True
            )
        elif chosen.closed:
            message = _("«{status}» is not for these hours, until {until}. {rule}")
            text = message.format(status=chosen.title, until=chosen.closed, rule=chosen.rule)
            self.screen.tell(text.strip(), bad=True)


def _item(one: StatusLine) -> Item:
    free = one.allowed and not one.barred_to
    glyph = "▶" if one.now else "●" if one.daily and free else "✓" if free else "✗"
    words = [f"{glyph} {one.title}"]
    if not one.allowed:
        words.append(_("forbidden"))
    elif one.barred_to:
        words.append(_("not for all"))
    elif one.closed:
        words.append(_("not now, until {until}").format(until=one.closed))
    elif one.daily:
        words.append(_("was set today") if one.used else _("every day, not yet today"))
    style = DIM if not one.allowed else WARM if one.closed or one.barred_to else ""
    rule = one.rule
    if one.barred_to:
        barred = _("Forbidden for: {departments}").format(departments=", ".join(one.barred_to))
        rule = f"{barred}. {rule}".strip()
    return Item(one.id, "  ".join(words), style, rule)
