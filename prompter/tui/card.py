"""The phrase card: what to say, what to do, what never to say, the possible answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual.content import Content

from prompter.call.view.parts import LISTEN, OWN, AnswerLine, Card, PreviousCall, Rings, Spoken
from prompter.locale import _, ngettext
from prompter.locale.formats import clock_time, day_and_time, stopwatch
from prompter.locale.names import LANGUAGE_NAMES, missing_names
from prompter.tui.draw import (
    ACCENT,
    BAD,
    DIM,
    EMPTY,
    GOOD,
    STRONG,
    WARM,
    Part,
    boxed,
    filled,
    hanging,
    line,
    wrapped,
)
from prompter.tui.pane import Pane

if TYPE_CHECKING:
    from prompter.call.view.handbook import Page

ROOMY, CLOSE, BARE = 0, 1, 2
"""How dense a card is: with empty lines; without; without targets and other languages too."""

_LABEL = 11  # the column after «Делать», «Нельзя»
_ANSWER = 34  # the column of the answers' targets, where the width allows


class ShownCard(Struct, frozen=True):
    """What the card's pane shows: the card, the ring-back line above it, and whether it is a preview.

    `missed` are required duties missed in the last call, `about` is the question of the call-back that this
    call keeps, `note` the newest note of the caller's earlier calls, `caller` is who calls if the header has
    no room for it. `page` is a page of the handbook shown instead of the card, `rings` who rings between
    calls.
    """

    card: Card
    previous: PreviousCall | None = None
    preview: bool = False
    idle: bool = False
    missed: tuple[str, ...] = ()
    about: str = ""
    note: str = ""
    caller: str = ""
    page: Page | None = None
    rings: Rings | None = None

    @property
    def spoken(self) -> Spoken | None:
        """The words that are, or would be, read out: those that can be copied."""
        if self.page:
            return self.page.instead
        return self.card.later if self.card.kind == LISTEN else self.card.spoken

    @property
    def about_what(self) -> tuple[str, ...]:
        """Identifies what is shown: page turning starts over when it changes."""
        return self.page.key if self.page else (self.card.step, "preview" if self.preview else "")


class CardPane(Pane[ShownCard]):
    """The most prominent pane; becomes denser in a low window, then turns pages."""

    _page = 0
    _of: tuple[str, ...] = ()  # what the pages belong to

    def lines(self, part: ShownCard, width: int, height: int) -> list[Content]:
        """The card at the loosest density that fits; if none does, its current page."""
        for setting in (ROOMY, CLOSE, BARE):
            rows = _card(part, width, setting)
            if len(rows) <= height:
                break
        if part.about_what != self._of:
            self._page, self._of = 0, part.about_what
        first = self._first(len(rows), height)
        return _page(rows, first, max(1, height)) if len(rows) > height else rows

    def _first(self, count: int, height: int) -> int:
        """The first row of the page; the last page is full."""
        step = max(1, height - 2)
        self._page = max(0, min(self._page, -(-(count - height) // step)))
        return min(self._page * step, max(0, count - height))

    def turn(self, by: int) -> None:
        """Show the next page, or the one before."""
        self._page += by
        self._rows = self._drawn()
        self.refresh()


def _page(rows: list[Content], first: int, height: int) -> list[Content]:
    """The rows from `first` on, the outermost replaced by the number of hidden ones."""
    shown = rows[first : first + height]
    above, below = first, len(rows) - first - height
    if above:
        shown[0] = _more("↑", above + 1, "PgUp")
    if below and height > 1:
        shown[-1] = _more("↓", below + 1, "PgDn")
    return shown


def _more(arrow: str, count: int, key: str) -> Content:
    text = ngettext("{n} more line: {key}", "{n} more lines: {key}", count).format(n=count, key=key)
    return line((f" {arrow} {text}", f"{WARM} bold"))


def _card(part: ShownCard, width: int, setting: int) -> list[Content]:
    if part.page:
        return _looked_up(part.page, width)
    card = part.card
    air = [EMPTY] if setting == ROOMY else []
    rows = _previous(part.previous, width) if part.previous else []
    if part.rings:
        from prompter.tui.ringing import ringing_lines  # not needed for the first frame

        rows += ringing_lines(part.rings, width, part.note)
    rows += boxed(_phrase(card, width - 4, setting), width, _title(part), _approval(card), _frame(part))
    if part.caller:
        rows += hanging(line("  ", (_("Caller"), f"{ACCENT} bold")), line(part.caller), _LABEL, width)
    if part.about:
        rows += hanging(line("  ", (_("Question"), f"{ACCENT} bold")), line(f"«{part.about}»"), _LABEL, width)
    if part.note and not part.rings:
        rows += hanging(line("  ", (_("Note"), f"{ACCENT} bold")), line(f"«{part.note}»"), _LABEL, width)
    if card.notice:
        rows += hanging(line("  ", (_("Now"), f"{WARM} bold")), line(card.notice), _LABEL, width)
    rows += _notes(card, part.missed, width)
    rows += air
    duties = _duties(card, width)
    answers = [] if card.promise or part.preview else _answers(part, width, setting)
    return [*rows, *duties, *(air if duties and answers else []), *answers]


def _looked_up(page: Page, width: int) -> list[Content]:
    from prompter.tui.handbook.lines import text_lines  # not needed for the first frame

    return boxed(text_lines(page, width - 4), width, f"{_('Preview')} · {page.title}", "", DIM)


def _title(part: ShownCard) -> str:
    card = part.card
    if part.preview:
        return f"{_('Preview')} · {card.title}"
    if part.idle:
        return _("Ready to say")
    if card.kind == LISTEN:
        return _("Later") if card.later else _("Listen")
    return {OWN: _("In your own words")}.get(card.kind, _("Say"))


def _frame(part: ShownCard) -> str:
    return DIM if part.preview or part.card.said or part.card.kind == LISTEN else ACCENT


def _approval(card: Card) -> str:
    words = card.later if card.kind == LISTEN else card.spoken
    state = (_("draft, not approved") if words.draft else _("approved")) if words else ""
    return " · ".join(text for text in (state, card.source) if text)


def _phrase(card: Card, width: int, setting: int) -> list[Content]:
    air = [EMPTY] if setting == ROOMY else []
    rows = [*air]
    if card.kind == LISTEN:
        rows += _words(card.later, f"{DIM} bold", width) if card.later else []
        return [*rows, *_own(card, width), *air] if not card.later else [*rows, *air]
    style = f"{DIM} bold" if card.said else STRONG
    if card.spoken is None:
        rows += _own(card, width, style)
        if card.unapproved:
            rows += [*air, line((_("no approved phrase"), WARM))]
        return [*rows, *air]
    rows += _words(card.spoken, style, width)
    if card.instead:
        spoken = LANGUAGE_NAMES.get(card.spoken.language, card.spoken.language)
        note = _("no approved phrase, shown: {language}").format(language=spoken)
        rows += [*air, line((f"{card.instead.upper()}  ", WARM), (note, WARM))]
    if setting < BARE:
        rows += _others(card, air, width)
    return [*rows, *air]


def _others(card: Card, air: list[Content], width: int) -> list[Content]:
    rows: list[Content] = []
    for other in card.others:
        rows += air
        for variant in other.variants:
            text = line(("«", DIM), filled(variant, DIM, missing_names()), ("»", DIM))
            mark = line(text, (f"  {_('draft, not approved')}", WARM)) if other.draft else text
            rows += hanging(line((other.language.upper(), DIM)), mark, 4, width)
    for language in card.lacking:
        if language != card.instead:
            rows += [*air, line((f"{language.upper()}  ", DIM), (_("no approved phrase"), DIM))]
    return rows


def _words(spoken: Spoken | None, style: str, width: int) -> list[Content]:
    """The variants of a phrase, each in quotes, separated by «или»."""
    rows: list[Content] = []
    for number, variant in enumerate(spoken.variants if spoken else ()):
        if number:
            rows.append(line((_("or"), DIM)))
        rows += wrapped(line(("«", style), filled(variant, style, missing_names()), ("»", style)), width)
    return rows


def _own(card: Card, width: int, style: str = STRONG) -> list[Content]:
    """The duty of a step without words to read out; its title if only an approved phrase is missing."""
    if card.unapproved:
        return wrapped(line((card.title, style)), width)
    return wrapped(filled(card.do, style, missing_names()), width) if card.do else [EMPTY]


def _previous(previous: PreviousCall, width: int) -> list[Content]:
    text = _("Previous call {clock}: {outcome}.").format(
        clock=clock_time(previous.at) if previous.today else day_and_time(previous.at),
        outcome=previous.outcome,
    )
    text = " ".join(part for part in (text, previous.key, previous.title) if part)
    return wrapped(line((f"▲ {text}", WARM)), width)


def _notes(card: Card, missed: tuple[str, ...], width: int) -> list[Content]:
    """Notes on these words: said before, ending the call, a word missing, a time to change."""
    notes: list[tuple[str, str]] = []
    if missed:
        duties = " · ".join(missed)
        notes.append((f"▲ {_('Not done in the last call: {duties}').format(duties=duties)}", BAD))
    if card.ended_how:
        ended = _("The last call was ended by {name}: say in your own words why ({outcome})")
        if not card.ended_by:
            ended = _("It is not known who ended the last call: say in your own words why ({outcome})")
        notes.append((f"▲ {ended.format(name=card.ended_by, outcome=card.ended_how)}", WARM))
    if card.vanished:
        notes.append((f"▲ {_('This step is no longer in the scripts: go on in the talk')}", WARM))
    if card.missing:
        asked = ", ".join(missing_names().get(source, source) for source in card.missing)
        notes.append((f"▲ {_('Missing: {words}. Ctrl+P, «Who works here»').format(words=asked)}", WARM))
    if card.before:
        said = _("{step}: said already at {time}").format(step=card.before, time=stopwatch(card.before_at))
        notes.append((f"✓ {said}", GOOD))
    if card.said and card.kind != LISTEN:
        at = card.said_at
        said = _("said") if at is None else _("said at {time}").format(time=stopwatch(at))
        notes.append((f"✓ {said}", GOOD))
    if card.ends:
        notes.append((f"■ {_('Enter ends the call: {outcome}').format(outcome=card.ends)}", WARM))
    if card.timed and not card.said:
        notes.append((f"↔ {_('← → change the time in ‹›')}", DIM))
    marked = [(line("  ", (text[:2], style)), line((text[2:], style))) for text, style in notes]
    return [row for mark, text in marked for row in hanging(mark, text, 4, width)]


def _duties(card: Card, width: int) -> list[Content]:
    rows: list[Content] = []
    in_the_box = card.spoken is None and not card.unapproved and not (card.kind == LISTEN and card.later)
    if card.do and not in_the_box:
        rows += hanging(line("  ", (_("Do"), f"{GOOD} bold")), _plain(card), _LABEL, width)
    if card.never:
        never = ", ".join(f"«{text}»" for text in card.never)
        rows += hanging(line("  ", (_("Never"), f"{BAD} bold")), line(never), _LABEL, width)
    return rows


def _plain(card: Card) -> Content:
    return filled(card.do, "", missing_names())


def _answers(part: ShownCard, width: int, setting: int) -> list[Content]:
    if part.idle:
        return []
    rows = [row for answer in part.card.answers for row in _answer(answer, width, setting)]
    nothing = line("   ", ("0", f"{ACCENT} bold"), "  ", (_("nothing fits"), DIM))
    target = line(("→ ", DIM), (_("note the caller's words"), DIM))
    return [*rows, *_aligned(nothing, target, width, setting)]


def _answer(answer: AnswerLine, width: int, setting: int) -> list[Content]:
    style = f"{WARM} bold" if answer.highlighted else ""
    mark: Part = ("▲ ", WARM) if answer.highlighted else "  "
    key: Part = ("  (Enter)", DIM) if answer.enter else ""
    left = line(" ", mark, (str(answer.digit), f"{ACCENT} bold"), "  ", (answer.when, style), key)
    if answer.leads == answer.when:
        return hanging(line(left[:6]), left[6:], 6, width)
    return _aligned(left, line(("→ ", DIM), (answer.leads, DIM)), width, setting)


def _aligned(left: Content, target: Content, width: int, setting: int) -> list[Content]:
    """The target in its own column, on a line of its own if it does not fit, or left out."""
    column = max(_ANSWER, left.cell_length + 2)
    if column + target.cell_length <= width:
        return [line(left, " " * (column - left.cell_length), target)]
    rows = hanging(line(left[:6]), left[6:], 6, width)
    if setting == BARE:
        return rows
    return [*rows, *hanging(EMPTY, target, 6, width)]
