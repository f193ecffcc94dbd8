"""Names of the kinds of drills, for the screen, the report and the help."""

from __future__ import annotations

from prompter.call import drill_events as d
from prompter.locale import N_

KINDS = {
    d.CARDS: N_("Cards"),
    d.SCENARIO: N_("One scenario"),
    d.SHIFT: N_("Shift"),
    d.EXAM: N_("Exam"),
    d.COACH: N_("With a trainer"),
}
"""A name for each kind."""

KIND_LINES = {
    d.CARDS: N_("Cards: single phrases"),
    d.SCENARIO: N_("One scenario"),
    d.SHIFT: N_("A shift: callers one after the other, ten minutes"),
    d.EXAM: N_("Exam"),
    d.COACH: N_("With a trainer, who plays the caller"),
}
"""A line for each kind, to choose from."""
