"""What each pane shows, made from the desk's view, the query, the selection and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prompter.call.phrases import text_in
from prompter.call.view import DeskView
from prompter.desk import Desk
from prompter.locale.formats import clock_time
from prompter.locale.names import LANGUAGE_NAMES
from prompter.settings import Settings
from prompter.text.safe import clean_line
from prompter.tui import messages
from prompter.tui.card import ShownCard
from prompter.tui.footer import KeyHint, Typed
from prompter.tui.header import Top
from prompter.tui.keys import call_hints, search_hints

if TYPE_CHECKING:
    from prompter.call.view.handbook import Page


def top(desk: Desk, settings: Settings, view: DeskView) -> Top:
    """The header."""
    base, trouble = desk.base, desk.journal.trouble
    department = settings.department
    title = text_in(base.departments.get(department, {}), desk.viewer.ui, base.languages)
    return Top(
        header=view.header,
        languages=base.languages,
        operator=settings.operator,
        department=title or department,
        time=clock_time(desk.clock.now(), desk.viewer.zone),
        unrecorded=bool(desk.journal.pending or (trouble and not trouble.recording)),
    )


class Looked(NamedTuple):
    """What is shown instead of the call: a scenario, one step of it, or a page of the handbook."""

    scenario: str
    step: str = ""
    page: Page | None = None


def card(desk: Desk, view: DeskView, looked: Looked | None) -> ShownCard:
    """The card of the call, or what is shown instead."""
    if looked and looked.page:
        return ShownCard(view.card, preview=True, page=looked.page)
    if looked and looked.scenario:
        return ShownCard(desk.preview(looked.scenario, looked.step), preview=True)
    call = desk.state.active
    missed = view.ended.missed if view.ended else ()
    about = desk.question(call.promise) if call and call.promise else ""
    return ShownCard(
        view.card,
        view.previous,
        idle=call is None,
        missed=missed,
        about=about,
        note=_note(desk, view),
        rings=view.rings,
    )


def _note(desk: Desk, view: DeskView) -> str:
    """The newest earlier note on the ringing caller, or on the current one until a scenario is opened."""
    call = desk.state.active
    if view.rings:
        return clean_line(desk.note_text(desk.state.ringing[0].last_note))
    return clean_line(desk.note_text(call.last_note)) if call and not call.opened else ""


_TURN_SECONDS = 5


def typed(
    view: DeskView, idle: bool, query: str | None, message: Typed, form_open: bool, scripts: Typed, now: float
) -> Typed:
    """The line above the keys: the query, else a message, else the scripts' news, else what is pending
    between calls. The last two alternate, so that neither hides the other for good."""
    if query is not None:
        return Typed(query=query)
    if message.message:
        return message
    if view.ended:
        return Typed(message=messages.ended(view.ended, idle))
    waiting = messages.waiting(view) if idle and not form_open else Typed(quiet=form_open)
    if scripts.message and not (waiting.message and int(now) // _TURN_SECONDS % 2):
        return scripts
    return waiting


def hints(desk: Desk, view: DeskView, searching: bool, looked: Looked | None) -> tuple[KeyHint, ...]:
    """The key bar while no form is open."""
    other = other_language(desk, view.header.language)
    language = LANGUAGE_NAMES.get(other, other)
    if searching:
        opens = desk.state.active is not None or (looked is not None and looked.page is not None)
        return search_hints(looked is not None, opens, language)
    closing = next((row for row in view.tree if row.key == "F9"), None)
    title = (closing.key, closing.title.lower()) if closing else None
    return call_hints(view, language, title)


def other_language(desk: Desk, language: str) -> str:
    """The next language, or "" if there is no other."""
    languages = desk.base.languages
    index = languages.index(language) if language in languages else 0
    return languages[(index + 1) % len(languages)] if len(languages) > 1 else ""
