"""The whole screen of a state at a moment."""

from __future__ import annotations

from msgspec.structs import replace

from prompter.call.bases import Bases
from prompter.call.offers import by_enter
from prompter.call.phrases import text_in
from prompter.call.state import OUTGOING, UNDO_END_SECONDS, Call, DeskState
from prompter.call.view.card import call_card, ready_card
from prompter.call.view.norms import clock_state, norm_lines
from prompter.call.view.parts import (
    IDLE,
    TALKING,
    Card,
    DeskView,
    EndedCall,
    Header,
    Person,
    PreviousCall,
    Viewer,
)
from prompter.call.view.ringing import rings, same_day
from prompter.call.view.statuses import mirrored, reminders
from prompter.call.view.tree import listed, tree
from prompter.kb.model import LIMIT


def view(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> DeskView:
    """What the operator sees. The same arguments always give the same picture."""
    call = state.active
    ended = _ended(state, bases, viewer, now)
    return DeskView(
        header=_header(state, bases, viewer, now),
        tree=tree(call, bases, viewer, now),
        card=call_card(state, call, bases, viewer, now) if call else _ready(state, bases, viewer, now),
        norms=norm_lines(state, bases, viewer, now),
        enter=_enter(call, bases, now),
        undo=_undo(call, ended, state.last),
        ended=ended,
        previous=_previous(call, bases, viewer, now),
        gaps=len(state.gaps),
        reminder=next(reminders(state, bases.current, viewer, now), None) if state.statuses else None,
        untold=len(state.untold),
        rings=rings(state, bases, viewer, now) if state.ringing and not call else None,
    )


def _ready(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> Card:
    """The ready words between calls; if it rings, in that caller's language."""
    base = bases.current
    if not state.ringing:
        return ready_card(base, base.greeting_step, viewer, now)
    ring = state.ringing[0]
    step = base.scenarios[base.outgoing].first if ring.direction == OUTGOING else base.greeting_step
    return ready_card(base, step, replace(viewer, language=ring.language), now)


def _undo(call: Call | None, ended: EndedCall | None, last: Call | None) -> bool:
    """Whether Esc takes anything back: not what the phone did."""
    if call:
        return call.previous is not None or not call.connected
    return ended is not None and not ended.hung and last is not None and last.previous is not None


def _header(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> Header:
    call = state.active
    waiting = viewer.people.get(state.waiting.contact, Person()) if state.waiting else None
    ringing = tuple(viewer.people.get(ring.contact, Person()) for ring in state.ringing)
    dialled = bool(state.ringing) and state.ringing[0].direction == OUTGOING
    if call is None:
        language = state.ringing[0].language if state.ringing else viewer.language
        language = language or bases.current.languages[0]
        status = mirrored(state, bases.current, viewer, now) if state.statuses else ""
        return Header(IDLE, language, status, waiting=waiting, ringing=ringing, dialled=dialled)
    clock = call.frame.clock
    norm = bases.norm(clock.norm) if clock and clock.kind == LIMIT else None
    return Header(
        state=TALKING,
        language=call.language,
        title=text_in(norm.title, viewer.ui, bases.current.languages) if norm else "",
        clock=clock_state(clock, now) if norm and clock else "",
        elapsed=max(0.0, now - call.started),
        person=viewer.people.get(call.contact, Person()),
        outgoing=call.direction == OUTGOING,
        waiting=waiting,
        ringing=ringing,
        dialled=dialled,
    )


def _enter(call: Call | None, bases: Bases, now: float) -> str:
    if call is None:
        return "start"
    step = bases.step(call.frame)
    if step.promise:
        return "form"
    if step.end:
        return "end"
    if not call.frame.said and not step.listen:
        return "said"
    return "answer" if by_enter(bases, call.frame, now) else ""


def _ended(state: DeskState, bases: Bases, viewer: Viewer, now: float) -> EndedCall | None:
    last = state.last
    if last is None or now - last.ended > UNDO_END_SECONDS:
        return None
    if state.active and not (state.active.back and state.active.touched <= last.ended):
        return None
    base = bases.current
    outcome = base.outcomes.get(last.outcome or "")
    title = text_in(outcome.title, viewer.ui, base.languages) if outcome else ""
    marks = (text_in(base.marks.get(mark, {}), viewer.ui, base.languages) or mark for mark in last.missed)
    return EndedCall(title, tuple(marks), last.hung)


def _previous(call: Call | None, bases: Bases, viewer: Viewer, now: float) -> PreviousCall | None:
    base = bases.current
    if call is None or not call.last_outcome or call.opened:
        return None
    outcome = base.outcomes.get(call.last_outcome)
    mine = listed(base, viewer, call)
    answering = next((scenario for scenario in mine if call.last_outcome in scenario.after), None)
    if outcome is None or answering is None:
        return None
    target = base.step_scenario(answering.after[call.last_outcome])
    return PreviousCall(
        outcome=text_in(outcome.title, viewer.ui, base.languages),
        at=call.last_at,
        today=same_day(call.last_at, now, viewer),
        key=answering.key,
        title=text_in(target.title, viewer.ui, base.languages),
    )
