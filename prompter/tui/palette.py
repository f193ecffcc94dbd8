"""The palette's commands: everything a key does, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from prompter.call.events import LIVE
from prompter.call.phrases import text_in
from prompter.call.view.tree import listed
from prompter.locale import N_, _
from prompter.locale.errors import why
from prompter.text.layout import swap_layout
from prompter.tui import messages
from prompter.tui.overlay import Covering
from prompter.tui.remembering import remember
from prompter.tui.screen import MainScreen

COLOURS = {
    "dark": N_("Colours: dark"),
    "light": N_("Colours: light"),
    "contrast": N_("Colours: high contrast"),
}

Run = Callable[[], object]


class Palette(Covering, CommandPalette):
    """The list of commands; the screen behind stays readable."""

    DEFAULT_CSS = "Palette { background: transparent; } Palette SearchIcon { display: none; }"

    def __init__(self) -> None:
        super().__init__(placeholder=_("Command…"))

    def _action_command_list(self, action: str) -> None:
        # Textual's list looks up a line not laid out yet if PgUp comes that early
        with suppress(KeyError):
            super()._action_command_list(action)


class Commands(Provider):
    """Commands of the operator's screen, then every scenario."""

    def _commands(self) -> Iterator[tuple[str, Run]]:
        screen = next((one for one in reversed(self.app.screen_stack) if isinstance(one, MainScreen)), None)
        if screen is None:
            return
        known = self._on if screen.desk.mode == LIVE else self._in_drill
        for name, run in known(screen):
            yield name, partial(uncovered, screen, run)

    def _on(self, screen: MainScreen) -> Iterator[tuple[str, Run]]:
        yield _("Who works here (name, form of address, department)"), screen.panels.who
        yield _("Call-backs") + "  Ctrl+B", screen.action_promises
        yield _("Status in «Линия 24»") + "  Ctrl+T", screen.action_status
        yield _("A call by hand") + "  Ctrl+N", screen.action_call
        yield _("End the call") + "  Ctrl+E", screen.action_end
        yield _("Note, or words for a gap") + "  Ctrl+O", screen.action_note
        yield _("Copy the phrase") + "  Ctrl+Y", screen.action_copy
        yield _("Handbook: articles, statuses, norms") + "  Ctrl+R", screen.action_handbook
        yield _("The other language") + "  F12", screen.action_language
        yield _("Practice: drill calls with a simulated caller"), partial(practise, screen)
        yield _("Keys") + "  F1", screen.action_help
        for theme, name in COLOURS.items():
            yield _(name), partial(wear, screen, theme)
        desk = screen.desk
        for scenario in listed(desk.base, desk.viewer, desk.state.active):
            title = text_in(scenario.title, desk.viewer.ui, desk.base.languages)

            def open_(id_: str = scenario.id) -> None:
                screen.open(id_)

            yield f"{title}  {scenario.key}".rstrip(), open_
        yield _("Progress in practice: what is due, what is weak"), partial(progress, screen)
        learns = screen.settings.learn_from_calls
        words = _("Stop practising what I miss in calls") if learns else _("Practise what I miss in calls")
        yield words, partial(learn, screen, not learns)
        yield _("Forget what the search learned"), partial(forget, screen)
        yield _("Quit") + "  Ctrl+Q", lambda: screen.app.run_action("leave")

    def _in_drill(self, screen: MainScreen) -> Iterator[tuple[str, Run]]:
        """Commands of the call only: the operator and promises belong to live work."""
        yield _("End the call") + "  Ctrl+E", screen.action_end
        yield _("Note, or words for a gap") + "  Ctrl+O", screen.action_note
        yield _("Handbook: articles, statuses, norms") + "  Ctrl+R", screen.action_handbook
        yield _("The other language") + "  F12", screen.action_language
        yield _("Keys") + "  F1", screen.action_help
        yield _("Quit") + "  Ctrl+Q", lambda: screen.app.run_action("leave")

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for name, run in self._commands():
            yield DiscoveryHit(Content(name), run, name)

    async def search(self, query: str) -> Hits:
        """The commands that match the query."""
        for words in (query, swap_layout(query)):
            matcher = self.matcher(words)
            hits = [(matcher.match(name), name, run) for name, run in self._commands()]
            found = [(score, name, run) for score, name, run in hits if score > 0]
            for score, name, run in found:
                yield Hit(score, Content(name), run, name)
            if found:
                return
        # said here, because Textual would say it in English
        yield Hit(1, Content(_("No such command")), lambda: None)


def uncovered(screen: MainScreen, run: Run) -> object:
    """Run a command after closing the handbook or help that covers the operator's screen."""
    while screen.app.screen is not screen:
        screen.app.pop_screen()
    return run()


def practise(screen: MainScreen) -> None:
    """Drills between calls: the menus of practice over the operator's screen."""
    if screen.desk.state.active:
        screen.tell(messages.refusal("in-call"), bad=True)
        return
    from prompter.tui.app import PrompterApp
    from prompter.tui.practice.home import PracticeHome
    from prompter.tui.practice.lesson import Lessons, Wish

    desk, app = screen.desk, screen.app
    assert isinstance(app, PrompterApp)
    lessons = Lessons(lambda: desk.base, desk.journal, screen.settings, desk.viewer, app.home)

    def leave() -> None:
        home.dismiss()

    home = PracticeHome(lessons, Wish(name=screen.settings.operator), leave)
    app.push_screen(home)


def wear(screen: MainScreen, theme: str) -> None:
    """Apply these colours, also after the next start."""
    from prompter.tui.app import PrompterApp

    app = screen.app
    assert isinstance(app, PrompterApp)
    app.wear(theme)
    if remember(screen, theme=theme):
        unseen = _("Saved. No colours are shown now: NO_COLOR is set")
        screen.tell(unseen if app.no_color else _("Colours changed"))


def progress(screen: MainScreen) -> None:
    """Show the operator's own progress in practice."""
    from prompter.tui.practice.progress import ProgressScreen, standing_of

    desk = screen.desk
    begins = screen.settings.day_starts
    standing = standing_of(desk.viewer.operator, desk.base, desk.journal, desk.viewer, begins)
    if standing is None:
        screen.tell(_("Nobody has drilled yet"))
    else:
        screen.app.push_screen(ProgressScreen(standing, desk.base, desk.viewer.ui))


def learn(screen: MainScreen, agreed: bool) -> None:
    """Set whether what she misses in calls enters her own practice."""
    if remember(screen, learn_from_calls=agreed):
        yes = _("What you miss in calls comes back in your practice; only keys are seen, not your words")
        screen.tell(yes if agreed else _("Your calls add nothing to your practice from now on"))


def forget(screen: MainScreen) -> None:
    """Forget the search's learned choices."""
    try:
        screen.finding.learned.forget()
    except OSError as error:
        screen.tell(_("Not forgotten: {reason}").format(reason=why(error)), bad=True)
    else:
        screen.tell(_("The search has forgotten what it learned"))
