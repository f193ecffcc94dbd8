"""A report as one page that needs nothing beside it: tables, and plots as SVG. No script, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from prompter.commands.reporttables import Cell, Table
from prompter.locale import _, language

GOOD, BAD, PLAIN = "#2f7d4f", "#b3402e", "#3b6ea5"
"""Colours of a plot: what was kept, what was not, what only counts."""

_MOST = 12
"""Bars of a plot; the table below it has all."""

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #1c1c1c; background: #fff; margin: 2rem auto;
  max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p.about { color: #555; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .6rem; }
th { border-bottom: 2px solid #999; } td { border-bottom: 1px solid #ddd; }
th + th, td + td { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
figure { margin: .5rem 0 1rem; } svg { width: 100%; height: auto; }
@media print { body { margin: 0; } h2, figure { break-after: avoid; } tr { break-inside: avoid; } }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do with the page: draw it."""


def page(title: str, about: str, tables: Sequence[Table]) -> str:
    """The whole page. Every text in it is escaped here."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language()}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f'<h1>{escape(title)}</h1><p class="about">{escape(about)}</p>',
            *(part for table in tables for part in _section(table)),
            "</body></html>",
            "",
        ]
    )


def _section(table: Table) -> Iterator[str]:
    yield f'<section id="{table.id}"><h2>{escape(table.title)}</h2>'
    if plot := _plot(table):
        yield f"<figure>{plot}</figure>"
    yield (
        "<table><thead><tr>"
        + "".join(f"<th>{escape(head)}</th>" for head in table.heads)
        + "</tr></thead><tbody>"
    )
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></section>"


def _plot(table: Table) -> str:
    """The table's figures as bars, "" for one that a plot would not help."""
    if table.id == "days":
        return _bars(table, [(table.heads[1], PLAIN, 1)], across=True) if len(table.rows) > 1 else ""
    columns = {
        "outcomes": [(1, PLAIN)],
        "scenarios": [(1, PLAIN)],
        "norms": [(1, GOOD), (2, BAD)],
        "promises": [(1, PLAIN)],
        "required": [(1, PLAIN), (2, BAD)],
    }.get(table.id, [])
    return _bars(table, [(table.heads[n], colour, n) for n, colour in columns]) if columns else ""


def _bars(table: Table, columns: Sequence[tuple[str, str, int]], across: bool = False) -> str:
    import pygal
    from pygal.style import Style

    rows = table.rows if across else table.rows[:_MOST]
    style = Style(
        background="transparent",
        plot_background="transparent",
        colors=[colour for _head, colour, _n in columns],
        font_family="system-ui, sans-serif",
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=13,
        legend_font_size=13,
    )
    kind = pygal.Bar if across else pygal.HorizontalBar
    height = 260 if across else 60 + 26 * len(rows) * len(columns)
    chart = kind(
        style=style,
        width=900,
        height=height,
        js=(),
        disable_xml_declaration=True,
        show_legend=len(columns) > 1,
        legend_at_bottom=True,
        print_values=not across,
        value_formatter=lambda value: f"{value:.0f}",
        truncate_label=-1,
        x_label_rotation=45 if across else 0,
        x_labels_major_count=min(12, len(rows)) if across else None,
        show_minor_x_labels=not across,
        margin=10,
        show_x_guides=False,
        show_y_guides=across,
        pretty_print=False,
    )
    shown: list[tuple[Cell, ...]] = list(rows if across else reversed(rows))  # the first one uppermost
    chart.x_labels = [str(row[0]) for row in shown]
    for head, _colour, number in columns:
        chart.add(head, [row[number] for row in shown])
    return _without_script(chart.render(is_unicode=True))


def _without_script(svg: str) -> str:
    """The plot without the script that would show hints: the values stand beside the bars."""
    before, found, rest = svg.partition("<script")
    return before + rest.partition("</script>")[2] if found else svg


def about(journals: int, period: str) -> str:
    """What the page says of itself below its title."""
    from prompter.locale import ngettext

    told = ngettext("{n} desk", "{n} desks", journals).format(n=journals)
    return f"{period} · {told} · {_('practice is not counted')}"
