"""How the handbook is drawn: the list of its pages, and one page. Authored text is never markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from prompter.call.view.handbook import (
    ALLOWED,
    ARTICLE,
    BARRED,
    DAILY,
    EXPRESSION,
    MANNER,
    NORM,
    OUTCOME,
    STATUS,
    Page,
)
from prompter.kb.model import LIMIT, MANAGER, PROMISE, RESPOND
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.locale.names import missing_names
from prompter.tui.draw import (
    ACCENT,
    BAD,
    DIM,
    EMPTY,
    GOOD,
    STRONG,
    WARM,
    filled,
    hanging,
    line,
    spread,
    window,
    wrapped,
)

_LABEL = 10  # the column after «Нельзя», «Почему», «Вместо»


def kind_name(kind: str) -> str:
    """How a kind of pages is called."""
    return {
        ARTICLE: _("Articles"),
        STATUS: _("Statuses"),
        EXPRESSION: _("Not to be said"),
        MANNER: _("Not to be done"),
        NORM: _("Norms"),
        OUTCOME: _("Outcomes"),
    }[kind]


# The list


def list_lines(found: Sequence[Page], lit: int, width: int, height: int) -> list[Content]:
    """The pages under the names of their kinds; the lit one is always in sight."""
    rows: list[Content] = []
    focus = 0
    for number, page in enumerate(found):
        if number == 0 or found[number - 1].kind != page.kind:
            rows += [EMPTY] if rows else []
            rows.append(line(" ", (kind_name(page.kind), f"{ACCENT} bold")))
        if number == lit:
            # the name of the first page's kind stays with it
            focus = len(rows) if number else 0
        rows.append(_row(page, number == lit, width))
    return scrolled(rows, window(len(rows), height, focus))


def scrolled(rows: Sequence[Content], shown: range) -> list[Content]:
    """The rows that are shown; an arrow in the first column tells that there are more."""
    seen = [rows[n] for n in shown]
    if seen and shown.start > 0:
        seen[0] = line(("↑", DIM), seen[0][1:])
    if seen and shown.stop < len(rows):
        seen[-1] = line(("↓", DIM), seen[-1][1:])
    return seen


def _row(page: Page, lit: bool, width: int) -> Content:
    right = EMPTY
    if page.kind == STATUS:
        glyph, short, _long, style = _use(page)
        right = line((f"{glyph} {short}", style))
    elif page.kind == NORM:
        right = line((duration_words(page.limit), DIM))
    row = line(spread(line("   ", page.title), right, width - 1), " ")
    return row.stylize("reverse") if lit else row


def _use(page: Page) -> tuple[str, str, str, str]:
    """What a status is to her: a glyph, a word for the list, words for the page, a style."""
    return {
        DAILY: ("●", _("every day"), _("Mandatory every working day"), GOOD),
        ALLOWED: ("✓", _("allowed"), _("Allowed"), DIM),
        BARRED: ("✗", _("forbidden"), _("Forbidden for your department"), BAD),
    }[page.use]


# A page


def page_lines(page: Page, width: int) -> list[Content]:
    """A page in lines of `width` cells, with an empty first column for the scrolling arrows."""
    rows = [*wrapped(line((page.title, STRONG)), width - 1), EMPTY, *_body(page, width - 1)]
    notes = [page.source, _("draft, not approved") if page.draft else ""]
    if any(notes):
        rows += [EMPTY, *wrapped(line((" · ".join(note for note in notes if note), DIM)), width - 1)]
    return [line(" ", row) for row in rows]


def _body(page: Page, width: int) -> Iterator[Content]:
    match page.kind:
        case "status":
            yield from _status(page, width)
        case "expression" | "manner":
            yield from _forbidden(page, width)
        case "norm":
            yield from _norm(page, width)
        case "outcome":
            yield from _outcome(page, width)
        case _:
            yield from _paragraphs(page.text, width)


def _paragraphs(text: str, width: int) -> Iterator[Content]:
    """The author's lines; one that begins with "- " is an item of a list."""
    for one in text.split("\n"):
        if one.startswith("- "):
            yield from hanging(line(("•", ACCENT)), line(one[2:].strip()), 2, width)
        else:
            yield from wrapped(line(one.strip()), width) if one.strip() else [EMPTY]


def _status(page: Page, width: int) -> Iterator[Content]:
    glyph, _short, words, style = _use(page)
    yield from hanging(line((glyph, style)), line((words, f"{style} bold")), 2, width)
    if page.barred_to:
        barred = _("Forbidden for: {departments}").format(departments=", ".join(page.barred_to))
        yield from hanging(line(("✗", BAD)), line((barred, f"{BAD} bold")), 2, width)
    if page.text:
        yield EMPTY
        yield from _paragraphs(page.text, width)


def _forbidden(page: Page, width: int) -> Iterator[Content]:
    if page.sayings:
        sayings = ", ".join(f"«{text.replace('*', '…')}»" for text in page.sayings)
        yield from hanging(line((_("Never"), f"{BAD} bold")), line(sayings), _LABEL, width)
        yield EMPTY
    why = list(_paragraphs(page.text, width - _LABEL))
    yield from _labelled(line((_("Why"), f"{WARM} bold")), why)
    if page.instead:
        yield EMPTY
        yield from _labelled(line((_("Instead"), f"{GOOD} bold")), list(_instead(page, width - _LABEL)))


def _labelled(label: Content, rows: list[Content]) -> Iterator[Content]:
    """Rows in the column beside their label."""
    yield line(label, " " * max(1, _LABEL - label.cell_length), rows[0])
    for row in rows[1:]:
        yield line(" " * _LABEL, row)


def _instead(page: Page, width: int) -> Iterator[Content]:
    assert page.instead is not None
    for number, variant in enumerate(page.instead.variants):
        if number:
            yield line((_("or"), DIM))
        words = line(("«", STRONG), filled(variant, STRONG, missing_names()), ("»", STRONG))
        yield from wrapped(words, width)
    if page.instead.draft:
        yield line((_("draft, not approved"), WARM))


def _norm(page: Page, width: int) -> Iterator[Content]:
    limit = duration_words(page.limit)
    words = {
        LIMIT: _("Not longer than {time}"),
        RESPOND: _("Within {time}"),
        PROMISE: _("Call back within {time}"),
    }.get(page.norm, _("A pause of {time}"))
    yield from wrapped(line((words.format(time=limit), f"{WARM} bold")), width)
    if page.norm == RESPOND and page.since:
        yield from wrapped(line(_("Counts from: {duty}").format(duty=page.since)), width)
    if page.norm == PROMISE:
        keeper = _("the manager calls back") if page.keeper == MANAGER else _("the operator calls back")
        yield from wrapped(line(keeper), width)
    if page.warn:
        warned = _("The screen warns {time} before the end").format(time=duration_words(page.warn))
        yield from wrapped(line((warned, DIM)), width)


def _outcome(page: Page, width: int) -> Iterator[Content]:
    if page.requires:
        yield from wrapped(line(_("Must be done before the call ends so:")), width)
        for duty in page.requires:
            yield from hanging(line(("•", ACCENT)), line(duty), 2, width)
    else:
        yield from wrapped(line(_("Nothing is required")), width)
    if page.promised:
        instead = _("If a call-back was promised, it is «{outcome}»").format(outcome=page.promised)
        yield EMPTY
        yield from wrapped(line((instead, DIM)), width)
