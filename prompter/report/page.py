"""A report's blocks as one self-contained HTML page: no script, no font, no request to anywhere.

Its own content policy forbids all of them, so that a caller's words in a report can never become live.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from prompter.report.blocks import Bars, Block, Cell, Curve, Folded, Heat, Rows, Table, Text

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2430; --dim: #5c6773; --paper: #ffffff; --line: #d5dbe1;
  --good: #cfeed6; --fair: #fbeab5; --bad: #f7cfc9; --bar: #2f6fab; --heat: 30, 111, 171; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ee; --dim: #9aa6b2; --paper: #14181d;
  --line: #38424d; --good: #1d4a2b; --fair: #57471a; --bad: #5d2b25; --bar: #6aa9e0;
  --heat: 106, 169, 224; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .3rem 0; max-width: 60rem; } .dim { color: var(--dim); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { padding: .3rem .7rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); } th { color: var(--dim); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.good { background: var(--good); } .fair { background: var(--fair); } .bad { background: var(--bad); }
.heat td { text-align: center; min-width: 4.2rem; } .heat th { vertical-align: bottom; max-width: 9rem; }
.heat small { display: block; opacity: .75; }
.bars { display: grid; grid-template-columns: max-content minmax(6rem, 1fr) max-content; gap: .3rem .8rem;
  align-items: center; max-width: 56rem; }
.bars i { display: block; height: .9rem; background: var(--bar); border-radius: 2px; min-width: 2px; }
.bars span:first-child, .bars .name { max-width: 24rem; overflow-wrap: anywhere; }
svg { width: 100%; max-width: 56rem; height: auto; display: block; }
svg text { fill: var(--dim); font-size: 12px; }
svg polyline { fill: none; stroke: var(--bar); stroke-width: 2; }
svg circle { fill: var(--bar); } svg line { stroke: var(--line); }
pre { margin: 0; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
details { margin: .3rem 0; } summary { cursor: pointer; padding: .2rem 0; }
details > div { padding: .2rem 0 .8rem 1.2rem; border-left: 3px solid var(--line); }
@media print { body { max-width: none; padding: 0; } details { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 200, 44, 28
_MOST_LABELS = 8


def page(title: str, subtitle: str, blocks: Sequence[Block], language: str = "ru") -> str:
    """The whole page."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f'<h1>{escape(title)}</h1><p class="dim">{escape(subtitle)}</p>',
            *(part for block in blocks for part in _drawn(block, 2)),
            "</body></html>\n",
        ]
    )


def _drawn(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Text):
        yield f"<p>{escape(block.text)}</p>"
        return
    if isinstance(block, Rows):
        yield f"<pre>{escape(chr(10).join(block.lines))}</pre>"
        return
    if isinstance(block, Folded):
        inside = "".join(part for one in block.blocks for part in _drawn(one, 3))
        yield f"<details><summary>{escape(block.title)}</summary><div>{inside}</div></details>"
        return
    yield f"<section><h{level}>{escape(block.title)}</h{level}>" if block.title else "<section>"
    if _is_empty(block):
        yield f'<p class="dim">{escape(block.empty)}</p>'
    else:
        yield from _DRAW[type(block)](block)
    yield "</section>"


def _is_empty(block: Table | Heat | Bars | Curve) -> bool:
    if isinstance(block, Curve):
        return not block.points
    return not (block.bars if isinstance(block, Bars) else block.rows)


def _table(block: Table) -> Iterator[str]:
    def kind(at: int, tone: str = "") -> str:
        classes = " ".join(filter(None, ("number" if at in block.numbers else "", tone)))
        return f' class="{classes}"' if classes else ""

    yield '<div class="wide"><table><thead><tr>'
    yield "".join(f"<th{kind(at)}>{escape(one)}</th>" for at, one in enumerate(block.head))
    yield "</tr></thead><tbody>"
    for row in block.rows:
        cells = [one if isinstance(one, Cell) else Cell(one) for one in row]
        yield "<tr>"
        yield "".join(
            f"<td{kind(at, one.tone)}{_tooltip(one.note)}>{escape(one.text)}</td>"
            for at, one in enumerate(cells)
        )
        yield "</tr>"
    yield "</tbody></table></div>"


def _tooltip(note: str) -> str:
    return f' title="{escape(note)}"' if note else ""


def _heat(block: Heat) -> Iterator[str]:
    """Every cell has its number: never colour alone."""
    yield '<div class="wide"><table class="heat"><thead><tr><th></th>'
    yield "".join(f"<th>{escape(one)}</th>" for one in block.columns)
    yield "</tr></thead><tbody>"
    for name, shares, counts in zip(block.rows, block.shares, block.counts, strict=True):
        yield f"<tr><th>{escape(name)}</th>"
        for share, count in zip(shares, counts, strict=True):
            if share is None:
                yield '<td class="dim">·</td>'
            else:
                colour = f"background: rgba(var(--heat), {0.04 + 0.6 * share**2:.2f})"
                yield f'<td style="{colour}">{share:.0%}<small>×{count}</small></td>'
        yield "</tr>"
    yield "</tbody></table></div>"
    if block.legend:
        yield f'<p class="dim">{escape(block.legend)}</p>'


def _bars(block: Bars) -> Iterator[str]:
    yield '<div class="bars">'
    for name, share, beside in block.bars:
        width = 100 * min(1.0, max(0.0, share))
        yield f'<span class="name">{escape(name)}</span><i style="width: {width:.1f}%"></i>'
        yield f"<span>{escape(beside)}</span>"
    yield "</div>"


def _line(block: Curve) -> Iterator[str]:
    span = block.high - block.low or 1.0
    wide = (_WIDTH - _LEFT - 16) / max(1, len(block.points) - 1)
    high = _HEIGHT - _BOTTOM - 12

    def y(value: float) -> float:
        return 12 + high * (1 - (min(max(value, block.low), block.high) - block.low) / span)

    spots = [(_LEFT + wide * at, y(value), label, value) for at, (label, value) in enumerate(block.points)]
    yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(block.title)}">'
    for value in (block.low, (block.low + block.high) / 2, block.high):
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - 16}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
        label_ = f"{value:g}{escape(block.unit)}"
        yield f'<text x="{_LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{label_}</text>'
    yield f'<polyline points="{" ".join(f"{x:.1f},{up:.1f}" for x, up, *_rest in spots)}"/>'
    every = max(1, -(-len(spots) // _MOST_LABELS))
    for at, (x, up, label, value) in enumerate(spots):
        yield f'<circle cx="{x:.1f}" cy="{up:.1f}" r="3"><title>{escape(label)}: {value:g}</title></circle>'
        if at % every == 0:
            yield f'<text x="{x:.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(label)}</text>'
    yield "</svg>"


_DRAW: dict[type, Callable[[Any], Iterator[str]]] = {Table: _table, Heat: _heat, Bars: _bars, Curve: _line}
