"""The answers on screen: the author's, and the steps offered when a limit is over."""

from __future__ import annotations

from msgspec import Struct

from prompter.call.bases import Bases
from prompter.call.state import Frame
from prompter.kb.model import LIMIT, RETURN, TALK, Answer, Texts


class Offer(Struct, frozen=True):
    """One line to choose: `digit` from 1, its words, where it goes (`scenario.step`, talk, return).

    `enter`: `Enter` takes it; `highlighted`: the limit is over and the author named this way out.
    The way out of a vanished step has only its target's words.
    """

    digit: int
    when: Texts
    go: str
    enter: bool = False
    highlighted: bool = False


def offers(bases: Bases, frame: Frame, now: float) -> tuple[Offer, ...]:
    """What the caller may do next at this frame's step, in the order of the digits."""
    step = bases.step(frame)
    clock = frame.clock
    over = clock is not None and clock.kind == LIMIT and clock.left(now) <= 0
    late = step.late if over else ()
    chosen = preset(step.answers)
    listed = [Offer(n, a.when, a.go, n == chosen, a.go in late) for n, a in enumerate(step.answers, 1)]
    known = {a.go for a in step.answers}
    base = bases.of(frame)
    further = [(target, base.steps[target]) for target in late if target not in known]
    added = (
        Offer(len(listed) + n, s.title, target, highlighted=True) for n, (target, s) in enumerate(further, 1)
    )
    offered = (*listed, *added)
    if not bases.vanished(frame) or any(offer.go in (TALK, RETURN) for offer in offered):
        return offered
    return (*offered, Offer(len(offered) + 1, {}, RETURN, enter=not chosen and not step.end))


def by_enter(bases: Bases, frame: Frame, now: float) -> Offer | None:
    """The offer that `Enter` takes at this frame's step, if any."""
    return next((offer for offer in offers(bases, frame, now) if offer.enter), None)


def preset(answers: tuple[Answer, ...]) -> int:
    """The digit that `Enter` takes: the only answer or the one marked for it; 0 for none."""
    if len(answers) == 1:
        return 1
    return next((n for n, answer in enumerate(answers, 1) if answer.enter), 0)
