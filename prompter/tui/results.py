"""What a search found, as it stands in the list: a thing, what it is, and the words that fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from textual.content import Content

from prompter.call.phrases import text_in
from prompter.call.view.handbook import NORM, STATUS, Page
from prompter.call.view.parts import Viewer
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.search import entries as kinds
from prompter.search.index import CALLER, DUTY, OPENING, PHRASE, SCENARIO, Entry, Thing
from prompter.search.rank import Hit
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, cut, line, spread, window
from prompter.tui.handbook.words import use

Span = tuple[int, int]

_IN_A_STEP = frozenset({PHRASE, DUTY})
"""The kinds that lead to one step."""

_BEFORE = 12
"""So many letters of a long text are shown before the first word that fitted."""


class Result(Struct, frozen=True):
    """One thing found.

    `id` is the entry's (`search.entries`). `title` is its name; `text` is what fitted where that is not
    the name, or the answer to a question about a norm or a status. `spans` are the words that fitted, in
    the title or, where `in_text`, in the text.
    """

    id: str
    kind: str
    title: str
    key: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    in_text: bool = False

    @property
    def scenario(self) -> str:
        """The scenario that it opens, "" for a page of the handbook."""
        leads = self.kind in OPENING or self.kind in _IN_A_STEP
        return self.id.partition(".")[0] if leads else ""

    @property
    def step(self) -> str:
        """The step of its phrase or duty, "" where it is a scenario as a whole or a page."""
        return self.id if self.kind in _IN_A_STEP else ""

    @property
    def page(self) -> tuple[str, str]:
        """The kind and name of its page in the handbook."""
        return self.kind, self.id

    @property
    def thing(self) -> Thing:
        """What it leads to, as the index calls it."""
        return Entry(self.id, "", kind=self.kind).thing


Pages = Mapping[tuple[str, str], Page]
"""The handbook's pages by the id of their entry: a manner is an expression without words."""


def result(hit: Hit, base: KnowledgeBase, viewer: Viewer, pages: Pages) -> Result | None:
    """A hit as the operator sees it; None where the base in force has it no more."""
    entry = hit.entry
    made = Result(str(entry.id), entry.kind, "", entry.hotkey)
    if not made.scenario:
        page = pages.get(made.page)
        return _told(made, hit, page.title, answer(page)) if page else None
    scenario = base.scenarios.get(made.scenario)
    if scenario is None or (made.step and made.step not in base.steps):
        return None
    title = text_in(scenario.title, viewer.ui, base.languages)
    if made.step:
        title = f"{title} · {text_in(base.steps[made.step].title, viewer.ui, base.languages)}"
    return _told(made, hit, title, "")


def _told(made: Result, hit: Hit, title: str, told: str) -> Result:
    """With the words that fitted where they are seen: in the title, else in the text."""
    text, at = hit.entry.text, title.find(hit.entry.text)
    if at >= 0:
        spans = tuple((start + at, end + at) for start, end in hit.spans)
        return replace(made, title=title, text=told, spans=spans)
    if told:
        return replace(made, title=title, text=told)
    return replace(made, title=title, text=text, spans=hit.spans, in_text=True)


def answer(page: Page) -> str:
    """What a question about a norm or a status asks for."""
    if page.kind == STATUS:
        glyph, _short, words, _tone = use(page)
        return f"{glyph} {words}"
    if page.kind == NORM:
        return _("at most {time}").format(time=duration_words(page.limit))
    return ""


def kind_word(kind: str) -> str:
    """What a thing is, in one word."""
    return {
        SCENARIO: _("scenario"),
        CALLER: _("scenario"),
        PHRASE: _("phrase"),
        DUTY: _("step"),
        kinds.ARTICLE: _("article"),
        kinds.STATUS: _("status"),
        kinds.NORM: _("norm"),
        kinds.EXPRESSION: _("never say"),
    }[kind]


# drawing


def result_lines(results: Sequence[Result], lit: int, width: int, height: int) -> list[Content]:
    """One or two lines each, the lit one always in sight."""
    rows: list[Content] = []
    first = last = 0
    for number, one in enumerate(results):
        drawn = _rows(one, number == lit, width)
        if number == lit:
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


def _rows(one: Result, lit: bool, width: int) -> list[Content]:
    what = line((kind_word(one.kind), DIM))
    title = _marked(one.title, () if one.in_text else one.spans, "")
    rows = [line(spread(line(f" {one.key or '–':<4}", title), what, width - 1), " ")]
    if one.text:
        shown, spans = _around(one.text, one.spans if one.in_text else ())
        text = cut(_marked(shown, spans, DIM), width - 6)
        rows.append(spread(line("     ", text), EMPTY, width))
    return [line(row.plain).stylize("reverse") for row in rows] if lit else rows


def _around(text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """A long text from a little before the first word that fitted."""
    text = text.replace("\n", " ")
    start = spans[0][0] if spans else 0
    if start <= _BEFORE * 2:
        return text, spans
    begin = text.rfind(" ", 0, start - _BEFORE) + 1
    return "…" + text[begin:], tuple((a - begin + 1, b - begin + 1) for a, b in spans)


def _marked(text: str, spans: tuple[Span, ...], style: str) -> Content:
    """The text with the words that fitted standing out."""
    content = line((text, style))
    for start, end in spans:
        content = content.stylize(f"{ACCENT} {STRONG}", start, end)
    return content
