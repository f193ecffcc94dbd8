"""A decision in progress: the facts so far, and the state after them."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.call import events as e
from prompter.call.apply import apply
from prompter.call.bases import Bases
from prompter.call.phrases import ended_by_another, shown
from prompter.call.state import PRETENDED, Call, DeskState, NormClock, Ringing
from prompter.call.words import words_in
from prompter.kb.model import LIMIT, RESPOND, WAIT, KnowledgeBase, Scenario, Step, Word

Fact = tuple[str, e.Body]
"""A call's id ("" for none) and what happened."""


class Turn:
    """Collects the facts of one action; each is applied at once, so that the next rule sees it."""

    def __init__(self, state: DeskState, bases: Bases, now: float) -> None:
        self.state = state
        self.bases = bases
        self.now = now
        self.facts: list[Fact] = []

    @property
    def base(self) -> KnowledgeBase:
        """The current revision."""
        return self.bases.current

    @property
    def shown(self) -> KnowledgeBase:
        """The revision whose words are on screen: the current one when the step was reached."""
        return self.bases.of(self.call.frame)

    @property
    def call(self) -> Call:
        """The active call. Rules have made sure that there is one."""
        assert self.state.active is not None
        return self.state.active

    def add(self, body: e.Body, call: str | None = None) -> None:
        """Record a fact about the active call, or about the one given."""
        if call is None:
            call = self.call.id
        self.facts.append((call, body))
        event = e.Event("", "", call, self.now, e.LIVE, self.base.revision, "this turn", body)
        self.state = apply(self.state, event)

    # moving

    def enter(
        self, step_id: str, how: str, keep: int, fresh: bool = True, opened: str = "", passed: int = 0
    ) -> None:
        """Reach a step: frames above `keep` are left, the clock of the one below is suspended."""
        step = self.base.steps[step_id]
        for depth in range(keep, len(self.call.frames)):
            self._stop_clock(depth)
        if keep:
            self._suspend_clock(keep - 1)
        said = step.once and step_id in self.call.said
        self.add(e.Entered(step_id, step.scenario, how, keep, fresh, said, opened, passed))
        if step.listen:
            self._start_clock(step)

    def go_back(self) -> None:
        """Leave the interrupt on top: the step below goes on, and its clock."""
        depth = len(self.call.frames) - 1
        self._stop_clock(depth)
        self.add(e.Returned(depth))
        clock = self.call.frame.clock
        if clock and clock.suspended is not None:
            self.add(e.ClockResumed(clock.norm, depth - 1, self.now + clock.suspended))

    # saying

    def say(self, step: Step) -> None:
        """The step's words were said: record its mark, its clock, the times given to the caller."""
        frame = self.call.frame
        named = {w.norm: frame.chosen.get(w.norm, w.default) for w in self.words_of(step)}
        self.add(e.Said(step.id, self._phrase_hash(step, self.call), self.call.language, step.marks, named))
        for norm in self.base.norms.values():
            if norm.kind == RESPOND and step.marks and norm.since == step.marks:
                deadline = self.now + norm.limit
                self.add(e.ClockStarted(norm.id, norm.kind, -1, norm.limit, norm.warn, deadline))
        if not step.listen:
            self._start_clock(step)

    def words_of(self, step: Step) -> Iterator[Word]:
        """The times that the operator names in what she sees of this step."""
        found = shown(self.shown, step.say, self.call.language) if step.say else None
        texts = [wording.text for wording in found.wordings] if found else []
        names = dict.fromkeys(name for text in (*texts, *step.do.values()) for name in words_in(text))
        words = (self.shown.words.get(name) for name in names)
        return (word for word in words if word and word.source == "operator")

    def say_last(self, call: Call, step: Step) -> None:
        """The words of the end step of a call that is not on screen count as said; no clock follows."""
        self.add(e.Said(step.id, self._phrase_hash(step, call), call.language, step.marks), call=call.id)

    def _phrase_hash(self, step: Step, call: Call) -> str:
        base = self.bases.of(call.frame)
        if ended_by_another(base, step, call):
            return ""  # said in her own words
        found = shown(base, step.say, call.language) if step.say else None
        return found.wordings[0].hash if found else ""

    # clocks

    def judge(self, scenario: Scenario) -> None:
        """Judge the quiet norms that this scenario answers, unless it opened far too late to be meant."""
        used = {self.base.steps[step].clock for step in scenario.steps}
        for clock in self.call.quiet:
            seconds = self.now - (clock.deadline - clock.limit)
            if clock.norm in used and 0 <= seconds <= 2 * clock.limit:
                met = seconds <= clock.limit
                self.add(e.NormJudged(clock.norm, clock.limit, round(seconds, 3), met))

    def _start_clock(self, step: Step) -> None:
        norm = self.base.norms.get(step.clock)
        if norm is None or norm.kind not in (LIMIT, WAIT):
            return
        frame = self.call.frame
        limit = min(frame.named.get(norm.id, norm.limit), norm.limit)
        depth = len(self.call.frames) - 1
        deadline = self.now + limit
        self.add(e.ClockStarted(norm.id, norm.kind, depth, limit, norm.warn, deadline))

    def _stop_clock(self, depth: int, call: Call | None = None, at: float = 0.0) -> None:
        call = call or self.call
        clock = call.frames[depth].clock
        if clock:
            elapsed, late = self._spent(clock, at or self.now)
            self.add(e.ClockStopped(clock.norm, clock.kind, depth, elapsed, late), call=call.id)

    def _spent(self, clock: NormClock, at: float) -> tuple[float, float]:
        left = clock.left(at)
        late = max(0.0, -left) if clock.kind == LIMIT else 0.0
        return round(max(0.0, clock.limit - left), 3), round(late, 3)

    def _suspend_clock(self, depth: int) -> None:
        clock = self.call.frames[depth].clock
        if clock and clock.suspended is None:
            self.add(e.ClockSuspended(clock.norm, depth, round(clock.left(self.now), 3)))

    # ending

    def end(self, outcome_id: str, phone: bool = False, known: float = 0.0) -> None:
        """End the active call, at `known` if that was earlier, and resume a waiting one. "" is an interrupted
        call, or one that the `phone` ended before its outcome was known."""
        self.abandon(self.call, outcome_id, phone, known)
        self.resume_waiting()

    def came_out(self, call: Call, outcome_id: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The outcome that counts (after a promise, the one replacing it), its requirements and those missed;
        "" and nothing if the outcome is unknown."""
        outcome = self.base.outcomes.get(outcome_id) or self.bases.of(call.frame).outcomes.get(outcome_id)
        if outcome and outcome.promised and self.state.promises_of(call.id):
            outcome = self.base.outcomes.get(outcome.promised, outcome)
        if outcome is None:
            return "", (), ()
        return outcome.id, outcome.requires, tuple(m for m in outcome.requires if m not in call.marks)

    def abandon(self, call: Call, outcome_id: str = "", phone: bool = False, known: float = 0.0) -> None:
        """End a call, on screen or not, at `known` if that was earlier, and leave the others as they are."""
        if call.phone.startswith(PRETENDED):
            self.add(e.Voided(call.cause), call=call.id)
            return
        for depth in range(len(call.frames)):
            self._stop_clock(depth, call, known)
        self.add(e.Ended(*self.came_out(call, outcome_id), phone=phone, known=known), call=call.id)

    def break_off(self, call: Call) -> None:
        """End a call that was idle too long, or that nobody can touch: what followed is unknown, so it and
        its clocks count to its last event."""
        self.abandon(call, known=call.touched)

    def stop_ring(self, ring: Ringing, how: str) -> None:
        """The ringing stopped unanswered; a test ring was none."""
        pretended = ring.phone.startswith(PRETENDED)
        self.add(e.Voided(ring.call) if pretended else e.RingStopped(how), call=ring.call)

    def resume_waiting(self) -> None:
        """Resume the waiting call, if there is one and no other is active."""
        if self.state.waiting and not self.state.active:
            self.add(e.Resumed(), call=self.state.waiting.id)
