"""Applies phone events to the desk: which call an event means, and that a repeated one counts once."""

from __future__ import annotations

from hashlib import blake2b

from msgspec import Struct

from prompter.call import actions as a
from prompter.call.events import Body, Connected, Ended, Rang, RingStopped
from prompter.call.state import INCOMING, OUTGOING, PRETENDED, Call, Ringing
from prompter.call.view.parts import NOBODY, Person
from prompter.desk import Desk, Extras
from prompter.journal import queries
from prompter.phone.matching import Calls
from prompter.phone.remembered import Ends, Remembered
from prompter.phone.request import ANSWERED, ENDED, REJECTED, RINGING, SHOW, PhoneEvent

RANG, TOOK, OVER, MISSED, DECLINED, LOOKED, THIRD, NOTHING = (
    "rang",
    "took",
    "over",
    "missed",
    "declined",
    "looked",
    "third",
    "nothing",
)
"""What an event meant here: it rings; a call is answered; one is over; one was missed; one was declined; the
screen is asked for; a third call, for which there is no place; nothing new."""


class Heard(Struct, frozen=True):
    """What an event meant, and who was on the phone."""

    what: str
    person: Person = NOBODY
    owed: bool = False


class Line:
    """The phone's calls at one desk. For the thread that has the desk.

    `third` are the ids of calls answered on the phone for which there was no place here yet.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._calls = Calls(desk)
        self._heard = Remembered()
        self._ends = Ends()
        self.third: set[str] = set()
        self._recall()

    def _recall(self) -> None:
        """What the phone reported to an earlier run: it may repeat it, not knowing that it was received."""
        phones: dict[str, str] = {}
        for event in self._desk.journal.events(queries.PHONE):
            body = event.body
            if isinstance(body, Rang | Connected):
                phones[event.call] = body.phone
            if (phone := phones.get(event.call)) and (kind := _kind_of(body)):
                self._heard.add(kind, phone)

    def hear(self, event: PhoneEvent) -> Heard:
        """Apply it to the desk: it is recorded before this returns."""
        phone = self._fingerprint(event)
        if event.kind == SHOW:
            return Heard(LOOKED, self._calls.who(event))
        if phone and self._heard.is_past(event.kind, phone):
            return Heard(NOTHING)
        ends = event.kind in (ENDED, REJECTED)
        if event.pretended and self._calls.busy(phone) and not (ends and phone in self._calls.phones()):
            return Heard(NOTHING)
        now, last = self._desk.clock.now(), self._desk.state.last
        last_number = self._calls.number(last.contact) if last else ""
        if not phone and ends and self._ends.are_known(event.number, now, last, last_number):
            if last and not last.phone and last_number == event.number:
                self._desk.act(a.HangUp(last.id))
            return Heard(NOTHING)
        heard = _MEANING[event.kind](self, event, phone)
        if phone:
            self._heard.add(event.kind, phone)
        elif not ends:
            self._ends.begin(event.number, last, last_number)
        elif heard.what != NOTHING:
            self._ends.add(event.number, now)
        return heard

    def serve(self) -> Heard:
        """Open the call that was answered as a third one, now that there is a place for it."""
        ring = next((ring for ring in self._desk.state.ringing if ring.call in self.third), None)
        self.third = {ring.call} if ring else set()
        if ring is None or self._desk.answer(ring, connected=True):
            return Heard(NOTHING)
        self.third.clear()
        return Heard(TOOK, self._calls.person(ring.contact), owed=bool(ring.promise))

    def _fingerprint(self, event: PhoneEvent) -> str:
        """Identifies the phone's call in the record: its own id may contain a number or an address, and is
        mostly chosen by the other party. Only this marks a pretended call as one."""
        key = self._desk.journal.desk.encode()[:64]
        if not event.id:
            return ""
        hashed = blake2b(event.id.encode(), key=key, digest_size=8).hexdigest()
        return f"{PRETENDED}{hashed}" if event.pretended else hashed

    # what it means

    def _rings(self, event: PhoneEvent, phone: str) -> Heard:
        if self._calls.ring_of(event, phone) or self._calls.known(phone):
            return Heard(NOTHING)
        if event.outgoing and (by_hand := self._calls.by_hand(event)):
            self._connect(by_hand, event, phone)
            return Heard(RANG, self._calls.person(by_hand.contact))
        if not phone and event.number and self._calls.call_of(event, ""):
            self._ends.second.add(event.number)
            return Heard(NOTHING)  # repeated, or a second call of one number: only its end can tell
        ring = self._begin(event, phone)
        return Heard(RANG, self._calls.person(ring.contact), owed=bool(ring.promise))

    def _begin(self, event: PhoneEvent, phone: str) -> Ringing:
        """It rings: find out now, once, who that is and what was before.

        A call to somebody who is owed one belongs to that promise.
        """
        desk = self._desk
        contact, extras = desk.contact(event.number, event.name, known_name=True)
        owed = self._calls.owed(event.number) if event.outgoing else None
        last = desk.journal.last_call(event.number)
        language = owed.language if owed else last.language if last else ""
        ring = a.Ring(
            call=desk.ids(),
            phone=phone,
            direction=OUTGOING if event.outgoing else INCOMING,
            language=language if language in desk.base.languages else desk.viewer.language,
            contact=contact,
            promise=owed.id if owed else "",
            last_outcome=last.outcome if last else "",
            last_at=last.at if last else 0.0,
            last_operator=last.operator if last else "",
            last_note=last.note if last else "",
        )
        desk.act(ring, Extras() if event.pretended else extras)
        return desk.state.ringing[-1]

    def _answered(self, event: PhoneEvent, phone: str) -> Heard:
        if self._calls.known(phone):
            return self._confirm(phone)
        ring = self._calls.ring_of(event, phone)
        if ring is None:
            if not phone and (call := self._calls.call_of(event, "")) and call.connected:
                return Heard(NOTHING)  # a phone without ids repeats itself
            if by_hand := self._calls.by_hand(event):
                return self._connect(by_hand, event, phone)
            ring = self._begin(event, phone)
        refused = self._desk.answer(ring, connected=True)
        if refused:
            self.third.add(ring.call)
            return Heard(THIRD, self._calls.person(ring.contact))
        return Heard(TOOK, self._calls.person(ring.contact), owed=bool(ring.promise))

    def _confirm(self, phone: str) -> Heard:
        """A key began the call while it rang: now the phone confirms it."""
        call = self._desk.state.active
        if call and call.phone == phone and not call.connected:
            self._desk.act(a.Connect(phone))
            return Heard(TOOK, self._calls.person(call.contact))
        return Heard(NOTHING)

    def _connect(self, call: Call, event: PhoneEvent, phone: str) -> Heard:
        contact, extras = self._desk.contact(event.number, event.name, known_name=True)
        self._desk.act(a.Connect(phone, contact), extras)
        return Heard(TOOK, self._calls.person(contact))

    def _over(self, event: PhoneEvent, phone: str) -> Heard:
        call = self._calls.call_of(event, phone)
        hidden = call if not phone and not event.number and call and not call.contact else None
        ring = self._calls.ring_of(event, phone)
        if ring and not hidden:
            unserved = phone and self._heard.has(ANSWERED, phone)
            self._desk.act(a.StopRing(ring.call, "unserved" if unserved else "missed"))
            return Heard(MISSED, self._calls.person(ring.contact))
        if call is None or (call.phone != phone and self._calls.known(phone)):
            last = self._desk.state.last
            if last and phone and last.phone == phone:  # a key ended it before
                self._desk.act(a.HangUp(last.id))
            return Heard(NOTHING)
        self._desk.act(a.HangUp(call.id, event.at))
        return Heard(OVER, self._calls.person(call.contact))

    def _declined(self, event: PhoneEvent, phone: str) -> Heard:
        ring = self._calls.ring_of(event, phone)
        second = not phone and event.number in self._ends.second
        self._ends.second.discard(event.number)
        if ring is None and not second:  # some phones report the same for a call that was hung up here
            over = self._over(event, phone)
            if over.what != NOTHING or self._calls.known(phone) or event.outgoing or event.pretended:
                return over
        ring = ring or self._begin(event, phone)  # a declined call did ring, even if unreported
        self._desk.act(a.StopRing(ring.call, "rejected"))
        if ring.direction == OUTGOING:
            return Heard(MISSED, self._calls.person(ring.contact))
        owed = self._calls.owed(self._calls.number(ring.contact))
        return Heard(DECLINED, self._calls.person(ring.contact), owed=owed is not None)


def _kind_of(body: Body) -> str:
    """The phone event that made this, "" if none did."""
    if isinstance(body, RingStopped):
        return REJECTED if body.how == "rejected" else ENDED
    if isinstance(body, Ended):
        return ENDED if body.phone else ""
    return RINGING if isinstance(body, Rang) else ANSWERED


_MEANING = {RINGING: Line._rings, ANSWERED: Line._answered, ENDED: Line._over, REJECTED: Line._declined}
