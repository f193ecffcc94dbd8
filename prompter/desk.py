"""One operator's work place, and the only entrance for changes to it.

An action comes in; events are made (`decide`), journalled and applied; `state` is the new state. Here, once,
texts from forms are cleaned, numbers normalised, ids made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call.bases import Bases
from prompter.call.events import LIVE, Body, CallStarted, Event, Voided
from prompter.call.refusal import Refusal
from prompter.call.state import DeskState, Promise, Ringing, to_change
from prompter.call.view import DeskView, view
from prompter.call.view.card import ready_card
from prompter.call.view.parts import Card, Person, Viewer
from prompter.clock import SET_SECONDS, Clock, SystemClock
from prompter.ids import new_id
from prompter.journal.batch import Batch, Contact, Note
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.text.phone import normalise, too_short
from prompter.text.safe import clean, clean_line

_OLDER = 6
"""How many older revisions are kept for steps on screen: a trainer may save thirty times in one call."""

_PEOPLE = 200
"""How many callers are kept in memory, besides those still needed."""


class Extras(Struct, frozen=True):
    """Rows that a batch writes beside its events: what forgetting a caller will delete."""

    contacts: tuple[Contact, ...] = ()
    notes: tuple[Note, ...] = ()


class Desk:
    """Revision, calls, promises and journal of one operator.

    `load_base` finds an older revision by name, for a call interrupted by a restart. `resumed`: it is on
    screen again; `recovered`: the program died during it.

    A desk of a `mode` other than live belongs to a drill: it begins empty, or after the `earlier` events of
    its drill, and a start of the program does not restore it.
    """

    def __init__(
        self,
        base: KnowledgeBase,
        journal: Journal,
        viewer: Viewer,
        clock: Clock | None = None,
        ids: Callable[[], str] = new_id,
        load_base: Callable[[str], KnowledgeBase | None] = lambda revision: None,
        mode: str = LIVE,
        earlier: Sequence[Event] = (),
    ) -> None:
        self.base, self.journal, self.viewer, self.mode = base, journal, viewer, mode
        self.clock: Clock = clock or SystemClock()
        self.ids, self.load_base = ids, load_base
        self.state = DeskState()
        self._texts: dict[str, str] = {}
        self.events: list[Event] = list(earlier)  # of a drill, which is replayed from its beginning
        self._unread: set[str] = set()  # events made here while the journal could not be read
        self.bases = Bases(base)
        if mode != LIVE:
            self._replay(earlier)
            self._find_people()
            self.resumed = self.recovered = False
            return
        crashed = not journal.visiting and not journal.begin()
        self._go_on(self.journal.recover())
        self.resumed = self.state.active is not None
        self.recovered = self.resumed and crashed

    def _go_on(self, events: Sequence[Event]) -> None:
        """Go on where an earlier run ended; what was done here meanwhile came after that."""
        meanwhile = self.state
        earlier = [event for event in events if event.id not in self._unread]
        voided = {event.call for event in events if isinstance(event.body, Voided)}
        since = [event for event in events if event.id in self._unread and event.call not in voided]
        self.state = DeskState()
        self._replay(earlier)
        left = tuple(call for call in (self.state.active, self.state.waiting) if call)
        self._replay(since)
        self.take(self.base)
        self._find_people()
        if self.journal.visiting:
            return
        if earlier and earlier[-1].at - self.clock.now() > SET_SECONDS:
            # The clock was set back: elapsed time is unknown, assume none. Promises keep their remaining
            # time.
            later = frozenset(id_ for _, id_ in meanwhile.live())
            self.act(a.MoveTimes(self.clock.now() - earlier[-1].at, later))
        if left and any(isinstance(event.body, CallStarted) for event in since):
            self.act(a.Interrupt(left))
        if self.state.active or self.state.waiting or self.state.ringing:
            self.act(a.CloseStale())

    def _replay(self, events: Sequence[Event]) -> None:
        if not events:
            return
        from prompter.call.apply import apply  # as `decide` below: not needed for an empty desk

        for event in events:
            self.state = apply(self.state, event)

    def take(self, base: KnowledgeBase) -> None:
        """Put another revision in force; a step on screen keeps its words until it is left.

        An operator whose department no longer exists gets all scenarios.
        """
        known = {**self.bases.older, self.base.revision: self.base}
        needed = [name for name in self._revisions_in_use() if name != base.revision][:_OLDER]
        older = {name: old for name in needed if (old := known.get(name) or self.load_base(name))}
        self.base, self.bases = base, Bases(base, older)
        if self.viewer.language not in base.languages:
            self.speak(base.languages[0])
        if self.viewer.department not in base.departments:
            self.viewer = replace(self.viewer, department="")

    def _revisions_in_use(self) -> list[str]:
        """The revisions of the steps on screen, then of those that Esc can bring back, newest first."""
        calls = list(self.state.calls)
        for call in calls:
            if call.previous:
                calls.append(call.previous)
        return list(dict.fromkeys(frame.revision for call in calls for frame in reversed(call.frames)))

    def _find_people(self) -> None:
        ids = self._callers() | {p.contact for p in self.state.promises}
        contacts = self.journal.contacts(sorted(ids - {""}))
        self._know({id_: Person(c.number, c.name) for id_, c in contacts.items()})

    def _callers(self) -> set[str]:
        """The contacts of everybody who is or was on the phone and is still needed."""
        state = self.state
        calls = {call.contact for call in (*state.calls, *state.untold)}
        return calls | {ring.contact for ring in state.ringing}

    def _know(self, people: Mapping[str, Person]) -> None:
        known = self.viewer.people
        if len(known) > _PEOPLE:  # in a long shift; the journal knows them all
            needed = self._callers() | {p.contact for p in self.state.promises}
            known = {id_: person for id_, person in known.items() if id_ in needed}
        self.viewer = replace(self.viewer, people={**known, **people})

    def sit(self, operator: str, gender: str, department: str, language: str, ui: str) -> None:
        """Somebody sits down here: from now on the words are hers."""
        self.viewer = replace(
            self.viewer,
            operator=clean_line(operator),
            gender=gender,
            department=department,
            language=language if language in self.base.languages else self.base.languages[0],
            ui=ui,
        )

    def speak(self, language: str) -> None:
        """Set the language of the ready greeting: for a ringing call, else for calls from now on."""
        if self.state.ringing and self.state.active is None:
            self.act(a.SetLanguage(language))
        else:
            self.viewer = replace(self.viewer, language=language)

    # looking

    def view(self) -> DeskView:
        """What is on screen now."""
        return view(self.state, self.bases, self.viewer, self.clock.now())

    def preview(self, scenario: str, step: str = "") -> Card:
        """The card with which a scenario, or one of its steps, would open in this call."""
        step = step or self.base.scenarios[scenario].first
        call = self.state.active
        viewer = replace(self.viewer, language=call.language) if call else self.viewer
        return ready_card(self.base, step, viewer, self.clock.now())

    def question(self, promise: str) -> str:
        """What a promise's caller asked, "" if nothing was written down."""
        found = self.state.promise(promise)
        return self.note_text(found.note) if found else ""

    def notes(self, promise: str) -> tuple[str, ...]:
        """What was written down about a promise since it was made."""
        found = self.state.promise(promise)
        return tuple(filter(None, map(self.note_text, found.notes))) if found else ()

    def note_text(self, note: str) -> str:
        """The text of a note, "" for none."""
        if note and note not in self._texts:  # asked at every draw: read once
            self._texts[note] = self.journal.note(note)
        return self._texts[note] if note else ""

    def promises_kept_by_undo(self) -> int:
        """How many promises of this call are pending although the key that made them was undone."""
        call = self.state.active
        return sum(p.id not in call.promises for p in self.state.promises_of(call.id)) if call else 0

    def promise_to_change(self, norm: str) -> Promise | None:
        """The promise that the contact form of this norm would change instead of making one."""
        return to_change(self.state, norm)

    # acting

    def act(
        self, action: a.Action, extras: Extras | None = None, beside: Sequence[Body] = ()
    ) -> Refusal | None:
        """Do it: its events are committed (or queued) before this returns. A refusal changes nothing.

        What a drill records `beside` it belongs to the same key: Esc undoes both.
        """
        from prompter.call.decide import decide  # 5 ms that the first frame does not wait for

        decided = decide(self.state, action, self.bases, self.clock.now())
        if isinstance(decided, Refusal):
            return decided
        if not decided:
            return None
        call = self.state.active
        facts = [(call.id if call else "", body) for body in beside]
        self._keep([*facts, *decided], extras or Extras())
        return None

    def record(self, *bodies: Body) -> None:
        """Record what happens beside the calls: a drill's own facts, about the call on screen."""
        call = self.state.active or self.state.last
        self._keep([(call.id if call else "", body) for body in bodies], Extras())

    def _keep(self, facts: Sequence[tuple[str, Body]], extras: Extras) -> None:
        cause, now = self.ids(), self.clock.now()
        events = tuple(
            Event(self.ids(), self.journal.desk, call, now, self.mode, self.base.revision, cause, body)
            for call, body in facts
        )
        self._replay(events)
        live = self.state.live() if self.mode == LIVE else None
        if live is None:
            self.events += events
        if not self.journal.recovered and live is not None:
            self._unread |= {event.id for event in events}
        self.journal.append(Batch(events, extras.contacts, extras.notes, live))

    def start(
        self,
        direction: str = "incoming",
        number: str = "",
        scenario: str = "",
        greeted: bool = False,
        promise: str = "",
    ) -> Refusal | None:
        """A call begins, by a key or by hand; a known number brings its contact and last outcome."""
        if number.strip() and not normalise(clean_line(number)):
            return Refusal("number-needed")
        if ring := self._rings(direction, number, promise):
            return self.answer(ring, scenario=scenario, greeted=greeted)
        owed = self.state.promise(promise)
        contact, extras = self.contact(number)
        contact = owed.contact if owed else contact
        last = self.journal.last_call(contact, self.mode) if contact else None
        start = a.Start(
            call=self.ids(),
            direction=direction,
            language=owed.language if owed else self.viewer.language,
            contact=contact,
            promise=promise,
            scenario=scenario,
            greeted=greeted,
            last_outcome=last.outcome if last else "",
            last_at=last.at if last else 0.0,
            last_operator=last.operator if last else "",
            last_note=last.note if last else "",
            operator=self.viewer.operator,
        )
        return self.act(start, extras)

    def _rings(self, direction: str, number: str, promise: str) -> Ringing | None:
        """The ringing call that a key means: of this number or promise, else the first."""
        if not (number.strip() or promise):
            return next(iter(self.state.ringing), None)
        for ring in self.state.ringing:
            person = self.viewer.people.get(ring.contact)
            of_number = not number.strip() or (person and person.number == normalise(clean_line(number)))
            if ring.direction == direction and of_number and promise in ("", ring.promise):
                return ring
        return None

    def answer(
        self, ring: Ringing, connected: bool = False, scenario: str = "", greeted: bool = False
    ) -> Refusal | None:
        """A ringing call is answered: by a key or, if `connected`, by the phone."""
        start = a.Start(
            call=ring.call,
            direction=ring.direction,
            language=ring.language,
            contact=ring.contact,
            promise=ring.promise if self.state.promise(ring.promise) else "",
            scenario=scenario,
            greeted=greeted,
            last_outcome=ring.last_outcome,
            last_at=ring.last_at,
            last_operator=ring.last_operator,
            last_note=ring.last_note,
            operator=self.viewer.operator,
            phone=ring.phone,
            connected=connected,
        )
        return self.act(start)

    def make_promise(self, number: str, name: str, question: str, seconds: int) -> Refusal | None:
        """The contact form was submitted: who is called back, about what, within `seconds`."""
        if not normalise(clean_line(number)):
            return Refusal("number-needed")
        if too_short(clean_line(number)):
            return Refusal("number-short")
        contact, extras = self.contact(number, name)
        note, notes = self.note(question)
        promise = a.MakePromise(self.ids(), contact, seconds, note)
        return self.act(promise, replace(extras, notes=notes))

    def keep_promise(self, promise: str, reason: str = "") -> Refusal | None:
        """The caller was informed; a late one needs its reason."""
        note, notes = self.note(reason)
        return self.act(a.KeepPromise(promise, note), Extras(notes=notes))

    def cancel_promise(self, promise: str, reason: str) -> Refusal | None:
        """Nobody will call back, for this reason."""
        note, notes = self.note(reason)
        return self.act(a.CancelPromise(promise, note), Extras(notes=notes))

    def note_promise(self, promise: str, text: str) -> Refusal | None:
        """Something to know about it: nobody answered, call after six."""
        note, notes = self.note(text)
        return self.act(a.NotePromise(promise, note), Extras(notes=notes))

    def note_gap(self, words: str = "") -> Refusal | None:
        """Nothing fits what the caller said; `words` are the caller's, if known already."""
        gap = self.ids()
        refused = self.act(a.NoteGap(gap))
        return self.write_note(words, gap) if words.strip() and not refused else refused

    def write_note(self, text: str, gap: str = "") -> Refusal | None:
        """Words for a gap, or a note about this call or the last one. Empty words change nothing."""
        note, notes = self.note(text)
        return self.act(a.FillGap(note, gap), Extras(notes=notes)) if note else Refusal("empty")

    def note_search(self, query: str) -> Refusal | None:
        """A search that ended without a choice: what the scripts may lack."""
        note, notes = self.note(query)
        return self.act(a.LeaveSearch(note), Extras(notes=notes)) if note else Refusal("empty")

    def note(self, text: str) -> tuple[str, tuple[Note, ...]]:
        """The id and row of a text to write down; "" and no row if it is empty."""
        text = clean(text).strip()
        if not text:
            return "", ()
        note = Note(self.ids(), text, self.clock.now())
        return note.id, (note,)

    def contact(self, number: str, name: str = "", known_name: bool = False) -> tuple[str, Extras]:
        """The contact of a number: the known one, or a new row if the number or the name is new.

        "" without a number. With `known_name` the name on record wins: what a phone says of a caller is what
        the caller says.
        """
        number, name = normalise(clean_line(number)), clean_line(name)
        if not number:
            return "", Extras()
        known = self.journal.contact_by_number(number, self.mode)
        if known and known_name and known.name:
            name = ""
        if known and (not name or name == known.name):
            self._know({known.id: Person(known.number, known.name)})
            # seen again: kept from now on, not from the first call
            return known.id, Extras(contacts=(replace(known, at=self.clock.now()),))
        contact = Contact(self.ids(), number, name, self.clock.now())
        self._know({contact.id: Person(number, name)})
        return contact.id, Extras(contacts=(contact,))

    # time passing

    def hear(self) -> None:
        """Follow what another program (a command, another window) wrote about promises."""
        if self.mode == LIVE and (events := self.journal.news()):
            self._replay(events)
            self._find_people()

    def tidy(self) -> None:
        """Periodic work: follow a clock that was set, retry what was not recorded, close calls that were idle
        for too long."""
        if by := self.clock.follow():
            self.act(a.MoveTimes(by))
        self.journal.retry()  # also if nothing waits: it notices that a file was taken away, or is back
        if not self.journal.recovered and self.mode == LIVE:
            self._catch_up()
        self.act(a.CloseStale())  # the first time it also loads the rules, before a key needs them

    def _catch_up(self) -> None:
        """A journal that was unreadable at the start may be readable now: who is owed a call back."""
        events = self.journal.recover()
        if self.journal.recovered:
            self._go_on(events)
            # while it was unread nothing could be deleted, not even a call begun by mistake
            self.journal.append(Batch((), live=self.state.live()))
            self._unread.clear()

    def forget_old(self, days: int) -> None:
        """Delete callers' numbers, names and notes older than `days`, except those still needed."""
        needed = {id_ for p in self.state.promises for id_ in (p.contact, p.note, *p.notes)}
        keep = needed | self._callers()
        self.journal.forget_older_than(days, self.clock.now(), sorted(keep - {""}))
