"""A pane above the card: what the simulated caller says, and the drill's progress."""

from __future__ import annotations

from msgspec import Struct
from textual.content import Content

from prompter.call import drill_events as d
from prompter.drilling import Drill
from prompter.locale import _
from prompter.locale.formats import stopwatch
from prompter.tui.draw import ACCENT, DIM, EMPTY, GOOD, STRONG, WARM, Part, hanging, line, spread
from prompter.tui.pane import Pane
from prompter.wording.drills import KINDS

ROWS = 3
"""Lines for the caller: by a rule of the base he says no more than fits, at 60 columns."""

_LABEL = 10


class Heard(Struct, frozen=True):
    """What the pane shows. `text` is what was said last, `sound` what was heard instead of words.

    `title` names the phrase that a card asks for. `kind`, `number` and `of` give the progress (`of` is 0 if
    it has no such end), `left` the seconds left in a shift, -1 without a limit.
    """

    kind: str
    number: int
    of: int
    left: float = -1.0
    rings: bool = False
    calls: bool = False
    text: str = ""
    sound: bool = False
    still: bool = False
    title: str = ""


def heard(drill: Drill) -> Heard:
    """What there is to hear now."""
    progress, setup = drill.progress, drill.setup
    said = drill.heard if drill.desk.state.active else None
    left = setup.limit - progress.elapsed - (0 if drill.clock.held else drill.since_last())
    return Heard(
        kind=setup.kind,
        number=progress.turns + (1 if drill.rings else 0),
        of=setup.calls,
        left=max(0.0, left) if setup.limit else -1.0,
        rings=drill.rings,
        calls=drill.desk.state.active is not None,
        text=said.text if said else "",
        sound=bool(said and said.heard),
        still=drill.clock.held,
    )


class CallerPane(Pane[Heard]):
    """Three lines: who is there and what he says, with the drill's progress at the right."""

    DEFAULT_CSS = f"CallerPane {{ height: {ROWS}; background: $panel; }}"

    def lines(self, part: Heard, width: int, height: int) -> list[Content]:
        """The lines."""
        label, words = _words(part)
        rows = hanging(line(" ", label), words, _LABEL, width - 1)[: height - 1]
        return [spread(_kind(part), _how_far(part), width - 1), *rows]


def _kind(part: Heard) -> Content:
    paused: Part = (f" · {_('the clocks are paused')}", WARM) if part.still else ""
    about = part.title or _(KINDS[part.kind])
    return line((f" {_('Practice')} · {about}", DIM), paused)


def _how_far(part: Heard) -> Content:
    parts: list[str] = []
    if part.kind == d.CARDS:
        parts.append(_("card {n} of {count}").format(n=part.number, count=part.of))
    elif part.of > 1:
        parts.append(_("call {n} of {count}").format(n=max(1, part.number), count=part.of))
    elif part.number and part.left >= 0:
        parts.append(_("call {n}").format(n=part.number))
    if part.left >= 0:
        parts.append(_("left {time}").format(time=stopwatch(part.left)))
    return line((" · ".join(parts), DIM)) if parts else EMPTY


def _words(part: Heard) -> tuple[Content, Content]:
    if part.rings:
        return line(("☎", f"{GOOD} bold")), line((_("It rings: Enter answers"), f"{GOOD} bold"))
    if not part.calls:
        return EMPTY, line((_("Waiting for the next call…"), DIM))
    if not part.text:
        return line((_("Caller"), DIM)), line((_("is on the line and listens to you"), DIM))
    if part.sound:
        return line((_("Heard"), f"{WARM} bold")), line((f"({part.text})", WARM))
    return line((_("Caller"), f"{ACCENT} bold")), line((f"«{part.text}»", STRONG))
