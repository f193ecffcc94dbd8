"""Retention: callers' numbers and words are forgotten in the journal, its copies, and handover files."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prompter.journal import backups
from prompter.journal.store import DAY
from prompter.tui.quitting import FOLDER

if TYPE_CHECKING:
    from prompter.tui.screen import MainScreen


def keep_no_longer(screen: MainScreen) -> None:
    """Forget what is older than the settings allow, now and every day."""
    _forget(screen)
    screen.set_interval(DAY, partial(_forget, screen))


def _forget(screen: MainScreen) -> None:
    days = screen.settings.keep_days
    screen.desk.forget_old(days)
    elsewhere = partial(forget_elsewhere, screen.desk.journal.path, time.time() - days * DAY)
    screen.run_worker(elsewhere, thread=True, group="forget")  # a copy of a year takes a while


def forget_elsewhere(journal: Path, before: float) -> None:
    """Remove earlier callers from the copies of the journal; delete sheets and files of that time."""
    backups.forget_old(journal, before)
    for file in (journal.parent / FOLDER).glob("*"):
        with contextlib.suppress(OSError):
            if file.is_file() and file.stat().st_mtime < before:
                file.unlink()
