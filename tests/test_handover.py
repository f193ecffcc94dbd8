"""Call-backs on their way to another desk: the file, what is refused of it, and whose they are afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from prompter.call import actions as a
from prompter.call.events import PromiseHandedOver, PromiseTaken
from prompter.handover import BACK, KNOWN, TAKEN, handed_over, owed, take
from prompter.handover_file import BadHandover, HandedOver, Owed, from_file, to_file
from prompter.wording.promises import card
from tests.call.builders import NOON, Shift, bundled

ONE = Owed(
    id="0195-a",
    norm="callback",
    who="operator",
    number="+996700112233",
    name="Бакыт",
    question="нет интернета",
    language="ru",
    due=NOON + 1200,
    limit=1200,
    warn=300,
    state="open",
    notes=("не ответил",),
)
HANDED = HandedOver("Айгуль", "desk-1", NOON, (ONE,))


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    """A desk that owes Бакыт a call back within 20 minutes."""
    shift = Shift(tmp_path / "a" / "journal.db", bundled())
    shift.press("Enter", "F4", "2").promise(minutes=20).end("hung-up")
    yield shift
    shift.journal.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Shift]:
    """The next desk, which owes nobody anything."""
    other = Shift(tmp_path / "b" / "journal.db", bundled())
    yield other
    other.journal.close()


def given_away(shift: Shift) -> HandedOver:
    """What the desk hands over, as the file brings it."""
    handed = handed_over(shift.desk)
    assert shift.desk.act(a.HandOver(tuple(one.id for one in handed.promises))) is None
    return from_file(to_file(handed))


class TestFile:
    def test_it_brings_all_of_it(self) -> None:
        assert from_file(to_file(HANDED)).promises == (replace(ONE, handed=1),)

    def test_texts_are_made_safe(self) -> None:
        hostile = replace(ONE, number="\x1b]0;x\x07+996700112233", name="А\u202eБ", question="x\x9b31m\nу")
        (one,) = from_file(to_file(replace(HANDED, promises=(hostile,)))).promises
        assert (one.number, one.name, one.question) == ("]0;x+996700112233", "АБ", "x31m\nу")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", ""),
            ("state", "kept"),
            ("who", "robot"),
            ("due", 1e300),
            ("due", -9e10),
            ("due", -1),
            ("limit", 0),
            ("warn", -1),
            ("handed", 0),
            ("question", "x" * 3000),
            ("due", "soon"),
        ],
    )
    def test_what_no_desk_writes_is_named(self, field: str, value: Any) -> None:
        data = json.loads(to_file(HANDED))
        data["promises"][0][field] = value
        with pytest.raises(BadHandover) as bad:
            from_file(json.dumps(data).encode())
        assert (bad.value.code, field in bad.value.reason) == ("damaged", True)

    @pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 5000, b'{"format": "other"}'])
    def test_other_files_are_told_apart(self, data: bytes) -> None:
        with pytest.raises(BadHandover) as bad:
            from_file(data)
        assert bad.value.code == "not-ours"

    def test_a_newer_one_is_told(self) -> None:
        with pytest.raises(BadHandover, match="newer"):
            from_file(to_file(HANDED).replace(b'"version": 1', b'"version": 2'))

    @given(st.binary(max_size=200))
    def test_no_bytes_do_harm(self, data: bytes) -> None:
        with pytest.raises(BadHandover):
            from_file(data)


class TestDesks:
    def test_another_desk_s_become_this_desk_s_once(self, shift: Shift, other: Shift) -> None:
        (theirs,) = given_away(shift).promises
        assert shift.desk.state.promises == ()
        assert take(other.desk, theirs)
        assert not take(other.desk, theirs)
        owed = other.owed
        assert (owed.id, owed.due, owed.limit, owed.made) == (theirs.id, theirs.due, 1200, theirs.made)
        person = other.desk.viewer.people[owed.contact]
        assert (person.number, person.name) == ("+996700123456", "Бакыт")
        assert other.desk.question(owed.id) == "Какой тариф?"
        assert len(other.recorded(PromiseTaken)) == 1

    def test_one_that_was_closed_here_does_not_come_back(self, shift: Shift, other: Shift) -> None:
        (theirs,) = given_away(shift).promises
        take(other.desk, theirs)
        assert other.desk.keep_promise(theirs.id) is None
        assert not take(other.desk, theirs)
        assert other.desk.state.promises == ()

    def test_it_comes_back_when_it_is_given_back(self, shift: Shift, other: Shift) -> None:
        (theirs,) = given_away(shift).promises
        take(other.desk, theirs)
        (back,) = given_away(other).promises
        assert take(shift.desk, back)
        assert not take(other.desk, theirs)
        assert [body.handed for body in other.recorded(PromiseHandedOver)] == [2]  # type: ignore[attr-defined]

    def test_it_comes_back_with_the_file_that_it_left_with_once(self, shift: Shift) -> None:
        shift.desk.note_promise(shift.owed.id, "не ответил")
        (theirs,) = given_away(shift).promises
        assert take(shift.desk, theirs) == BACK
        assert take(shift.desk, theirs) == KNOWN
        shift.restart()
        assert (shift.owed.id, shift.owed.due) == (theirs.id, theirs.due)
        assert shift.desk.question(theirs.id) == "Какой тариф?"
        assert shift.desk.notes(theirs.id) == ("не ответил",)
        assert take(shift.desk, theirs) == KNOWN

    def test_one_that_came_back_and_was_closed_stays_closed(self, shift: Shift) -> None:
        (theirs,) = given_away(shift).promises
        take(shift.desk, theirs)
        assert shift.desk.keep_promise(theirs.id) is None
        assert take(shift.desk, theirs) == KNOWN
        assert shift.desk.state.promises == ()

    def test_an_earlier_file_does_not_bring_back_what_was_given_away_again(
        self, shift: Shift, other: Shift
    ) -> None:
        (first,) = given_away(shift).promises
        take(shift.desk, first)
        (second,) = given_away(shift).promises
        assert take(shift.desk, first) == KNOWN
        assert take(other.desk, second) == TAKEN
        assert take(shift.desk, second) == BACK

    def test_it_survives_a_restart_with_its_notes(self, shift: Shift, other: Shift) -> None:
        shift.desk.note_promise(shift.owed.id, "не ответил")
        (theirs,) = given_away(shift).promises
        take(other.desk, theirs)
        other.desk.act(a.CallPromise(theirs.id))
        other.restart()
        assert other.owed.state == "called"
        assert other.desk.notes(theirs.id) == ("не ответил",)

    def test_who_promised_it_goes_along(self, shift: Shift, other: Shift) -> None:
        """The card for the manager's chat names her, at whichever desk and whoever sits there."""
        other.desk.sit("Тимур", "m", "", "ru", "ru")
        shift.desk.sit("Нурбек", "m", "", "ru", "ru")
        assert "Кто обещал: Айгуль" in card(owed(shift.desk)[0], NOON)
        (theirs,) = given_away(shift).promises
        take(other.desk, theirs)
        other.restart()
        assert "Кто обещал: Айгуль" in card(owed(other.desk)[0], NOON)

    def test_of_an_older_file_it_is_not_known(self, other: Shift) -> None:
        data = json.loads(to_file(HANDED))
        del data["promises"][0]["operator"]
        (theirs,) = from_file(json.dumps(data).encode()).promises
        take(other.desk, theirs)
        assert "Кто обещал" not in card(owed(other.desk)[0], NOON)

    def test_a_language_that_these_scripts_lack_becomes_the_first(self, other: Shift) -> None:
        assert take(other.desk, replace(ONE, language="xx", handed=1))
        assert other.owed.language == "ru"


class TestRules:
    def test_calling_is_recorded_once(self, shift: Shift) -> None:
        shift.desk.act(a.CallPromise(shift.owed.id))
        before = len(shift.events())
        assert shift.desk.act(a.CallPromise(shift.owed.id)) is None
        assert (shift.owed.state, len(shift.events())) == ("called", before)

    def test_an_empty_note_is_refused(self, shift: Shift) -> None:
        refused = shift.desk.note_promise(shift.owed.id, " ")
        assert refused
        assert refused.code == "empty"

    @pytest.mark.parametrize(
        "action", [a.CallPromise("gone"), a.HandOver(("gone",)), a.NotePromise("gone", "n")]
    )
    def test_one_that_does_not_stand_is_refused(self, shift: Shift, action: a.Action) -> None:
        refused = shift.desk.act(action)
        assert refused
        assert refused.code == "no-promise"
