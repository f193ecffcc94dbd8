"""What callers asked and no script answers, as the journal tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.call.events import PRACTICE, GapFilled, SearchLeft, Undone, Voided
from prompter.journal.batch import Batch, Note
from prompter.journal.gaps import (
    GAP,
    SEARCH,
    Closing,
    Group,
    called,
    close,
    grouped,
    occurrences,
    of_file,
    of_journal,
)
from prompter.journal.store import Journal
from prompter.journal.visiting import read_only
from tests.journal.makers import event, gap, query, started

DAY = 86400.0


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.open(tmp_path / "journal.db")


def said(
    journal: Journal, words: str, number: int, call: str = "c1", at: float = 1000.0, **changes: str
) -> None:
    """`0` in a call, with the caller's words."""
    noted = event(gap(f"gap-{number:06}", call).body, call, at, **changes)
    filled = event(GapFilled(f"gap-{number:06}", f"n{number}"), call, at, **changes)
    journal.append(Batch((noted, filled), notes=(Note(f"n{number}", words, at),)))


def searched(journal: Journal, words: str, at: float = 1000.0, step: str = "", **changes: str) -> None:
    left = event(SearchLeft(f"s{words}", step), "", at, **changes)
    journal.append(Batch((left,), notes=(Note(f"s{words}", words, at),)))


def test_gaps_and_searches_are_read_with_their_words_and_steps(journal: Journal) -> None:
    said(journal, "роутер мигает", 1)
    journal.append(Batch((gap("gap-000002"),)))
    searched(journal, "тариф", step="talk.listen")
    first, second, third = occurrences(of_journal(journal))
    assert (first.id, first.kind, first.step, first.words) == (
        "gap-000001",
        GAP,
        "greeting.hello",
        "роутер мигает",
    )
    assert (second.id, second.words, second.forgotten) == ("gap-000002", "", False)
    assert (third.kind, third.step, third.words) == (SEARCH, "talk.listen", "тариф")


def test_practice_never_enters(journal: Journal) -> None:
    said(journal, "роутер мигает", 1, mode=PRACTICE)
    searched(journal, "тариф", mode=PRACTICE)
    searched(journal, "скорость", mode="preview")
    assert occurrences(of_journal(journal)) == []


def test_what_was_taken_back_was_not_asked(journal: Journal) -> None:
    one, two, three = gap("gap-1", "c1"), gap("gap-2", "c1"), gap("gap-3", "c2")
    journal.append(Batch((started("c1"), one, two, event(Undone(one.cause), "c1"))))
    journal.append(Batch((started("c2"), three, event(Voided(three.cause), "c2"))))
    journal.append(Batch((event(Undone(two.cause), "c3"),)))  # of another call
    assert [found.id for found in occurrences(of_journal(journal))] == ["gap-2"]


def test_forgotten_words_are_told_from_unwritten_ones(journal: Journal) -> None:
    said(journal, "роутер мигает", 1, at=0.0)
    journal.append(Batch((gap("gap-000002"),)))
    searched(journal, "тариф", at=100 * DAY)
    journal.forget_older_than(90, 101 * DAY)
    assert [(one.words, one.forgotten) for one in occurrences(of_journal(journal))] == [
        ("", True),
        ("", False),
        ("тариф", False),
    ]
    assert len(grouped(occurrences(of_journal(journal)))) == 2


def test_groups_by_likeness_the_largest_first(journal: Journal) -> None:
    searched(journal, "тариф", at=1.0)
    for number, words in enumerate(("роутер мигает", "мигает роутер красным", "роутер мигает"), 2):
        said(journal, words, number, at=float(number))
    first, second = grouped(occurrences(of_journal(journal)))
    assert (first.words, len(first.open), first.name) == ("роутер мигает", 3, "000002")
    assert second.words == "тариф"


def test_a_closed_group_stays_closed_until_it_is_asked_again(journal: Journal, tmp_path: Path) -> None:
    said(journal, "роутер мигает", 1, at=1.0)
    said(journal, "роутер мигает красным", 2, at=2.0)
    searched(journal, "тариф", at=3.0)
    before = query(tmp_path / "journal.db", "SELECT * FROM events ORDER BY seq")
    groups = grouped(occurrences(of_journal(journal)))
    assert close(journal, called(groups, "000001"), "Айгуль", "есть сценарий", 10.0, "r1") == 2
    assert query(tmp_path / "journal.db", "SELECT * FROM events ORDER BY seq")[:-1] == before
    still, closed = grouped(occurrences(of_journal(journal)))
    assert (still.words, len(closed.open), len(closed.occurrences)) == ("тариф", 0, 2)
    assert closed.closing == Closing(10.0, "Айгуль", "есть сценарий")
    assert list(called([closed], "000001")) == []
    said(journal, "мигает роутер", 4, at=11.0)
    again = next(one for one in grouped(occurrences(of_journal(journal))) if one.name == "000004")
    assert ([one.id for one in again.open], len(again.occurrences)) == (["gap-000004"], 3)
    assert again.closing == Closing(10.0, "Айгуль", "есть сценарий")


def test_closing_disturbs_no_desk(journal: Journal, tmp_path: Path) -> None:
    journal.append(
        Batch((started("c1"), gap("gap-000001")), live=frozenset({("call", "c1"), ("gap", "gap-000001")}))
    )
    visitor = Journal.open(tmp_path / "journal.db", visiting=True)
    close(visitor, grouped(occurrences(of_journal(visitor))), "Айгуль", "есть", 10.0, "r1")
    visitor.close()
    assert [one.body.TYPE for one in Journal.open(tmp_path / "journal.db").recover()] == [
        "call_started",
        "gap_noted",
    ]


def test_several_desks_are_read_together_and_closed_at_one(journal: Journal, tmp_path: Path) -> None:
    paths = [tmp_path / "a.db", tmp_path / "b.db"]
    for number, path in enumerate(paths, 1):
        desk = Journal.open(path)
        said(desk, "роутер мигает", number, at=float(number))
        desk.close()

    def groups() -> list[Group]:
        found = []
        for path in (*paths, paths[0]):  # one named twice is one
            with read_only(path) as db:
                found.append(of_file(db))
        return grouped(occurrences(of_journal(journal).closings(), *found))

    said(journal, "роутер мигает", 9)
    before = [path.read_bytes() for path in paths]
    (one,) = groups()
    assert [each.id for each in one.open] == ["gap-000001", "gap-000002"]
    assert close(journal, [one], "Айгуль", "есть", 10.0, "r1") == 2
    (one,) = groups()
    assert one.open == ()
    assert [path.read_bytes() for path in paths] == before
