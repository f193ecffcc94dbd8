"""`prompter phone`: settings to copy, a pretended call, the key."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prompter import locale
from prompter.cli import main
from prompter.commands import phone
from prompter.commands.phone import PHONES
from prompter.phone.client import tell
from prompter.phone.place import PORT, TOKEN
from prompter.phone.request import Asked, read
from tests.phone.test_client import heard as running
from tests.phone.test_listener import Heard

heard = running

Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["phone", *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize("name", PHONES)
def test_setup_prints_what_is_true_here(told: Told, home: Path, name: str) -> None:
    code, out, err = told("setup", name)
    assert code == 0
    key = (home / TOKEN).read_text().strip()
    port = re.search("phone_port = ([0-9]+)", (home / "settings.toml").read_text())
    assert port
    assert str(port[1]) in err
    urls = re.findall(r"http://127\.0\.0\.1:(\d+)(/v1/\S+)", out)
    assert {found for found, _ in urls} <= {port[1]}
    if name in ("zoiper", "curl"):
        assert key in out
    assert told("setup", name)[1:] == (out, "")  # the same again, with nothing to tell


def test_settings_that_cannot_be_read_are_told(told: Told, home: Path) -> None:
    (home / "settings.toml").mkdir(parents=True)
    code, out, err = told("setup", "curl")
    assert (code, out) == (2, "")
    assert "settings.toml не читается" in err
    assert "слушает порт" not in err


def test_the_port_of_the_running_program_is_kept(told: Told, home: Path) -> None:
    home.mkdir()
    (home / PORT).write_text("23456\n")
    assert ":23456/" in told("setup", "curl")[1]


def test_every_address_that_zoiper_is_given_is_understood(told: Told) -> None:
    _, out, _ = told("setup", "zoiper")
    found = re.findall(r"http://127\.0\.0\.1:\d+(/\S+)", out)
    kinds = []
    for address in found:
        filled = address.replace("{phone}", "0555123456").replace("{name}", "A B")
        asked = read(f"GET {filled} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert isinstance(asked, Asked)
        assert (asked.event.number, asked.event.name) == ("+996555123456", "A B")
        kinds.append((asked.event.kind, asked.event.outgoing))
    assert kinds == [
        ("ringing", False),
        ("ringing", True),
        ("answered", False),
        ("ended", False),
        ("rejected", False),
    ]


@pytest.mark.parametrize("name", ["microsip", "twinkle"])
def test_every_command_that_a_phone_is_given_is_understood(told: Told, heard: Heard, name: str) -> None:
    _, out, _ = told("setup", name)
    commands = re.findall(r"prompter\"? call (.*)", out)
    assert len(commands) >= 4
    for command in commands:
        number = ["0555123456"] if command.endswith("--number") else []
        assert tell([*command.split(), *number]) == "done"


def test_a_pretended_call(told: Told, heard: Heard) -> None:
    code, out, _ = told("test", "--pause", "0")
    assert code == 0
    assert [event.kind for event in heard.events] == ["ringing", "answered", "ended"]
    assert len({event.id for event in heard.events}) == 1
    assert all(event.pretended for event in heard.events)
    assert out.count("принято") == 3


def test_a_pretended_call_that_is_broken_off_ends(
    told: Told, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupted)
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        phone.test(1.0)
    assert [event.kind for event in heard.events] == ["ringing", "ended"]


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "x"])
def test_a_bridge_to_no_port(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["phone", "bridge", f"--port={port}"])
    assert ended.value.code == 2
    assert "65535" in capsys.readouterr().err


def test_a_pretended_call_without_a_program(told: Told) -> None:
    code, _, err = told("test", "--pause", "0")
    assert code == 2
    assert "Программа не запущена" in err


def test_the_key(told: Told, home: Path) -> None:
    _, first, _ = told("token")
    assert first.strip() == (home / TOKEN).read_text().strip()
    assert told("token")[1] == first
    code, second, err = told("token", "--new")
    assert (code, second != first) == (0, True)
    assert second.strip() == (home / TOKEN).read_text().strip()
    assert second.strip() not in err


def test_a_program_is_named_so_that_a_phone_can_start_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "prompter"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert phone._program() == (str(script),)
    monkeypatch.setattr(sys, "argv", ["/usr/lib/python/x.py"])
    assert phone._program() == (sys.executable, "-m", "prompter")


def test_a_program_without_a_path_of_its_own_is_quoted_as_python_and_its_arguments(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["x.py"])
    monkeypatch.setattr(sys, "executable", "/opt/my tools/python")
    assert (
        '\ncmdCallEnd="/opt/my tools/python" -m prompter call ended --number\n'
        in told("setup", "microsip")[1]
    )
    assert "'/opt/my tools/python' -m prompter call ended\n" in told("setup", "twinkle")[1]


def test_a_port_that_another_program_took_is_printed_for_no_phone(
    told: Told, heard: Heard, home: Path
) -> None:
    """The program that runs is heard elsewhere; the phone would send its key to a stranger."""
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        (home / "settings.toml").write_text(f"phone_port = {port}\n")
        code, out, err = told("setup", "zoiper")
        assert code == 1
        assert f":{heard.port}/v1/call/" in out
        assert str(port) not in out
        assert f"phone_port = {heard.port}" in err
        (home / PORT).unlink()  # none runs
        code, out, err = told("setup", "zoiper")
        assert (code, str(port) in out) == (1, False)
    (home / PORT).write_text(f"{heard.port}\n")
    (home / "settings.toml").write_text(f"phone_port = {heard.port}\n")
    assert told("setup", "zoiper")[::2] == (0, "")


def test_a_port_that_was_set_while_the_program_runs_is_said_to_count_later(
    told: Told, heard: Heard, home: Path
) -> None:
    port = phone._free_port()
    (home / "settings.toml").write_text(f"phone_port = {port}\n")
    code, out, err = told("setup", "zoiper")
    assert (code, f":{port}/v1/call/" in out) == (0, True)
    assert str(heard.port) in err


@pytest.mark.parametrize("arguments", [[], ["setup"], ["setup", "nokia"], ["test", "--pause", "x"]])
@pytest.mark.parametrize("ui", ["ru", "ky"])
def test_what_is_not_understood(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, ui: str, arguments: list[str]
) -> None:
    monkeypatch.setenv("PROMPTER_UI", ui)
    with pytest.raises(SystemExit) as ended:
        main(["phone", *arguments])
    assert ended.value.code == 2
    assert not re.search("required|invalid|argument|usage", capsys.readouterr().err)
    locale.activate("ru")
