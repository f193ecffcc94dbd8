"""Which revision of the base a step on screen belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from prompter.call.state import Frame
from prompter.kb.model import KnowledgeBase, Norm, Step

if TYPE_CHECKING:
    from prompter.call.view.parts import PlainTree


class Bases(Struct, frozen=True):
    """The current revision and older ones whose steps are still on screen, by revision name.

    `trees` caches what the view computes once per current revision, by department and language.
    """

    current: KnowledgeBase
    older: Mapping[str, KnowledgeBase] = field(default_factory=dict)
    trees: dict[tuple[str, str], PlainTree] = field(default_factory=dict)

    def of(self, frame: Frame) -> KnowledgeBase:
        """The base whose words this frame shows; the current one if that is gone."""
        return self.older.get(frame.revision, self.current)

    def step(self, frame: Frame) -> Step:
        """The step on screen; if no known base has it any more, the talk step."""
        base = self.of(frame)
        return base.steps.get(frame.step) or self.current.steps[self.current.talk_step]

    def vanished(self, frame: Frame) -> bool:
        """Whether the step on screen is no longer in the scripts: its words stay until it is left."""
        return frame.step not in self.current.steps

    def target(self, go: str) -> Step:
        """Where an answer leads now: to talk if its step is no longer in the scripts."""
        return self.current.steps.get(go) or self.current.steps[self.current.talk_step]

    def norm(self, id_: str) -> Norm | None:
        """A running norm, as the scripts have it now, or had it when it began."""
        bases = (self.current, *self.older.values())
        return next((base.norms[id_] for base in bases if id_ in base.norms), None)
