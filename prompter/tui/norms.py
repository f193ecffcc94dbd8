"""The lines along the bottom: clocks of this call, then call-backs owed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from prompter.call.view.parts import OVER, OVERDUE, RUNNING, SUSPENDED, WARNING, NormLine
from prompter.kb.model import LIMIT, PROMISE
from prompter.locale import _, ngettext
from prompter.locale.formats import clock_time, promise_time, stopwatch
from prompter.text.phone import grouped
from prompter.tui.draw import BAD, DIM, EMPTY, STRONG, WARM, bar, countdown, cut, line
from prompter.tui.pane import Pane

Norms = tuple[NormLine, ...]

_BAR = 20
_NUMBER = 13  # the width of a national number, 700 11-22-33
_NAME = 5  # from this many cells the beginning of a name is worth showing
_WIDE = 76  # from here on a promise has room for its time of day and the name


class NormsPane(Pane[Norms]):
    """A rule, then one line per norm; those that do not fit are counted in the last line."""

    def lines(self, part: Norms, width: int, height: int) -> list[Content]:
        """The lines in aligned columns."""
        rule = line(("─" * width, DIM))
        if not part:
            return [rule, line((f" {_('No clocks, no call-backs')}", DIM))]
        room = height - 1
        shown = part if len(part) <= room else part[: room - 1]
        owed = [norm for norm in part[len(shown) :] if norm.kind == PROMISE]
        if not owed:  # only clocks are left over, which no list contains
            shown = part[:room]
        rows = [rule, *_columns(shown, width)]
        return [*rows, _hidden(owed)] if owed else rows


def _columns(norms: Sequence[NormLine], width: int) -> list[Content]:
    if not norms:
        return []
    states = [_state(norm, width) for norm in norms]
    states_width = max(state.cell_length for state in states)
    tail = _NUMBER if any(norm.kind == PROMISE for norm in norms) else 0
    titles = min(max(len(_title(norm)) for norm in norms), width - states_width - tail - 7)
    rows = []
    for norm, state in zip(norms, states, strict=True):
        glyph, style = glyph_of(norm)
        title = cut(line((_title(norm), style)), titles)
        left = line(f" {glyph} ", title, " " * (titles - title.cell_length + 2))
        middle = line(state, " " * (states_width - state.cell_length + 2))
        room = width - left.cell_length - middle.cell_length - 1
        rows.append(line(left.stylize(style, 0, 3), middle, cut(_tail(norm, room), room)))
    return rows


def _title(norm: NormLine) -> str:
    return f"{norm.title} · {_('waiting')}" if norm.waiting else norm.title


def glyph_of(norm: NormLine) -> tuple[str, str]:
    """The sign of a line's state, and its style."""
    if norm.state in (OVER, OVERDUE):
        return "▲", BAD
    if norm.kind == PROMISE:
        return ("◑", WARM) if norm.state == WARNING else ("○", "")
    if norm.state == SUSPENDED:
        return "‖", DIM
    if norm.kind != LIMIT:
        return "◌", DIM
    return ("◑", WARM) if norm.state == WARNING else ("◐", WARM)


def _state(norm: NormLine, width: int) -> Content:
    if norm.kind == PROMISE:
        return _promise_state(norm, width)
    time = countdown(norm.left)
    texts = {
        OVER: (_("over by {time}").format(time=time.lstrip("+")), f"{BAD} bold"),
        SUSPENDED: (_("paused at {time}").format(time=time), DIM),
        WARNING: (_("only {time} left").format(time=time), f"{WARM} bold"),
    }
    quiet = STRONG if norm.kind == LIMIT else DIM
    return line(texts.get(norm.state, (_("{time} left").format(time=time), quiet)))


def _promise_state(norm: NormLine, width: int) -> Content:
    if norm.state == OVERDUE:
        return line((_("overdue by {time}").format(time=promise_time(norm.left)), f"{BAD} bold"))
    soon = norm.state == WARNING
    left = promise_time(norm.left)
    text = _("soon, in {time}") if soon else _("in {time}")
    if width >= _WIDE:
        text = _("until {clock}, only {time} left") if soon else _("until {clock}, {time} left")
    state = text.format(clock=clock_time(norm.due), time=left)
    return line((state, f"{WARM} bold" if soon else STRONG))


def _tail(norm: NormLine, room: int) -> Content:
    if norm.kind == PROMISE:
        called = [(_("called"), DIM)] if norm.called else []
        number = grouped(norm.person.number)
        short = number.removeprefix("+996 ") if room < cell_len(number) + 2 else number
        name = norm.person.name if room - cell_len(short) > _NAME else ""  # else it would cost a digit
        parts = [short or _("number forgotten"), name]
        return line("  ".join(p for p in parts if p), *[("  ", ""), *called][: 2 * len(called)])
    style = BAD if norm.state == OVER else DIM if norm.kind != LIMIT or norm.state == SUSPENDED else WARM
    total = line("  ", (_("of {time}").format(time=stopwatch(norm.limit)), DIM))
    share = 1 - norm.left / norm.limit if norm.limit else 1.0
    cells = min(_BAR, room - total.cell_length)
    return line(bar(share, cells, style), total) if cells >= 5 else EMPTY


def _hidden(norms: Sequence[NormLine]) -> Content:
    overdue = sum(norm.state == OVERDUE for norm in norms)
    more = ngettext("{n} more promise", "{n} more promises", len(norms)).format(n=len(norms))
    late = ngettext("{n} overdue", "{n} overdue", overdue).format(n=overdue) if overdue else ""
    style = BAD if overdue else DIM
    text = ", ".join(t for t in (more, late) if t)
    return line((f" {'▲' if overdue else '…'} {text}: Ctrl+B", style))


def rang(before: Norms, after: Norms) -> bool:
    """Whether a limit or the time of a call-back ran out between two views, so that the bell should ring."""
    owed = {norm.promise for norm in before if norm.kind == PROMISE and norm.state != OVERDUE}
    if any(norm.state == OVERDUE and norm.promise in owed for norm in after):
        return True
    over = {_title(norm) for norm in before if norm.state == OVER}
    running = {_title(norm) for norm in before if norm.state in (RUNNING, WARNING)}
    return any(n.state == OVER and _title(n) in running - over for n in after)
