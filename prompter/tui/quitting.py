"""Quitting: what is asked first, and the end of a shift: open call-backs go on paper or to another desk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from prompter.call import actions as a
from prompter.locale import _, ngettext
from prompter.locale.errors import why

if TYPE_CHECKING:
    from prompter.tui.forms.panel import Panel
    from prompter.tui.screen import MainScreen

FOLDER = "handover"
"""Folder of the sheets and files for other desks, in the program's folder."""

_ASKED_SECONDS = 5.0


class Leaving:
    """Whether the program may be left now: at once, when asked twice, or after the call-backs were shown."""

    def __init__(self, screen: MainScreen, home: Path) -> None:
        self.screen, self.home = screen, home
        self._asked = False
        self._shown: Panel | None = None

    def may(self) -> bool:
        """Ctrl+Q: True to quit. In a call, with unwritten records or call-backs left, it asks first."""
        desk = self.screen.desk
        unrecorded, running = desk.journal.in_memory > 0, desk.state.active is not None
        if self._asked:
            return True
        if unrecorded or running:
            self._ask(unrecorded)
            return False
        if desk.state.promises and (self._shown is None or self.screen.panels.open is not self._shown):
            self._show()
            return False
        return True

    def _ask(self, unrecorded: bool) -> None:
        self._asked = True
        self.screen.set_timer(_ASKED_SECONDS, self._stay)
        running = _("A call is running. Ctrl+Q again to quit; the call will stand here at the next start")
        lost = _("Not everything is recorded: Ctrl+Q again quits and loses it")
        self.screen.tell(lost if unrecorded else running, bad=unrecorded)

    def _stay(self) -> None:
        self._asked = False

    # the end of a shift

    def _show(self) -> None:
        """Call-backs still owed, and the ways to hand them over."""
        from prompter.tui.forms.promises import handover_menu

        screen = self.screen
        self._shown = handover_menu(screen.desk, screen.seen, self._chosen, screen.panels.leave)
        screen.panels.show(self._shown)

    def _chosen(self, verb: str, promise: str) -> None:
        """All of them, whichever is selected."""
        if verb == "stay":
            self.screen.panels.leave()
            return
        try:
            text = self._on_paper() if verb == "print" else self._to_a_desk()
        except OSError as error:
            self.screen.tell(_("Not written: {reason}").format(reason=why(error)), bad=True)
        else:
            self.screen.tell(text, stays=True)
            self._keep(text)

    def _keep(self, text: str) -> None:
        """Whoever quits at once has had no time to read where the file is."""
        from prompter.tui.app import PrompterApp

        assert isinstance(self.screen.app, PrompterApp)
        self.screen.app.parting.append(text)

    def _on_paper(self) -> str:
        from prompter.files import write_whole
        from prompter.handover import owed
        from prompter.wording.promises import sheet

        desk = self.screen.desk
        text = sheet(owed(desk), desk.viewer.operator, desk.base.company, desk.clock.now(), desk.viewer.zone)
        file = self._file("txt")
        write_whole(file, text.encode("utf-8-sig"), private=True)
        return _("The sheet to print: {file}").format(file=file)

    def _to_a_desk(self) -> str:
        """Writes the file first: a call-back may be at two desks for a moment, but never at none."""
        from prompter.files import write_whole
        from prompter.handover import handed_over
        from prompter.handover_file import to_file

        desk = self.screen.desk
        given = handed_over(desk)
        file = self._file("json")
        write_whole(file, to_file(given), private=True, lasting=True)
        self.screen.panels.close()
        self.screen.done(desk.act(a.HandOver(tuple(one.id for one in given.promises))))
        count = ngettext(
            "{n} call-back handed over; to take it there, or back here",
            "{n} call-backs handed over; to take them there, or back here",
            len(given.promises),
        )
        return " · ".join([count.format(n=len(given.promises)), f"prompter promises import {file}"])

    def _file(self, kind: str) -> Path:
        return self.home / FOLDER / f"call-backs-{time.strftime('%Y%m%d-%H%M%S')}.{kind}"
