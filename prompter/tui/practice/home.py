"""Where practice begins, who, what, how; and where every drill returns to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from prompter.call import drill_events as d
from prompter.call.phrases import text_in
from prompter.drilling import Drill
from prompter.journal.drills import DrillRun
from prompter.locale import N_, _, ngettext
from prompter.locale.formats import day_and_time
from prompter.practice.caller import topics
from prompter.practice.drill import EXAM_SEED
from prompter.text.safe import clean_line
from prompter.tui.draw import ACCENT, BAD, DIM, EMPTY, GOOD, STRONG, WARM, hanging, line, spread
from prompter.tui.footer import KeyHint, KeysPane, Typed, TypedPane
from prompter.tui.forms.form import Choice, Form, Text
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.forms.panel import Panel, Values
from prompter.tui.overlay import Covering
from prompter.tui.pane import Pane
from prompter.tui.practice.cardscreen import CardsScreen
from prompter.tui.practice.lesson import Lessons, Wish, mark_of
from prompter.tui.practice.replaying import ReplayScreen
from prompter.tui.practice.screen import PracticeScreen
from prompter.tui.sizes import HEIGHTS, WIDTHS
from prompter.wording.drills import KIND_LINES, KINDS

if TYPE_CHECKING:
    from prompter.kb.model import Scenario

LEVELS = {
    d.VISIBLE: N_("the phrase is visible"),
    d.FIRST: N_("first words only"),
    d.HIDDEN: N_("the phrase is hidden"),
}
WAYS = {d.ALOUD: N_("aloud, I mark myself"), d.TYPED: N_("typed, the program marks")}

_SHOWN = 12


class Known(Struct, frozen=True):
    """What the pane shows of a trainee: her last drills, newest first."""

    name: str
    drills: tuple[DrillRun, ...]


class KnownPane(Pane[Known]):
    """The trainee's last drills, a line each."""

    def lines(self, part: Known, width: int, height: int) -> list[Content]:
        """Head and lines."""
        head = line((f" {_('Practice')}", f"{ACCENT} bold"), (f" · {part.name}" if part.name else "", STRONG))
        if not part.drills:
            text = _("A call with a simulated caller: open the scenario, say the phrase, take the answer.")
            return [head, EMPTY, *hanging(EMPTY, line((text, DIM)), 1, width - 1)]
        rows = [head, EMPTY, line((f" {_('Last drills')}", DIM))]
        return [*rows, *(_attempt(one, width) for one in part.drills[: max(0, height - 3)])]


def _attempt(one: DrillRun, width: int) -> Content:
    left = line(f"  {day_and_time(one.at)}  ", (_(KINDS.get(one.began.kind, one.began.kind)), STRONG))
    ended = one.ended
    if ended is None:
        right = line((_("not finished"), WARM))
    elif one.began.pass_mark:
        word = _("passed") if ended.passed else _("broken off") if ended.how == d.KILLED else _("not passed")
        right = line((f"{max(0, round(ended.mark))}  ", STRONG), (word, GOOD if ended.passed else BAD))
    elif ended.how == d.DROPPED:
        right = line((_("given up"), DIM))
    else:
        mark = str(round(ended.mark)) if ended.mark >= 0 else "–"
        stopped = f"  {_('stopped')}" if ended.how == d.STOPPED else ""
        right = line((mark, STRONG), (stopped, DIM))
    return line(spread(left, right, width - 2), "  ")


