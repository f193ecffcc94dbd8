"""The handbook over the operator's screen: the call goes on, its clocks stay visible, its keys go first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from prompter.call.view.handbook import Page, handbook
from prompter.locale import _
from prompter.tui import picture
from prompter.tui.draw import ACCENT, DIM, cut, line, spread
from prompter.tui.footer import KeyHint, KeysPane, Typed, TypedPane
from prompter.tui.handbook.browsing import Browsing
from prompter.tui.handbook.lines import list_lines, page_lines, with_arrows
from prompter.tui.header import HeaderPane
from prompter.tui.keys import KEYS, KeyInTurn
from prompter.tui.norms import NormsPane
from prompter.tui.overlay import Covering
from prompter.tui.pane import Pane
from prompter.tui.sizes import HEIGHTS, WIDTHS
from prompter.wording.handbook import kind_name

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen

_WIDE = WIDTHS[-1][0]
"""From this many columns the list and the text are side by side."""
_LIST = 46

_OWN = frozenset({"f1", "f12", "ctrl+r", "ctrl+y", "tab", "shift+tab", "pageup", "pagedown"})
"""Keys of the operator's screen that do not close the handbook."""


class ShownPages(Struct, frozen=True):
    """What the pane shows: the matching pages, the selected one, and how far its text is scrolled."""

    found: tuple[Page, ...]
    selected: int
    reading: bool
    top: int
    department: str

    @property
    def page(self) -> Page | None:
        """The selected page."""
        return self.found[self.selected] if self.found else None


class HandbookPane(Pane[ShownPages]):
    """The list and the text: side by side, or in a narrow window one at a time."""

    def lines(self, part: ShownPages, width: int, height: int) -> list[Content]:
        """A title, then what fits."""
        room = max(1, height - 2)
        title = line((f" {_('Handbook')}", f"{ACCENT} bold"))
        if part.reading and part.page and width < _WIDE:
            title = line(title, (f" · {kind_name(part.page.kind)}", DIM))
        rows = [spread(title, line((part.department, DIM), " "), width), line()]
        if part.page is None:
            return [*rows, line(" ", (_("Nothing found. Esc shows everything again"), DIM))]
        if width < _WIDE:
            return rows + (self._text(part, room) if part.reading else self._list(part, width, room))
        left, right = self._list(part, _LIST, room), self._text(part, room)
        side = ("│ ", ACCENT if part.reading else DIM)
        for n in range(room):
            beside = left[n] if n < len(left) else line()
            text = right[n] if n < len(right) else line()
            rows.append(line(beside, " " * (_LIST - beside.cell_length), side, text))
        return rows

    def _list(self, part: ShownPages, width: int, room: int) -> list[Content]:
        return [cut(row, width) for row in list_lines(part.found, part.selected, width, room)]

    def _text(self, part: ShownPages, room: int) -> list[Content]:
        rows = self.text_of(part.page)
        top = min(part.top, max(0, len(rows) - room))
        return with_arrows(rows[top : top + room], before=top > 0, after=top + room < len(rows))

    def text_of(self, page: Page | None) -> list[Content]:
        """The whole text of a page, at its width here."""
        width = self.size.width
        return page_lines(page, (width - _LIST - 2 if width >= _WIDE else width) - 1) if page else []

    @property
    def room(self) -> int:
        """How many lines of a text are visible at once."""
        return max(1, self.size.height - 2)


