"""How the search's results are drawn: one or two lines each. Authored text is never markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from prompter.locale import _
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, WARM, Part, cut, line, spread, window
from prompter.wording.results import Result, Span, kind_word

_BEFORE = 12
"""How many characters of a long text are shown before the first matching word."""


def result_lines(results: Sequence[Result], selected: int, width: int, height: int) -> list[Content]:
    """One or two lines each, the selected one always visible."""
    rows: list[Content] = []
    first = last = 0
    for number, one in enumerate(results):
        drawn = _rows(one, number == selected, width)
        if number == selected:
            first, last = len(rows), len(rows) + len(drawn) - 1
        rows += drawn
    shown = window(len(rows), height, last)
    if first not in shown:
        shown = range(first, first + height)
    seen = [rows[n] for n in shown]
    if seen and shown.start > 0:
        seen[0] = line(("↑", DIM), seen[0][1:])
    if seen and shown.stop < len(rows):
        seen[-1] = line(("↓", DIM), seen[-1][1:])
    return seen


def _rows(one: Result, selected: bool, width: int) -> list[Content]:
    what = line((kind_word(one.kind), DIM))
    title = _marked(one.title, () if one.in_text else one.spans, "")
    rows = [line(spread(line(f" {one.key or '–':<4}", title), what, width - 1), " ")]
    if one.text:
        shown, spans = _around(one.text, one.spans if one.in_text else ())
        mark: Part = (f"{_('draft')} · ", WARM) if one.draft else ""
        text = cut(line(mark, _marked(shown, spans, DIM)), width - 6)
        rows.append(spread(line("     ", text), EMPTY, width))
    return [line(row.plain).stylize("reverse") for row in rows] if selected else rows


def _around(text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """A long text from a little before the first matching word."""
    text = text.replace("\n", " ")
    start = spans[0][0] if spans else 0
    if start <= _BEFORE * 2:
        return text, spans
    begin = text.rfind(" ", 0, start - _BEFORE) + 1
    return "…" + text[begin:], tuple((a - begin + 1, b - begin + 1) for a, b in spans)


def _marked(text: str, spans: tuple[Span, ...], style: str) -> Content:
    """The text with the matching words highlighted."""
    content = line((text, style))
    for start, end in spans:
        content = content.stylize(f"{ACCENT} {STRONG}", start, end)
    return content
