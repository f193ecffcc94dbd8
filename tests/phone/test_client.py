"""`prompter call`: what a phone starts at every event."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from msgspec.structs import replace

from prompter.phone import client, instance, place, waiting
from prompter.phone.client import ALONE, DONE, HELP, KEPT, LOST, REFUSED, SILENT, UNCLEAR, UNHEARD, tell
from prompter.phone.request import PhoneEvent
from prompter.phone.token import Token
from tests.phone.test_listener import Heard

NOW = 1_800_000_000.0


def take(home: Path, now: float) -> list[PhoneEvent]:
    """What is kept, done."""
    with waiting.taken(home, now) as kept:
        return [replace(one, at=0.0) for one in kept]


@pytest.fixture
def heard(home: Path) -> Iterator[Heard]:
    """A running program of this home."""
    home.mkdir(parents=True)
    lock = instance.take(str(home))
    assert lock is not None
    heard = Heard(home)
    heard.port = heard.listener.start()
    (home / place.PORT).write_text(f"{heard.port}\n")
    heard.token.current()
    yield heard
    heard.listener.stop()
    os.close(lock)


def test_it_is_heard(heard: Heard) -> None:
    name = 'Асан "уулу" & <b>%41+\n'
    assert tell(["ringing", "--number", "+996 555 123456", "--id=a=1", "--name", name]) == DONE
    assert tell(["answered", "--number", "0555123456", "--direction", "outgoing"]) == DONE
    assert heard.events == [
        PhoneEvent("ringing", "+996555123456", "a=1", 'Асан "уулу" & <b>%41+'),
        PhoneEvent("answered", "+996555123456", outgoing=True),
    ]


def test_a_value_that_looks_like_an_option(heard: Heard) -> None:
    assert tell(["ringing", "--number", "103", "--name", "--id"]) == DONE
    assert heard.events[0].name == "--id"


def test_twinkle_tells_whom_it_means_in_its_environment(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "TWINKLE_TRIGGER": "in_call",
        "SIP_CALL_ID": "a@b",
        "SIP_FROM_USER": "0555123456",
        "SIP_TO_USER": "0700112233",
    }.items():
        monkeypatch.setenv(name, value)
    assert tell(["ringing"]) == DONE
    assert tell(["ringing", "--direction", "outgoing"]) == DONE
    assert [(event.id, event.number) for event in heard.events] == [
        ("a@b", "+996555123456"),
        ("a@b", "+996700112233"),
    ]


def test_it_is_refused(heard: Heard, home: Path) -> None:
    (home / place.TOKEN).write_text("0" * 32)
    heard.token._seen = None
    heard.listener._token = lambda: "1" * 32
    assert tell(["ringing", "--number", "103"]) == REFUSED


@pytest.mark.parametrize(
    "argv", [[], ["dial"], ["ringing", "103"], ["ringing", "--number"], ["ringing", "--token", "x"]]
)
def test_what_is_not_understood(argv: list[str], home: Path) -> None:
    assert tell(argv) == UNCLEAR
    assert not home.exists()


def test_help() -> None:
    assert tell(["--help"]) == tell(["-h"]) == tell(["ringing", "--number", "1", "-h"]) == HELP


@pytest.mark.parametrize("name", ["-h", "--help"])
def test_a_caller_whose_name_asks_for_help(heard: Heard, name: str) -> None:
    assert tell(["ringing", "--number", "103", "--name", name]) == DONE
    assert heard.events[0].name == name


def test_nothing_of_a_pretended_call_is_kept(home: Path) -> None:
    assert tell(["ringing", "--id", "1"], pretended=True) == ALONE
    assert not home.exists()


def test_without_a_program_it_is_kept_for_the_next_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    assert tell(["ringing", "--number", "0555123456", "--id", "1"]) == KEPT
    assert tell(["ended", "--id", "1", "--name", "x\ny"]) == KEPT
    assert tell(["answered", "--id", "2"]) == KEPT
    file = home / place.WAITING
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert take(home, NOW + 30) == [
        PhoneEvent("ringing", "+996555123456", "1"),
        PhoneEvent("ended", "", "1"),
        PhoneEvent("answered", "", "2"),
    ]
    assert not [*home.iterdir()]
    assert take(home, NOW) == []


def test_of_what_is_kept_only_ends_count_after_a_minute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    tell(["answered", "--id", "1"])
    tell(["ended", "--id", "1"])
    assert [event.kind for event in take(home, NOW + 61)] == ["ended"]


def test_what_a_hand_wrote_among_what_is_kept(home: Path) -> None:
    home.mkdir()
    (home / place.WAITING).write_bytes(
        b"\xff\n1e9 ringing?\n9999999999999999 ringing?\n\nx\n7 ended?id=1\n7 dial?"
    )
    assert take(home, NOW) == [PhoneEvent("ended", "", "1")]


def test_what_is_kept_does_not_grow_for_ever(home: Path) -> None:
    home.mkdir()
    (home / place.WAITING).write_bytes(b"x" * client._MOST_WAITING)
    assert tell(["ended"]) == LOST
    assert (home / place.WAITING).stat().st_size == client._MOST_WAITING


def test_a_program_that_is_killed_before_they_are_done_loses_none(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: NOW)
    tell(["ended", "--id", "1"])
    killed = waiting.taken(home, NOW)
    assert [kept.id for kept in killed.__enter__()] == ["1"]
    tell(["ended", "--id", "2"])
    (home / f"{place.WAITING}.4711").write_text("7 ended?id=0\n")  # as versions before left it
    assert sorted(event.id for event in take(home, NOW)) == ["0", "1", "2"]
    assert not [*home.iterdir()]


def test_a_file_that_is_just_being_written_is_left_alone(home: Path) -> None:
    """A command forgets a number meanwhile: it writes beside and renames."""
    home.mkdir()
    half = home / f"{place.WAITING}.4711.tmp"
    half.write_text("7 ended?id=1\n")
    assert take(home, NOW) == []
    assert half.exists()


def test_a_folder_in_the_place_of_what_is_kept_stops_nothing(home: Path) -> None:
    (home / place.WAITING).mkdir(parents=True)
    assert tell(["ended"]) == LOST
    assert take(home, NOW) == []
    assert tell(["ended", "--id", "1"]) == KEPT
    assert len(take(home, NOW)) == 1


def test_what_is_kept_of_a_number_can_be_forgotten(home: Path) -> None:
    for number in ("0555123456", "0700112233", "+996 555 12-34-56"):
        tell(["ended", "--number", number, "--name", "Асан"])
    os.rename(home / place.WAITING, home / f"{place.WAITING}.4711")
    tell(["ringing", "--number", "0555 123456"])
    assert len(waiting.forget(home, "+996555123456")) == 2
    assert waiting.forget(home, "+996555123456") == []
    left = b"".join(file.read_bytes() for file in home.iterdir())
    assert b"555" not in left
    assert [event.number for event in take(home, NOW)] == ["+996700112233"]


def test_nowhere_to_keep_it(home: Path) -> None:
    home.write_text("no folder")
    assert tell(["ended"]) == LOST


def test_files_of_a_program_that_was_killed_are_no_obstacle(home: Path) -> None:
    home.mkdir()
    (home / place.LOCK).touch()
    (home / place.PORT).write_text("1\n")
    assert tell(["ended"]) == KEPT


@pytest.mark.parametrize("content", ["", "x", "99999999", "-1"])
def test_an_unreadable_port(heard: Heard, home: Path, content: str) -> None:
    """The program runs and cannot be reached: that is said, and it finds what is kept for it."""
    (home / place.PORT).write_text(content)
    assert tell(["ended"]) == UNHEARD
    assert tell(["ringing"], pretended=True) == SILENT
    assert [event.kind for event in take(home, NOW)] == ["ended"]


def test_a_stranger_on_the_port_never_sees_the_key(heard: Heard, home: Path) -> None:
    """The program is gone and its port is another's: without the lock nothing is sent."""
    assert instance.running(str(home))
    seen = len(heard.events)
    (home / place.LOCK).unlink()
    assert tell(["ended"]) == KEPT
    assert len(heard.events) == seen


