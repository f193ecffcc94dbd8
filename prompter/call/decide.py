"""`decide(state, action, bases, now)`: the rules of a call. Pure: returns events or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prompter.call import actions as a
from prompter.call import ending, promise_rules
from prompter.call import events as e
from prompter.call.bases import Bases
from prompter.call.offers import Offer, by_enter, offers
from prompter.call.refusal import Refusal, Refused
from prompter.call.state import Call, DeskState, to_change
from prompter.call.turn import Fact, Turn
from prompter.kb.model import RETURN, Norm, Step

Decision = tuple[Fact, ...] | Refusal


def decide(state: DeskState, action: a.Action, bases: Bases, now: float) -> Decision:
    """The facts caused by the action, in order, or why it is refused."""
    turn = Turn(state, bases, now)
    try:
        _RULES[type(action)](turn, action)
    except Refused as refused:
        return Refusal(str(refused))
    return tuple(turn.facts)


def _call(turn: Turn) -> Call:
    if turn.state.active is None:
        raise Refused("no-call")
    return turn.state.active


def _step(turn: Turn) -> Step:
    return turn.bases.step(_call(turn).frame)


# Starting, opening, moving


def _start(turn: Turn, action: a.Start) -> None:
    base = turn.base
    if turn.state.active:
        if turn.state.waiting:
            raise Refused("two-calls")
        turn.add(e.Parked())
    started = e.CallStarted(
        direction=action.direction,
        language=action.language or base.languages[0],
        contact=action.contact,
        promise=action.promise,
        last_outcome=action.last_outcome,
        last_at=action.last_at,
        last_operator=action.last_operator,
        last_note=action.last_note,
        operator=action.operator,
        phone=action.phone,
    )
    turn.add(started, call=action.call)
    if action.connected:
        turn.add(e.Connected(action.phone), call=action.call)
    if promise := turn.state.promise(action.promise):
        turn.add(e.PromiseCalled(promise.id), call=promise.call)
    opening = base.open if action.direction == "incoming" else base.outgoing
    turn.enter(base.scenarios[opening].first, how="start", keep=0)
    if action.greeted:
        _say(turn, a.Say())
    if action.scenario:
        _open(turn, a.Open(action.scenario))


def _open(turn: Turn, action: a.Open) -> None:
    call, base = _call(turn), turn.base
    scenario = base.scenarios.get(action.scenario)
    if scenario is None:
        raise Refused("vanished")
    if action.step and action.step not in scenario.steps:
        raise Refused("vanished")
    turn.judge(scenario)
    step = action.step or _opening_step(turn, action.scenario)
    target = base.steps[step].scenario
    stacked = [n for n, frame in enumerate(call.frames) if frame.scenario in (target, scenario.id)]
    keep = len(call.frames) if scenario.interrupt else 0
    # an interrupt may break in anywhere: no answer is passed over
    passed = 0 if scenario.interrupt else len(offers(turn.bases, call.frame, turn.now))
    turn.enter(step, how="open", keep=min([keep, *stacked]), opened=scenario.id, passed=passed)


def _opening_step(turn: Turn, scenario_id: str) -> str:
    """Where a scenario opens: by how this number's last call ended, or past its `once` step."""
    call, base = _call(turn), turn.base
    scenario = base.scenarios[scenario_id]
    if call.last_outcome in scenario.after and scenario_id not in call.opened:
        return scenario.after[call.last_outcome]
    step, seen = base.steps[scenario.first], set[str]()
    while step.once and step.again and step.id in call.said and step.id not in seen:
        seen.add(step.id)
        step = base.steps[step.again]
    return step.id


def _go(turn: Turn, target: str) -> None:
    call = _call(turn)
    if target == RETURN and len(call.frames) > 1:
        turn.go_back()
        return
    step = turn.bases.target(target)
    depth = len(call.frames) - 1
    if step.scenario == call.frame.scenario:
        turn.enter(step.id, how="answer", keep=depth, fresh=False)
        return
    stacked = [n for n, frame in enumerate(call.frames) if frame.scenario == step.scenario]
    keep = depth if turn.base.scenarios[step.scenario].interrupt else 0
    turn.enter(step.id, how="answer", keep=min([keep, *stacked]))


# Saying and answering


def _say(turn: Turn, action: a.Say) -> None:
    call, step = _call(turn), _step(turn)
    if step.promise:
        raise Refused("form-open")
    offer = by_enter(turn.bases, call.frame, turn.now)
    if call.frame.said or step.listen:
        if not offer and not step.end:
            waiting = "choose-when" if step.listen else "choose-answer"
            raise Refused(waiting if step.answers else "listen")
    else:
        turn.say(step)
        if action.waits and offer:
            return
    if step.end:
        turn.end(step.end)
    elif offer:
        _take(turn, offer)


def _take(turn: Turn, offer: Offer) -> None:
    turn.add(e.Answered(_step(turn).id, offer.digit, offer.go))
    _go(turn, offer.go)


def _answer(turn: Turn, action: a.TakeAnswer) -> None:
    call, step = _call(turn), _step(turn)
    if step.promise:
        raise Refused("form-open")
    offered = {offer.digit: offer for offer in offers(turn.bases, call.frame, turn.now)}
    if action.digit not in offered:
        raise Refused("no-such-answer" if offered else "no-answers")
    if not call.frame.said and not step.listen:
        turn.say(step)
    _take(turn, offered[action.digit])


