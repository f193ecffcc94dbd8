"""Who rings, and what is known of that number."""

from __future__ import annotations

from datetime import datetime

from prompter.call.bases import Bases
from prompter.call.phrases import text_in
from prompter.call.state import OUTGOING, DeskState
from prompter.call.view.parts import NOBODY, Rings, Viewer


def rings(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> Rings:
    """The first ringing caller. There must be one."""
    ring = state.ringing[0]
    base, person = bases.current, viewer.people.get(ring.contact, NOBODY)
    outcome = base.outcomes.get(ring.last_outcome)
    owed = [
        p.due for p in state.promises if p.contact == ring.contact or _same(p.contact, person.number, viewer)
    ]
    return Rings(
        person=person,
        outgoing=ring.direction == OUTGOING,
        language=ring.language,
        last_at=ring.last_at,
        last_today=same_day(ring.last_at, now, viewer),
        last_outcome=text_in(outcome.title, viewer.ui, base.languages) if outcome else "",
        due=min(owed, default=0.0),
    )


def _same(contact: str, number: str, viewer: Viewer) -> bool:
    return number != "" and viewer.people.get(contact, NOBODY).number == number


def same_day(one: float, other: float, viewer: Viewer) -> bool:
    """Whether two moments are on one day in the viewer's zone."""
    days = (datetime.fromtimestamp(at, viewer.zone).date() for at in (one, other))
    return len(set(days)) == 1
