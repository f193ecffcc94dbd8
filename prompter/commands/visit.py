"""A command's visit to the desk: reads and changes its state, while a screen may be running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prompter.commands.base import tell, viewer_of
from prompter.commands.here import CouldNotRun, Here
from prompter.desk import Desk
from prompter.journal.batch import Trouble
from prompter.journal.files import JOURNAL
from prompter.journal.store import Journal
from prompter.locale import N_, _
from prompter.locale.errors import in_words

_WORDS = {
    "locked": N_("Another program holds the journal: try again when it is done"),
    "full": N_("The disk is full: nothing was written"),
    "unwritable": N_("{path} cannot be written: {reason}"),
    "failed": N_("The journal {path} cannot be used: {reason}"),
    "newer": N_("The journal was written by a newer version. Update the program"),
}


@contextmanager
def journal(here: Here) -> Iterator[Journal]:
    """The journal only. Raises CouldNotRun, also if something was not recorded."""
    opened = Journal.open(here.home / JOURNAL, visiting=True)
    try:
        _refuse(opened)
        yield opened
        _refuse(opened)
    finally:
        opened.close()


@contextmanager
def desk(here: Here) -> Iterator[Desk]:
    """The desk restored from its journal. Raises CouldNotRun, also if something was not recorded."""
    base = here.scripts().base
    with journal(here) as opened:
        visited = Desk(base, opened, viewer_of(here.settings))
        _refuse(opened)
        yield visited


def _refuse(journal: Journal) -> None:
    trouble = journal.trouble
    if trouble:
        tell(trouble_words(trouble))
        raise CouldNotRun


def trouble_words(trouble: Trouble) -> str:
    """Why the journal cannot be used, for the user of a command."""
    args = {**trouble.args, "reason": in_words(str(trouble.args.get("reason", "")))}
    return _(_WORDS[trouble.code]).format(**args)
