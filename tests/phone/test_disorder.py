"""Events that are missing, come twice or overtake each other; calls begun by a key before the phone told."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter.call import events as e
from prompter.phone.line import DECLINED, MISSED, NOTHING, OVER, RANG, THIRD, TOOK, Heard
from tests.call.builders import Shift
from tests.phone.calls import NUMBER, OTHER, Phone, kinds, phone

__all__ = ["phone"]  # the fixture

THIRD_NUMBER = "+996777000000"


class TestDialledByHand:
    """A promise's call or Ctrl+N begins the call here; then the phone tells that it dials."""

    @pytest.fixture(params=["1", ""], ids=["with an id", "without"])
    def id_(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    def owed(self, shift: Shift) -> str:
        shift.press("Enter", "F4", "2").promise(NUMBER).end("hung-up").later("5:00")
        return shift.owed.id

    def test_it_is_one_call(self, shift: Shift, phone: Phone, id_: str) -> None:
        shift.desk.start("outgoing", promise=self.owed(shift))
        call = shift.call.id
        shift.later("1:30")  # she reads the question first
        assert phone.tells("ringing", id_, outgoing=True).what == RANG
        assert shift.desk.state.ringing == ()
        phone.tells("answered", id_, outgoing=True)
        assert (shift.call.id, shift.desk.state.waiting) == (call, None)
        assert phone.tells("ended", id_).what == OVER
        assert shift.last.id == call
        assert shift.desk.state.active is None

    def test_that_nobody_answers(self, shift: Shift, phone: Phone, id_: str) -> None:
        shift.desk.start("outgoing", promise=self.owed(shift))
        phone.tells("ringing", id_, outgoing=True)
        assert phone.tells("ended", id_).what == OVER
        assert shift.desk.state.active is None
        assert shift.owed.is_pending

    def test_without_a_number_only_just_before(self, shift: Shift, phone: Phone) -> None:
        shift.desk.start("outgoing")
        shift.later(3)
        phone.tells("ringing", outgoing=True)
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER
        phone.tells("ended")
        shift.desk.start("outgoing")
        shift.later("2:00")
        phone.tells("ringing", "2", OTHER, outgoing=True)
        assert len(shift.desk.state.ringing) == 1

    def test_another_number_is_another_call(self, shift: Shift, phone: Phone) -> None:
        shift.desk.start("outgoing", promise=self.owed(shift))
        phone.tells("ringing", "1", OTHER, outgoing=True)
        assert len(shift.desk.state.ringing) == 1
        assert shift.call.phone == ""


@pytest.mark.parametrize(
    "told",
    [
        ("ringing", "ended", "answered"),
        ("ringing", "rejected", "answered"),
        ("ended", "ringing", "answered"),
        ("ringing", "answered", "ended", "answered", "ringing"),
    ],
)
def test_after_its_end_a_call_neither_rings_nor_is_answered(
    shift: Shift, phone: Phone, told: tuple[str, ...]
) -> None:
    for kind in told:
        phone.tells(kind)
    state = shift.desk.state
    assert (state.active, state.ringing) == (None, ())


class TestWithoutIds:
    """Phones that tell a number alone, and of a hidden caller nothing."""

    @pytest.mark.parametrize("told", [("rejected", "ended"), ("ended", "ended")])
    def test_a_hidden_ring_that_ends_twice_hangs_up_nobody(
        self, shift: Shift, phone: Phone, told: tuple[str, str]
    ) -> None:
        phone.call("", NUMBER)
        phone.tells("ringing", "", "")
        heard = [phone.tells(kind, "", "").what for kind in told]
        assert heard == [DECLINED if told[0] == "rejected" else MISSED, NOTHING]
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER

    def test_a_hidden_end_some_time_later_is_the_only_calls(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        phone.tells("ringing", "", "")
        phone.tells("ended", "", "")
        shift.later(60)
        assert phone.tells("ended", "", "").what == OVER

    def test_the_end_of_a_hidden_call_that_a_key_ended(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        phone.tells("ringing", "", "")
        phone.tells("answered", "", "")
        shift.press("Enter").end("hung-up")
        shift.later(10)
        assert phone.tells("ended", "", "").what == NOTHING
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER
        assert phone.tells("ended", "", NUMBER).what == OVER

    def test_the_end_of_the_next_call_of_that_number_is_its_own(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        shift.end("hung-up")
        shift.later(5)
        phone.tells("ringing", "", NUMBER)
        assert phone.tells("ended", "", NUMBER).what == MISSED

    def test_a_second_call_of_one_number_that_is_declined(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        call = shift.call.id
        assert phone.tells("ringing", "", NUMBER).what == NOTHING
        assert phone.tells("rejected", "", NUMBER).what == DECLINED
        assert phone.tells("ended", "", NUMBER).what == NOTHING
        assert shift.call.id == call
        shift.later(60)
        assert phone.tells("ended", "", NUMBER).what == OVER


class TestDeclinedUnheard:
    @pytest.mark.parametrize("id_", ["1", ""])
    def test_it_is_recorded_though_no_ring_was_told(self, shift: Shift, phone: Phone, id_: str) -> None:
        assert phone.tells("rejected", id_).what == DECLINED
        assert shift.recorded(e.RingStopped) == [e.RingStopped("rejected")]
        assert phone.tells("ended", id_).what == NOTHING

    def test_during_a_call_that_goes_on(self, shift: Shift, phone: Phone) -> None:
        phone.call("", NUMBER)
        assert phone.tells("rejected", "", "").what == DECLINED
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER

    def test_hung_up_here_is_not_declined(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        assert phone.tells("rejected", "1").what == OVER
        phone.call("", OTHER)
        shift.end("hung-up")
        assert phone.tells("rejected", "", OTHER).what == NOTHING
        assert shift.recorded(e.RingStopped) == []

    def test_who_is_called_and_declines(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("rejected", outgoing=True).what == NOTHING
        assert shift.events() == []


def test_a_third_call_opens_when_there_is_a_place(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    phone.call("2", OTHER)
    phone.tells("ringing", "3", THIRD_NUMBER)
    assert phone.tells("answered", "3", THIRD_NUMBER).what == THIRD
    assert phone.line.serve() == Heard(NOTHING)
    phone.tells("ended", "2", OTHER)
    assert phone.line.serve() == Heard(TOOK, (THIRD_NUMBER, ""))
    assert shift.call.connected
    assert shift.desk.viewer.people[shift.call.contact].number == THIRD_NUMBER
    assert phone.line.serve() == Heard(NOTHING)


def test_a_third_that_gives_up_is_forgotten(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    phone.call("2", OTHER)
    phone.tells("answered", "3", THIRD_NUMBER)
    phone.tells("ended", "3", THIRD_NUMBER)
    phone.tells("ended", "2", OTHER)
    assert phone.line.serve() == Heard(NOTHING)
    assert phone.line.third == set()


def test_how_it_ended_is_known_when_the_phone_first_tells_a_name(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    shift.press("F12", "Enter", "F5", "2", "Enter").later(600)
    phone.tells("ringing", "2", name="Асан")
    (ring,) = shift.desk.state.ringing
    assert (ring.last_outcome, ring.language) == ("profanity", "ky")


def test_who_waits_on_an_end_step_and_hangs_up_ends_with_its_outcome(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    shift.press("Enter", "F9", "2")
    assert shift.call.frame.step == "closing.goodbye"
    phone.call("2", OTHER)
    phone.tells("ended", "1")
    ended = shift.recorded(e.Ended)[-1]
    assert (ended.outcome, ended.missed, ended.phone) == ("helped", (), True)  # type: ignore[attr-defined]
    assert shift.recorded(e.Said)[-1].step == "closing.goodbye"  # type: ignore[attr-defined]
    assert kinds(shift).count("ended") == 1


def test_nobody_says_i_ended_it_where_it_is_not_known_who_did(
    tmp_path: Path, shift: Shift, phone: Phone
) -> None:
    shift.desk.sit("", "f", "sales", "ru", "ru")
    phone.call("1")
    shift.press("Enter", "F5", "2", "Enter").later(600)
    shift.desk.sit("Бакыт", "m", "sales", "ru", "ru")
    phone.call("2")
    shift.press("Enter", "F5")
    assert shift.call.frame.step == "complaint.explain"
    assert (shift.card.spoken, shift.card.ended_by, shift.card.ended_how) == (
        None,
        "",
        "Завершён из-за брани",
    )


class TestEndedByAKeyFirst:
    """A key ends the call, then the caller hangs up: from there on nobody can come back to it."""

    @pytest.mark.parametrize("id_", ["1", ""])
    def test_esc_does_not_bring_it_back(self, shift: Shift, phone: Phone, id_: str) -> None:
        phone.call(id_)
        shift.press("Enter", "F9", "2", "Enter")
        assert shift.view.undo
        assert phone.tells("ended", id_).what == NOTHING
        assert not shift.view.undo
        assert shift.refused("Esc") == "nothing-to-undo"
        assert shift.last.outcome == "helped"

    def test_nor_after_a_restart(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("Enter", "F9", "2", "Enter")
        phone.tells("ended")
        phone.restart()
        assert phone.tells("ended").what == NOTHING
        assert shift.refused("Esc") == "nothing-to-undo"

    def test_the_call_that_waited_keeps_its_keys(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        shift.press("Enter", "F4")
        phone.call("2", OTHER)
        shift.press("Enter", "F9", "2", "Enter")
        phone.tells("ended", "2", OTHER)
        shift.press("Esc")
        assert shift.desk.viewer.people[shift.call.contact].number == NUMBER
        assert shift.desk.state.waiting is None


def test_a_promise_tells_how_the_call_came_out(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    shift.press("Enter", "F4", "2").promise(NUMBER).press("1")
    phone.tells("ended")
    assert (shift.last.outcome, shift.last.hung) == ("promised", True)
    assert shift.desk.state.untold == ()


def test_who_waited_and_was_promised_a_call(shift: Shift, phone: Phone) -> None:
    phone.call("1")
    shift.press("Enter", "F4", "2").promise(NUMBER).press("1")
    phone.call("2", OTHER)
    phone.tells("ended", "1")
    assert [body.outcome for body in shift.recorded(e.Ended)] == ["promised"]  # type: ignore[attr-defined]


def test_a_call_back_counts_from_its_call_not_from_when_it_was_marked(shift: Shift, phone: Phone) -> None:
    shift.press("Enter", "F4", "2").promise(NUMBER, minutes=20).end("hung-up").later("15:00")
    for kind in ("ringing", "answered", "ended"):
        phone.tells(kind, outgoing=True)
    shift.later("20:00")
    assert shift.desk.keep_promise(shift.owed.id) is None
    assert shift.recorded(e.PromiseKept)[-1].late == 0  # type: ignore[attr-defined]


def test_a_call_back_dialled_too_late_needs_its_reason(shift: Shift, phone: Phone) -> None:
    shift.press("Enter", "F4", "2").promise(NUMBER, minutes=20).end("hung-up").later("25:00")
    for kind in ("ringing", "answered", "ended"):
        phone.tells(kind, outgoing=True)
    refused = shift.desk.keep_promise(shift.owed.id)
    assert refused
    assert refused.code == "reason-needed"


def test_a_busy_shift_forgets_no_outcome(shift: Shift, phone: Phone) -> None:
    for number in range(12):
        phone.call(str(number), f"+9967001122{number:02}")
        phone.tells("ended", str(number), f"+9967001122{number:02}")
    assert len(shift.desk.state.untold) == 12
