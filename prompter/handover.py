"""A desk's promises, handed over to another desk and taken from it. The file itself: `handover_file`."""

from __future__ import annotations

from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call.events import PromiseHandedOver, PromiseNoted
from prompter.call.state import Promise
from prompter.call.view.parts import Person
from prompter.desk import Desk
from prompter.handover_file import HandedOver, Owed
from prompter.journal.queries import OF_PROMISE

KNOWN, TAKEN, BACK = "", "taken", "back"
"""What a file's promise is here: pending or closed here; new; one that this desk had given away."""


def owed(desk: Desk) -> tuple[Owed, ...]:
    """The pending promises with everything that keeping them needs, the earliest deadline first."""
    found = []
    for promise in sorted(desk.state.promises, key=lambda one: one.due):
        person = desk.viewer.people.get(promise.contact, Person())
        one = Owed(
            id=promise.id,
            norm=promise.norm,
            who=promise.who,
            number=person.number,
            name=person.name,
            question=desk.note_text(promise.note),
            language=promise.language,
            due=promise.due,
            limit=promise.limit,
            warn=promise.warn,
            state=promise.state,
            handed=promise.handed,
            notes=desk.notes(promise.id),
            operator=promise.operator,
        )
        found.append(one)
    return tuple(found)


def handed_over(desk: Desk) -> HandedOver:
    """All of them, ready to be written for another desk."""
    return HandedOver(desk.viewer.operator, desk.journal.desk, desk.clock.now(), owed(desk))


def take(desk: Desk, theirs: Owed) -> str:
    """Make a file's promise this desk's: returns TAKEN or BACK, or does nothing and returns KNOWN ("").

    A promise that this desk gave away comes back with the file it left in, or with a later one of another
    desk; an earlier file shows it as it was before it left.
    """
    given = [
        e.body for e in desk.journal.events(OF_PROMISE, (theirs.id,)) if not isinstance(e.body, PromiseNoted)
    ]
    if given and not (isinstance(given[-1], PromiseHandedOver) and given[-1].handed <= theirs.handed):
        return KNOWN
    contact, extras = desk.contact(theirs.number, theirs.name)
    question, texts = desk.note(theirs.question)
    notes = [desk.note(text) for text in theirs.notes]
    language = theirs.language if theirs.language in desk.base.languages else desk.base.languages[0]
    promise = Promise(
        id=theirs.id,
        call="",
        norm=theirs.norm,
        who=theirs.who,
        contact=contact,
        note=question,
        language=language,
        made=theirs.made,
        due=theirs.due,
        limit=theirs.limit,
        warn=theirs.warn,
        state=theirs.state,
        handed=theirs.handed,
        operator=theirs.operator,
    )
    extras = replace(extras, notes=(*texts, *(row for _id, rows in notes for row in rows)))
    if desk.act(a.TakePromise(promise, tuple(id_ for id_, _rows in notes)), extras):
        return KNOWN
    return BACK if given else TAKEN
