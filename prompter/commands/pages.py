"""The handbook as plain text: for `prompter show` and `prompter list`."""

from __future__ import annotations

from collections.abc import Iterator
from time import time

from prompter.call.view.handbook import (
    ARTICLE,
    EXPRESSION,
    MANNER,
    NORM,
    OUTCOME,
    STATUS,
    Page,
    handbook,
)
from prompter.call.words import MISSING, Filled
from prompter.commands.base import viewer_of
from prompter.kb.model import KnowledgeBase
from prompter.locale.names import missing_names
from prompter.settings import Settings
from prompter.wording.handbook import Row, kind_name, rows, use

SECTIONS = {
    ARTICLE: "articles",
    STATUS: "statuses",
    EXPRESSION: "forbidden",
    MANNER: "forbidden",
    NORM: "norms",
    OUTCOME: "outcomes",
}
"""The names of pages on the command line: those of the base's files or fields that they come from."""


def pages(base: KnowledgeBase, settings: Settings, name: str = "") -> list[Page]:
    """The department's pages: all, those of a section (`statuses`), or one (`statuses/coffee`)."""
    viewer = viewer_of(settings)
    language = settings.language or base.languages[0]
    found = handbook(base, viewer, language, time())
    return [page for page in found if name in ("", *names_of(page))]


def names_of(page: Page) -> tuple[str, str]:
    """The names under which `show` finds a page: its section's and its own."""
    return SECTIONS[page.kind], f"{SECTIONS[page.kind]}/{page.id}"


def listed(found: list[Page]) -> Iterator[str]:
    """One line per page: its name, its title, and for a status how it is used."""
    width = max((len(names_of(page)[1]) for page in found), default=0)
    for page in found:
        note = f"  [{use(page)[1]}]" if page.kind == STATUS else ""
        yield f"{names_of(page)[1]:<{width}}  {page.title}{note}"


def shown(found: list[Page]) -> Iterator[str]:
    """The pages under the names of their kinds."""
    kind = ""
    for page in found:
        if page.kind != kind:
            kind = page.kind
            yield kind_name(kind)
        yield f"  {page.title}  [{names_of(page)[1]}]"
        yield from (_line(row) for row in rows(page) if row.text)
        yield ""


def _line(row: Row) -> str:
    label = f"{row.label.lower()}: " if row.label else "  " if row.under else ""
    glyph = f"{row.glyph} " if row.glyph else ""
    return f"    {label}{glyph}{plain(row.text)}"


def plain(text: Filled) -> str:
    """A filled text; missing words are named in place."""
    names = missing_names()
    return "".join(f"‹{names.get(f.source, f.text)}?›" if f.kind == MISSING else f.text for f in text)
