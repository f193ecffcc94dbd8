"""Ids as they lie on the disk, and fields that are left out of it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.call import drill_events
from prompter.call.events import BODIES, Body, CallStarted, to_data
from prompter.call.records import from_data
from prompter.ids import new_id
from prompter.journal.packing import packed, unpacked


@given(st.text(max_size=40) | st.uuids().map(str) | st.binary(min_size=8, max_size=8).map(bytes.hex))
def test_every_id_comes_back(id_: str) -> None:
    assert unpacked(packed(id_)) == id_


def test_ids_and_revisions_are_short() -> None:
    assert len(packed(new_id())) == 16
    assert len(packed("7d20ff88548bb166")) == 8


@pytest.mark.parametrize(
    "id_", ["", "c1", "x" * 36, "7D20FF88548BB166", "0" * 32, "803F7B8A-CCF3-4587-B6E5-EACC1E878197"]
)
def test_anything_else_stays_what_it_is(id_: str) -> None:
    assert packed(id_) == id_


@pytest.mark.parametrize("value", [None, 1, 2.5, b"", b"123"])
def test_damage_is_left_to_the_reader(value: object) -> None:
    assert unpacked(packed(value)) == value


def test_empty_optional_fields_are_left_out_and_come_back() -> None:
    body = CallStarted("incoming", "ru", contact="p1")
    assert to_data(body) == {"direction": "incoming", "language": "ru", "contact": "p1"}
    assert from_data(body.TYPE, body.V, to_data(body)) == body
    assert to_data(CallStarted("", "")) == {"direction": "", "language": ""}


def test_an_empty_value_that_is_no_default_is_kept() -> None:
    """A mark of nothing is not the same as no mark."""
    zero, none = (drill_events.DrillEnded("d1", "finished", mark=mark) for mark in (0.0, -1.0))
    assert to_data(zero)["mark"] == 0.0
    assert from_data(zero.TYPE, zero.V, to_data(zero)) == zero
    assert from_data(none.TYPE, none.V, to_data(none)) == none


def test_every_default_of_an_event_is_a_plain_value_or_empty() -> None:
    for kind in {*BODIES.values(), *Body.__subclasses__()}:
        for field in msgspec.structs.fields(kind):
            if field.default_factory is not msgspec.NODEFAULT:
                assert not field.default_factory(), f"{kind.__name__}.{field.name}"
            elif field.default is not msgspec.NODEFAULT:
                assert isinstance(field.default, str | int | float) or not field.default
