"""Copying the phrase: which words, through which tool, and what the operator is told."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from prompter.call.view.parts import LISTEN, OWN, SAY, Card, Spoken
from prompter.call.words import MISSING, TIMED, Fragment
from prompter.tui import clipboard as copying
from prompter.tui.card import ShownCard
from prompter.tui.clipboard import Phrase, hand_over, phrases, terminal_takes, tools

ONE = (Fragment("Подождите "), Fragment("2", TIMED), Fragment(" минуты"))
OTHER = (Fragment("Меня зовут "), Fragment("name", MISSING, "settings"), Fragment("."))

unix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for the tools")


def copied(kind: str = SAY, **more: object) -> tuple[Phrase, ...]:
    """What is copied of a card."""
    return phrases(ShownCard(Card("a.b", "Шаг", kind, **more)).spoken)


def test_the_words_as_they_would_be_said() -> None:
    spoken = Spoken("ru", (ONE, OTHER))
    assert copied(spoken=spoken) == (
        Phrase("Подождите 2 минуты"),
        Phrase("Меня зовут ….", ("settings",)),
    )
    assert copied(LISTEN, later=spoken)[0].text == "Подождите 2 минуты"
    assert copied(OWN, do=ONE) == ()
    assert copied(LISTEN) == ()


def names(env: Mapping[str, str], platform: str = "linux") -> list[str]:
    return [tool.name for tool in tools(env, platform)]


def test_tools_by_what_stands_before_the_operator() -> None:
    assert names({}) == []
    assert names({"DISPLAY": ":0"}) == ["xclip", "xsel"]
    assert names({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}) == ["wl-copy", "xclip", "xsel"]
    assert names({}, "darwin") == ["pbcopy"]
    assert names({"WSL_DISTRO_NAME": "Ubuntu"}) == ["clip.exe"]


def test_a_far_machines_clipboard_is_left_alone() -> None:
    far = {"SSH_CONNECTION": "1 2 3 4", "WAYLAND_DISPLAY": "wayland-0", "WSL_DISTRO_NAME": "Ubuntu"}
    assert names({**far, "DISPLAY": ":0"}) == []
    assert names(far, "darwin") == []
    assert names({**far, "DISPLAY": "localhost:10.0"}) == ["xclip", "xsel"]


def test_terminals_that_are_known_not_to_listen() -> None:
    assert terminal_takes({"TERM": "xterm-256color"})
    for env in ({}, {"TERM": "dumb"}, {"TERM": "linux"}, {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}):
        assert not terminal_takes(env)


def script(folder: Path, name: str, body: str) -> None:
    """A tool that is a shell script."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def env_with(folder: Path) -> dict[str, str]:
    return {"PATH": f"{folder}{os.pathsep}{os.defpath}", "DISPLAY": ":0"}


@unix
def test_the_text_arrives_as_it_is(tmp_path: Path) -> None:
    script(tmp_path, "xclip", f'cat > "{tmp_path}/got"')
    assert hand_over("«Саламатсызбы» ңөү", env_with(tmp_path)) == "xclip"
    assert (tmp_path / "got").read_text(encoding="utf-8") == "«Саламатсызбы» ңөү"


@unix
def test_a_tool_that_fails_or_hangs_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, "xclip", "exit 1")
    script(tmp_path, "xsel", f'cat > "{tmp_path}/got"')
    assert hand_over("да", env_with(tmp_path)) == "xsel"
    monkeypatch.setattr(copying, "TIMEOUT", 0.3)
    script(tmp_path, "xclip", "exec sleep 60")
    assert hand_over("да", env_with(tmp_path)) == "xsel"
    script(tmp_path, "xsel", "exec sleep 60")
    assert hand_over("да", env_with(tmp_path)) == ""


@unix
def test_leaving_does_not_wait_for_a_tool_that_hangs(tmp_path: Path) -> None:
    script(tmp_path, "xclip", f'touch "{tmp_path}/begun"; exec sleep 60')
    script(tmp_path, "xsel", f'touch "{tmp_path}/wrong"')
    assert hand_over("да", env_with(tmp_path), (tmp_path / "begun").exists) == ""
    assert not (tmp_path / "wrong").exists()


@unix
def test_a_tool_that_stays_behind_is_not_waited_for(tmp_path: Path) -> None:
    script(tmp_path, "xclip", "cat > /dev/null; sleep 5 &")  # as xclip does: it serves the clipboard
    assert hand_over("да", env_with(tmp_path)) == "xclip"


def test_no_tool(tmp_path: Path) -> None:
    if sys.platform != "win32":
        assert hand_over("да", {"PATH": str(tmp_path), "DISPLAY": ":0"}) == ""


def test_windows_has_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(RuntimeError):
        pass

    taken: list[str] = []
    library = types.SimpleNamespace(copy=taken.append, PyperclipException=Refused)
    monkeypatch.setitem(sys.modules, "pyperclip", library)
    monkeypatch.setattr(sys, "platform", "win32")
    assert hand_over("ңөү", {}) == "Windows"
    assert taken == ["ңөү"]

    def refuse(text: str) -> None:
        raise Refused

    library.copy = refuse
    assert hand_over("ңөү", {}) == ""
    assert terminal_takes({"WT_SESSION": "1"})
    assert not terminal_takes({"TERM": "xterm"})


def test_of_presses_that_wait_only_the_last_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    works: list[Callable[[], None]] = []
    told: list[copying.Copied] = []
    screen = types.SimpleNamespace(
        run_worker=lambda work, **_options: works.append(work), post_message=told.append
    )
    monkeypatch.setattr(copying, "get_current_worker", types.SimpleNamespace)
    monkeypatch.setattr(copying, "hand_over", lambda *_given: "xclip")
    copier = copying.Copier(screen)
    for _press in range(3):
        copier.copy(Spoken("ru", (ONE, OTHER)))
    for work in works:
        work()
    assert [(one.number, one.of) for one in told] == [(1, 2)]
