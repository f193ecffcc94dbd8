"""Safe reading of files that may be anything, and atomic writing.

A pipe would block the program for ever; a device (or a link to one) or a file of gigabytes would fill its
memory: only plain files are read, and of a larger one no more than is asked for.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class NotAFile(OSError):
    """A folder, a pipe, a socket or a device is where a file should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "this is not a file", str(path))


def read_plain(path: Path, most: int) -> bytes:
    """The file's bytes; `most` + 1 bytes of a larger file. Raises NotAFile and other OSErrors."""
    try:
        number = os.open(path, _FLAGS)
    except OSError:
        # A socket cannot be opened at all, and Windows reports a folder as a lack of permission.
        if os.path.exists(path) and not os.path.isfile(path):
            raise NotAFile(path) from None
        raise
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(path)
        with open(number, "rb", closefd=False) as file:
            return file.read(min(status.st_size, most) + 1)
    finally:
        os.close(number)


def write_whole(path: Path, data: bytes, private: bool = False, lasting: bool = False) -> None:
    """`writing_whole` for data in memory."""
    with writing_whole(path, private, lasting) as file:
        file.write(data)


@contextmanager
def writing_whole(path: Path, private: bool = False, lasting: bool = False) -> Iterator[IO[bytes]]:
    """Write a file atomically, or leave the existing one; its folder is created. Raises OSErrors.

    The target of a link is written. `private`: readable by its owner alone. `lasting`: synced to disk, for
    data that is kept nowhere else.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise NotAFile(path)  # replacing a device, such as /dev/null, would take it from every program
    path = Path(os.path.realpath(path))  # Path's own fails for a link to itself
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        if private:
            temporary.touch(0o600)
        with open(temporary, "wb") as file:
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
        if lasting and os.name == "posix":  # elsewhere a folder cannot be opened
            _keep_names(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Sync the folder itself, so that the names of its files are on disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
