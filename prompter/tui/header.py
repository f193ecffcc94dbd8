"""The top line: what goes on, with whom, who sits here, the language, the time."""

from __future__ import annotations

from msgspec import Struct
from textual.content import Content

from prompter.call.view.parts import IDLE, OVER, WARNING, Header, Person
from prompter.locale import _
from prompter.locale.formats import stopwatch
from prompter.text.phone import grouped
from prompter.tui.draw import ACCENT, BAD, DIM, EMPTY, GOOD, STRONG, WARM, Part, cut, line, spread
from prompter.tui.pane import Pane


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
        """The line, with what does not fit left out in order of need."""
        left, right = _state(part.header), _desk(part, full=False)
        brief = _caller(part.header, brief=True)
        for middle, end in (
            (_caller(part.header), _desk(part, full=True)),
            (_caller(part.header), right),
            (brief, right),
            (cut(brief, width - left.cell_length - right.cell_length - 6), right),
        ):
            between = width - 2 - left.cell_length - middle.cell_length - end.cell_length
            if between >= 2:
                break
        gap = " " * max(1, between // 2) if middle.cell_length else ""
        return [line(" ", spread(line(left, gap, middle), end, width - 2))]


def _state(header: Header) -> Content:
    if header.state == IDLE:
        return line(("○ ", DIM), (_("Waiting"), STRONG))
    styles = {WARNING: WARM, OVER: BAD}
    glyphs = {WARNING: "◑ ", OVER: "▲ "}
    style = styles.get(header.clock, WARM if header.title else GOOD)
    glyph = glyphs.get(header.clock, "◐ " if header.title else "● ")
    title = header.title or _("Talking")
    return line((glyph, style), (title, f"{style} bold"), (f" {stopwatch(header.elapsed)}", ""))


def named(person: Person) -> str:
    """A caller in one piece of text: number, then name."""
    return "  ".join(part for part in (grouped(person.number), person.name) if part)


def _ending(person: Person) -> str:
    """The last digits of a number as it is grouped, else the name."""
    return f"…{person.number[-4:-2]}-{person.number[-2:]}" if person.number else person.name


def _caller(header: Header, brief: bool = False) -> Content:
    """Who is on the phone and who waits; in brief the numbers' last digits, which tell callers apart."""
    parts: list[Part] = []
    if header.outgoing:
        parts.append((_("outgoing") + " ", DIM))
    if person := _ending(header.person) if brief else named(header.person):
        parts.append(f"☎ {person}")
    if header.waiting is not None:
        waiting = _ending(header.waiting) if brief else named(header.waiting)
        parts.append((f"  ‖ {_('waiting')} {waiting}".rstrip(), WARM))
    return line(*parts) if parts else EMPTY


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
