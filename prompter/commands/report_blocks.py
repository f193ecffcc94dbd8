"""A report's figures in words: tables and plots for the terminal, a spreadsheet and a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from prompter.call.phrases import text_in
from prompter.call.state import CALLED, CANCELLED, HANDED_OVER, KEPT, KEPT_LATE, OPEN
from prompter.journal.counted import LOST, MISSED, REJECTED, UNSERVED
from prompter.journal.figures import OVERDUE, Figures
from prompter.kb.model import KnowledgeBase, Texts
from prompter.locale import _
from prompter.locale.formats import duration_words
from prompter.locale.names import LANGUAGE_NAMES
from prompter.report.blocks import BAD, Bars, Block, Cell, Curve, Table

_MOST = 12
"""Maximum bars of a plot; the table has all."""


def blocks(figures: Figures, base: KnowledgeBase, ui: str) -> list[Block]:
    """All blocks, in a shift lead's reading order, without empty ones."""
    words = _Words(base, ui)
    found: list[Block | None] = [
        _summary(figures),
        _days(figures),
        *_counts(_("Outcomes"), figures.outcomes, words.outcome, figures.calls),
        *_norms(figures, words),
        *_promises(figures),
        _required(figures, words),
        *_counts(_("Scenarios"), figures.scenarios, words.scenario, figures.calls),
        *_counts(_("Languages"), figures.languages, words.language, figures.calls),
        _overridden(figures, words),
    ]
    return [block for block in found if block is not None]


class _Words:
    """Titles of things; one that is no longer in the scripts is shown by its id."""

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
    """A share in per cent, "–" if there is nothing."""
    return f"{part / whole:.0%}" if whole else "–"


def _bad(count: int) -> Cell:
    """A number that should be zero."""
    return Cell(str(count), BAD if count else "")


def _summary(figures: Figures) -> Table:
    average = figures.seconds / figures.calls if figures.calls else 0
    answered = figures.answered + figures.passed_over
    rows: list[tuple[str, str | Cell]] = [
        (_("Calls"), str(figures.calls)),
        (_("of these outgoing"), str(figures.directions["outgoing"])),
        (_("Average length"), duration_words(average) if figures.calls else "–"),
        (_("Not in the script (gaps)"), str(figures.gaps)),
        (_("Offered answers passed over"), f"{figures.passed_over} ({share(figures.passed_over, answered)})"),
        (_("Outcome not told yet"), str(figures.untold)),
        (_("Rang, not answered"), str(figures.rings[MISSED])),
        (_("Declined, which is forbidden"), _bad(figures.rings[REJECTED])),
    ]
    rare = ((_("A third call, not on screen"), UNSERVED), (_("Rang, end not told by the phone"), LOST))
    rows += [(words, str(figures.rings[how])) for words, how in rare if figures.rings[how]]
    return Table(_("Summary"), (_("what"), _("how many")), rows, (1,))


def _days(figures: Figures) -> Curve | None:
    days = sorted(figures.days.items())
    if len(days) < 2:
        return None
    most = max(count for _day, count in days)
    return Curve(_("Calls by day"), [(day[5:], float(count)) for day, count in days], high=float(most))


def _counts(title: str, counts: Counter[str], word: Callable[[str], str], whole: int) -> Sequence[Block]:
    """The table, and bars to visualise it."""
    if not counts:
        return ()
    common = counts.most_common()
    most = common[0][1]
    bars = [(word(name), n / most, str(n)) for name, n in common[:_MOST]]
    rows = [(word(name), str(n), share(n, whole)) for name, n in common]
    table = Table(title, (_("what"), _("calls"), _("share")), rows, (1, 2))
    return (table, Bars("", bars)) if len(common) > 1 else (table,)


def _norms(figures: Figures, words: _Words) -> Sequence[Block]:
    if not figures.norms:
        return ()
    rows, bars = [], []
    for id_, norm in sorted(figures.norms.items()):
        worst, judged = duration_words(norm.worst) if norm.worst >= 1 else "–", norm.met + norm.broken
        row = words.norm(id_), str(norm.met), _bad(norm.broken), share(norm.met, judged), worst
        rows.append(row)
        bars.append((words.norm(id_), norm.met / judged, share(norm.met, judged)))
    heads = _("what"), _("met"), _("broken"), _("share met"), _("worst overrun")
    return Table(_("Norms"), heads, rows, (1, 2, 3, 4)), Bars("", bars)


def _promises(figures: Figures) -> Sequence[Block]:
    """Those of the period by state; then earlier ones still open at its end."""
    counts, earlier = figures.promises, figures.earlier
    if not figures.owed + earlier[OPEN]:
        return ()
    states: list[tuple[str, int, bool]] = [
        (_("promised"), figures.owed, False),
        (_("called back in time"), counts[KEPT], False),
        (_("called back late"), counts[KEPT_LATE], True),
        (_("cancelled"), counts[CANCELLED], False),
        (_("handed over to a desk that is not counted here"), counts[HANDED_OVER], False),
        (_("still open"), counts[OPEN] + counts[CALLED], False),
        (_("of these overdue"), counts[OVERDUE], True),
    ]
    before: list[tuple[str, int, bool]] = [
        (_("promised earlier, not closed by the end"), earlier[OPEN], False),
        (_("of the earlier ones overdue"), earlier[OVERDUE], True),
    ]
    rows = [(name, _bad(n) if bad else str(n), share(n, figures.owed)) for name, n, bad in states]
    rows += [(name, _bad(n) if bad else str(n), "–") for name, n, bad in before]
    most = max(figures.owed, earlier[OPEN])
    bars = [(name, n / most, str(n)) for name, n, _is_bad in (*states, *before)]
    heads = _("what"), _("how many"), _("share")
    return Table(_("Call-backs"), heads, rows, (1, 2)), Bars("", bars)


def _required(figures: Figures, words: _Words) -> Table | None:
    rows = [
        (words.mark(mark), str(n), _bad(figures.missed[mark]), share(figures.missed[mark], n))
        for mark, n in figures.required.most_common()
    ]
    heads = _("what"), _("required"), _("missing"), _("share missing")
    return Table(_("What outcomes required"), heads, rows, (1, 2, 3)) if rows else None


def _overridden(figures: Figures, words: _Words) -> Table | None:
    rows = [(words.step(step), str(n)) for step, n in figures.overridden.most_common(20)]
    title = _("Steps whose answers were passed over")
    return Table(title, (_("step"), _("times")), rows, (1,)) if rows else None
