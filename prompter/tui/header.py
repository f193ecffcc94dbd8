"""The top line: the state of the call, with whom, the operator, the language, the time."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from prompter.call.view.parts import IDLE, OVER, WARNING, Header, Person
from prompter.locale import _
from prompter.locale.formats import stopwatch
from prompter.text.phone import grouped
from prompter.tui.draw import ACCENT, BAD, DIM, EMPTY, GOOD, STRONG, WARM, Part, cut, line, spread
from prompter.tui.pane import Pane

_TITLE = 8
"""Minimum cells for a limit's title in the shortest header; the norms show it in full."""

_CLEAR = 6
"""Cells around the caller that keep his name apart from the operator's: half of them stand on either side."""


class Top(Struct, frozen=True):
    """What the header shows: the call, and the desk around it."""

    header: Header
    languages: tuple[str, ...]
    operator: str
    department: str
    time: str
    unrecorded: bool


class HeaderPane(Pane[Top]):
    """One line across the screen."""

    def lines(self, part: Top, width: int, height: int) -> list[Content]:
        """The line; what does not fit is left out, the least important first."""
        left, right = _state(part.header), _desk(part, full=False)
        brief = _caller(part.header, brief=True)
        # the time of the call always stays, and so do the last digits of the caller's number
        beside = left.cell_length - cell_len(part.header.title) + brief.cell_length + right.cell_length
        short = _state(part.header, max(_TITLE, width - 6 - beside))
        for state, middle, end, least in (
            (left, _caller(part.header), _desk(part, full=True), _CLEAR),
            (left, _caller(part.header), right, 2),
            (left, brief, right, 2),
            (short, brief, right, 2),
            (short, cut(brief, width - short.cell_length - right.cell_length - 6), right, 2),
        ):
            between = width - 2 - state.cell_length - middle.cell_length - end.cell_length
            if between >= least:
                break
        gap = " " * max(1, between // 2) if middle.cell_length else ""
        return [line(" ", spread(line(state, gap, middle), end, width - 2))]


def names_caller(part: Top, width: int) -> bool:
    """Whether a header of this width has room for all that is known of the caller."""
    needed = _state(part.header).cell_length + _caller(part.header).cell_length
    return width - 2 - needed - _desk(part, full=False).cell_length >= 2


def _state(header: Header, room: int | None = None) -> Content:
    """The state and its duration; the title in at most `room` cells."""
    if header.state == IDLE and header.ringing:
        return line(("☎ ", WARM), (_("Dialling") if header.dialled else _("It rings"), f"{WARM} bold"))
    if header.state == IDLE:
        return line(("○ ", DIM), (header.title or _("Waiting"), STRONG))
    styles = {WARNING: WARM, OVER: BAD}
    glyphs = {WARNING: "◑ ", OVER: "▲ "}
    style = styles.get(header.clock, WARM if header.title else GOOD)
    glyph = glyphs.get(header.clock, "◐ " if header.title else "● ")
    title = line((header.title or _("Talking"), f"{style} bold"))
    shown = title if room is None else cut(title, room)
    words = {WARNING: _("running out"), OVER: _("over")}
    word = f", {words[header.clock]}" if header.clock in words else ""
    return line((glyph, style), shown, (word, f"{style} bold"), (f" {stopwatch(header.elapsed)}", ""))


def named(person: Person) -> str:
    """A caller as one text: number, then name."""
    return "  ".join(part for part in (grouped(person.number), person.name) if part)


def _ending(person: Person) -> str:
    """The last digits of a number as it is grouped, else the name."""
    return f"…{person.number[-4:-2]}-{person.number[-2:]}" if person.number else person.name


def _caller(header: Header, brief: bool = False) -> Content:
    """Who is on the phone, who waits and who rings; in brief only the last digits of the numbers, which
    distinguish callers, and the ringing one first: it must be visible even if not all fits."""
    tell = _ending if brief else named
    groups: list[list[Part]] = []
    direction: list[Part] = [(_("outgoing") + " ", DIM)] if header.outgoing else []
    if person := tell(header.person):
        groups.append([*direction, f"☎ {person}"])
    elif direction:
        groups.append(direction)
    if header.waiting is not None:
        groups.append([(f"‖ {_('waiting')} {tell(header.waiting)}".rstrip(), WARM)])
    if header.ringing:
        groups.insert(0 if brief else len(groups), _ringing(header, brief))
    parts: list[Part] = []
    for group in groups:
        parts += ["  ", *group] if parts else group
    return line(*parts) if parts else EMPTY


def _ringing(header: Header, brief: bool) -> list[Part]:
    """Who rings; between calls another word already says that it rings."""
    callers = [_ending(person) if brief else named(person) for person in header.ringing]
    names = " · ".join(one or _("number hidden") for one in callers)
    if header.state == IDLE:
        return [names]
    return [(f"☎ {_('dialling') if header.dialled else _('rings')} {names}", f"{WARM} bold")]


def _desk(part: Top, full: bool) -> Content:
    parts: list[Part] = []
    if part.unrecorded:
        parts.append((f"▲ {_('not being recorded')}  ", f"{BAD} bold"))
    who = " · ".join(w for w in (part.operator, part.department) if w)
    if full and who:
        parts.append((f"{who}   ", ""))
    for number, language in enumerate(part.languages):
        now = language == part.header.language
        name = (language.upper(), f"{ACCENT} bold") if now else (language, DIM)
        parts += [("/", DIM) if number else "", name]
    parts.append(f"  {part.time}")
    return line(*parts)
