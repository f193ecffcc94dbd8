"""What the phone tells, done at the desk: which call an event means, and that one told twice is one."""

from __future__ import annotations

from collections import deque
from hashlib import blake2b

from msgspec import Struct

from prompter.call import actions as a
from prompter.call.events import Body, Connected, Ended, Rang, RingStopped
from prompter.call.state import INCOMING, OUTGOING, PRETENDED, Call, Promise, Ringing
from prompter.call.view.parts import NOBODY, Person
from prompter.desk import Desk, Extras
from prompter.journal import queries
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
"""What an event meant here: it rings; a call is answered; one is over; one was not answered; one was
declined; the screen is asked for; a third call, for which there is no place; nothing new."""

_REMEMBERED = 400
_BY_HAND_SECONDS = 30.0
"""So long before the phone told of it a call may have been begun by a key."""


class Heard(Struct, frozen=True):
    """What an event meant, and who was on the phone."""

    what: str
    person: Person = NOBODY
    owed: bool = False


class Line:
    """The phone's calls at one desk. For the thread that has the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._heard: set[tuple[str, str]] = set()
        self._order: deque[tuple[str, str]] = deque()
        self._recall()

    def _recall(self) -> None:
        """What the phone told an earlier run: it may say it again, not knowing that it was heard."""
        phones: dict[str, str] = {}
        for event in self._desk.journal.events(queries.PHONE):
            body = event.body
            if isinstance(body, Rang | Connected):
                phones[event.call] = body.phone
            if (phone := phones.get(event.call)) and (kind := _told(body)):
                self._remember(kind, phone)

    def hear(self, event: PhoneEvent) -> Heard:
        """Do it at the desk: it is recorded before this returns."""
        phone = self._fingerprint(event)
        if event.kind == SHOW:
            return Heard(LOOKED, self._who(event))
        if phone and (event.kind, phone) in self._heard:
            return Heard(NOTHING)
        ends = event.kind in (ENDED, REJECTED) and phone in self._phones()
        if event.pretended and self._busy(phone) and not ends:
            return Heard(NOTHING)
        heard = _MEANING[event.kind](self, event, phone)
        if phone:
            self._remember(event.kind, phone)
        return heard

    def _fingerprint(self, event: PhoneEvent) -> str:
        """What tells the phone's calls apart in the record: its own id may hold a number or an address, and
        is mostly the other party's choice. Only here a pretended call is marked as one."""
        key = self._desk.journal.desk.encode()[:64]
        if not event.id:
            return ""
        told = blake2b(event.id.encode(), key=key, digest_size=8).hexdigest()
        return f"{PRETENDED}{told}" if event.pretended else told

    def _remember(self, kind: str, phone: str) -> None:
        if (kind, phone) in self._heard:
            return
        self._heard.add((kind, phone))
        self._order.append((kind, phone))
        if len(self._order) > _REMEMBERED:
            self._heard.discard(self._order.popleft())

    # which call is meant

    def _ring_of(self, event: PhoneEvent, phone: str) -> Ringing | None:
        rings = self._desk.state.ringing
        if phone:
            return next((ring for ring in rings if ring.phone == phone), None)
        if event.number:
            return next((ring for ring in rings if self._number(ring.contact) == event.number), None)
        hidden = [ring for ring in rings if not ring.contact]
        return hidden[0] if len(hidden) == 1 else None

    def _call_of(self, event: PhoneEvent, phone: str) -> Call | None:
        """The call on screen or on hold; by the phone's id, else by the number.

        Of a hidden number: the only one without a contact, else the only one there is.

        A call begun by hand has no id: there the number counts.
        """
        calls = [call for call in (self._desk.state.active, self._desk.state.waiting) if call]
        if phone and (mine := next((call for call in calls if call.phone == phone), None)):
            return mine
        if phone:
            calls = [call for call in calls if not call.phone]
        if event.number:
            return next((call for call in calls if self._number(call.contact) == event.number), None)
        calls = [call for call in calls if not call.contact] or calls
        return calls[0] if len(calls) == 1 and not phone else None

    def _busy(self, phone: str) -> bool:
        """Whether a real call is on screen or rings: a pretended one keeps away."""
        return any(one != phone for one in self._phones())

    def _phones(self) -> list[str]:
        state = self._desk.state
        calls = [call.phone for call in (state.active, state.waiting) if call]
        return [*calls, *(ring.phone for ring in state.ringing)]

    def _known(self, phone: str) -> bool:
        """Whether the phone's call is on screen or was the last: told again after a restart."""
        state = self._desk.state
        return bool(phone) and any(call.phone == phone for call in (*state.calls, *state.untold))

    def _number(self, contact: str) -> str:
        return self._person(contact).number

    def _person(self, contact: str) -> Person:
        return self._desk.viewer.people.get(contact, NOBODY)

    def _who(self, event: PhoneEvent) -> Person:
        known = self._desk.journal.contact_by_number(event.number, self._desk.mode)
        return Person(event.number, (known.name if known else "") or event.name)

    # what it means

    def _rings(self, event: PhoneEvent, phone: str) -> Heard:
        if self._ring_of(event, phone) or self._known(phone):
            return Heard(NOTHING)
        if not phone and event.number and self._call_of(event, ""):
            return Heard(NOTHING)  # one who is on the line does not ring
        ring = self._begin(event, phone)
        return Heard(RANG, self._person(ring.contact), owed=bool(ring.promise))

    def _begin(self, event: PhoneEvent, phone: str) -> Ringing:
        """It rings: who that is and what was before is found out now, once.

        A call to somebody who is owed one is that promise.
        """
        desk = self._desk
        contact, extras = desk.contact(event.number, event.name, known_name=True)
        owed = self._owed(event.number) if event.outgoing else None
        last = desk.journal.last_call(contact) if contact else None
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
        )
        desk.act(ring, Extras() if event.pretended else extras)
        return desk.state.ringing[-1]

    def _owed(self, number: str) -> Promise | None:
        """The promise that is due first of those owed to this number."""
        mine = [p for p in self._desk.state.promises if number and self._number(p.contact) == number]
        return min(mine, key=lambda promise: promise.due, default=None)

    def _answered(self, event: PhoneEvent, phone: str) -> Heard:
        if self._known(phone):
            return self._confirm(phone)
        ring = self._ring_of(event, phone)
        if ring is None:
            if not phone and (call := self._call_of(event, "")) and call.connected:
                return Heard(NOTHING)  # a phone without ids of its own says it again
            if by_hand := self._by_hand(event):
                return self._connect(by_hand, event, phone)
            ring = self._begin(event, phone)
        refused = self._desk.answer(ring, connected=True)
        if refused:
            return Heard(THIRD, self._person(ring.contact))
        return Heard(TOOK, self._person(ring.contact), owed=bool(ring.promise))

    def _confirm(self, phone: str) -> Heard:
        """A key began the call while it rang: now the phone says the same."""
        call = self._desk.state.active
        if call and call.phone == phone and not call.connected:
            self._desk.act(a.Connect(phone))
            return Heard(TOOK, self._person(call.contact))
        return Heard(NOTHING)

    def _by_hand(self, event: PhoneEvent) -> Call | None:
        """The call that a key began just now, of which the phone tells only that it was answered."""
        call = self._desk.state.active
        if call is None or call.connected or call.phone:
            return None
        number, direction = self._number(call.contact), OUTGOING if event.outgoing else INCOMING
        fits = call.direction == direction and number in ("", event.number)
        return call if fits and self._desk.clock.now() - call.started <= _BY_HAND_SECONDS else None

    def _connect(self, call: Call, event: PhoneEvent, phone: str) -> Heard:
        contact, extras = self._desk.contact(event.number, event.name, known_name=True)
        self._desk.act(a.Connect(phone, contact), extras)
        return Heard(TOOK, self._person(contact))

    def _over(self, event: PhoneEvent, phone: str) -> Heard:
        call = self._call_of(event, phone)
        hidden = call if not phone and not event.number and call and not call.contact else None
        ring = self._ring_of(event, phone)
        if ring and not hidden:
            unserved = phone and (ANSWERED, phone) in self._heard
            self._desk.act(a.StopRing(ring.call, "unserved" if unserved else "missed"))
            return Heard(MISSED, self._person(ring.contact))
        if call is None or (call.phone != phone and self._known(phone)):
            return Heard(NOTHING)
        self._desk.act(a.HangUp(call.id))
        return Heard(OVER, self._person(call.contact))

    def _declined(self, event: PhoneEvent, phone: str) -> Heard:
        ring = self._ring_of(event, phone)
        if ring is None:  # some phones say the same of a call that was hung up here
            return self._over(event, phone)
        self._desk.act(a.StopRing(ring.call, "rejected"))
        if ring.direction == OUTGOING:
            return Heard(MISSED, self._person(ring.contact))
        owed = self._owed(self._number(ring.contact))
        return Heard(DECLINED, self._person(ring.contact), owed=owed is not None)


def _told(body: Body) -> str:
    """The event that made this, "" where that was no phone's."""
    if isinstance(body, RingStopped):
        return REJECTED if body.how == "rejected" else ENDED
    if isinstance(body, Ended):
        return ENDED if body.phone else ""
    return RINGING if isinstance(body, Rang) else ANSWERED


_MEANING = {RINGING: Line._rings, ANSWERED: Line._answered, ENDED: Line._over, REJECTED: Line._declined}
