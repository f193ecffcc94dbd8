"""The text of a handbook page, without layout: shared by the screen and `prompter show`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from prompter.call.view.handbook import (
    ALLOWED,
    ARTICLE,
    BARRED,
    DAILY,
    EXPRESSION,
    MANNER,
    NORM,
    OUTCOME,
    PARTLY,
    STATUS,
    Page,
)
from prompter.call.words import Filled, Fragment
from prompter.kb.model import LIMIT, MANAGER, PROMISE, RESPOND
from prompter.locale import _
from prompter.locale.formats import duration_words

CALM, QUIET, LOUD, GOOD, WARN, BAD = "calm", "quiet", "loud", "good", "warn", "bad"
"""Tones of a row: how it is drawn, never its only distinction."""


class Row(Struct, frozen=True):
    """One piece of a page. `label` goes before it, `under` means: below the text of the last label.

    `glyph` is an item's bullet or a status's sign. A row without text is an empty line.
    """

    text: Filled = ()
    label: str = ""
    glyph: str = ""
    tone: str = CALM
    under: bool = False


GAP = Row()


def kind_name(kind: str) -> str:
    """The title of a kind of pages."""
    return {
        ARTICLE: _("Articles"),
        STATUS: _("Statuses"),
        EXPRESSION: _("Must not be said"),
        MANNER: _("Must not be done"),
        NORM: _("Norms"),
        OUTCOME: _("Outcomes"),
    }[kind]


def use(page: Page) -> tuple[str, str, str, str]:
    """What a status means for her: a glyph, a word for the list, words for the page, a tone."""
    barred = _("Forbidden for: {departments}").format(departments=", ".join(page.barred_to))
    return {
        DAILY: ("●", _("every day"), _("Mandatory every working day"), GOOD),
        ALLOWED: ("✓", _("allowed"), _("Allowed"), QUIET),
        BARRED: ("✗", _("forbidden"), _("Forbidden for your department"), BAD),
        PARTLY: ("✗", _("not for all"), barred, BAD),
    }[page.use]


def rows(page: Page) -> Iterator[Row]:
    """The page below its title; the source and a draft's mark come last."""
    yield from _OF_KIND.get(page.kind, _article)(page)
    notes = [page.source, _("draft, not approved") if page.draft else ""]
    if any(notes):
        yield GAP
        yield _row(" · ".join(note for note in notes if note), tone=QUIET)


def _row(text: str, tone: str = CALM, glyph: str = "") -> Row:
    return Row((Fragment(text),), glyph=glyph, tone=tone)


def _article(page: Page) -> Iterator[Row]:
    yield from _paragraphs(page.text)


def _paragraphs(text: str, label: str = "", tone: str = CALM) -> Iterator[Row]:
    """The author's lines; one that begins with "- " is a list item."""
    for number, one in enumerate(text.split("\n")):
        item = one.startswith("- ")
        words = one[2:].strip() if item else one.strip()
        yield Row(
            (Fragment(words),) if words else (),
            label=label if number == 0 else "",
            glyph="•" if item else "",
            tone=tone,
            under=bool(label) and number > 0,
        )


def _status(page: Page) -> Iterator[Row]:
    glyph, _short, words, tone = use(page)
    yield _row(words, tone, glyph)
    if page.text:
        yield GAP
        yield from _paragraphs(page.text)


def _forbidden(page: Page) -> Iterator[Row]:
    if page.sayings:
        sayings = ", ".join(f"«{text.replace('*', '…')}»" for text in page.sayings)
        yield Row((Fragment(sayings),), label=_("Never"), tone=BAD)
        yield GAP
    yield from _paragraphs(page.text, _("Why"), WARN)
    if page.instead is None:
        return
    yield GAP
    for number, variant in enumerate(page.instead.variants):
        if number:
            yield Row((Fragment(_("or")),), tone=QUIET, under=True)
        quoted = (Fragment("«"), *variant, Fragment("»"))
        yield Row(quoted, label="" if number else _("Instead"), tone=GOOD, under=number > 0)
    if page.instead.draft:
        yield Row((Fragment(_("draft, not approved")),), tone=QUIET, under=True)


def _norm(page: Page) -> Iterator[Row]:
    limit = duration_words(page.limit)
    words = {
        LIMIT: _("No longer than {time}"),
        RESPOND: _("Within {time}"),
        PROMISE: _("Call back within {time}"),
    }.get(page.norm, _("A pause of {time}"))
    yield _row(words.format(time=limit), LOUD)
    if page.norm == RESPOND and page.since:
        yield _row(_("Counts from: {duty}").format(duty=page.since))
    if page.norm == PROMISE:
        yield _row(_("the manager calls back") if page.keeper == MANAGER else _("the operator calls back"))
    if page.warn:
        warned = _("The screen warns {time} before the end").format(time=duration_words(page.warn))
        yield _row(warned, QUIET)


def _outcome(page: Page) -> Iterator[Row]:
    if page.requires:
        yield _row(_("Must be done before the call ends so:"))
        for duty in page.requires:
            yield _row(duty, glyph="•")
    else:
        yield _row(_("Nothing is required"))
    if page.promised:
        yield GAP
        yield _row(_("If a call-back was promised, it is «{outcome}»").format(outcome=page.promised), QUIET)


_OF_KIND = {STATUS: _status, EXPRESSION: _forbidden, MANNER: _forbidden, NORM: _norm, OUTCOME: _outcome}
