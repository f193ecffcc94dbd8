"""Adds what an operator missed in her own calls to her practice, if she agreed: see `practice.failures`.

Done when a call can no longer be undone, outside the handling of keys, and once, while the operator is still
known.
"""

from __future__ import annotations

from prompter.call.drill_events import PhraseMissed
from prompter.call.events import PRACTICE, Event
from prompter.call.state import UNDO_END_SECONDS
from prompter.desk import Desk
from prompter.journal.batch import Batch
from prompter.journal.drills import call_story

LOOKS_EVERY = 3.0
"""Seconds between two looks."""


class Learning:
    """Looks at each call of a desk once after its end."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._seen = desk.state.last.id if desk.state.last else ""

    def look(self, agreed: bool) -> list[PhraseMissed]:
        """Record what was missed, and return it. Without her consent a call is skipped for good."""
        desk, last = self.desk, self.desk.state.last
        if last is None or last.id == self._seen or desk.clock.now() - last.ended <= UNDO_END_SECONDS:
            return []
        self._seen = last.id
        operator = desk.viewer.operator
        if not agreed or not operator or not last.outcome:
            return []
        from prompter.practice.failures import failures

        found = failures(call_story(desk.journal, last.id), desk.base, operator)
        cause, now = desk.ids(), desk.clock.now()
        events = tuple(
            Event(desk.ids(), desk.journal.desk, last.id, now, PRACTICE, desk.base.revision, cause, one)
            for one in found
        )
        if events:
            desk.journal.append(Batch(events))
        return found
