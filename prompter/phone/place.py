"""Where the phone's files stand. For the client too: the standard library alone, and little of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TOKEN, PORT, LOCK, WAITING = "phone.token", "phone.port", "running.lock", "phone.waiting"
"""The key to the listener; where it listens; what a running program holds; events that nobody heard."""


def last_port(folder: str | os.PathLike[str]) -> int:
    """Where the last program listened: a phone that was set up by hand knows it. 0 for none."""
    try:
        with open(os.path.join(folder, PORT), encoding="ascii", errors="replace") as file:
            text = file.read(8).strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() and 1024 <= int(text) < 65536 else 0


def home(env: Mapping[str, str]) -> str:
    """The program's folder: as `settings.home`, without platformdirs, whose import takes as long as the
    rest of the client. A test compares the two."""
    if told := env.get("PROMPTER_HOME"):
        return os.path.expanduser(told)
    if sys.platform == "win32":
        return os.path.join(env.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local"), "prompter")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/prompter")
    data = env.get("XDG_DATA_HOME", "").strip()
    return os.path.join(data if os.path.isabs(data) else os.path.expanduser("~/.local/share"), "prompter")
