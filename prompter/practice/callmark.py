"""The mark of a drilled call, 0 to 100, computed from its events and explained line by line.

Six parts, each from 0 to 1, weighted by the base (`practice:` in kb.yaml): was the caller's request
recognised, was each of his answers taken correctly, how were the phrases said, was nothing forbidden said,
were the norms met, was everything done that the outcome requires. A part without any occurrence does not
count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from prompter.call import drill_events as d
from prompter.call import events as e
from prompter.kb.model import LIMIT, KnowledgeBase

RECOGNITION, DECISIONS, PHRASE, FORBIDDEN, NORMS, OUTCOME = (
    "recognition",
    "decisions",
    "phrase",
    "forbidden",
    "norms",
    "outcome",
)
"""The parts of a call's mark."""

WEIGHTS: Mapping[str, int] = {
    RECOGNITION: 30,
    DECISIONS: 25,
    PHRASE: 20,
    FORBIDDEN: 10,
    NORMS: 10,
    OUTCOME: 5,
}
"""Default weights of the parts: knowing what to do weighs more than the wording."""

_TONE = 0.5

Offends = Callable[[d.PhraseGiven], bool]
"""Whether the typed text contains a forbidden expression or is rude."""


class MarkLine(Struct, frozen=True):
    """One judged item: `points` from 0 to 1, at a time (Unix seconds) and a step.

    `wanted` and `done` depend on the part: scenarios, the numbers of answers, a verdict, a norm and its
    seconds, duties; empty if nothing was done.
    """

    part: str
    at: float
    step: str
    points: float
    wanted: str = ""
    done: str = ""


class CallMark(Struct, frozen=True):
    """The mark of one call or of all calls of a drill. `parts` are those that occurred, each 0 to 1.

    `total` is 0 to 100, -1 if there was nothing to mark.
    """

    total: float
    parts: Mapping[str, float]
    lines: tuple[MarkLine, ...]


def mark_call(
    events: Iterable[e.Event], base: KnowledgeBase, offends: Offends = lambda given: False
) -> CallMark:
    """The mark of the events of one call, or of all calls of a drill in the journal's order.

    What was undone with Esc is not marked. `base` is the revision that the drill began with.
    """
    standing = without_undone(events)
    lines = [
        *_recognised(standing),
        *_decided(standing, base),
        *_said(standing, base),
        *_nothing_forbidden(standing, offends),
        *_norms(standing),
        *_outcomes(standing),
    ]
    lines.sort(key=lambda line: line.at)
    return total_of(lines, {**WEIGHTS, **base.practice.weights})


def total_of(lines: Sequence[MarkLine], weights: Mapping[str, int]) -> CallMark:
    """The mark computed from these lines."""
    points: dict[str, list[float]] = {}
    for line in lines:
        points.setdefault(line.part, []).append(line.points)
    parts = {part: sum(points[part]) / len(points[part]) for part in WEIGHTS if part in points}
    full = sum(weights.get(part, 0) for part in parts)
    total = 100 * sum(weights.get(part, 0) * value for part, value in parts.items()) / full if full else -1.0
    return CallMark(round(total, 1), parts, tuple(lines))


def without_undone(events: Iterable[e.Event]) -> list[e.Event]:
    """The events whose key was not undone, without the undo events."""
    known = list(events)
    undone = {one.body.undone for one in known if isinstance(one.body, (e.Undone, e.Voided))}
    return [
        one for one in known if one.cause not in undone and not isinstance(one.body, (e.Undone, e.Voided))
    ]


# The parts


def _recognised(events: Sequence[e.Event]) -> Iterator[MarkLine]:
    """For each request of a caller: which scenario was opened next, if any."""
    for at, one in enumerate(events):
        cue = one.body
        if not isinstance(cue, d.CallerSpoke) or not cue.meant or _reminds(events, at):
            continue
        opened = _opened_after(events, at, cue.meant)
        yield MarkLine(RECOGNITION, one.at, cue.step, float(cue.meant in opened), cue.meant, _first(opened))


def _reminds(events: Sequence[e.Event], at: int) -> bool:
    """Whether the caller only repeats a request for which nothing was opened yet."""
    cue = events[at].body
    for one in reversed(events[:at]):
        if one.call != events[at].call or isinstance(one.body, e.Entered):
            return False
        if isinstance(one.body, d.CallerSpoke) and isinstance(cue, d.CallerSpoke) and one.body.meant:
            return one.body.meant == cue.meant
    return False


def _opened_after(events: Sequence[e.Event], at: int, meant: str) -> list[str]:
    """The scenarios that count as the answer to a cue: those next entered."""
    here = events[at].call
    frames = _scenario_at(events, at)
    if frames == meant:
        return [meant]
    for one in events[at + 1 :]:
        if one.call != here:
            continue
        body = one.body
        if isinstance(body, e.Entered) and body.scenario != frames:
            return [body.opened, body.scenario] if body.opened else [body.scenario]
        if isinstance(body, d.CallerSpoke) and body.meant and body.meant != meant:
            return []
    return []


