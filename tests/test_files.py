import os
import socket
import sys
from pathlib import Path

import pytest

from prompter.files import NotAFile, read_plain, write_whole


def test_a_plain_file_and_a_link_to_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").symlink_to("a")
    assert read_plain(tmp_path / "a", 10) == read_plain(tmp_path / "b", 3) == b"abc"
    (tmp_path / "empty").touch()
    assert read_plain(tmp_path / "empty", 10) == b""


def test_no_more_than_is_asked_for(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros that takes no place on the disk
    assert read_plain(tmp_path / "a", 10) == bytes(11)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotAFile):
        read_plain(tmp_path / "folder", 10)
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "nothing", 10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such things in folders")
def test_pipes_sockets_devices_and_links_to_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    before = os.getcwd()
    os.chdir(tmp_path)  # the whole path would be too long for a socket's name
    try:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind("socket")
    finally:
        os.chdir(before)
    opened = len(os.listdir("/dev/fd"))
    for name in ("pipe", "device", "socket"):
        with pytest.raises(NotAFile):
            read_plain(tmp_path / name, 10)
    assert len(os.listdir("/dev/fd")) == opened


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links without rights")
def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links"):
        read_plain(tmp_path / "loop", 10)


def test_what_is_kept_nowhere_else_is_on_the_disk_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda number: kept.append(os.readlink(f"/dev/fd/{number}")))
    write_whole(tmp_path / "a", b"abc")
    assert kept == []
    write_whole(tmp_path / "b", b"abc", private=True, lasting=True)
    assert [Path(one).name[:1] for one in kept] == ["b", tmp_path.name[:1]]
    assert (tmp_path / "b").read_bytes() == b"abc"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile):
        write_whole(tmp_path / "pipe", b"abc")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links without rights")
def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "link").symlink_to("shared/file")
    for words in (b"abc", b"de"):
        write_whole(tmp_path / "link", words)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "shared" / "file").read_bytes() == words
    assert [one.name for one in (tmp_path / "shared").iterdir()] == ["file"]
