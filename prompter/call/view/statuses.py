"""The statuses of the telephone line as the operator mirrors them, and the standard's reminders.

It is a reminder, not a time sheet: nobody is measured by it, and «Линия 24» knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from prompter.call.phrases import text_in
from prompter.call.state import DeskState
from prompter.call.view.parts import Reminded, Viewer
from prompter.kb.model import KnowledgeBase, Status

BACK, CLOSED, UNUSED = "back", "closed", "unused"
"""What is reminded of: back to the usual status after a call (slide 4); a status outside its hours (slide 6);
a daily one not used late in the shift (slides 2 and 6)."""


class StatusLine(Struct, frozen=True):
    """A status in the list. `used`: it was set today; `closed`: until when it may not be set now;
    `barred_to`: the departments that must not use it, if hers is unknown."""

    id: str
    title: str
    allowed: bool
    now: bool = False
    daily: bool = False
    used: bool = False
    closed: str = ""
    rule: str = ""
    barred_to: tuple[str, ...] = ()


def statuses(state: DeskState, base: KnowledgeBase, viewer: Viewer, now: float) -> tuple[StatusLine, ...]:
    """Those that she may use in the base's order, then those not for all, then the forbidden ones."""
    lines = [_line(one, state, base, viewer, now) for one in base.statuses.values()]
    return tuple(sorted(lines, key=lambda one: (not one.allowed, bool(one.barred_to))))


def _line(one: Status, state: DeskState, base: KnowledgeBase, viewer: Viewer, now: float) -> StatusLine:
    unknown = () if viewer.department else one.forbidden
    return StatusLine(
        id=one.id,
        title=text_in(one.title, viewer.ui, base.languages),
        allowed=viewer.department not in one.forbidden,
        now=state.status == one.id,
        daily=one.daily,
        used=one.id in dict(_today(state, viewer, now)),
        closed=closed_until(one, viewer, now),
        rule=text_in(one.rule, viewer.ui, base.languages),
        barred_to=tuple(_department(name, base, viewer) for name in unknown),
    )


def _department(name: str, base: KnowledgeBase, viewer: Viewer) -> str:
    """The title of a department in the scripts; its id if there is none."""
    return text_in(base.departments.get(name, {}), viewer.ui, base.languages) or name


def closed_until(one: Status, viewer: Viewer, now: float) -> str:
    """When the hours end in which this status may not be set, "" outside of them."""
    clock = datetime.fromtimestamp(now, viewer.zone).strftime("%H:%M")
    for start, end in one.closed.items():
        within = start <= clock < end if start < end else clock >= start or clock < end  # over midnight
        if within:
            return end
    return ""


def _today(state: DeskState, viewer: Viewer, now: float) -> list[tuple[str, float]]:
    """The statuses set today, in order."""
    return [(id_, at) for id_, at in state.statuses if _day(at, viewer) == _day(now, viewer)]


def _day(moment: float, viewer: Viewer) -> object:
    return datetime.fromtimestamp(moment, viewer.zone).date()


def mirrored(state: DeskState, base: KnowledgeBase, viewer: Viewer, now: float) -> str:
    """The title of the status that was set today and is current, or ""."""
    current = base.statuses.get(state.status)
    if current is None or current.id not in dict(_today(state, viewer, now)):
        return ""
    return text_in(current.title, viewer.ui, base.languages)


def reminders(state: DeskState, base: KnowledgeBase, viewer: Viewer, now: float) -> Iterator[Reminded]:
    """The standard's reminders between calls; none if she mirrors no status today."""
    set_today = _today(state, viewer, now)
    today = dict(set_today)  # when each was last set
    current = base.statuses.get(state.status)
    if not today or state.active is not None:
        return
    ended = state.last.ended if state.last else 0.0
    usual = next((one for one in base.statuses.values() if one.after_call), None)
    if current and usual and current.id != usual.id and today.get(current.id, now) < ended:
        yield Reminded(BACK, text_in(usual.title, viewer.ui, base.languages))
    if current and (until := closed_until(current, viewer, now)):
        yield Reminded(CLOSED, text_in(current.title, viewer.ui, base.languages), until)
    for one in base.statuses.values():
        late = one.daily and one.remind and now - set_today[0][1] >= one.remind
        may = viewer.department not in one.forbidden and not closed_until(one, viewer, now)
        if late and may and one.id not in today:
            yield Reminded(UNUSED, text_in(one.title, viewer.ui, base.languages))
