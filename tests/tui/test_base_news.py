"""What the line above the keys says of the scripts, beside all else that it has to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompter import locale
from prompter.kb.problems import WARNING, Place, Problem
from prompter.tui import messages, picture
from prompter.tui.footer import Typed
from tests.call.builders import Shift, bundled

SCRIPTS = Typed(message="База, x.yaml:3: нет шага", bad=True)
TOLD = Typed(message="Записано")


def said(shift: Shift, query: str | None = None, told: Typed = Typed(), form: bool = False) -> Typed:  # noqa: B008
    idle = shift.desk.state.active is None
    return picture.typed(shift.view, idle, query, told, form, SCRIPTS, shift.clock.now())


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    return Shift(tmp_path / "journal.db", bundled())


def test_what_is_typed_and_told_goes_before_the_scripts(shift: Shift) -> None:
    assert said(shift, query="тих") == Typed(query="тих")
    assert said(shift, told=TOLD) == TOLD
    assert said(shift) == SCRIPTS
    assert said(shift, form=True) == SCRIPTS
    assert said(shift.press("Enter")) == SCRIPTS


def test_how_a_call_ended_goes_before_the_scripts(shift: Shift) -> None:
    shift.press("Enter").end("helped")
    assert said(shift).message.startswith("Итог")
    assert said(shift.later(6)) == SCRIPTS


def test_the_scripts_and_what_waits_take_turns(shift: Shift) -> None:
    shift.press("Enter", "0").end("helped").later(60)
    seen = [said(shift.later(1)) for _ in range(20)]
    assert seen.count(SCRIPTS) == 10
    assert {line.message for line in seen if line != SCRIPTS} == {messages.waiting(shift.view).message}


def test_the_first_error_is_told_with_its_place_and_warnings_are_not() -> None:
    locale.activate("ru")
    place = Place("scenarios/x\x1b[2J.yaml", 7)
    warning = Problem(Place("kb.yaml", 1), "step-unreached", {"step": "x"}, WARNING)
    error = Problem(place, "unreadable-file", {"reason": "нет прав\x07"})
    told = messages.broken([warning, error, error])
    assert told.bad
    assert told.message.startswith("База, scenarios/x[2J.yaml:7: ")
    assert told.message.endswith("и ещё 1 · работает прежняя")
    assert "\x07" not in told.message
    assert messages.broken([warning]) == Typed()
