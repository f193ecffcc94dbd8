"""`prompter approve`: record in the ledger that a person approved a phrase's text."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from prompter.commands.base import tell, tell_if_bundled
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import somebody, where
from prompter.commands.outfile import not_written
from prompter.commands.problem_output import tell_problems
from prompter.kb.approving import Decision, Done, approve
from prompter.kb.problems import BaseUnusable
from prompter.locale import _
from prompter.text.day import day_after, parse_day
from prompter.text.safe import clean


def options(parser: argparse.ArgumentParser) -> None:
    """Which phrases in which language, who approved them, and when to look again."""
    parser.description = _(
        "Writes down who approved which words. An edit of the words loses the approval. The names in "
        "`approvers` of kb.yaml guard against slips, not against forgery: who writes another's name is "
        "believed."
    )
    parser.add_argument("phrases", nargs="*", metavar=_("PHRASE"), help=_("scenario.step"))
    of = _("all that waits for approval in a scenario")
    parser.add_argument("--all-of", action="append", default=[], metavar=_("SCENARIO"), help=of)
    parser.add_argument("--lang", dest="text_language", required=True, metavar="ru|ky", help=_("which text"))
    parser.add_argument("--by", required=True, type=somebody, metavar=_("NAME"), help=_("who approved it"))
    again = parser.add_mutually_exclusive_group()
    day = _("the day to look at it again: 2027-03-01")
    again.add_argument("--review", type=_coming_day, metavar=_("DAY"), help=day)
    period = _("the same as a period: 2w, 6m, 1y")
    again.add_argument("--review-in", type=_in_a_while, metavar=_("PERIOD"), help=period)
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Approve each phrase's current text. Returns 0, 1 if any was refused, 2 if nothing could be written."""
    folder = here.sources()
    if not (given.phrases or given.all_of):
        tell(_("approve: give phrases or --all-of SCENARIO"))
        return 2
    review = given.review or given.review_in or ""
    decision = Decision(given.text_language, given.by, datetime.now(UTC), review)
    done = decided(folder, lambda: approve(folder, given.phrases, decision, given.all_of))
    for one in done.made:
        text = _("approved: {phrase} ({language}), by {by}")
        print(text.format(phrase=one.phrase, language=one.lang, by=one.by))
        for line in one.words.split("\n"):
            print(f"    {line}")
    for one in done.already:
        text = _("approved already: {phrase} ({language}), by {by}")
        print(text.format(phrase=one.phrase, language=one.lang, by=one.by))
    if not (done.made or done.already or done.problems):
        print(_("nothing to approve: no text in this language"))
    if done.made:
        tell_if_bundled(folder)
    return 1 if done.problems else 0


def decided(folder: Path, decide: Callable[[], Done]) -> Done:
    """Run a decision and print its problems. Raises CouldNotRun if the base or the ledger prevents it."""
    try:
        done = decide()
    except BaseUnusable as unusable:
        tell_problems(unusable.problems, folder)
        raise CouldNotRun(1) from None
    except OSError as error:
        raise not_written(str(folder), error) from None
    tell_problems(done.problems, folder)
    return done


# The review day


def _coming_day(text: str) -> str:
    """A future day, as the ledger writes it."""
    try:
        day = parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("a day like 2027-03-01")) from None
    if day <= date.today():
        raise argparse.ArgumentTypeError(_("a day that is still to come"))
    return day.isoformat()


def _in_a_while(text: str) -> str:
    try:
        return day_after(date.today(), clean(text)).isoformat()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(_("a period like 2w, 6m or 1y")) from None