class PracticeHome(Covering, Screen[None]):
    """Menus one after the other: who, what, how. What was given on the command line is not asked."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    PracticeHome { background: $background; color: $foreground; }
    PracticeHome #known { height: 1fr; padding: 1 0 0 0; }
    PracticeHome #typed { dock: bottom; height: 1; margin: 0 0 1 0; background: $panel; }
    PracticeHome #keys { dock: bottom; height: 1; }
    PracticeHome Panel { dock: bottom; margin: 0 0 2 0; max-height: 70%; }
    """

    def __init__(self, lessons: Lessons, wish: Wish, leave: Callable[[], None]) -> None:
        super().__init__()
        self.lessons, self.wish, self.leave_all = lessons, wish, leave
        self._panel: Panel | None = None
        self._asked = wish

    def compose(self) -> ComposeResult:
        """The trainee's drills; the menus come over them."""
        yield KnownPane("known")
        yield TypedPane("typed")
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """Ask for what is still missing."""
        self.tell("")
        self.next()

    # reporting and asking

    def tell(self, text: str, bad: bool = False) -> None:
        """Show one line above the keys."""
        self.query_one(TypedPane).show(Typed(message=text, bad=bad, quiet=True))

    def _show(self, panel: Panel) -> None:
        self._close()
        self._panel = panel
        self.mount(panel)
        drills = tuple(reversed(self.lessons.of(self.wish.name))) if self.wish.name else ()
        self.query_one(KnownPane).show(Known(self.wish.name, drills))
        self.query_one(KeysPane).show((*panel.hints(), KeyHint("Ctrl+Q", _("quit"), rank=3)))

    def _close(self) -> None:
        if self._panel:
            self._panel.closed_to = _nobody
            self._panel.remove()
        self._panel = None

    def next(self) -> None:
        """Ask the next question; if none is left, begin the drill."""
        wish = self.wish
        if not wish.name:
            self._ask_name()
        elif not wish.kind:
            self._ask_kind()
        elif wish.kind == d.SCENARIO and not wish.scenario:
            self._ask_scenario()
        elif wish.kind == d.EXAM:
            self._begin_exam()
        elif wish.kind == d.COACH and not wish.coach:
            self._ask_coach()
        elif wish.kind != d.COACH and not (wish.level and wish.way):
            self._ask_how()
        else:
            self._begin()

    def _wish(self, wish: Wish) -> None:
        self.wish = wish
        self.tell("")
        self.next()

    # who

    def _ask_name(self) -> None:
        names = self.lessons.names()
        if not names:
            self._ask_new_name()
            return
        items = [Item(name, name) for name in names]
        items.append(Item("", _("Somebody else…")))
        self._show(Menu(_("Who is practising?"), items, self._chosen_name, self.leave_all))

    def _chosen_name(self, _verb: str, name: str) -> None:
        if name:
            self._wish(replace(self.wish, name=name))
        else:
            self._ask_new_name()

    def _ask_new_name(self) -> None:
        def submit(values: Values) -> str:
            name = clean_line(values["name"]).strip()
            if not name:
                return _("Write your name")
            self._wish(replace(self.wish, name=name))
            return ""

        field = Text("name", _("Your name"), hint=_("as you greet callers"))
        leave = self._ask_name if self.lessons.names() else self.leave_all
        self._show(Form(_("Who is practising?"), [field], submit, key="who", leave=leave))

    # what

    def _ask_kind(self) -> None:
        left = self.lessons.unfinished(self.wish.name)
        items = [Item(kind, f"{_(words)}{self._kind_note(kind)}") for kind, words in KIND_LINES.items()]
        for one in left[:1]:
            what = f"{_(KINDS[one.began.kind])}, {day_and_time(one.at)}"
            items.append(Item(f"again {one.began.drill}", _("Go on: {drill}").format(drill=what)))
            items.append(Item(f"drop {one.began.drill}", _("Drop it: {drill}").format(drill=what)))
        items.append(Item("replay", _("Look at the last drill again")))
        items.append(Item("progress", _("Progress: what is due, what is weak")))
        items.append(Item("who", _("Somebody else is practising")))
        self._show(Menu(_("What will you practise?"), items, self._kind, self.leave_all))

    def _kind_note(self, kind: str) -> str:
        """A note on a kind: how many cards are due today, how the exam went."""
        if kind == d.CARDS and (due := len(self.lessons.up(self.wish.name))):
            return " · " + ngettext("{n} due today", "{n} due today", due).format(n=due)
        taken = self.lessons.exam(self.wish.name, self.wish.seed) if kind == d.EXAM else None
        if taken is None or taken.ended is None:
            return ""
        word = _("passed") if taken.ended.passed else _("not passed")
        return f" · {word}, {max(0, round(taken.ended.mark))}"

    def _kind(self, _verb: str, kind: str) -> None:
        drills = {one.began.drill: one for one in self.lessons.unfinished(self.wish.name)}
        verb, _space, drill = kind.partition(" ")
        if verb == "again" and drill in drills:
            self._go_on(drills[drill])
        elif verb == "drop" and drill in drills:
            self.lessons.drop(drills[drill])
            self.tell(_("Dropped"))
            self._ask_kind()
        elif verb == "replay":
            self._replay_last()
        elif verb == "progress":
            self._show_progress()
        elif verb == "who":
            self._wish(Wish())
        else:
            self._wish(replace(self.wish, kind=kind))

    def _replay_last(self) -> None:
        ended = [one for one in self.lessons.of(self.wish.name) if one.ended]
        replay = self.lessons.replay_of(ended[-1].began.drill) if ended else None
        if replay is None:
            self.tell(_("No drills yet"))
        else:
            self.app.push_screen(ReplayScreen(replay, self.lessons.base, self.lessons.viewer.ui))

    def _show_progress(self) -> None:
        from prompter.tui.practice.progress import ProgressScreen, standing_of

        lessons = self.lessons
        standing = standing_of(
            self.wish.name, lessons.base, lessons.journal, lessons.viewer, lessons.settings.day_starts
        )
        if standing is None:
            self.tell(_("No drills yet"))
        else:
            self.app.push_screen(ProgressScreen(standing, lessons.base, lessons.viewer.ui))

    def _ask_scenario(self) -> None:
        base, viewer = self.lessons.base, self.lessons.viewer
        departments = (viewer.department,) if viewer.department else ()
        known: Sequence[Scenario] = topics(base, departments)
        items = [
            Item(one.id, f"{text_in(one.title, viewer.ui, base.languages)}  {one.key}".rstrip())
            for one in known
        ]
        choose = lambda _verb, id_: self._wish(replace(self.wish, scenario=id_))  # noqa: E731
        self._show(Menu(_("Which scenario?"), items, choose, self._back))

    def _ask_how(self) -> None:
        def submit(values: Values) -> str:
            self._wish(replace(self.wish, level=values["level"], way=values["way"]))
            return ""

        before = self.lessons.last(self.wish.name)
        level = self.wish.level or (before.level if before else "")
        way = self.wish.way or (before.way if before else "")
        fields = [
            Choice("level", _("Phrase"), [(one, _(words)) for one, words in LEVELS.items()], level),
            Choice("way", _("How"), [(one, _(words)) for one, words in WAYS.items()], way),
        ]
        title = f"{_(KINDS[self.wish.kind])}: {_('how?')}"
        self._show(Form(title, fields, submit, key="how", leave=self._back))

    def _ask_coach(self) -> None:
        def submit(values: Values) -> str:
            name = clean_line(values["coach"]).strip()
            if not name:
                return _("Write your name")
            self._wish(replace(self.wish, coach=name, level=values["level"], way=d.ALOUD))
            return ""

        fields: list[Text | Choice] = [
            Text("coach", _("Trainer"), hint=_("who plays the caller")),
            Choice("level", _("Phrase"), [(one, _(words)) for one, words in LEVELS.items()], d.HIDDEN),
        ]
        self._show(Form(_("With a trainer"), fields, submit, key="coach", leave=self._back))

    def _back(self) -> None:
        """Esc in a later menu: choose the kind again."""
        self._wish(Wish(name=self.wish.name, seed=self._asked.seed))

    # the drill

    def _begin_exam(self) -> None:
        taken = self.lessons.exam(self.wish.name, self.wish.seed)
        if taken is not None:
            text = _(
                "You have taken this exam: {mark}. There is one attempt; the trainer names another by --seed"
            )
            mark = max(0, round(taken.ended.mark)) if taken.ended else "–"
            self._back()
            self.tell(text.format(mark=mark), bad=True)
            return
        items = [Item("yes", _("Begin")), Item("", _("Not now"))]
        seed = EXAM_SEED if self.wish.seed is None else self.wish.seed
        title = _("Exam {n}: typed, without hints, one attempt. It cannot be broken off").format(n=seed)
        self._show(Menu(title, items, lambda _v, one: self._begin() if one else self._back(), self._back))

    def _begin(self) -> None:
        self._run(self.lessons.begin(self.wish))

    def _go_on(self, one: DrillRun) -> None:
        drill = self.lessons.again(one)
        if drill is None:
            self.tell(_("The scripts it began with are gone: it can only be dropped"), bad=True)
            self._ask_kind()
        else:
            self._run(drill)

    def _run(self, drill: Drill) -> None:
        self._close()
        if drill.setup.kind == d.CARDS:
            self.app.push_screen(
                CardsScreen(drill, self.lessons.deck(drill), self.lessons.settings, self._finished)
            )
            return
        self.app.push_screen(PracticeScreen(drill, self.lessons.settings, self.lessons.home, self._finished))

    def _finished(self, screen: PracticeScreen | CardsScreen) -> None:
        """The drill is over: mark it, show the replay, and ask for the next one."""
        drill = screen.drill
        if not drill.progress.ended:
            left = isinstance(screen, CardsScreen) and screen.deck.now
            drill.end(d.STOPPED if left else d.FINISHED, mark_of(drill))
        replay = self.lessons.replay_of(drill.setup.drill)
        screen.dismiss()
        if replay:
            self.app.push_screen(ReplayScreen(replay, drill.desk.base, self.lessons.viewer.ui))
        self.wish = Wish(name=drill.setup.trainee, seed=self._asked.seed)
        self.next()

    def on_call_rings(self) -> None:
        """A real call rings."""
        from prompter.tui.practice.aside import stand_aside

        stand_aside(self.app)

    def on_key(self, event: events.Key) -> None:
        """A key that came before the menu was ready."""
        if self._panel and not self._panel.ready:
            self._panel.early.append(event)
        elif self._panel and event is not self._panel.seen:
            self._panel.work(self._panel.press, event)


def _nobody(event: events.Key) -> None:
    """No menu waits for this key any more."""
