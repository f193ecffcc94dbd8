"""`prompter practice`: drills with a simulated caller, on the operator's own screen."""

from __future__ import annotations

import argparse
import os

from prompter.call import drill_events as d
from prompter.call.events import PRACTICE
from prompter.commands import practice_report
from prompter.commands.base import tell, viewer_of
from prompter.commands.here import Here
from prompter.commands.options import colours, who
from prompter.commands.screen import no_screen, show
from prompter.desk import Desk
from prompter.journal.files import JOURNAL
from prompter.journal.store import Journal
from prompter.kb.model import KnowledgeBase
from prompter.locale import _
from prompter.practice.caller import topics
from prompter.text.safe import clean_line
from prompter.wording.drills import KIND_LINES

PROGRESS, REPORT = "progress", "report"
"""Not drills: a trainee's progress, and the trainer's report."""

LEVELS = (d.VISIBLE, d.FIRST, d.HIDDEN)


def options(parser: argparse.ArgumentParser) -> None:
    """What is drilled, by whom, how. What is left out is asked on the screen."""
    parser.description = _(
        "Drills calls with a simulated caller on the operator's screen. What is not named is chosen there."
    )
    _drill_options(parser)
    verbs = parser.add_subparsers(dest="kind", metavar=_("what"), title=_("what is done"))
    for kind, words in KIND_LINES.items():
        line = _(words)
        drill = verbs.add_parser(kind, help=line[0].lower() + line[1:])
        if kind == d.SCENARIO:
            which = _("which one, by its id")
            drill.add_argument("scenario", nargs="?", default="", metavar=_("SCENARIO"), help=which)
        _drill_options(drill)
    progress = verbs.add_parser(PROGRESS, help=_("a trainee's progress"))
    _name(progress)
    who(progress)
    colours(progress)
    practice_report.options(verbs.add_parser(REPORT, help=_("the trainer's report: who is ready")))
    parser.set_defaults(scenario="", name="", level="", typed=False, seed=None)


def _drill_options(parser: argparse.ArgumentParser) -> None:
    """Who drills, and how. The options mean the same before and after a drill."""
    suppressed = argparse.SUPPRESS
    add = parser.add_argument
    _name(parser)
    seen = _("what of the phrase is seen")
    add("--level", default=suppressed, choices=LEVELS, metavar="|".join(LEVELS), help=seen)
    typed = _("type the phrases: the program marks them")
    add("--typed", action="store_true", default=suppressed, help=typed)
    again = _("the same callers again; names an exam")
    add("--seed", type=_seed, metavar="N", default=suppressed, help=again)
    who(parser)
    colours(parser)


def _name(parser: argparse.ArgumentParser) -> None:
    text = _("who drills; each has results of her own")
    parser.add_argument("--name", metavar=_("NAME"), default=argparse.SUPPRESS, help=text)


def _seed(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise argparse.ArgumentTypeError(_("a number of at most nine digits"))
    return int(number)


def run(given: argparse.Namespace, here: Here) -> int:
    """Show the menus and the drills until they are left; returns the screen's exit code."""
    if given.kind == REPORT:
        return practice_report.run(given, here)
    base = here.scripts().base
    if why := _unknown(given, base, here):
        tell(why)
        return 2
    if why := no_screen():
        tell(why)
        return 2
    os.environ.setdefault("ESCDELAY", "25")  # as for the operator's screen
    from prompter.tui.practice.app import PracticeApp
    from prompter.tui.practice.lesson import Lessons, Wish

    journal = Journal.open(here.home / JOURNAL)
    if given.kind == PROGRESS:
        return _progress(given, base, journal, here)
    lessons = Lessons(lambda: base, journal, here.settings, viewer_of(here.settings), here.home)
    wish = Wish(
        kind=given.kind or "",
        scenario=given.scenario,
        name=given.name,
        level=given.level,
        way=d.TYPED if given.typed else d.ALOUD if given.level else "",
        seed=given.seed,
    )
    return show(PracticeApp(lessons, wish), journal, here.home, live=False)


def _progress(given: argparse.Namespace, base: KnowledgeBase, journal: Journal, here: Here) -> int:
    """Show a trainee's progress: the one named, else who works here, else who drilled last."""
    from prompter.tui.practice.progress import ProgressApp, standing_of

    viewer = viewer_of(here.settings)
    standing = standing_of(clean_line(given.name), base, journal, viewer, here.settings.day_starts)
    if standing is None:
        journal.close()
        tell(_("Nobody has drilled yet"))
        return 1
    desk = Desk(base, journal, viewer, mode=PRACTICE)
    return show(ProgressApp(standing, desk, here.settings, here.home), journal, here.home, live=False)


def _unknown(given: argparse.Namespace, base: KnowledgeBase, here: Here) -> str:
    """An error about a name that does not exist, or ""."""
    department = here.settings.department
    known = [one.id for one in topics(base, (department,) if department else ())]
    if given.scenario and given.scenario not in known:
        text = _("no caller comes with «{id}»; there are: {known}")
        return text.format(id=given.scenario, known=", ".join(known))
    return ""
