"""How the handbook is drawn: the list of its pages, and one page. Authored text is never markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from prompter.call.view.handbook import NORM, STATUS, Page
from prompter.locale.formats import duration_words
from prompter.locale.names import missing_names
from prompter.tui import draw
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, filled, hanging, line, spread, window, wrapped
from prompter.wording import handbook as words
from prompter.wording.handbook import Row, kind_name

_LABEL = 10  # the column after «Нельзя», «Почему», «Вместо»

_COLOURS = {words.LOUD: draw.WARM, words.WARN: draw.WARM, words.GOOD: draw.GOOD, words.BAD: draw.BAD}


# The list


def list_lines(found: Sequence[Page], selected: int, width: int, height: int) -> list[Content]:
    """The pages under the names of their kinds; the selected one is always visible."""
    layout: list[int | str] = []  # a page's number, a kind's name, "" for an empty line
    focus = 0
    for number, page in enumerate(found):
        if number == 0 or found[number - 1].kind != page.kind:
            layout += ["", page.kind] if layout else [page.kind]
        if number == selected:
            # the name of the first page's kind stays with it
            focus = len(layout) if number else 0
        layout.append(number)
    shown = window(len(layout), height, focus)
    drawn = [_line(found, layout[n], selected, width) for n in shown]
    return with_arrows(drawn, before=shown.start > 0, after=shown.stop < len(layout))


def with_arrows(shown: Sequence[Content], before: bool, after: bool) -> list[Content]:
    """The visible rows, with an arrow in the first column if there are more."""
    seen = list(shown)
    if seen and before:
        seen[0] = line(("↑", DIM), seen[0][1:])
    if seen and after:
        seen[-1] = line(("↓", DIM), seen[-1][1:])
    return seen


def _line(found: Sequence[Page], one: int | str, selected: int, width: int) -> Content:
    if isinstance(one, int):
        return _row(found[one], one == selected, width)
    return line(" ", (kind_name(one), f"{ACCENT} bold")) if one else EMPTY


def _row(page: Page, selected: bool, width: int) -> Content:
    right = EMPTY
    if page.kind == STATUS:
        glyph, short, _long, tone = words.use(page)
        right = line((f"{glyph} {short}", _COLOURS.get(tone, DIM)))
    elif page.kind == NORM:
        right = line((duration_words(page.limit), DIM))
    if selected:
        right = line(right.plain)  # inverted colours are hard to read
    row = line(spread(line("   ", page.title), right, width - 1), " ")
    return row.stylize("reverse") if selected else row


# A page


def page_lines(page: Page, width: int) -> list[Content]:
    """A page in lines of `width` cells, with an empty first column for the scrolling arrows."""
    titled = [*wrapped(line((page.title, STRONG)), width - 1), EMPTY]
    return [line(" ", one) for one in (*titled, *text_lines(page, width - 1))]


def text_lines(page: Page, width: int) -> list[Content]:
    """The content of a page, without its title, in lines of `width` cells."""
    return [one for row in words.rows(page) for one in _drawn(row, width)]


def _drawn(row: Row, width: int) -> list[Content]:
    """A row under its label; the label, if any, has the tone's colour instead of the text."""
    colour = _COLOURS.get(row.tone, "")
    tone = DIM if row.tone == words.QUIET else f"{colour} bold" if colour else ""
    label = line((row.label, tone))
    if not (row.label or row.under):
        return _text(row, tone, width) if row.text else [EMPTY]
    style = STRONG if row.tone == words.GOOD else "" if row.label else tone
    text = _text(row, style, width - _LABEL) if row.text else [EMPTY]
    first = line(label, " " * max(1, _LABEL - label.cell_length), text[0])
    return [first, *(line(" " * _LABEL, one) for one in text[1:])]


def _text(row: Row, style: str, width: int) -> list[Content]:
    text = filled(row.text, style, missing_names())
    return hanging(line((row.glyph, style or ACCENT)), text, 2, width) if row.glyph else wrapped(text, width)
