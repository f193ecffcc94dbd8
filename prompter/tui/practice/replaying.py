"""After a drill: what was said against what should be, seconds against norms, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from prompter.call import drill_events as d
from prompter.call.phrases import shown, text_in
from prompter.call.view.parts import Viewer
from prompter.call.words import MISSING, Speaker, fill
from prompter.kb.model import KnowledgeBase
from prompter.locale import N_, _
from prompter.locale.formats import stopwatch
from prompter.practice import replay as r
from prompter.practice.replay import Moment, Replayed, weak
from prompter.text.safe import clean_line
from prompter.tui import draw
from prompter.tui.draw import ACCENT, DIM, EMPTY, STRONG, hanging, line
from prompter.tui.footer import KeyHint, KeysPane
from prompter.tui.overlay import Covering
from prompter.tui.pane import Pane
from prompter.tui.practice.answering import GLYPHS, STYLES, VERDICTS
from prompter.tui.sizes import HEIGHTS, WIDTHS
from prompter.wording.drills import KINDS

_TIME = 7
_MOST_WEAK = 6

_GLYPHS = {r.GOOD: ("✓", draw.GOOD), r.FAIR: ("◐", draw.WARM), r.BAD: ("✗", draw.BAD), r.PLAIN: (" ", DIM)}

HOW = {
    d.FINISHED: N_("finished"),
    d.STOPPED: N_("stopped before the end"),
    d.DROPPED: N_("given up"),
    d.KILLED: N_("broken off: the program was closed in the middle"),
}


class Replay(Struct, frozen=True):
    """The replay: the drill, how it ended, its calls, and the index of the top visible line.

    `viewer` is the trainee, for filling in the words of a phrase.
    """

    began: d.DrillBegan
    ended: d.DrillEnded | None
    calls: tuple[Replayed, ...]
    top: int = 0
    viewer: Viewer = Viewer()


class ReplayPane(Pane[Replay]):
    """The lines of the replay, scrolled."""

    def __init__(self, id_: str, base: KnowledgeBase, ui: str) -> None:
        super().__init__(id_)
        self.words = Words(base, ui)

    def lines(self, part: Replay, width: int, height: int) -> list[Content]:
        """The visible lines."""
        rows = self.all(part, width)
        top = max(0, min(part.top, len(rows) - height))
        return rows[top : top + height]

    def all(self, part: Replay, width: int) -> list[Content]:
        """Every line."""
        rows = [*self.words.result(part, width), EMPTY, *self.words.next_(part.calls, width)]
        for number, call in enumerate(part.calls, 1):
            rows += [EMPTY, *self.words.call(number, call, width, part.viewer)]
        return rows


class Words:
    """The replay in the interface's language."""

    def __init__(self, base: KnowledgeBase, ui: str) -> None:
        self.base, self.ui = base, ui

    def result(self, part: Replay, width: int) -> list[Content]:
        """How the drill ended."""
        began, ended = part.began, part.ended
        head = line((f" {_(KINDS[began.kind])} · {clean_line(began.trainee)}", f"{ACCENT} bold"))
        if ended is None:
            return [head, line(" ", (_("not finished"), draw.WARM))]
        how = _(HOW.get(ended.how, HOW[d.FINISHED]))
        mark = (
            _("mark {mark} of 100").format(mark=round(ended.mark))
            if ended.mark >= 0
            else _("nothing to mark")
        )
        rows = [head, line(" ", (mark, STRONG), f" · {how}")]
        if began.pass_mark:
            word, style = (_("passed"), draw.GOOD) if ended.passed else (_("not passed"), draw.BAD)
            needed = _("needed: {mark}").format(mark=began.pass_mark)
            rows.append(
                line(" ", ("✓ " if ended.passed else "✗ ", style), (word, f"{style} bold"), f", {needed}")
            )
        return rows

    def next_(self, calls: Sequence[Replayed], width: int) -> list[Content]:
        """What to do next."""
        found = weak(calls)[:_MOST_WEAK]
        rows = [line((f" {_('What to do next')}", f"{ACCENT} bold"))]
        if not found:
            return [*rows, line(f"  {_('Nothing went wrong: take a harder level, or a shift.')}")]
        for one in found:
            glyph, style = _GLYPHS[one.how]
            rows += hanging(line("  ", (glyph, style)), self._advice(one), 4, width)
        return rows

    def _advice(self, one: Moment) -> Content:
        if one.kind == r.OPENED:
            text = _("Recognise «{title}»").format(title=self.scenario(one.should))
        elif one.kind == r.NORM:
            text = _("Keep the norm «{title}»").format(title=self._norm(one.id))
        elif one.kind == r.ENDED:
            missed = ", ".join(
                text_in(self.base.marks.get(m, {}), self.ui, self.base.languages) or m for m in one.missed
            )
            text = _("Before the end: {duties}").format(duties=missed)
        elif one.kind == r.SAID:
            text = _("Learn the phrase «{title}»").format(title=self.step(one.id))
        else:
            text = _("Decide after «{title}»: listen to what the caller answers").format(
                title=self.step(one.id)
            )
        return line(text)

    def call(self, number: int, call: Replayed, width: int, viewer: Viewer) -> list[Content]:
        """One call, moment by moment; texts are filled in as they were on the card then."""
        title = _("Cards")
        if call.rung:
            who = clean_line(" ".join(filter(None, (call.rung.name, call.rung.number))))
            time = stopwatch(call.seconds)
            title = _("Call {n} · {who} · {time}").format(n=number, who=who, time=time)
        rows = [line((f" {title}", f"{ACCENT} bold"))]
        for moment in call.moments:
            local = datetime.fromtimestamp(call.began + moment.at, viewer.zone)
            rows += self._moment(moment, width, Speaker(call.trainee, viewer.gender, local))
        return rows

    def _moment(self, one: Moment, width: int, speaker: Speaker) -> list[Content]:
        glyph, style = _GLYPHS[one.how]
        label = line((f" {stopwatch(one.at):>5} ", DIM), (glyph, f"{style} bold"))
        rows = hanging(label, self._moment_line(one), _TIME + 3, width)
        for extra in self._more(one, speaker):
            rows += hanging(EMPTY, extra, _TIME + 5, width)
        return rows

    def _moment_line(self, one: Moment) -> Content:
        if one.kind == r.HEARD:
            return line((_("Caller") + ": ", DIM), one.text)
        if one.kind == r.OPENED:
            row = line((_("Opened") + ": ", DIM), self.scenario(one.id))
            should = _("should be: {title}").format(title=self.scenario(one.should))
            return line(row, (f"  {should}", draw.BAD)) if one.should else row
        if one.kind == r.ANSWERED:
            return self._answer(one)
        if one.kind == r.SAID:
            return self._said(one)
        if one.kind == r.NORM:
            times = _("{seconds} of {limit}").format(
                seconds=stopwatch(one.seconds), limit=stopwatch(one.limit)
            )
            word = _("over the norm") if one.how == r.BAD else _("in time")
            return line((_("Norm") + ": ", DIM), f"{self._norm(one.id)}: {times}, ", (word, STRONG))
        if one.kind == r.BACK:
            return line((_("Taken back: the key above"), DIM))
        if one.kind == r.NOTED:
            return line((_("Noted as not in the script"), DIM))
        outcome = self.base.outcomes.get(one.id)
        title = text_in(outcome.title, self.ui, self.base.languages) if outcome else _("interrupted")
        return line((_("Outcome: {outcome}").format(outcome=title), STRONG))

    def _answer(self, one: Moment) -> Content:
        step = self.base.steps.get(one.id)

        def when(digit: str) -> str:
            number = int(digit) - 1
            known = step is not None and number < len(step.answers)
            return (
                text_in(step.answers[number].when, self.ui, self.base.languages) if step and known else digit
            )

        row = line((_("Answer") + ": ", DIM), f"{one.text} {when(one.text)}")
        if not one.should:
            return row
        should = _("should be: {title}").format(title=f"{one.should} {when(one.should)}")
        return line(row, (f"  {should}", draw.BAD))

    def _said(self, one: Moment) -> Content:
        given = one.given
        row = line((_("Phrase") + ": ", DIM), self.step(one.id))
        if given is None or not given.by:
            return row
        verdict = f"  {GLYPHS.get(given.verdict, '')} {_(VERDICTS.get(given.verdict, ''))}"
        by = {"trainee": _("own mark"), "coach": _("the trainer's mark")}.get(given.by, "")
        score = f" {round(100 * given.score)}" if given.by == "program" else ""
        style = STYLES.get(given.verdict, DIM)
        return line(row, (f"{verdict}{score}", f"{style} bold"), (f"  {by}" if by else "", DIM))

    def _more(self, one: Moment, speaker: Speaker) -> list[Content]:
        rows: list[Content] = []
        if one.given and (one.text or one.how != r.GOOD) and one.given.by:
            if one.text:
                rows.append(line((_("you") + ": ", DIM), one.text))
            text = self._words_of(one.id, one.given.language, speaker)
            rows.append(line((_("text") + ": ", DIM), text))
        if one.remark:
            rows.append(line((_("Remark") + ": ", DIM), (one.remark, draw.WARM)))
        if one.missed:
            names = ", ".join(
                text_in(self.base.marks.get(m, {}), self.ui, self.base.languages) or m for m in one.missed
            )
            rows.append(line((_("Missed: {duties}").format(duties=names), draw.BAD)))
        return rows

    def scenario(self, id_: str) -> str:
        """A scenario's title."""
        found = self.base.scenarios.get(id_)
        return text_in(found.title, self.ui, self.base.languages) if found else id_

    def step(self, id_: str) -> str:
        """A step's title after its scenario's."""
        found = self.base.steps.get(id_)
        if found is None:
            return id_
        return f"{self.scenario(found.scenario)} · {text_in(found.title, self.ui, self.base.languages)}"

    def _norm(self, id_: str) -> str:
        found = self.base.norms.get(id_)
        return text_in(found.title, self.ui, self.base.languages) if found else id_

    def _words_of(self, step: str, language: str, speaker: Speaker) -> str:
        found = self.base.steps.get(step)
        words = shown(self.base, found.say, language) if found and found.say else None
        filled = fill(self.base, words.wordings[0].text, words.language, speaker) if words else ()
        return "".join("‹…›" if one.kind == MISSING else one.text for one in filled)


