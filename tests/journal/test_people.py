"""Contacts, notes, a caller's last call, and forgetting them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from prompter.call.events import (
    LIVE,
    CallStarted,
    ContactGiven,
    Ended,
    LanguageSet,
    NoteTaken,
    OutcomeTold,
    Undone,
    Voided,
)
from prompter.journal import queries
from prompter.journal.batch import Batch, Contact, LastCall, Note
from prompter.journal.store import DAY, Journal

from .makers import ended, event, ids_on_disk, started

NUMBER = "+996555123456"


def test_contacts_and_notes_are_found(journal: Journal) -> None:
    old, new, other = (
        Contact("a", NUMBER, "А", 1.0),
        Contact("b", NUMBER, "Б", 2.0),
        Contact("c", "", "В", 3.0),
    )
    journal.append(Batch((), (old, new, other), (Note("n", "две\nстроки", 1.0),)))
    assert journal.contacts(["a"]).get("a") == old
    assert journal.contacts(["none"]).get("none") is None
    assert journal.contacts(["a", "c", "none"]) == {"a": old, "c": other}
    assert journal.contact_by_number(NUMBER) == new
    assert journal.contact_by_number("") is None
    assert journal.contact_by_number("1") is None
    assert journal.note("n") == "две\nстроки"
    assert journal.note("none") == ""


def test_a_contact_and_a_note_can_be_corrected(journal: Journal) -> None:
    journal.append(Batch((), (Contact("a", NUMBER, "Асан", 1.0),), (Note("n", "x", 1.0),)))
    journal.append(Batch((), (Contact("a", NUMBER, "Асель", 2.0),), (Note("n", "y", 2.0),)))
    assert journal.contacts(["a"]).get("a") == Contact("a", NUMBER, "Асель", 2.0)
    assert journal.note("n") == "y"


@pytest.fixture
def called(journal: Journal) -> Journal:
    """Three calls of one number: solved at 100, cut off at 200, another's at 300."""
    people = (Contact("a", NUMBER, "", 1.0), Contact("b", NUMBER, "", 2.0), Contact("z", "1", "", 2.0))
    journal.append(Batch((started("c1", "a"), ended("c1", "solved", 100.0)), people))
    given = event(ContactGiven("b"), "c2")
    journal.append(Batch((started("c2"), given, ended("c2", "cut_off", 200.0))))
    journal.append(Batch((started("c3", "z"), ended("c3", "other", 300.0))))
    return journal


def how(journal: Journal, caller: str, mode: str = LIVE) -> tuple[str, float] | None:
    """How the caller's last call came out, and when it ended."""
    last = journal.last_call(caller, mode)
    return (last.outcome, last.at) if last else None


def test_the_last_call_tells_its_language_and_its_operator(journal: Journal) -> None:
    people = (Contact("a", NUMBER, "", 1.0),)
    begun = CallStarted("incoming", "ru", "a", operator="Айгуль")
    journal.append(Batch((event(begun, "c1"), event(LanguageSet("ky"), "c1", cause="k")), people))
    journal.append(Batch((ended("c1", "solved", 100.0),)))
    assert journal.last_call(NUMBER) == LastCall("solved", 100.0, "ky", "Айгуль")
    journal.append(Batch((event(Undone("k"), "c1"),)))
    assert journal.last_call(NUMBER) == LastCall("solved", 100.0, "ru", "Айгуль")


def noted(journal: Journal, call: str, note: str, mode: str = LIVE) -> None:
    journal.append(Batch((event(NoteTaken(note), call, mode=mode),), notes=(Note(note, f"{note}!", 1.0),)))


def newest_note(journal: Journal) -> str:
    last = journal.last_call(NUMBER)
    assert last
    return last.note


def test_the_newest_note_is_of_any_call_of_the_number(called: Journal) -> None:
    assert newest_note(called) == ""
    noted(called, "c3", "n3")
    assert newest_note(called) == ""
    noted(called, "c1", "n1")
    assert newest_note(called) == "n1"
    noted(called, "c2", "n2")
    assert newest_note(called) == "n2"


def test_a_note_of_a_drill_or_of_no_call_does_not_count(called: Journal) -> None:
    noted(called, "c1", "n1")
    noted(called, "c2", "n2", "practice")
    assert newest_note(called) == "n1"
    called.append(Batch((started("c4", "a"), event(Voided("k"), "c4"))))
    noted(called, "c4", "n4")
    assert newest_note(called) == "n1"


def test_a_forgotten_note_is_none(called: Journal) -> None:
    noted(called, "c1", "n1")
    called.forget_older_than(1, 10 * DAY)
    assert called.note("n1") == ""
    called.append(Batch((), (Contact("a", NUMBER, "", 1.0),)))
    assert newest_note(called) == ""


def test_an_outcome_told_later_counts_at_the_time_of_the_end(journal: Journal) -> None:
    people = (Contact("a", NUMBER, "", 1.0),)
    over = event(Ended("", phone=True), "c1", at=100.0)
    journal.append(Batch((started("c1", "a"), over), people))
    assert how(journal, NUMBER) == ("", 100.0)
    journal.append(Batch((event(OutcomeTold("solved"), "c1", at=500.0),)))
    assert how(journal, NUMBER) == ("solved", 100.0)
    journal.append(Batch((started("c2", "a"), ended("c2", "cut_off", 600.0))))
    journal.append(Batch((event(OutcomeTold("complaint"), "c1", at=700.0),)))
    assert how(journal, NUMBER) == ("cut_off", 600.0)


