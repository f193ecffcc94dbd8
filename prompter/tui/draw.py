"""Drawing lines of text: wrapping, aligning, boxes. Authored text is used as it is, never as markup."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from textual.content import Content

from prompter.call.words import MISSING, TIMED, Filled
from prompter.locale.formats import stopwatch

DIM, STRONG, ACCENT = "$text-dim", "bold", "$accent"
GOOD, WARM, BAD = "$success", "$warning", "$error"

EMPTY = Content("")

Part = str | Content | tuple[str, str]


def line(*parts: Part) -> Content:
    """One line of styled parts."""
    return Content.assemble(*parts)


def cut(content: Content, width: int) -> Content:
    """The line in at most `width` cells, with an ellipsis if cut."""
    return content.truncate(max(0, width), ellipsis=True) if content.cell_length > width else content


def spread(left: Content, right: Content, width: int) -> Content:
    """`left` and `right` at the two ends of a line; the left is cut if both do not fit."""
    room = width - right.cell_length
    left = cut(left, room - 1 if right.cell_length else room)
    return line(left, " " * max(0, room - left.cell_length), right)


def wrapped(content: Content, width: int) -> list[Content]:
    """The text in lines of at most `width` cells, broken between words."""
    return content.wrap(max(4, width))


def hanging(label: Content, content: Content, indent: int, width: int) -> list[Content]:
    """A label, then the text in a column of its own."""
    rows = wrapped(content, width - indent)
    first = line(label, " " * max(0, indent - label.cell_length), rows[0])
    return [first, *(line(" " * indent, row) for row in rows[1:])]


def boxed(rows: Iterable[Content], width: int, title: str, note: str, style: str) -> list[Content]:
    """The rows in a rounded frame with a title above and a note below."""
    inner = width - 4
    head = line((title, f"{style} bold"))
    foot = line((note, DIM))
    # what is too long for the frame goes inside it in full
    above = wrapped(head, inner) if head.cell_length > inner - 2 else []
    under = wrapped(foot, inner) if foot.cell_length > inner - 4 else []
    head, foot = cut(head, inner - 2), cut(foot, inner - 4)
    top = line(("╭─ ", style), head, (f" {'─' * (width - head.cell_length - 5)}╮", style))
    rule = "─" * (width - 3 - (foot.cell_length + 2 if note else 0))
    below = line((f"╰{rule}", style), line(" ", foot, " ") if note else "", ("─╯", style))
    side = ("│", style)
    body = [line(side, " ", spread(row, EMPTY, inner), " ", side) for row in (*above, *rows, *under)]
    return [top, *body, below]


def filled(text: Filled, style: str, names: dict[str, str]) -> Content:
    """An authored text with its words filled in; a missing one is named in place, by its source."""
    parts: list[Part] = []
    for fragment in text:
        if fragment.kind == MISSING:
            parts.append((f"‹{names.get(fragment.source, fragment.text)}?›", f"{WARM} bold"))
        elif fragment.kind == TIMED:
            parts.append((f"‹{fragment.text}›", f"{style} {WARM}".strip()))
        else:
            parts.append((fragment.text, style))
    return line(*parts)


def window(count: int, height: int, focus: int) -> range:
    """Which of `count` rows to show in `height`, so that row `focus` is among them."""
    if count <= height:
        return range(count)
    first = min(max(0, focus - height // 2), count - height)
    return range(first, first + height)


def bar(share: float, width: int, style: str) -> Content:
    """A bar filled to `share` (0 to 1)."""
    used = round(max(0.0, min(1.0, share)) * width)
    return line(("━" * used, style), ("─" * (width - used), DIM))


def countdown(left: float) -> str:
    """Time left, rounded up so that it ends at zero; after that "+0:05", counting up."""
    return stopwatch(ceil(left)) if left > 0 else f"+{stopwatch(-left)}"
