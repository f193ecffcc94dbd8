"""The trainer's report of practice as blocks, in the interface's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from prompter.call import drill_events as d
from prompter.call.events import Event
from prompter.call.phrases import text_in
from prompter.call.view.parts import Viewer
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.locale.formats import day_of_year
from prompter.practice import figures
from prompter.practice.figures import Misses
from prompter.practice.replay import replay
from prompter.practice.standard import Standard
from prompter.practice.store import Attempt, Results
from prompter.report.blocks import BAD, FAIR, GOOD, Block, Cell, Curve, Folded, Heat, Rows, Table, Text
from prompter.wording.drills import KINDS

_MOST_WORDS, _MOST_PHRASES, _MOST_REPLAYED = 4, 15, 40
_AT_FAULT = 0.5
"""From this share of answers lacking a word the phrase itself may be at fault."""


class PracticeReport:
    """The report in the interface's language."""

    def __init__(self, base: KnowledgeBase, ui: str) -> None:
        self.base, self.ui = base, ui

    def blocks(self, found: Results) -> Iterator[Block]:
        """Everything but the attempts themselves."""
        yield self._trainees(found)
        yield self._heat(found)
        yield self._exams(found)
        yield self._retention(found)
        yield self._missed(figures.most_missed(found.reviews, Standard(self.base)), found)

    def _trainees(self, found: Results) -> Block:
        rows: list[list[Cell | str]] = []
        for name in found.trainees:
            hers = found.of(name)
            given = figures.drilled(hers.reviews)
            exams = figures.exams(hers.attempts.values())
            last = max((one.at for one in hers.attempts.values()), default=0.0)
            rows.append(
                [
                    name,
                    str(len(hers.attempts)),
                    str(len(given)),
                    f"{sum(one.score for one in given) / len(given):.0%}" if given else "–",
                    self._exam(exams[0]) if exams else "–",
                    day_of_year(last) if last else "–",
                ]
            )
        head = [_("Trainee"), _("Drills"), _("Phrases"), _("Accuracy"), _("Last exam"), _("Last drill")]
        return Table(_("Who is ready"), head, rows, numbers=(1, 2, 3, 5))

    def _exam(self, one: Attempt) -> Cell:
        if one.ended is None:
            return Cell(_("not finished"), FAIR)
        if one.ended.how == d.KILLED:
            return Cell(_("broken off"), BAD)
        mark = max(0, round(one.ended.mark))
        word = _("passed") if one.ended.passed else _("not passed")
        return Cell(f"{mark} · {word}", GOOD if one.ended.passed else BAD)

    def _heat(self, found: Results) -> Block:
        by = {name: figures.by_scenario(found.of(name).reviews) for name in found.trainees}
        drilled = {scenario for of in by.values() for scenario in of}
        columns = [one for one in self.base.scenarios if one in drilled]
        shares = [[by[name][one].value if one in by[name] else None for one in columns] for name in by]
        counts = [[by[name][one].count if one in by[name] else 0 for one in columns] for name in by]
        titles = [self._scenario(one) for one in columns]
        legend = _("How well the phrases of each scenario were said; × is how often. A dot: never drilled.")
        empty = _("No phrase was marked yet")
        return Heat(_("Trainees by scenarios"), list(by), titles, shares, counts, empty, legend)

    def _exams(self, found: Results) -> Block:
        rows: list[list[Cell | str]] = [
            [day_of_year(one.at), one.trainee, str(one.setup.seed), self._exam(one), str(one.setup.pass_mark)]
            for one in figures.exams(found.attempts.values())
        ]
        head = [_("Day"), _("Trainee"), _("Exam"), _("Result"), _("Needed")]
        return Table(_("Exams"), head, rows, numbers=(0, 2, 4), empty=_("Nobody has taken one yet"))

    def _retention(self, found: Results) -> Block:
        known = figures.retention(found.reviews)
        weeks = [(day_of_year(week), round(100 * one.value)) for week, one in known]
        empty = _("No phrase has come back on another day yet")
        return Curve(_("Remembered when asked again, by week"), weeks, unit="%", empty=empty)

    def _missed(self, misses: Sequence[Misses], found: Results) -> Block:
        rows: list[list[Cell | str]] = []
        for one in [one for one in misses if one.words][:_MOST_PHRASES]:
            missing = ", ".join(f"{word} {n}/{one.typed}" for word, n in one.words[:_MOST_WORDS])
            answered = {r.trainee for r in found.reviews if r.phrase == one.phrase and r.typed}
            fault = one.worst >= _AT_FAULT and len(answered) > 1
            note = _("many leave it out: perhaps the phrase is at fault") if fault else ""
            rows.append(
                [
                    f"{self._step(one.phrase)} ({one.language.upper()})",
                    str(one.typed),
                    f"{one.score:.0%}",
                    Cell(f"{missing} {'!' if fault else ''}".strip(), FAIR if fault else "", note),
                    note,
                ]
            )
        head = [_("Phrase"), _("Typed"), _("Accuracy"), _("What is left out"), ""]
        empty = _("Nothing was typed, or nothing left out")
        return Table(_("Most missed words of a phrase"), head, rows, numbers=(1, 2), empty=empty)

    def replays(self, found: Results, story_of: Callable[[str], list[Event]]) -> Iterator[Block]:
        """Exams, then the latest drills: the caller's words, what was done, what should have been."""
        from prompter.tui.practice.replaying import Words  # Textual: only where attempts are shown

        words = Words(self.base, self.ui)
        latest = sorted(found.attempts.values(), key=lambda one: (one.setup.kind != d.EXAM, -one.at))
        folded = []
        for one in latest[:_MOST_REPLAYED]:
            story = story_of(one.setup.drill)
            calls = replay(story, self.base)
            shown = (words.call(n, call, 100, Viewer()) for n, call in enumerate(calls, 1))
            lines = [row.plain for rows in shown for row in rows]
            lines += self._cards(story) if not calls else []
            result = f" · {round(one.ended.mark)}" if one.ended and one.ended.mark >= 0 else ""
            kind = _(KINDS.get(one.setup.kind, one.setup.kind))
            folded.append(Folded(f"{day_of_year(one.at)} · {one.trainee} · {kind}{result}", [Rows(lines)]))
        if folded:
            yield Folded(_("Attempts, moment by moment"), [Text(_("Exams first, then the latest.")), *folded])

    def _cards(self, story: Sequence[Event]) -> Iterator[str]:
        """The phrases of a drill without calls."""
        for event in story:
            if isinstance(given := event.body, d.PhraseGiven):
                typed = f": {given.typed}" if given.typed else ""
                yield f"{round(100 * given.score):>4}  {self._step(given.step)}{typed}"

    def _scenario(self, id_: str) -> str:
        found = self.base.scenarios.get(id_)
        return text_in(found.title, self.ui, self.base.languages) if found else id_

    def _step(self, id_: str) -> str:
        found = self.base.steps.get(id_)
        if found is None:
            return id_
        return f"{self._scenario(found.scenario)} · {text_in(found.title, self.ui, self.base.languages)}"
