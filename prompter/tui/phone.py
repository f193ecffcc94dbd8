"""The softphone on screen: its events act on the desk like keys, and are reported if necessary.

The listener's thread touches no widget: it posts `PhoneTold` to the app, and answers when that was handled.
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
from prompter.locale.errors import why
from prompter.phone import waiting
from prompter.phone.line import DECLINED, LOOKED, MISSED, NOTHING, OVER, RANG, THIRD, TOOK, Heard, Line
from prompter.phone.listener import DONE, HELD, LATER, Answer, Listener
from prompter.phone.place import PORT, last_port
from prompter.phone.request import PhoneEvent
from prompter.phone.token import Token
from prompter.text.safe import clean_line
from prompter.tui.header import named

if TYPE_CHECKING:
    from prompter.tui.app import PrompterApp
    from prompter.tui.screen import MainScreen

_LOOK_SECONDS = 15.0
"""The interval of looking for events kept while this program, busy or stopped, did not answer."""

_FEW = 5
"""How many requests may be refused before it is reported: a wrong token in the phone's settings does that."""


_SERVE_SECONDS = 0.5


class PhoneTold(Message):
    """An event of the phone, and how to answer it once it is handled."""

    def __init__(self, event: PhoneEvent, answer: Answer) -> None:
        super().__init__()
        self.event, self.answer = event, answer


class PhoneRefused(Message):
    """More than a few requests were refused."""


class CallRings(Message):
    """A real call rings or was answered. Sent to all screens over the operator's: a drill stops for it."""


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
        """Start listening, and handle events that came while no program ran. Reports failures."""
        problem = self._listen()
        kept = self.take_up()
        self._screen.set_interval(_LOOK_SECONDS, self.take_up)
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
        """Open the port: the configured one, else the last one, else any. Returns the error, mostly ""."""
        wanted = self._screen.settings.phone_port
        problem = ""
        for port in dict.fromkeys((wanted or last_port(self._home), 0)):
            try:
                port = self._listener.start(port)
            except OSError as error:
                problem = clean_line(why(error))
            else:
                self._listens = True
                if wanted not in (0, port):
                    problem = _("Port {port} is taken: listening on {other}. See prompter phone setup")
                    return self._known(port) or problem.format(port=wanted, other=port)
                return self._known(port)
        return _("Cannot listen to the phone: {reason}").format(reason=problem)

    def _known(self, port: int) -> str:
        """Write the port and the token for the client; returns the error, or ""."""
        try:
            self._token.current()
            write_whole(self._home / PORT, f"{port}\n".encode())
        except OSError as error:
            text = _("Cannot listen to the phone: {reason}")
            return text.format(reason=clean_line(why(error)))
        return ""

    def take_up(self) -> int:
        """Handle events kept because nobody answered; returns how many had an effect."""
        with waiting.taken(self._home, time.time()) as kept:
            return sum(self._do(one).what != NOTHING for one in kept if not self._overtaken(one))

    def _overtaken(self, kept: PhoneEvent) -> bool:
        """Whether a call began since: without ids an older end would pass for that call's."""
        state = self._desk.state
        begun = [*(call.started for call in state.calls), *(ring.at for ring in state.ringing)]
        return not kept.id and any(at > kept.at + 1 for at in begun)  # kept in whole seconds

    def stop(self) -> None:
        """Stop listening."""
        if self._listens:
            self._listener.stop()

    # in the listener's thread

    def _take(self, event: PhoneEvent, answer: Answer) -> None:
        try:
            posted = self._app.post_message(PhoneTold(event, answer))
        except RuntimeError:  # the app is just closing
            posted = False
        if not posted:
            answer(LATER)

    def _refuse(self) -> None:
        self._refused += 1
        if self._refused == _FEW + 1:
            with contextlib.suppress(RuntimeError):
                self._app.post_message(PhoneRefused())

    # in the screen's

    def hear(self, message: PhoneTold) -> None:
        """Handle and show it, then tell the phone that it is recorded."""
        self._do(message.event)
        message.answer(HELD if self._desk.journal.in_memory else DONE)

    def hear_refused(self) -> None:
        """Reported once: somebody tries, or the phone has an old token."""
        text = _("Requests without the right key are refused: is the phone set up? prompter phone setup")
        self._screen.tell(text, bad=True)

    def _serve(self) -> None:
        """If a third call waits and there is a place, open it."""
        self._show(self._line.serve)
        if not self._line.third and self._serving:
            self._serving.stop()
            self._serving = None

    def _do(self, event: PhoneEvent) -> Heard:
        return self._show(lambda: self._line.hear(event))

    def _show(self, happen: Callable[[], Heard]) -> Heard:
        # what was typed into the form of a call that ends becomes its note
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
        if text := _message(heard):
            self._screen.tell(text, bad=heard.what != LOOKED, stays=heard.what in (DECLINED, THIRD))
        elif heard.what in (TOOK, OVER):
            self._screen.tell("")  # the message shown is out of date
        else:
            self._screen.draw()
        return heard

    def _still(self, call: str) -> bool:
        state = self._desk.state
        return any(one and one.id == call for one in (state.active, state.waiting))

    def _uncover(self) -> None:
        """Bring the operator's screen to the top: its lists and forms keep what was typed."""
        self._screen.panels.close()
        self._screen.deselect()
        self._app.uncover()


def _message(heard: Heard) -> str:
    """The message for an event that the screen itself does not show."""
    who = named(heard.person) or _("number hidden")
    if heard.what == MISSED:
        return _("Not answered: {who}").format(who=who)
    if heard.what == DECLINED:
        text = _("Declined: {who}. The standard strictly forbids to decline a call-back (slide 6)")
        owed = _("This caller is owed a call-back: Ctrl+B")
        return " · ".join([text.format(who=who), *([owed] if heard.owed else [])])
    if heard.what == THIRD:
        return _("A third call was answered, {who}: only two fit here. End one, Ctrl+E, and it opens").format(
            who=who
        )
    if heard.what == LOOKED:
        return _("Prompter is here") + (f": {named(heard.person)}" if heard.person.number else "")
    return ""
