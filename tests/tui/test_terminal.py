"""Keys as terminals send them, also those that were not asked for."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("needs a terminal", allow_module_level=True)

from textual import events

from prompter.tui.terminal import KeyParser


def keys(data: str) -> list[str]:
    return [one.key for one in KeyParser().feed(data) if isinstance(one, events.Key)]


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b[1091;5u", "ctrl+у"),
        ("\x1b[1091::101;5u", "ctrl+у"),
        ("\x1b[1091:1059:101;5:1u", "ctrl+у"),
        ("\x1b[1091::101u", "у"),
        ("\x1b[1;5:2A", "ctrl+up"),
        ("\x1b[97:65;2;65u", "A"),
    ],
)
def test_more_of_a_key_than_was_asked_for(sent: str, key: str) -> None:
    assert keys(f"{sent}x") == [key, "x"]


@pytest.mark.parametrize("sent", ["\x1b[1091::101;5:3u", "\x1b[99999999u", "\x1b[97;5;9999999u"])
def test_a_release_or_no_key_does_nothing_and_the_next_key_acts(sent: str) -> None:
    assert keys(f"{sent}x") == ["x"]
