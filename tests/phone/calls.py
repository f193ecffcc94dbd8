"""A phone that tells a desk of its calls, for tests."""

from __future__ import annotations

import pytest

from prompter.phone.line import RANG, TOOK, Heard, Line
from prompter.phone.request import PhoneEvent
from tests.call.builders import Shift

NUMBER = "+996555123456"
OTHER = "+996700112233"


class Phone:
    """A softphone at a desk."""

    def __init__(self, shift: Shift) -> None:
        self.shift = shift
        self.line = Line(shift.desk)

    def tells(self, kind: str, id_: str = "1", number: str = NUMBER, **more: object) -> Heard:
        return self.line.hear(PhoneEvent(kind, number, id_, **more))  # type: ignore[arg-type]

    def restart(self) -> None:
        self.shift.restart()
        self.line = Line(self.shift.desk)

    def call(self, id_: str, number: str = NUMBER) -> None:
        """A call comes and is answered."""
        assert self.tells("ringing", id_, number).what == RANG
        assert self.tells("answered", id_, number).what == TOOK


@pytest.fixture
def phone(shift: Shift) -> Phone:
    return Phone(shift)


def kinds(shift: Shift) -> list[str]:
    return [event.body.TYPE for event in shift.events()]
