"""Drills in the journal: the list of them, and each with all of its calls."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from prompter.call.drill_events import DrillBegan, DrillEnded, DrillPaused, DrillResumed
from prompter.call.events import Event
from prompter.journal.rows import COLUMNS
from prompter.journal.store import Journal

_DRILLS = f"""
    SELECT {COLUMNS} FROM events WHERE stream = 'practice' AND mode = 'practice'
    AND type IN ('drill_began', 'drill_paused', 'drill_resumed', 'drill_ended') ORDER BY seq
"""

_DRILL = f"""
    SELECT {COLUMNS} FROM events WHERE seq IN (
        SELECT seq FROM events WHERE stream = 'practice' AND json_extract(data, '$.drill') = :drill
        UNION
        SELECT c.seq FROM events r CROSS JOIN events c ON c.call = r.call
        WHERE r.stream = 'practice' AND json_extract(r.data, '$.drill') = :drill AND r.type = 'caller_rang'
    ) AND mode = 'practice' ORDER BY seq
"""


_KNOWN = f"""
    SELECT {COLUMNS} FROM events WHERE stream = 'practice'
    AND type IN ('drill_began', 'phrase_given', 'phrase_missed', 'drill_ended')
"""
_RESULTS = f"{_KNOWN} ORDER BY seq"
_RESULTS_OF = f"""{_KNOWN}
    AND (json_extract(data, '$.trainee') = :trainee OR json_extract(data, '$.drill') IN (
        SELECT json_extract(data, '$.drill') FROM events WHERE stream = 'practice'
        AND type = 'drill_began' AND json_extract(data, '$.trainee') = :trainee
    )) ORDER BY seq
"""


_CALL = f"SELECT {COLUMNS} FROM events WHERE call = packed(:call) ORDER BY seq"


class DrillRun(Struct, frozen=True):
    """One drill: when and on which revision it began, and how it ended, None while it is unfinished.

    `paused`: interrupted for a real call and not resumed since.
    """

    began: DrillBegan
    at: float
    revision: str
    ended: DrillEnded | None = None
    ended_at: float = 0.0
    paused: bool = False


def drill_runs(journal: Journal, trainee: str = "") -> list[DrillRun]:
    """The drills of a trainee, or of all, in the order in which they began."""
    found: dict[str, DrillRun] = {}
    for event in journal.events(_DRILLS):
        body = event.body
        if isinstance(body, DrillBegan) and (not trainee or body.trainee == trainee):
            found[body.drill] = DrillRun(body, event.at, event.revision)
        elif isinstance(body, DrillEnded) and body.drill in found:
            found[body.drill] = replace(found[body.drill], ended=body, ended_at=event.at)
        elif isinstance(body, (DrillPaused, DrillResumed)) and body.drill in found:
            found[body.drill] = replace(found[body.drill], paused=isinstance(body, DrillPaused))
    return list(found.values())


def trainees(drills: Sequence[DrillRun]) -> list[str]:
    """Who has drilled here, the latest first."""
    return list(dict.fromkeys(one.began.trainee for one in reversed(drills)))


def story_of(journal: Journal, drill: str) -> list[Event]:
    """Everything recorded of one drill, its calls included, in order."""
    return journal.events(_DRILL, {"drill": drill})


def results(journal: Journal, trainee: str = "") -> list[Event]:
    """All events about what a trainee, or everybody, knows (see `practice.store`), in order."""
    return journal.events(_RESULTS_OF, {"trainee": trainee}) if trainee else journal.events(_RESULTS)


def call_story(journal: Journal, call: str) -> list[Event]:
    """Everything recorded of one call, in order."""
    return journal.events(_CALL, {"call": call})
