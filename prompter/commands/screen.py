"""`prompter`: the operator's screen."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from prompter.commands.base import tell, viewer_of
from prompter.commands.here import Here
from prompter.desk import Desk
from prompter.journal.files import JOURNAL
from prompter.journal.store import Journal
from prompter.kb.opening import load_revision
from prompter.locale import _
from prompter.text.safe import clean_line

if TYPE_CHECKING:
    from prompter.tui.app import PrompterApp


def run(given: argparse.Namespace, here: Here) -> int:
    """Show the screen until it is left. Returns 0, or 2 if it could not be shown or had to close."""
    base, home = here.scripts(), here.home
    settings = here.settings
    if why := no_screen():
        tell(why)
        return 2
    if not _alone(home):
        return _brought_up()
    journal = Journal.open(home / JOURNAL)
    desk = Desk(base.base, journal, viewer_of(settings), load_base=lambda name: load_revision(home, name))
    os.environ.setdefault("ESCDELAY", "25")  # 100 ms is noticeable; read when Textual is imported
    from prompter.tui.app import PrompterApp

    problems = base.opened.problems if base.opened.stale else []
    app = PrompterApp(desk, settings, home, problems, base.folder)
    return show(app, journal, home)


def show(app: PrompterApp, journal: Journal, home: Path, live: bool = True) -> int:
    """Run the application until it is left, then close the journal; reports failures.

    Without `live`, nothing is recorded about how a live program was left.
    """
    app.run()
    for text in app.parting:
        print(clean_line(text))
    if app.failure is None and live:
        journal.leave()
    journal.close()
    lost = journal.in_memory > 0
    if lost:
        tell(_("The last records could not be written and are lost: check the disk and the folder."))
    elif journal.pending:
        tell(_("The last records are kept beside the journal; the next start takes them in."))
    if app.failure is None:
        return 2 if lost else 0
    if lost:
        tell(_("The program had to close. Start it again."))
    else:
        tell(
            _("The program had to close. Nothing is lost: start it again, and the call goes on where it was.")
        )
    if log := _kept(app.failure, home):
        tell(_("Details for support: {log}").format(log=log))
    return 2


_LOOKS = 10
"""Retries: a phone's client holds the lock for an instant to see whether a program runs."""


def _alone(home: Path) -> bool:
    """Whether no other program of this desk runs; if so, takes the lock until this one ends."""
    from prompter.phone import instance

    try:
        for _look in range(_LOOKS):
            if instance.take(str(home)) is not None:
                return True
            time.sleep(0.02)
    except OSError:  # not writable: the journal will report it
        return True
    return False


def _brought_up() -> int:
    """Bring up the program that runs already. Returns 0, or 2 if it did not respond."""
    from prompter.phone.client import DONE
    from prompter.phone.client import tell as tell_running

    heard = tell_running(["show"]) == DONE
    tell(_("Prompter is open already, with this desk's calls: look for its window."))
    return 0 if heard else 2


def no_screen() -> str:
    """Why the screen cannot be shown here, or "". It is drawn on standard error."""
    streams = sys.stdin, sys.stdout, sys.stderr
    if not all(stream and stream.isatty() for stream in streams):  # None if closed
        return _("a terminal is needed to show the screen")
    if os.environ.get("TERM") in ("dumb", "unknown"):
        return _("this terminal can show lines alone, not the screen (TERM): prompter show, prompter list")
    for stream in streams[1:]:
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8", errors="replace")  # what a terminal is sent and sends
    return ""


def _kept(failure: Exception, home: Path) -> Path | None:
    """Write the failure's traceback beside the journal; returns the file, or None if even that failed."""
    import traceback

    log = home / f"failure-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    try:
        home.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(traceback.format_exception(failure)), encoding="utf-8")
    except OSError:
        return None
    return log
