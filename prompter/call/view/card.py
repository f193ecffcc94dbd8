"""The phrase card: the step on screen, or the ready greeting between calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from prompter.call.bases import Bases
from prompter.call.offers import Offer, offers
from prompter.call.phrases import ended_by_another, lists_in, shown, shown_in, text_in
from prompter.call.state import Call, DeskState
from prompter.call.view.parts import LISTEN, OWN, SAY, AnswerLine, Card, Spoken, Viewer
from prompter.call.words import MISSING, TIMED, Filled, Speaker, fill
from prompter.kb.model import RETURN, KnowledgeBase, Phrase, Step, in_force


def ready_card(base: KnowledgeBase, step_id: str, viewer: Viewer, now: float) -> Card:
    """A step as it would be said: the greeting between calls, a preview of a search or tree line."""
    step = base.steps[step_id]
    language = viewer.language or base.languages[0]
    card = _Maker(base, language, _speaker(viewer, now, {})).card(step, viewer.ui)
    offered = tuple(Offer(n, a.when, a.go, a.enter) for n, a in enumerate(step.answers, 1))
    return replace(card, answers=_lines(Bases(base), offered, viewer.ui))


def call_card(state: DeskState, call: Call, bases: Bases, viewer: Viewer, now: float) -> Card:
    """The card of the step that the call has reached."""
    frame = call.frame
    base, step = bases.of(frame), bases.step(frame)
    promised = {p.norm: p.limit for p in state.promises_of(call.id)}
    seconds = {**call.frame.chosen, **promised}
    maker = _Maker(base, call.language, _speaker(viewer, now, seconds, frozenset(promised)))
    card = maker.card(step, viewer.ui)
    offered = offers(bases, frame, now)
    below = call.frames[-2] if len(call.frames) > 1 else None
    back = bases.step(below) if below else None
    said_at = call.said.get(step.id) if frame.said else None
    # only steps that were said: each one accessed is decoded, and a large base has 10,000
    said = (base.steps[id_] for id_ in call.said if id_ in base.steps)
    first = next((one for one in said if one.again == step.id), None)
    if ended_by_another(base, step, call):
        card = _in_own_words(card, call, base, viewer.ui)
    return replace(
        card,
        said=frame.said,
        said_at=None if said_at is None else said_at - call.started,
        before=text_in(first.title, viewer.ui, base.languages) if first else "",
        before_at=call.said[first.id] - call.started if first else 0.0,
        answers=_lines(bases, offered, viewer.ui, back),
        later=maker.later(offered) if step.listen else None,
        promise=step.promise,
        ends=_ends(base, step, viewer.ui, bool(promised)),
        vanished=bases.vanished(frame),
    )


def _in_own_words(card: Card, call: Call, base: KnowledgeBase, ui: str) -> Card:
    """The card without words that only the operator who ended the last call can say."""
    outcome = base.outcomes.get(call.last_outcome)
    how = text_in(outcome.title, ui, base.languages) if outcome else call.last_outcome
    return replace(
        card,
        kind=OWN,
        spoken=None,
        unapproved=False,
        instead="",
        others=(),
        lacking=(),
        missing=(),
        ended_by=call.last_operator,
        ended_how=how,
    )


def _ends(base: KnowledgeBase, step: Step, ui: str, promised: bool) -> str:
    """The outcome of an end step; after a promise, the one replacing it."""
    outcome = base.outcomes.get(step.end)
    if outcome and outcome.promised and promised:
        outcome = base.outcomes.get(outcome.promised, outcome)
    return text_in(outcome.title, ui, base.languages) if outcome else ""


def _speaker(
    viewer: Viewer, now: float, seconds: Mapping[str, int], promised: frozenset[str] = frozenset()
) -> Speaker:
    local = datetime.fromtimestamp(now, viewer.zone)
    return Speaker(viewer.operator, viewer.gender, local, seconds, promised)


class _Maker:
    """Makes cards of one base in one language."""

    def __init__(self, base: KnowledgeBase, language: str, speaker: Speaker) -> None:
        self.base, self.language, self.speaker = base, language, speaker

    def card(self, step: Step, ui: str) -> Card:
        languages = self.base.languages
        spoken = self._spoken(step.say) if step.say else None
        other = [one for one in languages if one != (spoken.language if spoken else "")]
        others = [found for one in other if step.say and (found := self._spoken_in(step.say, one))]
        do = text_in(step.do, ui, languages)
        filled = fill(self.base, do, ui, self.speaker) if do else ()
        texts = [*(spoken.variants if spoken else ()), filled]
        return Card(
            step=step.id,
            title=text_in(step.title, ui, languages),
            kind=LISTEN if step.listen else SAY if spoken else OWN,
            spoken=spoken,
            unapproved=step.say is not None and spoken is None,
            instead=self.language if spoken and spoken.language != self.language else "",
            others=tuple(others),
            lacking=tuple(one for one in other if one not in {o.language for o in others}),
            do=filled,
            never=lists_in(step.never, ui, languages),
            missing=tuple(dict.fromkeys(f.source for text in texts for f in text if f.kind == MISSING)),
            source=step.source or self.base.scenarios[step.scenario].source,
            ends=_ends(self.base, step, ui, promised=False),
            timed=any(f.kind == TIMED for text in texts for f in text),
            notice=text_in(step.notice, ui, languages) if self._in_force(step) else "",
        )

    def _in_force(self, step: Step) -> bool:
        local = self.speaker.local
        return local is not None and in_force(step.until, local.date().isoformat())

    def later(self, offered: tuple[Offer, ...]) -> Spoken | None:
        """The phrase that the first answer leads to."""
        step = self.base.steps.get(offered[0].go) if offered else None
        return self._spoken(step.say) if step and step.say else None

    def _spoken(self, phrase: Phrase) -> Spoken | None:
        found = shown(self.base, phrase, self.language)
        return self._spoken_in(phrase, found.language) if found else None

    def _spoken_in(self, phrase: Phrase, language: str) -> Spoken | None:
        found = shown_in(self.base, phrase, language)
        if found is None:
            return None
        variants: list[Filled] = [fill(self.base, w.text, language, self.speaker) for w in found.wordings]
        return Spoken(language, tuple(variants), found.draft)


def _lines(
    bases: Bases, offered: tuple[Offer, ...], ui: str, back: Step | None = None
) -> tuple[AnswerLine, ...]:
    base = bases.current
    languages = base.languages

    def leads(go: str) -> str:
        target = back if go == RETURN and back is not None else bases.target(go)
        if target.id == base.talk_step:
            return text_in(base.scenarios[base.talk].title, ui, languages)
        return text_in(target.title, ui, languages)

    return tuple(
        AnswerLine(o.digit, text_in(o.when, ui, languages) or to, to, o.enter, o.highlighted, o.go)
        for o in offered
        for to in [leads(o.go)]
    )
