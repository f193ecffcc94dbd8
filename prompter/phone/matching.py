"""Which of the desk's calls and rings a phone event means."""

from __future__ import annotations

from prompter.call.state import INCOMING, OUTGOING, Call, Promise, Ringing
from prompter.call.view.parts import NOBODY, Person
from prompter.desk import Desk
from prompter.phone.request import REJECTED, PhoneEvent

_BY_HAND_SECONDS = 30.0
"""A key may begin a call at most this long before the phone reports it."""


class Calls:
    """The calls of a desk, as its phone names them: by its own id (`phone`), by number, or not at all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ring_of(self, event: PhoneEvent, phone: str) -> Ringing | None:
        """The ring that is meant; for a hidden number the only hidden one."""
        rings = self._desk.state.ringing
        if phone:
            return next((ring for ring in rings if ring.phone == phone), None)
        if event.number:
            return next((ring for ring in rings if self.number(ring.contact) == event.number), None)
        hidden = [ring for ring in rings if not ring.contact]
        return hidden[0] if len(hidden) == 1 else None

    def call_of(self, event: PhoneEvent, phone: str) -> Call | None:
        """The call on screen or on hold that is meant: by the phone's id, else by the number.

        A call begun by hand has no id: there the number counts. For a hidden number: the only call without a
        contact, else, unless it was declined, the only call.
        """
        calls = [call for call in (self._desk.state.active, self._desk.state.waiting) if call]
        if phone and (mine := next((call for call in calls if call.phone == phone), None)):
            return mine
        if phone:
            calls = [call for call in calls if not call.phone]
        if event.number:
            return next((call for call in calls if self.number(call.contact) == event.number), None)
        hidden = [call for call in calls if not call.contact]
        calls = hidden if event.kind == REJECTED else hidden or calls
        return calls[0] if len(calls) == 1 and not phone else None

    def busy(self, phone: str) -> bool:
        """Whether a real call is on screen or rings: a pretended one is then ignored."""
        return any(one != phone for one in self.phones())

    def phones(self) -> list[str]:
        """The phone's ids of all that is on screen, on hold or rings; "" for a call begun by hand."""
        state = self._desk.state
        calls = [call.phone for call in (state.active, state.waiting) if call]
        return [*calls, *(ring.phone for ring in state.ringing)]

    def known(self, phone: str) -> bool:
        """Whether the phone's call is on screen or was the last: reported again after a restart."""
        state = self._desk.state
        return bool(phone) and any(call.phone == phone for call in (*state.calls, *state.untold))

    def number(self, contact: str) -> str:
        """The number of a contact, "" for none."""
        return self.person(contact).number

    def person(self, contact: str) -> Person:
        """Who a contact is."""
        return self._desk.viewer.people.get(contact, NOBODY)

    def who(self, event: PhoneEvent) -> Person:
        """Who an event is about; the name on record wins over the phone's."""
        known = self._desk.journal.contact_by_number(event.number, self._desk.mode)
        return Person(event.number, (known.name if known else "") or event.name)

    def by_hand(self, event: PhoneEvent) -> Call | None:
        """The call that a key began just now, of which the phone reports only the answer."""
        call = self._desk.state.active
        if call is None or call.connected or call.phone:
            return None
        number, direction = self.number(call.contact), OUTGOING if event.outgoing else INCOMING
        if call.direction != direction or number not in ("", event.number):
            return None
        dialled = event.outgoing and number  # she may read the question first, and then dial
        return call if dialled or self._desk.clock.now() - call.started <= _BY_HAND_SECONDS else None

    def owed(self, number: str) -> Promise | None:
        """The earliest due promise of those owed to this number."""
        mine = [p for p in self._desk.state.promises if number and self.number(p.contact) == number]
        return min(mine, key=lambda promise: promise.due, default=None)
