"""A report's figures as tables of words: the same for the terminal, for a spreadsheet and for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from prompter.call.phrases import text_in
from prompter.call.state import CALLED, CANCELLED, HANDED_OVER, KEPT, KEPT_LATE, OPEN
from prompter.journal.counted import MISSED, REJECTED
from prompter.journal.figures import OVERDUE, Figures
from prompter.kb.model import KnowledgeBase, Texts
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.locale.names import LANGUAGE_NAMES

Cell = str | int


class Table(Struct, frozen=True):
    """A titled table; the first column says what, the others are figures. `id` names it for programs."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(figures: Figures, base: KnowledgeBase, ui: str) -> list[Table]:
    """All tables, in the order in which a shift lead reads them; empty ones are left out."""
    words = _Words(base, ui)
    calls = _("calls")
    found = [
        _summary(figures),
        _counts("outcomes", _("Outcomes"), calls, figures.outcomes, words.outcome, figures.calls),
        _norms(figures, words),
        _promises(figures),
        _required(figures, words),
        _counts("scenarios", _("Scenarios"), calls, figures.scenarios, words.scenario, figures.calls),
        _counts("languages", _("Languages"), calls, figures.languages, words.language, figures.calls),
        _overridden(figures, words),
        Table("days", _("Days"), (_("day"), calls), tuple(sorted(figures.days.items()))),
    ]
    return [table for table in found if table.rows]


class _Words:
    """How things are called; one that is no longer in the scripts goes by its id."""

    def __init__(self, base: KnowledgeBase, ui: str) -> None:
        self.base, self.ui = base, ui

    def _title(self, texts: Texts | None, id_: str) -> str:
        return (text_in(texts, self.ui, self.base.languages) if texts else "") or id_

    def outcome(self, id_: str) -> str:
        found = self.base.outcomes.get(id_)
        return self._title(found.title if found else None, id_) if id_ else _("interrupted")

    def scenario(self, id_: str) -> str:
        found = self.base.scenarios.get(id_)
        return self._title(found.title if found else None, id_)

    def norm(self, id_: str) -> str:
        found = self.base.norms.get(id_)
        return self._title(found.title if found else None, id_)

    def mark(self, id_: str) -> str:
        return self._title(self.base.marks.get(id_), id_)

    def step(self, id_: str) -> str:
        found = self.base.steps.get(id_)
        if found is None:
            return id_
        return f"{self.scenario(found.scenario)}: {self._title(found.title, id_)}"

    def language(self, id_: str) -> str:
        return LANGUAGE_NAMES.get(id_, id_)


def share(part: int, whole: int) -> str:
    """A share in per cent, "–" of nothing."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _summary(figures: Figures) -> Table:
    average = figures.seconds / figures.calls if figures.calls else 0
    answered = figures.answered + figures.passed_over
    rows: list[tuple[Cell, ...]] = [
        (_("Calls"), figures.calls),
        (_("of these outgoing"), figures.directions["outgoing"]),
        (_("Average length"), duration_words(average) if figures.calls else "–"),
        (_("Not in the script (gaps)"), figures.gaps),
        (_("Offered answers passed over"), f"{figures.passed_over} ({share(figures.passed_over, answered)})"),
        (_("Outcome not told yet"), figures.untold),
        (_("Rang unanswered"), figures.rings[MISSED]),
        (_("Declined, which is forbidden"), figures.rings[REJECTED]),
    ]
    return Table("summary", _("Summary"), (_("what"), _("how many")), tuple(rows))


def _counts(id_: str, title: str, head: str, counts: Counter[str], word: object, whole: int) -> Table:
    assert callable(word)
    rows = tuple((word(name), n, share(n, whole)) for name, n in counts.most_common())
    return Table(id_, title, (_("what"), head, _("share")), rows)


def _norms(figures: Figures, words: _Words) -> Table:
    rows = []
    for id_, norm in sorted(figures.norms.items()):
        worst = duration_words(norm.worst) if norm.worst >= 1 else "–"
        rows.append((words.norm(id_), norm.met, norm.broken, share(norm.met, norm.met + norm.broken), worst))
    heads = _("what"), _("met"), _("broken"), _("share met"), _("at the worst over by")
    return Table("norms", _("Norms"), heads, tuple(rows))


def _promises(figures: Figures) -> Table:
    counts: Mapping[str, int] = figures.promises
    states = [
        (_("promised"), figures.owed),
        (_("kept in time"), counts.get(KEPT, 0)),
        (_("kept late"), counts.get(KEPT_LATE, 0)),
        (_("cancelled"), counts.get(CANCELLED, 0)),
        (_("handed over to a desk that is not counted here"), counts.get(HANDED_OVER, 0)),
        (_("still open"), counts.get(OPEN, 0) + counts.get(CALLED, 0)),
        (_("of these overdue"), counts.get(OVERDUE, 0)),
    ]
    rows = tuple((state, n, share(n, figures.owed)) for state, n in states)
    return Table("promises", _("Call-backs"), (_("what"), _("how many"), _("share")), rows)


def _required(figures: Figures, words: _Words) -> Table:
    rows = tuple(
        (words.mark(mark), n, figures.missed[mark], share(figures.missed[mark], n))
        for mark, n in figures.required.most_common()
    )
    heads = _("what"), _("required"), _("missing"), _("share missing")
    return Table("required", _("What outcomes required"), heads, rows)


def _overridden(figures: Figures, words: _Words) -> Table:
    rows = tuple((words.step(step), n) for step, n in figures.overridden.most_common(20))
    return Table("overridden", _("Steps whose answers were passed over"), (_("step"), _("times")), rows)
