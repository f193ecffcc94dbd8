"""What holds of any keys, in any order, at any time, while the trainer edits the base."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from prompter.call import actions as a
from prompter.call import events as e
from prompter.call.apply import apply
from prompter.call.bases import Bases
from prompter.call.decide import Refusal, decide
from prompter.call.state import Call, DeskState, NormClock
from prompter.call.view import view
from prompter.call.view.tree import listed
from prompter.journal.rows import from_row, to_row
from tests.call.builders import AIGUL
from tests.call.plays import Edit, Move, Play, Turned, calls_of, editions, moves, on_screen

KEEPING = (a.FillGap, a.KeepPromise, a.CancelPromise, a.SetStatus, a.CloseStale, a.Undo, Edit)
"""Actions that no `Esc` takes back."""

RECORDS = (e.PromiseCalled, e.Answered, e.NormJudged, e.NoteTaken, e.StatusSet, e.Entered)
"""Events that may leave the state as it is: a scenario may open again just where it stands."""

played = settings(max_examples=150)


@played
@given(moves())
def test_a_call_stands_somewhere_and_no_scenario_twice(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        for call in calls_of(turned.after):
            scenarios = [frame.scenario for frame in call.frames]
            assert scenarios
            assert len(set(scenarios)) == len(scenarios)


@played
@given(moves())
def test_only_the_scenario_on_screen_has_a_running_clock(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        for call in calls_of(turned.after):
            for frame in call.frames[:-1]:
                assert frame.clock is None or frame.clock.suspended is not None
            top = call.frame.clock
            assert top is None or top.suspended is None


@played
@given(moves())
def test_no_clock_runs_past_its_norm_and_no_promise_either(moves: list[Move]) -> None:
    norms = {id_: norm.limit for base in editions() for id_, norm in base.norms.items()}
    for turned in Play().through(moves):
        for body in (event.body for event in turned.events):
            if isinstance(body, e.ClockStarted):
                assert 0 < body.limit <= norms[body.norm]
                assert body.deadline == turned.now + body.limit
            if isinstance(body, e.PromiseMade | e.PromiseChanged):
                assert 0 < body.limit <= norms["callback"]
                assert body.due <= turned.now + body.limit  # one mended keeps the time that was told


@played
@given(moves())
def test_a_deadline_moves_by_as_long_as_the_clock_was_suspended(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        before, after = turned.before.active, turned.after.active
        if not before or not after or before.id != after.id or isinstance(turned.action, a.Undo):
            continue
        begun = {body.depth for body in bodies(turned) if isinstance(body, e.ClockStarted)}
        for depth, (was, is_) in enumerate(zip(clocks(before), clocks(after), strict=False)):
            if was is None or is_ is None or depth in begun:
                continue
            if was.suspended is None:
                assert is_.deadline == was.deadline
            elif is_.suspended is None:
                assert is_.deadline == turned.now + was.suspended
            if was.suspended is None and is_.suspended is not None:
                assert is_.suspended == pytest.approx(was.deadline - turned.now, abs=0.001)


@played
@given(moves(undo=False, calls=False, edits=False))
def test_a_clock_spends_the_time_in_which_it_was_not_suspended(moves: list[Move]) -> None:
    spent: dict[int, float] = {}
    since: dict[int, float] = {}
    for turned in Play().through(moves):
        for body in bodies(turned):
            match body:
                case e.ClockStarted(depth=depth) if depth >= 0:
                    spent[depth], since[depth] = 0.0, turned.now
                case e.ClockSuspended(depth=depth):
                    spent[depth] += turned.now - since.pop(depth)
                case e.ClockResumed(depth=depth):
                    since[depth] = turned.now
                case e.ClockStopped(depth=depth):
                    total = spent.pop(depth) + turned.now - since.pop(depth, turned.now)
                    assert body.elapsed == pytest.approx(total, abs=0.01)
                case _:
                    pass


@played
@given(moves())
def test_a_promise_goes_only_by_being_kept_or_cancelled(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        gone = {p.id for p in turned.before.promises} - {p.id for p in turned.after.promises}
        done = {b.promise for b in bodies(turned) if isinstance(b, e.PromiseKept | e.PromiseCancelled)}
        assert gone == done


@played
@given(moves())
def test_a_refusal_has_a_code_and_changes_nothing(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        if turned.refused:
            assert isinstance(turned.decided, Refusal)
            assert turned.decided.code
            assert turned.after == turned.before


@played
@given(moves())
def test_every_event_means_something(moves: list[Move]) -> None:
    """Each fits the state that the ones before it made; but some are records alone."""
    for turned in Play().through(moves):
        state = turned.before
        for event in turned.events:
            after = apply(state, event)
            assert isinstance(event.body, RECORDS) or after != state
            state = after
        assert state == turned.after


@played
@given(moves())
def test_yesterdays_events_replay_to_the_same_state(moves: list[Move]) -> None:
    play = Play()
    for _ in play.through(moves):
        pass
    state = DeskState()
    for event in play.events:
        state = apply(state, from_row(to_row(event)))
    assert state == play.state


@played
@given(moves())
def test_escape_brings_back_what_was_on_screen(moves: list[Move]) -> None:
    play = Play()
    for turned in play.through(moves):
        before, state = turned.before, play.state
        if not turned.events or isinstance(turned.action, KEEPING):
            continue
        play.do(a.Undo())
        assert on_screen(play.state.active) == on_screen(before.active)
        assert on_screen(play.state.waiting) == on_screen(before.waiting)
        assert play.state.gaps == before.gaps
        play.state = state


@played
@given(moves(calls=False, edits=False, undo=False))
def test_escape_after_escape_walks_all_the_way_back(moves: list[Move]) -> None:
    play = Play()
    trail: list[object] = [None]
    for turned in play.through([m for m in moves if not isinstance(m[1], a.CloseStale)]):
        if turned.before.active and play.state.active is None:
            play.do(a.Undo())  # it ended by its last step
            break
        if turned.events and not isinstance(turned.action, KEEPING):
            trail.append(on_screen(play.state.active))
    for seen in reversed(trail):
        assert on_screen(play.state.active) == seen
        play.do(a.Undo())
    assert play.state.active is None


@played
@given(moves())
def test_an_ended_call_missed_what_was_required_and_not_done(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        for event in turned.events:
            if not isinstance(event.body, e.Ended):
                continue
            ended = turned.after.last
            assert ended is not None
            if ended.id == event.call:
                assert set(event.body.missed) == set(event.body.requires) - ended.marks
                assert ended.missed == event.body.missed
                bases = (turned.bases.current, *turned.bases.older.values())
                known = [
                    base.outcomes[event.body.outcome] for base in bases if event.body.outcome in base.outcomes
                ]
                outcome = known[0] if known else None
                assert event.body.requires == (outcome.requires if outcome else ())
                assert all(frame.clock is None for frame in ended.frames)


@played
@given(moves())
def test_the_digits_offered_are_the_digits_accepted(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        if turned.after.active is None:
            continue
        card = view(turned.after, turned.bases, AIGUL, turned.now).card
        accepted = {
            digit
            for digit in range(12)
            if not isinstance(decide(turned.after, a.TakeAnswer(digit), turned.bases, turned.now), Refusal)
        }
        assert accepted == (set() if card.promise else {line.digit for line in card.answers})


@played
@given(moves())
def test_the_bar_says_what_the_keys_do(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        state, bases, now = turned.after, turned.bases, turned.now
        seen = view(state, bases, AIGUL, now)
        said, undone = (decide(state, action, bases, now) for action in (a.Say(), a.Undo()))
        assert seen.undo is not isinstance(undone, Refusal)
        changed = [decide(state, a.ChangeTime(by), bases, now) for by in (-1, 1)]
        if state.active and seen.card.timed and not seen.card.said:
            assert any(isinstance(one, tuple) for one in changed)
        if state.active is None:
            assert seen.enter == "start"
        elif seen.enter in ("", "form"):
            assert isinstance(said, Refusal)
        else:
            assert isinstance(said, tuple)
            ends = any(isinstance(body, e.Ended) for _, body in said)
            assert ends is (seen.enter == "end")


@played
@given(moves())
def test_the_screen_is_drawn_of_every_state_without_a_brace(moves: list[Move]) -> None:
    viewers = [AIGUL, type(AIGUL)(ui="ky", language="ky", department="sales")]
    for turned in Play().through(moves):
        for viewer in viewers:
            for late in (0, 200):
                seen = view(turned.after, turned.bases, viewer, turned.now + late)
                assert "{" not in str(seen)
                marked = [line for line in seen.tree if line.mark == "current"]
                assert len(marked) <= 2
                base, call = turned.bases.current, turned.after.active
                shown = [
                    line.scenario for line in seen.tree if not line.step and line.scenario in base.scenarios
                ]
                assert shown == [scenario.id for scenario in listed(base, viewer, call)]
                afresh = Bases(base, turned.bases.older)
                assert seen.tree == view(turned.after, afresh, viewer, turned.now + late).tree


@played
@given(moves())
def test_a_vanished_step_has_a_way_to_the_talk(moves: list[Move]) -> None:
    for turned in Play().through(moves):
        call, bases, now = turned.after.active, turned.bases, turned.now
        if call is None or not bases.vanished(call.frame):
            continue
        card = view(turned.after, bases, AIGUL, now).card
        assert card.vanished
        ways = [decide(turned.after, a.TakeAnswer(line.digit), bases, now) for line in card.answers]
        assert card.promise or ways
        for way in ways if not card.promise else []:
            assert isinstance(way, tuple)
            assert any(isinstance(body, e.Entered | e.Returned) for _, body in way)


def bodies(turned: Turned) -> list[e.Body]:
    return [event.body for event in turned.events]


def clocks(call: Call) -> list[NormClock | None]:
    return [frame.clock for frame in call.frames]