class ReplayScreen(Covering, Screen[None]):
    """The result of the drill and every moment of it. Arrows scroll, Enter or Esc leaves."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReplayScreen { background: $background; color: $foreground; }
    ReplayScreen #replay { height: 1fr; padding: 1 1 0 0; }
    ReplayScreen #keys { height: 1; background: $panel; }
    """

    def __init__(self, replay: Replay, base: KnowledgeBase, ui: str) -> None:
        super().__init__()
        self.replay, self.base, self.ui = replay, base, ui

    def compose(self) -> ComposeResult:
        """The lines, the keys."""
        yield ReplayPane("replay", self.base, self.ui)
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """Show it from the top."""
        self.query_one(ReplayPane).show(self.replay)
        hints = (
            KeyHint("Enter", _("next"), rank=0),
            KeyHint("↑ ↓", _("scroll"), rank=1),
            KeyHint("PgUp PgDn", _("page"), rank=2),
        )
        self.query_one(KeysPane).show(hints)

    def on_call_rings(self) -> None:
        """A real call rings."""
        from prompter.tui.practice.aside import stand_aside

        stand_aside(self.app)

    def on_key(self, event: events.Key) -> None:
        """Scroll or leave."""
        pane = self.query_one(ReplayPane)
        height = pane.size.height
        last = max(0, len(pane.all(self.replay, pane.size.width)) - height)
        by = {"up": -1, "down": 1, "pageup": 1 - height, "pagedown": height - 1, "home": -last, "end": last}
        if event.key in ("enter", "escape"):
            event.stop()
            self.dismiss()
        elif event.key in by:
            event.stop()
            top = max(0, min(last, min(self.replay.top, last) + by[event.key]))
            self.replay = replace(self.replay, top=top)
            pane.show(self.replay)
