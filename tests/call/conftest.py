"""Calls that tests of the rules begin with."""

from __future__ import annotations

import pytest

from tests.call.builders import Shift


@pytest.fixture
def talking(shift: Shift) -> Shift:
    """A call in its talk, the quiet norm over."""
    return shift.press("Enter").at("0:20")


@pytest.fixture
def holding(talking: Shift) -> Shift:
    """The caller waits since 0:30, until 2:30."""
    return talking.press("F4").at("0:30").press("Enter")