def test_one_program_a_desk(tmp_path: Path) -> None:
    home = str(tmp_path / "new")
    assert not instance.running(home)
    lock = instance.take(home)
    assert lock is not None
    assert instance.take(home) is None
    assert instance.running(home)
    os.close(lock)
    assert not instance.running(home)


def test_the_key_is_its_owners_alone_and_is_kept(tmp_path: Path) -> None:
    token = Token(tmp_path / "home")
    value = token.current()
    assert len(value) == 32
    assert Token(tmp_path / "home").current() == value
    if os.name == "posix":
        assert stat.S_IMODE(token.path.stat().st_mode) == 0o600
    token.path.write_text("shorter")
    assert token.current() != value


@pytest.mark.parametrize("env", [{}, {"XDG_DATA_HOME": "/data"}, {"XDG_DATA_HOME": "relative"}])
def test_the_same_home_as_everybodys(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert place.home(env) == platformdirs.user_data_dir("prompter", appauthor=False)


def test_it_imports_sockets_and_little_else() -> None:
    code = "import socket, sys; before = set(sys.modules); import prompter.__main__, prompter.phone.client; "
    told = "print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code + told], capture_output=True, text=True, check=True)
    own = {name for name in done.stdout.split() if not name.startswith("prompter")}
    assert own <= {"__future__", "fcntl", "msvcrt"}
    assert "prompter.locale" not in done.stdout
