"""The softphone on screen: what it tells is done at the desk, as a key is, and said where need be.

The listener's thread touches no widget: it posts `PhoneTold` to the app, and answers when that was done.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from prompter.files import write_whole
from prompter.locale import _, ngettext
from prompter.phone import waiting
from prompter.phone.line import DECLINED, LOOKED, MISSED, NOTHING, RANG, THIRD, TOOK, Heard, Line
from prompter.phone.listener import DONE, HELD, LATER, Answer, Listener
from prompter.phone.place import PORT, last_port
from prompter.phone.request import PhoneEvent
from prompter.phone.token import Token
from prompter.text.safe import clean_line
from prompter.tui.header import named

if TYPE_CHECKING:
    from prompter.tui.app import PrompterApp
    from prompter.tui.screen import MainScreen

_FEW = 5
"""So many requests may be refused before it is told: a wrong key in the phone's settings does no more."""


_SERVE_SECONDS = 0.5


class PhoneTold(Message):
    """An event of the phone, and how to answer it once it is done."""

    def __init__(self, event: PhoneEvent, answer: Answer) -> None:
        super().__init__()
        self.event, self.answer = event, answer


class PhoneRefused(Message):
    """More than a few requests were refused."""


class CallRings(Message):
    """A real call rings or was answered. Sent to all that stands over the screen: a drill stops for it."""


class Phoning:
    """Listens to the phone from `start` on, for the operator's screen."""

    def __init__(self, app: PrompterApp, screen: MainScreen, home: Path) -> None:
        self._app, self._screen, self._home = app, screen, home
        self._desk = screen.desk
        self._line = Line(screen.desk)
        self._token = Token(home)
        self._listener = Listener(self._take, self._refuse, self._token.current)
        self._refused = 0
        self._listens = False
        self._serving: Timer | None = None

    # life

    def start(self) -> None:
        """Listen from now on, and do what was told while no program ran. What fails is told, work goes on."""
        problem = self._listen()
        kept = self._kept()
        if problem:
            self._screen.tell(problem, bad=True, stays=True)
        elif kept:
            text = ngettext(
                "{n} event of the phone came while the program was closed",
                "{n} events of the phone came while the program was closed",
                kept,
            )
            self._screen.tell(text.format(n=kept))

    def _listen(self) -> str:
        """Open the port: the one that was set, else the last one, else any. What went wrong, "" mostly."""
        wanted = self._screen.settings.phone_port
        problem = ""
        for port in dict.fromkeys((wanted or last_port(self._home), 0)):
            try:
                port = self._listener.start(port)
            except OSError as error:
                problem = clean_line(error.strerror or str(error))
            else:
                self._listens = True
                if wanted not in (0, port):
                    problem = _(
                        "Port {port} is taken: the phone is heard on {other}. See prompter phone setup"
                    )
                    return self._known(port) or problem.format(port=wanted, other=port)
                return self._known(port)
        return _("The phone cannot be heard: {reason}").format(reason=problem)

    def _known(self, port: int) -> str:
        """Write down where the client finds us, and the key to us; what went wrong."""
        try:
            self._token.current()
            write_whole(self._home / PORT, f"{port}\n".encode())
        except OSError as error:
            text = _("The phone cannot be heard: {reason}")
            return text.format(reason=clean_line(error.strerror or str(error)))
        return ""

    def _kept(self) -> int:
        """Do what was told while no program ran; how many events meant something."""
        try:
            events = waiting.take(self._home, time.time())
        except OSError:
            return 0
        return sum(self._do(event).what != NOTHING for event in events)

    def stop(self) -> None:
        """Listen no more."""
        if self._listens:
            self._listener.stop()

    # in the listener's thread

    def _take(self, event: PhoneEvent, answer: Answer) -> None:
        try:
            posted = self._app.post_message(PhoneTold(event, answer))
        except RuntimeError:  # the app closes just now
            posted = False
        if not posted:
            answer(LATER)

    def _refuse(self) -> None:
        self._refused += 1
        if self._refused == _FEW + 1:
            with contextlib.suppress(RuntimeError):
                self._app.post_message(PhoneRefused())

    # in the screen's

    def hear(self, told: PhoneTold) -> None:
        """Do it, show it, and then tell the phone that it is recorded."""
        self._do(told.event)
        told.answer(HELD if self._desk.journal.in_memory else DONE)

    def hear_refused(self) -> None:
        """Said once: somebody tries, or the phone has an old key."""
        text = _("Requests without the right key are refused: is the phone set up? prompter phone setup")
        self._screen.tell(text, bad=True)

    def _serve(self) -> None:
        """A third call waits for a place: is there one?"""
        self._show(self._line.serve)
        if not self._line.third and self._serving:
            self._serving.stop()
            self._serving = None

    def _do(self, event: PhoneEvent) -> Heard:
        return self._show(lambda: self._line.hear(event))

    def _show(self, happen: Callable[[], Heard]) -> Heard:
        # what stands half-written in the form of a call that ends is kept as its note
        written = self._screen.panels.written()
        before = self._desk.state.active
        heard = happen()
        if heard.what == NOTHING:
            return heard
        if written and before and self._desk.state.active is not before and not self._still(before.id):
            self._desk.write_note(written)
        if heard.what in (RANG, TOOK):
            for covering in self._app.screen_stack[1:]:
                covering.post_message(CallRings())
        if heard.what == TOOK:
            self._uncover()
        elif heard.what == LOOKED:
            self._app.come_up()
        if heard.what == THIRD and self._serving is None:
            self._serving = self._screen.set_interval(_SERVE_SECONDS, self._serve)
        if text := _told(heard):
            self._screen.tell(text, bad=heard.what != LOOKED, stays=heard.what in (DECLINED, THIRD))
        else:
            self._screen.draw()
        return heard

    def _still(self, call: str) -> bool:
        state = self._desk.state
        return any(one and one.id == call for one in (state.active, state.waiting))

    def _uncover(self) -> None:
        """The operator's screen comes first: its lists and forms keep what was typed."""
        self._screen.panels.close()
        self._screen.unlight()
        self._app.uncover()


def _told(heard: Heard) -> str:
    """What has to be said of an event that the screen itself does not show."""
    who = named(heard.person) or _("number hidden")
    if heard.what == MISSED:
        return _("Not answered: {who}").format(who=who)
    if heard.what == DECLINED:
        text = _("Declined: {who}. The standard strictly forbids to decline a call-back (slide 6)")
        owed = _("A call is owed: Ctrl+B")
        return " · ".join([text.format(who=who), *([owed] if heard.owed else [])])
    if heard.what == THIRD:
        return _(
            "A third call was answered, {who}: two are the most here. End one, Ctrl+E, and it opens"
        ).format(who=who)
    if heard.what == LOOKED:
        return _("Prompter is here") + (f": {named(heard.person)}" if heard.person.number else "")
    return ""
