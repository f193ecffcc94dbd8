"""A pretended call leaves nothing, and nothing of a caller's passes for one."""

from __future__ import annotations

import pytest

from prompter.phone.line import MISSED, NOTHING, OVER, RANG, Heard
from tests.call.builders import Shift
from tests.journal.makers import query
from tests.phone.calls import NUMBER, OTHER, Phone, kinds, phone

__all__ = ["phone"]  # the fixture


class TestPretended:
    """`prompter phone test`."""

    def test_it_leaves_no_call_behind(self, shift: Shift, phone: Phone) -> None:
        for kind in ("ringing", "answered"):
            phone.tells(kind, pretended=True)
        shift.press("Enter")
        assert phone.tells("ended", pretended=True).what == OVER
        assert shift.desk.state.calls == shift.desk.state.untold == ()
        assert shift.journal.last_call(NUMBER) is None

    def test_it_keeps_away_from_a_real_call(self, shift: Shift, phone: Phone) -> None:
        phone.call("1")
        before = shift.desk.state
        for kind in ("ringing", "answered", "ended"):
            assert phone.tells(kind, "2", OTHER, pretended=True).what == NOTHING
        assert shift.desk.state == before

    def nothing_is_left(self, shift: Shift) -> None:
        state = shift.desk.state
        assert (state.calls, state.ringing, state.untold) == ((), (), ())
        assert not {"ring_stopped", "ended"} & set(kinds(shift))
        assert query(shift.path, "SELECT number FROM contacts") == []
        assert query(shift.path, "SELECT call FROM calls") == []

    def test_a_ring_that_is_given_up_was_none(self, shift: Shift, phone: Phone) -> None:
        assert phone.tells("ringing", pretended=True) == Heard(RANG, (NUMBER, ""))
        assert phone.tells("ended", pretended=True).what == MISSED
        self.nothing_is_left(shift)

    @pytest.mark.parametrize("told", [("ringing",), ("ringing", "answered")])
    def test_nobody_tells_its_end(self, shift: Shift, phone: Phone, told: tuple[str, ...]) -> None:
        for kind in told:
            phone.tells(kind, pretended=True)
        phone.restart()
        shift.later(3600)
        shift.desk.tidy()
        self.nothing_is_left(shift)

    def test_it_waits_for_a_real_call_and_is_ended(self, shift: Shift, phone: Phone) -> None:
        for kind in ("ringing", "answered"):
            phone.tells(kind, pretended=True)
        phone.call("2", OTHER)
        phone.tells("ended", pretended=True)
        assert shift.desk.state.waiting is None
        assert "ended" not in kinds(shift)

    def test_a_call_id_that_looks_like_one_is_real(self, shift: Shift, phone: Phone) -> None:
        phone.call("pretended-1")
        phone.tells("ended", "pretended-1")
        assert kinds(shift).count("ended") == 1
