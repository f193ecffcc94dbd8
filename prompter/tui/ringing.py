"""The lines above the greeting while it rings: who that is, and the last call."""

from __future__ import annotations

from textual.content import Content

from prompter.call.view.parts import Rings
from prompter.locale import _
from prompter.locale.formats import clock_time, day_and_time
from prompter.locale.names import LANGUAGE_NAMES
from prompter.text.phone import grouped
from prompter.tui.draw import DIM, STRONG, WARM, hanging, line


def ringing_lines(rings: Rings, width: int, note: str = "") -> list[Content]:
    """Number and name, whether a call-back is owed, the last call and its language, the newest `note`."""
    person = rings.person
    who = "  ".join(part for part in (grouped(person.number) or _("number hidden"), person.name) if part)
    text = _("Dialling") if rings.outgoing else _("It rings")
    rows = hanging(line("☎ "), line((f"{text}: ", WARM), (who, STRONG)), 2, width)
    if rings.due:
        owed = _("Call-back promised until {clock}").format(clock=clock_time(rings.due))
        rows += hanging(line("  "), line((owed, WARM)), 2, width)
    if person.number:
        rows += hanging(line("  "), line((_last(rings), DIM)), 2, width)
    if note:
        rows += hanging(line("  "), line((f"{_('Note')}: ", DIM), note), 2, width)
    return rows


def _last(rings: Rings) -> str:
    if not rings.last_at:
        return _("No earlier call is known")
    at = clock_time(rings.last_at) if rings.last_today else day_and_time(rings.last_at)
    outcome = rings.last_outcome or _("outcome not told")
    text = _("Last call {clock}: {outcome}").format(clock=at, outcome=outcome)
    return f"{text} · {LANGUAGE_NAMES.get(rings.language, rings.language)}"
