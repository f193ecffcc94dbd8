"""Where the phone's files are. Used by the client too, so it imports little, all standard library."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

TOKEN, PORT, LOCK, WAITING = "phone.token", "phone.port", "running.lock", "phone.waiting"
"""The key to the listener; its port; the running program's lock; events not delivered yet."""


def last_port(folder: str | os.PathLike[str]) -> int:
    """The port of the last program: a phone set up by hand uses it. 0 if there is none."""
    try:
        with open(os.path.join(folder, PORT), encoding="ascii", errors="replace") as file:
            text = file.read(8).strip()
    except OSError:
        return 0
    return int(text) if text.isdigit() and 1024 <= int(text) < 65536 else 0


def home(env: Mapping[str, str]) -> str:
    """The program's folder: as `settings.home`, without platformdirs, whose import takes as long as the rest
    of the client. A test compares the two."""
    if given := env.get("PROMPTER_HOME"):
        return os.path.expanduser(given)
    if sys.platform == "win32":
        return os.path.join(env.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local"), "prompter")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/prompter")
    data = env.get("XDG_DATA_HOME", "").strip()
    return os.path.join(data if os.path.isabs(data) else os.path.expanduser("~/.local/share"), "prompter")