class HandbookScreen(Covering, Screen[None]):
    """Lists reference pages and shows their text. It changes nothing."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    HandbookScreen { background: $background; color: $foreground; }
    HandbookScreen #handbook { height: 1fr; }
    """

    def __init__(self, main: MainScreen, page: tuple[str, str] | None = None) -> None:
        super().__init__()
        self.main = main
        self.browsing = Browsing(selected=page, reading=True) if page else Browsing()
        self.pages: tuple[Page, ...] = ()
        self._gone = False

    def compose(self) -> ComposeResult:
        """The operator's screen without its card and tree."""
        yield HeaderPane("header")
        yield HandbookPane("handbook")
        yield NormsPane("norms")
        yield TypedPane("typed")
        yield KeysPane("keys")

    def on_mount(self) -> None:
        """Draw, and keep the clocks moving."""
        self.look()
        self.set_interval(1.0, self.look)

    def look(self) -> None:
        """Read the current base, so that edits of the scripts appear here too, and draw."""
        desk = self.main.desk
        language = desk.state.active.language if desk.state.active else desk.viewer.language
        self.pages = handbook(desk.base, desk.viewer, language or desk.base.languages[0], desk.clock.now())
        self.draw()

    def draw(self) -> None:
        """Show the pages, and the current call."""
        desk, settings = self.main.desk, self.main.settings
        view = desk.view()
        found = self.browsing.found(self.pages)
        top = picture.top(desk, settings, view)
        selected, reading = self.browsing.index(found), self.browsing.reading
        shown = ShownPages(tuple(found), selected, reading, self.browsing.top, top.department)
        self.query_one(HeaderPane).show(top)
        self.query_one(HandbookPane).show(shown)
        self.query_one(NormsPane).show(view.norms)
        self.query_one(TypedPane).show(self._line())
        self.query_one(KeysPane).show(_hints(self.browsing))

    def _line(self) -> Typed:
        """A message of the operator's screen, until the next key; the query; the scripts' news."""
        query, reading = self.browsing.query, self.browsing.reading
        if self.main.message.message:
            return self.main.message
        if self.main.scripts.message and (reading or not query):
            return self.main.scripts
        return Typed(quiet=True) if reading else Typed(query=query)

    async def on_key(self, event: events.Key) -> None:
        """Letters search, arrows choose or scroll; a key of the call closes the handbook and acts there."""
        event.stop()
        event.prevent_default()
        if self._gone:
            await self._hand_on(event)
        elif self.app.screen is not self:
            # pressed right after F1: meant for the help; as a new event, since this one was stopped
            self.app.screen.post_message(events.Key(event.key, event.character))
        elif event.key in KEYS and event.key not in _OWN:
            self._go()
            await self._hand_on(event)
        elif event.key == "f1":
            from prompter.tui.help import HelpScreen

            self.app.push_screen(HelpScreen(_("In the handbook")))
        elif event.key == "f12":
            self.main.action_language()
            self.look()
        else:
            self._browse(event.key, event.character)

    async def _hand_on(self, event: events.Key) -> None:
        if event.key in KEYS:
            await self.main.on_key_in_turn(KeyInTurn(event.key))
        else:
            self.main.on_key(event)

    def _go(self) -> None:
        """Close; keys pressed right after still arrive here, and are handed on to the call."""
        if not self._gone and self.app.screen is self:
            self._gone = True
            self.dismiss()

    def _browse(self, key: str, character: str | None) -> None:
        self.main.message = Typed()
        found = self.browsing.found(self.pages)
        pane = self.query_one(HandbookPane)
        page = found[self.browsing.index(found)] if found else None
        last = max(0, len(pane.text_of(page)) - pane.room)
        after = None if key == "ctrl+r" else self.browsing.key(key, character, found, last, pane.room)
        if after is None:
            self._go()
            return
        self.browsing = after
        self.draw()

    def on_paste(self, event: events.Paste) -> None:
        """Search for what is pasted."""
        self.browsing = self.browsing.typed(event.text)
        self.draw()


def _hints(browsing: Browsing) -> tuple[KeyHint, ...]:
    """The bar, in the list or in a text."""
    help_ = KeyHint("F1", _("keys"), rank=4)
    if browsing.reading:
        scroll = (KeyHint("↑ ↓", _("scroll"), rank=0), KeyHint("PgUp PgDn", _("page"), rank=3))
        return (
            *scroll,
            KeyHint("Esc", _("to the list"), rank=0),
            KeyHint("F2–F9", _("scenarios"), rank=2),
            help_,
        )
    leave = _("everything") if browsing.query else _("close")
    return (
        KeyHint("Enter", _("read"), rank=0),
        KeyHint("↑ ↓", _("choose"), rank=1),
        KeyHint(_("letters"), _("find"), rank=2),
        KeyHint("Esc", leave, rank=0),
        KeyHint("F2–F9", _("scenarios"), rank=3),
        help_,
    )
