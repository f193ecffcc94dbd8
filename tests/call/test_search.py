"""What a search does to a call: a phrase that was found opens its scenario there; leaving changes nothing."""

from __future__ import annotations

from prompter.call import actions as a
from prompter.call import events as e
from prompter.desk import Refusal
from tests.call.builders import Shift


def test_a_phrase_opens_its_scenario_there(shift: Shift) -> None:
    shift.press("Enter")
    assert shift.desk.act(a.Open("closing", "closing.goodbye")) is None
    call = shift.desk.state.active
    assert call is not None
    assert (call.frame.scenario, call.frame.step) == ("closing", "closing.goodbye")
    assert shift.phrase.startswith("Спасибо за Ваш звонок")
    shift.press("Esc")
    assert shift.desk.state.active is not None
    assert shift.desk.state.active.frame.scenario == shift.base.talk


def test_an_interrupt_remembers_where_to_return(shift: Shift) -> None:
    interrupt = next(s for s in shift.base.scenarios.values() if s.interrupt and len(s.steps) > 1)
    shift.press("Enter", "F4")
    assert shift.desk.state.active is not None
    before = shift.desk.state.active.frame
    assert shift.desk.act(a.Open(interrupt.id, interrupt.steps[1])) is None
    call = shift.desk.state.active
    assert call is not None
    assert [frame.scenario for frame in call.frames][-2:] == [before.scenario, interrupt.id]
    assert (call.frames[-2].step, call.frame.step) == (before.step, interrupt.steps[1])


def test_a_step_that_is_gone_or_anothers_is_refused(shift: Shift) -> None:
    shift.press("Enter")
    for step in ("closing.gone", "manager.ask"):
        assert shift.desk.act(a.Open("closing", step)) == Refusal("vanished")


def test_a_search_that_was_left_changes_no_call(shift: Shift) -> None:
    shift.press("Enter", "F4")
    before = shift.desk.state
    assert shift.desk.note_search(" где мой роутер\x07 ") is None
    assert (shift.desk.state.active, shift.desk.state.promises) == (before.active, before.promises)
    (event,) = [one for one in shift.events() if isinstance(one.body, e.SearchLeft)]
    assert before.active is not None
    assert (event.body.STREAM, event.call) == (e.SEARCH, before.active.id)
    assert isinstance(event.body, e.SearchLeft)
    assert event.body.step == before.active.frame.step
    assert shift.journal.note(event.body.note) == "где мой роутер"


def test_between_calls_it_belongs_to_none(shift: Shift) -> None:
    assert shift.desk.note_search("роутер") is None
    (event,) = shift.events()
    assert isinstance(event.body, e.SearchLeft)
    assert (event.call, event.body.step) == ("", "")


def test_nothing_typed_is_no_search(shift: Shift) -> None:
    assert shift.desk.note_search(" \u202e ") == Refusal("empty")
    assert shift.events() == []
