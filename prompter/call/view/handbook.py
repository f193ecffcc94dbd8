"""What an operator may look up at any time: articles, statuses, expressions, norms, outcomes.

Only for her own department. Plain data: wording and drawing are the screen's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from prompter.call.phrases import lists_in, shown, text_in
from prompter.call.view.parts import Spoken, Viewer
from prompter.call.words import FILLED, TIMED, Filled, Fragment, Speaker, fill
from prompter.kb.model import Article, Forbidden, KnowledgeBase, Lists, Norm, Outcome, Status, Texts, in_force
from prompter.text.patterns import as_said

ARTICLE, STATUS, EXPRESSION, MANNER, NORM, OUTCOME = (
    "article",
    "status",
    "expression",
    "manner",
    "norm",
    "outcome",
)
"""Kinds of a page, in the order of the list."""

_EXAMPLES = 3
"""How many patterns illustrate an expression; the rest only recognise it."""

DAILY, ALLOWED, BARRED, PARTLY = "daily", "allowed", "barred", "partly"
"""What a status means for the operator: mandatory every day, allowed, forbidden to her department.

An operator without a department sees the last for one that is forbidden to some.
"""


class Page(Struct, frozen=True):
    """One thing to read. `found_by` are the texts by which it is found, in every language.

    `text` is an article's text, a status's rule or why an expression is forbidden. `use` is what a status
    means for her; if `PARTLY`, `barred_to` are the departments it is forbidden to. `sayings` are the forms of
    an expression, with a `*` for any ending, `instead` what to say instead. `limit` and `warn` are seconds of
    a norm of the kind `norm`, `since` the title of the duty it counts from, `keeper` who keeps a promise.
    `requires` are the duties of an outcome, `promised` the outcome replacing it after a promise. `draft`: the
    text is an unapproved translation.
    """

    kind: str
    id: str
    title: str
    source: str = ""
    found_by: tuple[str, ...] = ()
    text: str = ""
    draft: bool = False
    use: str = ""
    barred_to: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    instead: Spoken | None = None
    norm: str = ""
    limit: int = 0
    warn: int = 0
    since: str = ""
    keeper: str = ""
    requires: tuple[str, ...] = ()
    promised: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What identifies this page."""
        return self.kind, self.id


def handbook(base: KnowledgeBase, viewer: Viewer, language: str, now: float) -> tuple[Page, ...]:
    """Every page of the operator's department, by kind. `language` is that of the phrases to say."""
    maker = _Maker(base, viewer, language, now)
    expressions = [one for one in base.forbidden.values() if viewer.has(one.departments)]
    return (
        *(maker.article(one) for one in base.articles.values() if maker.shows(one)),
        *(maker.status(one) for one in base.statuses.values()),
        *(maker.expression(one, EXPRESSION) for one in expressions if one.pattern),
        *(maker.expression(one, MANNER) for one in expressions if not one.pattern),
        *(maker.norm(one) for one in base.norms.values()),
        *(maker.outcome(one) for one in base.outcomes.values()),
    )


class _Maker:
    """Makes pages of one base for one operator."""

    def __init__(self, base: KnowledgeBase, viewer: Viewer, language: str, now: float) -> None:
        self.base, self.viewer, self.language = base, viewer, language
        local = datetime.fromtimestamp(now, viewer.zone)
        self.today = local.date().isoformat()
        self.speaker = Speaker(viewer.operator, viewer.gender, local)

    def shows(self, one: Article) -> bool:
        """Whether an article is for her department and still valid."""
        return self.viewer.has(one.departments) and in_force(one.until, self.today)

    def article(self, one: Article) -> Page:
        """A text to read."""
        return Page(
            ARTICLE,
            one.id,
            self._text(one.title),
            source=one.source,
            found_by=_words(one.title, one.asked),
            text=self._text(one.text),
            draft=self._is_draft(one.text),
        )

    def status(self, one: Status) -> Page:
        """A status of the line, and whether she may use it."""
        department = self.viewer.department
        use = DAILY if one.daily else ALLOWED
        if one.forbidden and not department:
            use = PARTLY
        elif department in one.forbidden:
            use = BARRED
        titles = (self._text(self.base.departments.get(name, {})) or name for name in one.forbidden)
        return Page(
            STATUS,
            one.id,
            self._text(one.title),
            source=one.source,
            found_by=_words(one.title, one.asked),
            text=self._text(one.rule),
            draft=self._is_draft(one.rule),
            use=use,
            barred_to=tuple(titles) if use == PARTLY else (),
        )

    def expression(self, one: Forbidden, kind: str) -> Page:
        """What must not be said or done, why, and what to say instead."""
        patterns = lists_in(one.pattern, self.viewer.ui, self.base.languages)
        sayings = tuple(map(as_said, patterns[:_EXAMPLES]))
        return Page(
            kind,
            one.id,
            self._text(one.title),
            source=one.source,
            found_by=(*_words(one.title, one.pattern), *patterns),
            text=self._text(one.why),
            draft=self._is_draft(one.why),
            sayings=sayings,
            instead=self._instead(one),
        )

    def _instead(self, one: Forbidden) -> Spoken | None:
        step = self.base.steps.get(one.phrase)
        if step is not None and step.say is not None:
            found = shown(self.base, step.say, self.language)
            if found is None:
                return None
            variants = tuple(self._filled(wording.text, found.language) for wording in found.wordings)
            return Spoken(found.language, variants, found.draft)
        language = next((x for x in (self.language, *self.base.languages) if one.instead.get(x)), "")
        if not language:
            return None
        draft = language != self.base.languages[0]
        return Spoken(language, (self._filled(one.instead[language], language),), draft)

    def norm(self, one: Norm) -> Page:
        """A limit of the standard."""
        return Page(
            NORM,
            one.id,
            self._text(one.title),
            source=one.source,
            found_by=_words(one.title),
            norm=one.kind,
            limit=one.limit,
            warn=one.warn,
            since=self._text(self.base.marks.get(one.since, {})) or one.since,
            keeper=one.who,
        )

    def outcome(self, one: Outcome) -> Page:
        """How a call may end, and what that requires."""
        promised = self.base.outcomes.get(one.promised)
        return Page(
            OUTCOME,
            one.id,
            self._text(one.title),
            found_by=_words(one.title),
            requires=tuple(self._text(self.base.marks.get(mark, {})) or mark for mark in one.requires),
            promised=self._text(promised.title) if promised else "",
        )

    def _text(self, texts: Texts) -> str:
        return text_in(texts, self.viewer.ui, self.base.languages)

    def _is_draft(self, texts: Texts) -> bool:
        """Only phrases are approved, so every translation of another text is a draft."""
        return self.viewer.ui != self.base.languages[0] and bool(texts.get(self.viewer.ui))

    def _filled(self, text: str, language: str) -> Filled:
        """The text as it would be said; a time that the arrows change on the card is fixed here."""
        filled = fill(self.base, text, language, self.speaker)
        return tuple(Fragment(one.text, FILLED) if one.kind == TIMED else one for one in filled)


def _words(title: Texts, asked: Lists | None = None) -> tuple[str, ...]:
    return tuple(_all(title, asked or {}))


def _all(title: Texts, lists: Lists) -> Iterator[str]:
    yield from title.values()
    for texts in lists.values():
        yield from texts