def _change_time(turn: Turn, action: a.ChangeTime) -> None:
    call = _call(turn)
    if call.frame.said:
        raise Refused("said-already")
    promised = {promise.norm for promise in turn.state.promises_of(call.id)}
    norms = turn.shown.norms
    words = [word for word in turn.words_of(_step(turn)) if norms[word.norm].step]
    word = next((word for word in words if word.norm not in promised), None)
    if word is None:
        raise Refused("promised-already" if words else "no-time")
    norm = norms[word.norm]
    now = call.frame.chosen.get(norm.id, word.default)
    seconds = _within(norm, now + action.direction * norm.step)
    if seconds == now:
        raise Refused("time-limit")
    turn.add(e.TimeChosen(norm.id, seconds))


def _within(norm: Norm, seconds: int) -> int:
    """A permitted time: never beyond the norm; the norm itself if it is fixed."""
    return max(norm.step, min(seconds, norm.limit)) if norm.step else norm.limit


def _set_language(turn: Turn, action: a.SetLanguage) -> None:
    if turn.state.active is None and turn.state.ringing:
        turn.add(e.LanguageSet(action.language), call=turn.state.ringing[0].call)
        return
    call = _call(turn)
    if action.language not in turn.base.languages:
        raise Refused("unknown-language")
    if action.language != call.language:
        turn.add(e.LanguageSet(action.language))


# Gaps and notes


def _note_gap(turn: Turn, action: a.NoteGap) -> None:
    turn.add(e.GapNoted(action.gap, _call(turn).frame.step))


def _fill_gap(turn: Turn, action: a.FillGap) -> None:
    gap = next((g for g in turn.state.gaps if g.id == action.gap), None)
    if gap is not None:
        turn.add(e.GapFilled(gap.id, action.note), call=gap.call)
        return
    call = turn.state.active or turn.state.last
    if call is None:
        raise Refused("no-call")
    turn.add(e.NoteTaken(action.note), call=call.id)


# The phone


def _ring(turn: Turn, action: a.Ring) -> None:
    rang = e.Rang(
        phone=action.phone,
        direction=action.direction,
        language=action.language or turn.base.languages[0],
        contact=action.contact,
        promise=action.promise,
        last_outcome=action.last_outcome,
        last_at=action.last_at,
        last_operator=action.last_operator,
        last_note=action.last_note,
    )
    turn.add(rang, call=action.call)


def _stop_ring(turn: Turn, action: a.StopRing) -> None:
    ring = next((ring for ring in turn.state.ringing if ring.call == action.call), None)
    if ring:
        turn.stop_ring(ring, action.how)


def _connect(turn: Turn, action: a.Connect) -> None:
    call = _call(turn)
    turn.add(e.Connected(action.phone))
    if action.contact not in ("", call.contact):
        turn.add(e.ContactGiven(action.contact))


# Promises


def _make_promise(turn: Turn, action: a.MakePromise) -> None:
    call, step = _call(turn), _step(turn)
    if not step.promise:
        raise Refused("no-form")
    norm = turn.base.norms.get(step.promise) or turn.bases.of(call.frame).norms[step.promise]
    seconds = _within(norm, action.seconds)
    due = turn.now + seconds
    if action.contact != call.contact:
        turn.add(e.ContactGiven(action.contact))
    taken_back = to_change(turn.state, norm.id)
    if taken_back:
        # the caller was already given a time: it holds unless another one is named now
        due = taken_back.due if seconds == taken_back.limit else due
        note = action.note or taken_back.note
        turn.add(e.PromiseChanged(taken_back.id, action.contact, seconds, due, note))
    else:
        made = e.PromiseMade(
            promise=action.promise,
            norm=norm.id,
            who=norm.who,
            contact=action.contact,
            language=call.language,
            limit=seconds,
            warn=norm.warn,
            due=due,
            note=action.note,
            operator=call.operator,
        )
        turn.add(made)
    turn.add(e.TimeChosen(norm.id, seconds))
    turn.say(step)
    if offer := by_enter(turn.bases, turn.call.frame, turn.now):
        _take(turn, offer)


# Time, status, search


def _move_times(turn: Turn, action: a.MoveTimes) -> None:
    for call in turn.state.calls:
        if call.id not in action.later:
            turn.add(e.TimesMoved(call.started + action.by), call=call.id)
    for promise in turn.state.promises:
        if promise.id not in action.later:
            turn.add(e.PromiseMoved(promise.id, promise.due + action.by), call=promise.call)


def _interrupt(turn: Turn, action: a.Interrupt) -> None:
    for call in action.calls:
        turn.break_off(call)


def _set_status(turn: Turn, action: a.SetStatus) -> None:
    turn.add(e.StatusSet(action.status), call="")


def _leave_search(turn: Turn, action: a.LeaveSearch) -> None:
    call = turn.state.active
    turn.add(e.SearchLeft(action.note, call.frame.step if call else ""), call=call.id if call else "")


_RULES: dict[type[a.Action], Callable[[Turn, Any], None]] = {
    a.Start: _start,
    a.Open: _open,
    a.Say: _say,
    a.TakeAnswer: _answer,
    a.ChangeTime: _change_time,
    a.SetLanguage: _set_language,
    a.NoteGap: _note_gap,
    a.FillGap: _fill_gap,
    a.MakePromise: _make_promise,
    **promise_rules.RULES,
    a.End: ending.end,
    a.Undo: ending.undo,
    a.CloseStale: ending.close_stale,
    a.MoveTimes: _move_times,
    a.Interrupt: _interrupt,
    a.SetStatus: _set_status,
    a.LeaveSearch: _leave_search,
    a.Ring: _ring,
    a.StopRing: _stop_ring,
    a.Connect: _connect,
    a.HangUp: ending.hang_up,
    a.TellOutcome: ending.tell_outcome,
}
