"""The live tree: done, current, possible next, and the other scenarios of this department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prompter.call.bases import Bases
from prompter.call.offers import offers
from prompter.call.phrases import text_in
from prompter.call.state import OUTGOING, Call
from prompter.call.view.norms import clock_state
from prompter.call.view.parts import CURRENT, DONE, PAUSED, PLAIN, POSSIBLE, PlainTree, TreeLine, Viewer
from prompter.kb.model import KnowledgeBase, Scenario


def tree(call: Call | None, bases: Bases, viewer: Viewer, now: float) -> tuple[TreeLine, ...]:
    """The lines of the tree in order: scenarios, the current one with its steps.

    Of 2,000 scenarios almost all look the same in every call: their lines are made once.
    """
    base, plain = bases.current, _plain(bases, viewer)
    said = {base.steps[id_].scenario for id_ in call.said if id_ in base.steps} if call else set()
    current = {frame.scenario for frame in call.frames} if call else set()
    special = plain.special.union(plain.number[id_] for id_ in said | current if id_ in plain.number)
    seen = {scenario.id for scenario in _fitting((plain.scenarios[n] for n in special), base, viewer, call)}
    lines: list[TreeLine] = []
    taken = {""}
    here = 0
    for number in sorted(special):
        scenario = plain.scenarios[number]
        lines += plain.lines[here : plain.before[number]]
        here = plain.before[number + 1]
        if scenario.id in seen:
            # without a department she sees two departments' scenarios with one key: it opens the first
            key = scenario.key if scenario.key not in taken else ""
            taken.add(key)
            lines += _lines(scenario, key, scenario.id in said, call, bases, viewer, now)
    lines += plain.lines[here:]
    if call:
        lines += _vanished(call, bases, viewer, now)
    return tuple(lines)


def listed(base: KnowledgeBase, viewer: Viewer, call: Call | None = None) -> Iterator[Scenario]:
    """The scenarios an operator may open, in the base's order: her department's, and the call's own."""
    return _fitting(base.scenarios.values(), base, viewer, call)


def _fitting(
    scenarios: Iterable[Scenario], base: KnowledgeBase, viewer: Viewer, call: Call | None
) -> Iterator[Scenario]:
    current = {frame.scenario for frame in call.frames} if call else set()
    outgoing = call is not None and call.direction == OUTGOING
    fits = {base.talk: call is not None, base.outgoing: outgoing, base.open: not outgoing}
    for scenario in scenarios:
        theirs = viewer.has(scenario.departments) and fits.get(scenario.id, True)
        if theirs or scenario.id in current:
            yield scenario


def _plain(bases: Bases, viewer: Viewer) -> PlainTree:
    """The tree of a viewer's department and language before anything was said or opened."""
    name = (viewer.department, viewer.ui)
    if name not in bases.trees:
        bases.trees[name] = _made_plain(bases.current, viewer)
    return bases.trees[name]


def _made_plain(base: KnowledgeBase, viewer: Viewer) -> PlainTree:
    lines: list[TreeLine] = []
    before = [0]
    for scenario in base.scenarios.values():
        if viewer.has(scenario.departments):
            lines.append(TreeLine(scenario.id, text_in(scenario.title, viewer.ui, base.languages)))
        before.append(len(lines))
    scenarios = tuple(base.scenarios.values())
    by_state = (base.open, base.talk, base.outgoing)
    return PlainTree(
        scenarios=scenarios,
        lines=lines,
        before=before,
        number={scenario.id: number for number, scenario in enumerate(scenarios)},
        special=frozenset(n for n, one in enumerate(scenarios) if one.key or one.id in by_state),
    )


def _lines(
    scenario: Scenario, key: str, said: bool, call: Call | None, bases: Bases, viewer: Viewer, now: float
) -> Iterator[TreeLine]:
    """The line of one scenario; for the current one also those of its steps."""
    mark = _mark(call, scenario.id, said)
    left, clock = _clock(call, scenario.id, now) if mark == PAUSED else (None, "")
    title = text_in(scenario.title, viewer.ui, bases.current.languages)
    yield TreeLine(scenario.id, title, mark, key, left=left, clock=clock)
    if call and mark == CURRENT:
        yield from _steps(call, bases, viewer, now)


def _vanished(call: Call, bases: Bases, viewer: Viewer, now: float) -> Iterator[TreeLine]:
    """Open scenarios that are no longer in the scripts, while the call is in them."""
    for frame in call.frames:
        base = bases.of(frame)
        scenario = base.scenarios.get(frame.scenario)
        if scenario is None or scenario.id in bases.current.scenarios:
            continue
        mark = _mark(call, scenario.id, said=False)
        yield TreeLine(scenario.id, text_in(scenario.title, viewer.ui, base.languages), mark)
        if mark == CURRENT:
            yield from _steps(call, bases, viewer, now)


def _mark(call: Call | None, scenario: str, said: bool) -> str:
    if call and call.frame.scenario == scenario:
        return CURRENT
    if call and any(frame.scenario == scenario for frame in call.frames):
        return PAUSED
    return DONE if said else PLAIN


def _clock(call: Call | None, scenario: str, now: float) -> tuple[float | None, str]:
    frames = call.frames if call else ()
    clock = next((f.clock for f in frames if f.scenario == scenario and f.clock), None)
    return (clock.left(now), clock_state(clock, now)) if clock else (None, "")


def _steps(call: Call, bases: Bases, viewer: Viewer, now: float) -> Iterator[TreeLine]:
    """The current scenario's steps that were said, that is on screen, or that may come next."""
    base = bases.of(call.frame)
    scenario = base.scenarios.get(call.frame.scenario)
    if scenario is None or len(scenario.steps) == 1:
        return
    next_ = {offer.go for offer in offers(bases, call.frame, now) if offer.go in bases.current.steps}
    left, clock = _clock(call, scenario.id, now)
    for id_ in scenario.steps:
        title = text_in(base.steps[id_].title, viewer.ui, base.languages)
        if id_ == call.frame.step:
            yield TreeLine(scenario.id, title, CURRENT, step=id_, left=left, clock=clock)
        elif id_ in next_:  # also if said before: she looks for what may come
            yield TreeLine(scenario.id, title, POSSIBLE, step=id_)
        elif id_ in call.said:
            yield TreeLine(scenario.id, title, DONE, step=id_)