def test_the_last_call_of_a_number(called: Journal) -> None:
    assert how(called, NUMBER) == ("cut_off", 200.0)
    assert how(called, "a") == ("cut_off", 200.0)
    assert called.last_call("") is None
    assert called.last_call("unknown") is None


def test_a_call_of_the_future_was_the_last_one_until_the_next(called: Journal) -> None:
    """The clock was a day ahead, then somebody set it right."""
    called.append(Batch((started("c4", "a"), ended("c4", "complaint", 90_000.0))))
    assert how(called, NUMBER) == ("complaint", 90_000.0)
    called.append(Batch((started("c5", "a"), ended("c5", "solved", 500.0))))
    assert how(called, NUMBER) == ("solved", 500.0)


def test_a_call_without_a_number_has_no_relatives(called: Journal) -> None:
    called.append(Batch((started("c4", "x"), ended("c4", "one", 400.0)), (Contact("x", "", "", 1.0),)))
    called.append(Batch((started("c5", "y"), ended("c5", "two", 500.0)), (Contact("y", "", "", 1.0),)))
    assert how(called, "x") == ("one", 400.0)


def test_a_voided_call_does_not_count(called: Journal) -> None:
    called.append(Batch((event(Voided("k"), "c2", 201.0),)))
    assert how(called, NUMBER) == ("solved", 100.0)


def test_an_end_that_was_taken_back_does_not_count(called: Journal) -> None:
    end = ended("c4", "complaint", 400.0)
    called.append(Batch((started("c4", "a"), end)))
    assert how(called, NUMBER) == ("complaint", 400.0)
    called.append(Batch((event(Undone(end.cause), "c4", 401.0),)))
    assert how(called, NUMBER) == ("cut_off", 200.0)
    called.append(Batch((ended("c4", "solved", 402.0),)))
    assert how(called, NUMBER) == ("solved", 402.0)


def test_a_contact_that_was_taken_back_does_not_count(called: Journal) -> None:
    given = event(ContactGiven("a"), "c4")
    called.append(Batch((started("c4"), given, event(Undone(given.cause), "c4"), ended("c4", "x", 400.0))))
    assert how(called, NUMBER) == ("cut_off", 200.0)


def test_practice_and_real_calls_are_apart(called: Journal) -> None:
    drill = started("d", "a", mode="practice"), ended("d", "drilled", 400.0, mode="practice")
    called.append(Batch(drill))
    assert how(called, NUMBER) == ("cut_off", 200.0)
    assert how(called, NUMBER, mode="practice") == ("drilled", 400.0)


@pytest.mark.parametrize("sql", [queries.LAST_CALL, queries.RECOVER], ids=["last", "recover"])
def test_no_question_walks_through_all_events(journal: Journal, sql: str) -> None:
    assert journal._db
    values = {"caller": "a", "mode": "live"} if ":caller" in sql else ()
    plan = [row[3] for row in journal._db.execute("EXPLAIN QUERY PLAN " + sql, values)]
    newest = "SCAN events USING INDEX events_status"  # backwards, and no further than its limit
    walks = [p for p in plan if p.startswith("SCAN") and p.split()[1] in {"e", "g", "u", "events"}]
    assert set(walks) <= {newest}
    assert [p for p in plan if "AUTOMATIC" in p] == []


def test_the_old_are_forgotten_and_their_events_stay(called: Journal, path: Path) -> None:
    now = 100 * DAY
    called.append(
        Batch(
            (),
            (Contact("fresh", NUMBER, "Новый", now - 29 * DAY), Contact("owed", NUMBER, "Ждёт", 5.0)),
            (Note("old", "старое", 5.0), Note("kept", "нужное", 5.0), Note("new", "новое", now)),
        )
    )
    before = ids_on_disk(path)
    assert called.forget_older_than(30, now, keep={"owed", "kept"}) == 4
    assert called.contacts(["a"]).get("a") == Contact("a", "", "", 1.0)
    assert called.contacts(["owed"]).get("owed") == Contact("owed", NUMBER, "Ждёт", 5.0)
    assert called.contacts(["fresh"]).get("fresh") == Contact("fresh", NUMBER, "Новый", now - 29 * DAY)
    assert [called.note(id_) for id_ in ("old", "kept", "new")] == ["", "нужное", "новое"]
    assert ids_on_disk(path) == before
    assert called.forget_older_than(30, now, keep={"owed", "kept"}) == 0


def test_what_is_forgotten_is_in_no_file_any_more(journal: Journal, path: Path) -> None:
    journal.append(Batch((), (Contact("a", NUMBER, "Айбек", 1.0),), (Note("n", "секрет" * 2000, 1.0),)))
    assert journal.forget_older_than(1, 10 * DAY) == 2
    left = b"".join(f.read_bytes() for f in path.parent.iterdir())
    assert NUMBER.encode() not in left
    assert "Айбек".encode() not in left
    assert "секрет".encode() not in left


def test_damaged_files_that_were_kept_are_forgotten_too(journal: Journal, path: Path) -> None:
    """Callers' numbers stand in them."""
    names = [
        "journal.db.broken-1",
        "journal.db.broken-1-wal",
        "journal.db.waiting.broken-1",
        "other.broken-1",
    ]
    for name in (*names, "journal.db.broken-2"):
        path.with_name(name).write_text("+996700112233")
        os.utime(path.with_name(name), (0, 0 if name != "journal.db.broken-2" else 10 * DAY))
    journal.forget_older_than(5, 12 * DAY)
    left = {file.name for file in path.parent.iterdir() if "broken" in file.name}
    assert left == {"other.broken-1", "journal.db.broken-2"}
