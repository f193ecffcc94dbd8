"""A trainee's progress: due phrases, accuracy by scenario, retention, the weakest phrases, as plots.

The plotting library is imported only here: nobody else pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual_plotext import PlotextPlot

import prompter.tui.app
from prompter.call.phrases import text_in
from prompter.call.view.parts import Viewer
from prompter.clock import SystemClock
from prompter.desk import Desk
from prompter.journal import drills
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.locale import _, ngettext
from prompter.locale.formats import day_of_year
from prompter.practice.figures import Weak
from prompter.practice.schedule import DAY_STARTS
from prompter.practice.standing import Standing, standing
from prompter.practice.store import results_of
from prompter.settings import Settings
from prompter.tui.app import PrompterApp
from prompter.tui.draw import ACCENT, BAD, DIM, GOOD, STRONG, WARM, bar, cut, line
from prompter.tui.footer import KeyHint, KeysPane
from prompter.tui.overlay import Covering
from prompter.tui.sizes import HEIGHTS, WIDTHS

_MOST_SCENARIOS, _MOST_WEAK = 12, 8
_LABEL = 26
_PLOT_HEIGHT = 12
_WEAK_FROM, _FAIR_FROM = 0.7, 0.9

Lined = Callable[[int], list[Content]]
"""Makes lines for a width."""


class Plot(PlotextPlot):
    """A curve of values from 0 to 100 with a label under each; too few points are shown in words instead."""

    def __init__(self, id_: str, title: str, points: Sequence[tuple[str, float]]) -> None:
        super().__init__(id=id_)
        self.title, self.points = title, points

    def on_mount(self) -> None:
        """Draw it in the accent colour, with signs that every terminal's font has."""
        accent = Color.parse(self.app.theme_variables.get("accent", "blue")).rgb
        places = [float(place) for place in range(len(self.points))]
        values = [value for _label, value in self.points]
        every = max(1, len(places) // 6)
        self.plt.plot(places, values, marker="·", color=accent)
        self.plt.scatter(places, values, marker="●", color=accent)
        self.plt.ylim(0, 100)
        self.plt.yticks([0, 50, 100], ["0", "50", "100"])
        self.plt.xticks(places[::every], [label for label, _value in self.points][::every])
        self.plt.title(self.title)


class ProgressScreen(Covering, Screen[None]):
    """Everything about one trainee, scrollable. Esc or Enter leaves."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    DEFAULT_CSS = f"""
    ProgressScreen {{ background: $background; color: $foreground; }}
    ProgressScreen #all {{ height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }}
    ProgressScreen Static {{ height: auto; margin: 0 0 1 0; }}
    ProgressScreen Plot {{ height: {_PLOT_HEIGHT}; margin: 0 0 1 0; }}
    ProgressScreen #keys {{ height: 1; background: $panel; }}
    """

    def __init__(self, standing: Standing, base: KnowledgeBase, ui: str) -> None:
        super().__init__()
        self.standing, self.words = standing, Words(base, ui)

    def compose(self) -> ComposeResult:
        """What is due, then the plots and lists, then the keys."""
        one = self.standing
        with VerticalScroll(id="all", can_focus=False):
            yield Lines("today", lambda width: self.words.today(one))
            yield Lines("accuracy", lambda width: self.words.accuracy(one, width))
            weeks = [(day_of_year(week), 100 * share.value) for week, share in one.retention]
            yield from self._plot("retention", _("Remembered when asked again, % by week"), weeks)
            marks = [(day_of_year(a.at), a.ended.mark) for a in one.marks if a.ended]
            yield from self._plot("marks", _("Drill marks, out of 100"), marks)
            yield Lines("weakest", lambda width: self.words.weakest(one.weakest, width))
        yield KeysPane("keys")

    def _plot(self, id_: str, title: str, points: Sequence[tuple[str, float]]) -> ComposeResult:
        if len(points) > 1:
            yield Plot(id_, title, points)
        else:
            yield Lines(id_, lambda width: self.words.too_few(title, points))

    def on_mount(self) -> None:
        """Show the active keys."""
        hints = (
            KeyHint("Esc", _("back"), rank=0),
            KeyHint("↑ ↓", _("scroll"), rank=1),
            KeyHint("PgUp PgDn", _("page"), rank=2),
        )
        self.query_one(KeysPane).show(hints)

    def leave(self) -> None:
        """Return to the screen behind."""
        self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Scroll or leave."""
        shown = self.query_one("#all", VerticalScroll)
        scroll = {
            "up": shown.scroll_up,
            "down": shown.scroll_down,
            "pageup": shown.scroll_page_up,
            "pagedown": shown.scroll_page_down,
            "home": shown.scroll_home,
            "end": shown.scroll_end,
        }
        if event.key in ("enter", "escape"):
            event.stop()
            self.leave()
        elif event.key in scroll:
            event.stop()
            scroll[event.key](animate=False)


class Lines(Static):
    """Lines laid out for the width they get."""

    def __init__(self, id_: str, make: Lined) -> None:
        super().__init__(id=id_, markup=False)
        self.make = make

    def on_resize(self, event: events.Resize) -> None:
        """Lay them out again."""
        self.update(Content("\n").join(self.make(max(20, event.size.width - 1))))


class Words:
    """The progress in the interface's language."""

    def __init__(self, base: KnowledgeBase, ui: str) -> None:
        self.base, self.ui = base, ui

    def today(self, one: Standing) -> list[Content]:
        """What to drill today, and how much is known."""
        head = line((_("Progress"), f"{ACCENT} bold"), (f" · {one.trainee} · {one.language.upper()}", STRONG))
        known = ngettext("{n} phrase drilled", "{n} phrases drilled", one.known).format(n=one.known)
        if not (one.due or one.changed or one.new):
            return [head, line(("✓ ", GOOD), _("Nothing is due today"), (f" · {known}", DIM))]
        due = ngettext("{n} phrase is due today", "{n} phrases are due today", one.due).format(n=one.due)
        rows = [head, line((due, STRONG if one.due else DIM), (f" · {known}", DIM))]
        if one.by_keys:
            text = ngettext(
                "{n} of them after a real call, by its keys",
                "{n} of them after real calls, by their keys",
                one.by_keys,
            )
            rows.append(line("  ", text.format(n=one.by_keys)))
        if one.changed:
            text = ngettext("{n} text changed", "{n} texts changed", one.changed)
            rows.append(line(("! ", f"{WARM} bold"), text.format(n=one.changed)))
        if one.new:
            text = ngettext("{n} phrase was never drilled", "{n} phrases were never drilled", one.new)
            rows.append(line("  ", (text.format(n=one.new), DIM)))
        return rows

    def accuracy(self, one: Standing, width: int) -> list[Content]:
        """A bar for each scenario, worst first."""
        head = line((_("Accuracy by scenario"), f"{ACCENT} bold"))
        if not one.accuracy:
            return [head, line((_("No phrase was marked yet"), DIM))]
        rows = [head]
        label = min(_LABEL, width // 2)
        digits = max(len(str(share.count)) for _scenario, share in one.accuracy)
        for scenario, share in one.accuracy[:_MOST_SCENARIOS]:
            title = cut(line(self.scenario(scenario)), label)
            figures = f" {share.value:>4.0%} ×{share.count:<{digits}}"
            style, sign = _how(share.value)
            plot = bar(share.value, max(4, width - label - len(figures) - 3), style)
            rows.append(
                line(
                    title, " " * (label - title.cell_length + 1), plot, figures, (f" {sign}", f"{style} bold")
                )
            )
        return rows

    def weakest(self, weak: Sequence[Weak], width: int) -> list[Content]:
        """The phrases most likely forgotten, with how often they were."""
        rows = [line((_("Weakest phrases"), f"{ACCENT} bold"))]
        for one in weak[:_MOST_WEAK]:
            style, sign = _how(one.recall)
            lapses = ngettext("forgotten {n} time", "forgotten {n} times", one.lapses).format(n=one.lapses)
            figures = f" {one.recall:>4.0%}" + (f" · {lapses}" if one.lapses else "")
            title = cut(line(self.phrase(one.key)), width - len(figures) - 2)
            rows.append(line((f"{sign} ", f"{style} bold"), title, (figures, DIM)))
        return rows if weak else [*rows, line((_("None yet"), DIM))]

    def too_few(self, title: str, points: Sequence[tuple[str, float]]) -> list[Content]:
        """What replaces a plot of one point, or none."""
        head = line((title, f"{ACCENT} bold"))
        if not points:
            return [head, line((_("Nothing to show yet"), DIM))]
        return [head, *(line(f"{label}: ", (f"{value:.0f}", STRONG)) for label, value in points)]

    def scenario(self, id_: str) -> str:
        """A scenario's title."""
        found = self.base.scenarios.get(id_)
        return text_in(found.title, self.ui, self.base.languages) if found else id_

    def phrase(self, key: tuple[str, str]) -> str:
        """A phrase by its step's title, after its scenario's."""
        step = self.base.steps.get(key[0])
        if step is None:
            return key[0]
        return f"{self.scenario(step.scenario)} · {text_in(step.title, self.ui, self.base.languages)}"


def _how(share: float) -> tuple[str, str]:
    """Colour and sign: never colour alone."""
    return (BAD, "✗") if share < _WEAK_FROM else (WARM, "◐") if share < _FAIR_FROM else (GOOD, "✓")


class ProgressApp(PrompterApp):
    """A trainee's progress on its own: leaving it ends the program."""

    CSS_PATH = str(Path(prompter.tui.app.__file__).with_name("prompter.tcss"))

    def __init__(self, standing: Standing, desk: Desk, settings: Settings, home: Path) -> None:
        self.standing = standing
        super().__init__(desk, settings, home)

    def get_default_screen(self) -> Screen[None]:  # type: ignore[override]
        """The progress, whose Esc ends the program."""
        return Alone(self.standing, self.desk.base, self.desk.viewer.ui)


class Alone(ProgressScreen):
    """The progress with no screen behind it."""

    def leave(self) -> None:
        """End the program."""
        self.app.exit()


def standing_of(
    name: str, base: KnowledgeBase, journal: Journal, viewer: Viewer, day_starts: int = DAY_STARTS
) -> Standing | None:
    """A trainee's current standing; "" means who works here, else who drilled last. None if nobody did."""
    found = results_of(drills.results(journal))
    known = (
        [name] if name else [viewer.operator, *(one.trainee for one in reversed([*found.attempts.values()]))]
    )
    trainee = next((one for one in known if one in found.trainees), "")
    if not trainee:
        return None
    language = viewer.language or base.languages[0]
    departments = (viewer.department,) if viewer.department else ()
    now = SystemClock().now()
    return standing(found, base, trainee, language, now, viewer.zone, day_starts, departments)
