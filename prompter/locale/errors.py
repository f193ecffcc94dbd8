"""Why the system or SQLite refused, in the interface's language."""

from __future__ import annotations

import errno

from prompter.locale import N_, _

_BY_NUMBER = {
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOENT: N_("No such file or directory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.EADDRINUSE: N_("Address already in use"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EEXIST: N_("File exists"),
    errno.EMFILE: N_("Too many open files"),
    errno.ETIMEDOUT: N_("Connection timed out"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EIO: N_("Input/output error"),
}
"""The system's own words: they are the msgids, so that a reason kept as a text is translated too."""

_OTHERS = (
    N_("this is not a file"),
    N_("no journal"),
    N_("attempt to write a readonly database"),
    N_("unable to open database file"),
    N_("database is locked"),
    N_("database or disk is full"),
    N_("database disk image is malformed"),
    N_("file is not a database"),
    N_("disk I/O error"),
)
"""What `files` and `journal.visiting` say, and SQLite."""


def why(error: Exception) -> str:
    """The reason of an error of the system's or SQLite's, in its own words if they are not known here."""
    number = error.errno if isinstance(error, OSError) else None
    known = _BY_NUMBER.get(number) if number is not None else None
    return in_words(known or getattr(error, "strerror", None) or str(error))


def in_words(text: str) -> str:
    """A reason that was kept as the system's text."""
    return _(text)
