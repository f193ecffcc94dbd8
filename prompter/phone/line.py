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

_AGAIN_SECONDS = 5.0
"""A phone without ids may tell an end by two of its rules: declined and ended."""

_HUNG_UP_SECONDS = 60.0
"""So long after a key ended a call its end on the phone, told without an id, is that call's."""


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
        self._heard: set[tuple[str, str]] = set()
        self._order: deque[tuple[str, str]] = deque()
        # of phones without ids:
        self._over_at: dict[str, float] = {}  # when the last end was told, by its number
        self._hung_up = ""  # the call ended by a key of which the phone told the end, too
        self._second: set[str] = set()  # numbers that rang though a call of theirs is on the line
        self.third: set[str] = set()
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
        if phone and self._is_past(event.kind, phone):
            return Heard(NOTHING)
        ends = event.kind in (ENDED, REJECTED)
        if event.pretended and self._busy(phone) and not (ends and phone in self._phones()):
            return Heard(NOTHING)
        if not phone and ends and self._ended_before(event):
            return Heard(NOTHING)
        heard = _MEANING[event.kind](self, event, phone)
        if phone:
            self._remember(event.kind, phone)
        elif not ends:
            self._note_begin(event)
        elif heard.what != NOTHING:
            self._note_end(event)
        return heard

    def serve(self) -> Heard:
        """Open the call that was answered as a third one, now that there is a place for it."""
        ring = next((ring for ring in self._desk.state.ringing if ring.call in self.third), None)
        self.third = {ring.call} if ring else set()
        if ring is None or self._desk.answer(ring, connected=True):
            return Heard(NOTHING)
        self.third.clear()
        return Heard(TOOK, self._person(ring.contact), owed=bool(ring.promise))

    def _is_past(self, kind: str, phone: str) -> bool:
        """Whether this was heard before, or comes after the call's end: events may overtake each other."""
        return any((one, phone) in self._heard for one in (kind, ENDED, REJECTED))

    def _ended_before(self, event: PhoneEvent) -> bool:
        """Whether an end without an id is of a call that is over here already: told a second time, by
        another rule of the phone, or the call that a key ended just before."""
        now, last = self._desk.clock.now(), self._desk.state.last
        if now - self._over_at.get(event.number, 0.0) <= _AGAIN_SECONDS:
            return True
        by_key = last and last.connected and not (last.phone or last.hung or last.id == self._hung_up)
        if not (last and by_key and now - last.ended <= _HUNG_UP_SECONDS):
            return False
        if self._number(last.contact) != event.number:
            return False
        self._hung_up = last.id
        return True

    def _note_end(self, event: PhoneEvent) -> None:
        self._over_at = {event.number: self._desk.clock.now()}

    def _note_begin(self, event: PhoneEvent) -> None:
        """From here on an end of this number is this call's."""
        self._over_at.pop(event.number, None)
        if (last := self._desk.state.last) and self._number(last.contact) == event.number:
            self._hung_up = last.id

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
        hidden = [call for call in calls if not call.contact]
        calls = hidden if event.kind == REJECTED else hidden or calls
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
        if event.outgoing and (by_hand := self._by_hand(event)):
            self._connect(by_hand, event, phone)
            return Heard(RANG, self._person(by_hand.contact))
        if not phone and event.number and self._call_of(event, ""):
            self._second.add(event.number)
            return Heard(NOTHING)  # told twice, or a second call of one number: only its end may tell
        ring = self._begin(event, phone)
        return Heard(RANG, self._person(ring.contact), owed=bool(ring.promise))

    def _begin(self, event: PhoneEvent, phone: str) -> Ringing:
        """It rings: who that is and what was before is found out now, once.

        A call to somebody who is owed one is that promise.
        """
        desk = self._desk
        contact, extras = desk.contact(event.number, event.name, known_name=True)
        owed = self._owed(event.number) if event.outgoing else None
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
            self.third.add(ring.call)
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
        if call.direction != direction or number not in ("", event.number):
            return None
        dialled = event.outgoing and number  # she may read the question first, and then dial
        return call if dialled or self._desk.clock.now() - call.started <= _BY_HAND_SECONDS else None

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
        second = not phone and event.number in self._second
        self._second.discard(event.number)
        if ring is None and not second:  # some phones say the same of a call that was hung up here
            over = self._over(event, phone)
            if over.what != NOTHING or self._known(phone) or event.outgoing or event.pretended:
                return over
        ring = ring or self._begin(event, phone)  # what was declined rang, though nobody told
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