def _scenario_at(events: Sequence[e.Event], at: int) -> str:
    """The scenario that a call is in at an event."""
    here = events[at].call
    entered = (
        one.body.scenario
        for one in reversed(events[:at])
        if one.call == here and isinstance(one.body, e.Entered)
    )
    return next(entered, "")


def _first(names: Sequence[str]) -> str:
    return names[0] if names else ""


def _decided(events: Sequence[e.Event], base: KnowledgeBase) -> Iterator[MarkLine]:
    """For each answer that a caller gave where there was a choice: which one was taken."""
    for at, one in enumerate(events):
        cue = one.body
        if not isinstance(cue, d.CallerSpoke) or not cue.answer or _repeats(events, at):
            continue
        step = base.steps.get(cue.step)
        if step is not None and len(step.answers) < 2 and not step.late:
            continue
        taken = _taken_after(events, at, cue.step)
        yield MarkLine(
            DECISIONS, one.at, cue.step, float(taken == cue.answer), str(cue.answer), str(taken or "")
        )


def _repeats(events: Sequence[e.Event], at: int) -> bool:
    """Whether the same answer was given at this very place before."""
    cue = events[at].body
    return any(one.call == events[at].call and one.body == cue for one in events[:at])


def _taken_after(events: Sequence[e.Event], at: int, step: str) -> int:
    """The answer taken next at this step, 0 if it was left in another way."""
    for one in events[at + 1 :]:
        if one.call != events[at].call:
            continue
        if isinstance(one.body, e.Answered) and one.body.step == step:
            return one.body.answer
        if isinstance(one.body, (e.Entered, e.Returned, e.Ended)):
            return 0
    return 0


def _said(events: Sequence[e.Event], base: KnowledgeBase) -> Iterator[MarkLine]:
    """How each phrase was given, and each step that was left without its phrase."""
    for one in events:
        if isinstance(given := one.body, d.PhraseGiven):
            points = _TONE if given.verdict == d.TONE else given.score
            yield MarkLine(PHRASE, one.at, given.step, points, d.SAID, given.verdict)
    yield from (MarkLine(PHRASE, at, step, 0.0, d.SAID) for at, step in left_unsaid(events, base))


def left_unsaid(events: Sequence[e.Event], base: KnowledgeBase) -> list[tuple[float, str]]:
    """When and which steps were left without their phrase: entered with words to say, and never said.

    Except if the caller broke in first: an interrupt was opened, or he hung up.
    """
    waiting: dict[str, str] = {}
    found = []
    for one in events:
        body = one.body
        if isinstance(body, (e.Entered, e.Ended)) and one.call in waiting:
            step = waiting.pop(one.call)
            if not _broken_into(body):
                found.append((one.at, step))
        if isinstance(body, e.Entered) and not body.said:
            known = base.steps.get(body.step)
            if known is not None and known.say is not None:
                waiting[one.call] = body.step
        elif isinstance(body, e.Said) and waiting.get(one.call) == body.step:
            del waiting[one.call]
        elif isinstance(body, d.CallerSpoke) and body.meant:
            waiting.pop(one.call, None)
    return found


def _broken_into(body: e.Body) -> bool:
    if isinstance(body, e.Ended):
        return not body.requires
    return isinstance(body, e.Entered) and body.how == "open" and body.keep > 0


def _nothing_forbidden(events: Sequence[e.Event], offends: Offends) -> Iterator[MarkLine]:
    for one in events:
        if isinstance(given := one.body, d.PhraseGiven):
            yield MarkLine(FORBIDDEN, one.at, given.step, float(not (given.typed and offends(given))))


def _norms(events: Sequence[e.Event]) -> Iterator[MarkLine]:
    """The norms of the calls: met or missed. A pause (`wait`) has no breach."""
    for one, step in _with_steps(events):
        body = one.body
        if isinstance(body, e.NormJudged):
            yield MarkLine(NORMS, one.at, step, float(body.met), body.norm, f"{body.seconds:.0f}")
        elif isinstance(body, e.ClockStopped) and body.kind == LIMIT:
            yield MarkLine(NORMS, one.at, step, float(body.late <= 0), body.norm, f"{body.elapsed:.0f}")


def _with_steps(events: Sequence[e.Event]) -> Iterator[tuple[e.Event, str]]:
    """Each event with the step that its call was at."""
    steps: dict[str, str] = {}
    for one in events:
        yield one, steps.get(one.call, "")
        if isinstance(one.body, e.Entered):
            steps[one.call] = one.body.step


def _outcomes(events: Sequence[e.Event]) -> Iterator[MarkLine]:
    """Each duty that an outcome requires, done or not."""
    for one, step in _with_steps(events):
        if isinstance(body := one.body, e.Ended):
            for duty in body.requires:
                missed = duty in body.missed
                yield MarkLine(OUTCOME, one.at, step, float(not missed), duty, "" if missed else duty)
