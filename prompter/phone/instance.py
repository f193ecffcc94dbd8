"""One program per desk: a lock that the system releases when the program dies, however it dies."""

from __future__ import annotations

import os
import sys

from prompter.phone.place import LOCK

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def take(home: str) -> int | None:
    """Lock this desk for this program until it ends; returns the lock's file, None if another holds it.

    Raises `OSError` if the lock file cannot be made: then the caller decides.
    """
    os.makedirs(home, mode=0o700, exist_ok=True)
    file = os.open(os.path.join(home, LOCK), os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    if _lock(file):
        return file
    os.close(file)
    return None


def running(home: str) -> bool:
    """Whether a program of this desk is running."""
    try:
        file = os.open(os.path.join(home, LOCK), os.O_RDWR)
    except OSError:
        return False
    try:
        if _lock(file, shared=True):
            _unlock(file)
            return False
        return True
    finally:
        os.close(file)


if sys.platform == "win32":

    def _lock(file: int, shared: bool = False) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _lock(file: int, shared: bool = False) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
