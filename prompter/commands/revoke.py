"""`prompter revoke`: take an approval back; the ledger keeps who did, when and why."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from prompter.commands.approve import decided
from prompter.commands.base import tell_if_bundled
from prompter.commands.here import Here
from prompter.commands.options import somebody, where
from prompter.kb.approving import Decision, revoke
from prompter.locale import _


def options(parser: argparse.ArgumentParser) -> None:
    """Which phrases in which language, who takes the approval back, and why."""
    parser.description = _(
        "Takes back the approval of present texts: operators no longer see them as approved. Anybody may, "
        "also who is not named in `approvers`."
    )
    parser.add_argument("phrases", nargs="+", metavar=_("PHRASE"), help=_("scenario.step"))
    parser.add_argument("--lang", dest="text_language", required=True, metavar="ru|ky", help=_("which text"))
    parser.add_argument("--by", required=True, type=somebody, metavar=_("NAME"), help=_("who takes it back"))
    parser.add_argument("--reason", default="", metavar=_("TEXT"), help=_("why"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Revoke. Returns 0, 1 if any was refused, 2 if it cannot be written."""
    folder = here.sources()
    decision = Decision(given.text_language, given.by, datetime.now(UTC), reason=given.reason)
    done = decided(folder, lambda: revoke(folder, given.phrases, decision))
    for one in done.made:
        text = _("approval taken back: {phrase} ({language}), by {by}")
        print(text.format(phrase=one.phrase, language=one.lang, by=one.revoked_by))
    if done.made:
        tell_if_bundled(folder)
    return 1 if done.problems else 0
