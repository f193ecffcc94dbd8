"""Search results in words: a thing, its kind, and the matching words.

Shared by the screen's list and `prompter search`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from prompter.call.phrases import text_in
from prompter.call.view.handbook import MANNER, NORM, STATUS, Page
from prompter.call.view.parts import Viewer
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.search import entries as kinds
from prompter.search.index import CALLER, DUTY, OPENING, PHRASE, SCENARIO, Entry, Thing
from prompter.search.rank import Hit
from prompter.wording.handbook import use

Span = tuple[int, int]

_IN_A_STEP = frozenset({PHRASE, DUTY})
"""The kinds that lead to one step."""


class Result(Struct, frozen=True):
    """One thing found.

    `id` is the entry's (`search.entries`). `title` is its name; `text` is what matched if it is not the name,
    or the answer to a question about a norm or a status. `spans` are the matching words, in the title or, if
    `in_text`, in the text. `draft`: the text was not approved by any person.
    """

    id: str
    kind: str
    title: str
    key: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    in_text: bool = False
    draft: bool = False

    @property
    def scenario(self) -> str:
        """The scenario that it opens, "" for a page of the handbook."""
        leads = self.kind in OPENING or self.kind in _IN_A_STEP
        return self.id.partition(".")[0] if leads else ""

    @property
    def step(self) -> str:
        """The step of its phrase or duty, "" for a whole scenario or a page."""
        return self.id if self.kind in _IN_A_STEP else ""

    @property
    def page(self) -> tuple[str, str]:
        """The kind and name of its page in the handbook."""
        return self.kind, self.id

    @property
    def thing(self) -> Thing:
        """What it leads to, as identified by the index."""
        return Entry(self.id, "", kind=self.kind).thing


Pages = Mapping[tuple[str, str], Page]
"""The handbook's pages by the id of their entry: a manner is an expression without words."""


def result(hit: Hit, base: KnowledgeBase, viewer: Viewer, pages: Pages) -> Result | None:
    """A hit as the operator sees it; None if it is no longer in the current base."""
    entry = hit.entry
    made = Result(str(entry.id), entry.kind, "", entry.hotkey)
    if not made.scenario:
        page = pages.get(made.page)
        return _with_match(made, hit, page.title, answer(page)) if page else None
    scenario = base.scenarios.get(made.scenario)
    if scenario is None or (made.step and made.step not in base.steps):
        return None
    title = text_in(scenario.title, viewer.ui, base.languages)
    if made.step:
        title = f"{title} · {text_in(base.steps[made.step].title, viewer.ui, base.languages)}"
    if entry.draft and not base.show_drafts:
        return replace(made, title=title)  # found by words that nobody may read out yet
    return _with_match(made, hit, title, "")


def _with_match(made: Result, hit: Hit, title: str, answered: str) -> Result:
    """Add the matching words where they are visible: in the title, else in the text."""
    text, at = hit.entry.text, title.find(hit.entry.text)
    if at >= 0:
        spans = tuple((start + at, end + at) for start, end in hit.spans)
        return replace(made, title=title, text=answered, spans=spans)
    if answered:
        return replace(made, title=title, text=answered)
    return replace(made, title=title, text=text, spans=hit.spans, in_text=True, draft=hit.entry.draft)


def answer(page: Page) -> str:
    """The answer to a question about a norm or a status."""
    if page.kind == STATUS:
        glyph, _short, words, _tone = use(page)
        return f"{glyph} {words}"
    if page.kind == NORM:
        return _("at most {time}").format(time=duration_words(page.limit))
    return ""


def of_page(page: Page) -> tuple[str, str]:
    """A page's id in the index: a manner is an expression without words."""
    return kinds.EXPRESSION if page.kind == MANNER else page.kind, page.id


SHORT_KINDS = {
    SCENARIO: "scenario",
    CALLER: "scenario",
    PHRASE: "phrase",
    DUTY: "step",
    kinds.ARTICLE: "article",
    kinds.STATUS: "status",
    kinds.NORM: "norm",
    kinds.EXPRESSION: "expression",
}
"""The kind of a thing for the operator, by the kind of its entry; these names are used in JSON too."""


def kind_word(kind: str) -> str:
    """The kind of a thing in one word of the interface; `kind` is an entry's or one of `SHORT_KINDS`."""
    return {
        "scenario": _("scenario"),
        "phrase": _("phrase"),
        "step": _("step"),
        "article": _("article"),
        "status": _("status"),
        "norm": _("norm"),
        "expression": _("never say"),
    }[SHORT_KINDS.get(kind, kind)]
