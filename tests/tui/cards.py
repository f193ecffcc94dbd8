"""Cards to draw: every step of the bundled base as a call shows it, and cards of arbitrary texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from hypothesis import strategies as st
from msgspec.structs import replace
from textual.content import Content

from prompter.call.view.card import ready_card
from prompter.call.view.parts import LISTEN, OWN, SAY, AnswerLine, Card, PreviousCall, Spoken, Viewer
from prompter.call.words import FILLED, MISSING, TIMED, Filled, Fragment
from prompter.tui.card import BARE, CardPane, ShownCard, _card
from tests.call.builders import NOON, ZONE, bundled

WIDTHS = (60, 80, 100, 120)


def viewer(ui: str, language: str = "ru", operator: str = "Айгуль") -> Viewer:
    return Viewer(operator=operator, gender="f", language=language, ui=ui, zone=ZONE)


@cache
def step_card(
    step: str, ui: str, language: str = "ru", operator: str = "Айгуль", drafts: bool = False
) -> Card:
    """A step of the bundled base, as somebody sees it."""
    base = replace(bundled(), show_drafts=drafts)
    return ready_card(base, step, viewer(ui, language, operator), NOON)


def every_card() -> Iterator[tuple[str, Card]]:
    """Every step in both phrase languages, with and without drafts and a name."""
    for step in bundled().steps:
        for language in ("ru", "ky"):
            for drafts in (False, True):
                for operator in ("Айгуль", ""):
                    name = f"{step} {language} drafts={drafts} {operator}"
                    yield name, step_card(step, "ru", language, operator, drafts)


def drawn(shown: ShownCard | Card, width: int, height: int = 60) -> list[Content]:
    """The rows of a card's pane."""
    return CardPane("card").lines(shown if isinstance(shown, ShownCard) else ShownCard(shown), width, height)


def read_through(card: Card, width: int, height: int) -> list[Content]:
    """All rows of a card, which a low window shows by pages."""
    rows = drawn(card, width, height)
    return rows if len(rows) < height else _card(ShownCard(card), width, BARE)


def pages(shown: ShownCard, width: int, height: int) -> list[list[str]]:
    """The pages of a card, PgDn pressed until nothing changes."""
    pane = CardPane("card")
    seen: list[list[str]] = []
    while (page := plain(pane.lines(shown, width, height))) not in seen:
        seen.append(page)
        pane.turn(1)
    return seen


def plain(rows: list[Content]) -> list[str]:
    return [row.plain for row in rows]


def joined(rows: list[Content], room: str = "│╭╮╰╯─") -> str:
    """The rows as one text: without frames, every run of white space one space."""
    text = " ".join(plain(rows))
    return " ".join(text.translate({ord(sign): " " for sign in room}).split())


def read(filled: Filled) -> str:
    """A filled text as a screen names it; missing words are left to other tests."""
    return " ".join("".join(f.text for f in filled if f.kind != MISSING).split())


# arbitrary cards

LETTERS = st.sampled_from("абвгдеёңөүАБВ xyz0123456789.,!?«»()[]/{}|-—…漢字🙂👍")
TEXTS = st.text(LETTERS, min_size=1, max_size=300).map(lambda t: " ".join(t.split()) or "а")
SHORT = st.text(LETTERS, min_size=1, max_size=90).map(lambda t: " ".join(t.split()) or "а")
FRAGMENTS = st.builds(
    Fragment,
    SHORT,
    st.sampled_from(["plain", FILLED, MISSING, TIMED]),
    st.sampled_from(["settings", "", "gender"]),
)
FILLEDS = st.lists(FRAGMENTS, min_size=1, max_size=4).map(tuple)
SPOKEN = st.builds(
    Spoken, st.sampled_from(["ru", "ky"]), st.lists(FILLEDS, min_size=1, max_size=3).map(tuple), st.booleans()
)
ANSWERS = st.lists(st.tuples(SHORT, SHORT, st.booleans(), st.booleans()), max_size=9).map(
    lambda rows: tuple(AnswerLine(n, *row) for n, row in enumerate(rows, 1))
)
CARDS = st.builds(
    Card,
    step=st.just("a.b"),
    title=SHORT,
    kind=st.sampled_from([SAY, OWN, LISTEN]),
    spoken=st.none() | SPOKEN,
    instead=st.sampled_from(["", "ky"]),
    others=st.lists(SPOKEN, max_size=2).map(tuple),
    lacking=st.sampled_from([(), ("ky",)]),
    later=st.none() | SPOKEN,
    said=st.booleans(),
    said_at=st.none() | st.floats(0, 1e6),
    do=st.just(()) | FILLEDS,
    never=st.lists(SHORT, max_size=5).map(tuple),
    answers=ANSWERS,
    missing=st.sampled_from([(), ("settings", "gender", "clock")]),
    source=st.just("") | SHORT,
    ends=st.just("") | SHORT,
    timed=st.booleans(),
)
SHOWN = st.builds(
    lambda *parts: ShownCard(*parts),  # its other fields stay as they are
    CARDS,
    st.none()
    | st.builds(PreviousCall, SHORT, st.just(datetime(2026, 3, 2).timestamp()), st.just("F5"), SHORT),
    st.booleans(),
    st.booleans(),
)
