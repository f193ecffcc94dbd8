"""The list of open promises, with the actions for each."""

from __future__ import annotations

from collections.abc import Callable

from prompter.call.view.parts import OVERDUE, DeskView, NormLine
from prompter.desk import Desk
from prompter.kb.model import MANAGER, PROMISE
from prompter.locale import _
from prompter.locale.formats import clock_time, promise_time
from prompter.text.phone import grouped
from prompter.tui.forms.menu import Item, Menu
from prompter.tui.norms import glyph_of


def promises_menu(
    desk: Desk, view: DeskView, choose: Callable[[str, str], None], leave: Callable[[], None]
) -> Menu:
    """The list; overdue ones first, as along the bottom."""
    owed = [norm for norm in view.norms if norm.kind == PROMISE]
    items = [_item(desk, norm) for norm in owed]
    verbs = [
        ("call", _("call")),
        ("done", _("done")),
        ("cancel", _("cancel")),
        ("note", _("note")),
        ("copy", _("to chat")),
    ]
    title = _("Call-backs")
    called = [n for n, norm in enumerate(owed) if norm.called]  # the likeliest choice
    empty = _("Nobody is owed a call back")
    return Menu(title, items, choose, leave, verbs=verbs, empty=empty, selected=called[0] if called else 0)


def handover_menu(
    desk: Desk, view: DeskView, choose: Callable[[str, str], None], leave: Callable[[], None]
) -> Menu:
    """The end of a shift: the same list, with the ways to hand all of it over."""
    items = [_item(desk, norm) for norm in view.norms if norm.kind == PROMISE]
    verbs = [("print", _("on paper")), ("hand-over", _("to another desk")), ("stay", _("stay"))]
    title = _("Call-backs are still open: hand them over. Ctrl+Q again quits")
    return Menu(title, items, choose, leave, verbs=verbs)


def _item(desk: Desk, norm: NormLine) -> Item:
    late = norm.state == OVERDUE
    glyph, style = glyph_of(norm)
    state = _("overdue by {time}") if late else _("in {time}")
    words = [
        glyph,
        clock_time(norm.due),
        state.format(time=promise_time(norm.left)),
        _("manager") if norm.who == MANAGER else "",
        grouped(norm.person.number) or _("number forgotten"),
        norm.person.name,
        _("called") if norm.called else "",
    ]
    question = desk.question(norm.promise)
    number = grouped(norm.person.number)
    notes = desk.notes(norm.promise)
    details = [norm.title, number, norm.person.name, f"«{question}»" if question else "", *notes]
    detail = " · ".join(word for word in details if word)
    return Item(norm.promise, "  ".join(word for word in words if word), style, detail)
