"""Refusals and results in the operator's language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from prompter.call.view.parts import OVERDUE, DeskView, EndedCall
from prompter.desk import Desk
from prompter.journal.batch import Trouble
from prompter.kb.problems import ERROR, Problem
from prompter.locale import N_, _, ngettext
from prompter.locale.errors import in_words
from prompter.locale.names import missing_names
from prompter.settings import Settings
from prompter.text.safe import clean_line
from prompter.tui.footer import Typed

_REFUSALS = {
    "no-call": N_("No call is running. Enter starts one"),
    "choose-answer": N_("What did the caller answer? Press its digit"),
    "choose-when": N_("Nothing to say yet: press the digit of what happens"),
    "nothing-promised": N_("No call-back was written down in this call"),
    "listen": N_("Nothing to say here: type the caller's words or open a scenario"),
    "no-answers": N_("No answers here: type the caller's words or open a scenario"),
    "no-such-answer": N_("There is no such answer here"),
    "form-open": N_("A form is open: fill it in or press Esc"),
    "no-form": N_("No contact is asked for here"),
    "said-already": N_("Said already: Esc takes it back, then the time can be changed"),
    "promised-already": N_("This time has been promised: it is part of the call-back"),
    "no-time": N_("No time to change here"),
    "time-limit": N_("The standard allows no other time"),
    "two-calls": N_("Two calls at most: end this one first"),
    "vanished": N_("This is no longer in the scripts"),
    "unknown-language": N_("The scripts have no texts in this language"),
    "no-promise": N_("This call-back is no longer open"),
    "reason-needed": N_("Write the reason"),
    "number-short": N_("Digits are missing: this number is too short to call"),
    "number-needed": N_("Write the number in 3 to 15 digits, without letters"),
    "nothing-to-undo": N_("Nothing to take back"),
    "empty": N_("Nothing was written"),
    "preview": N_("Between calls this is only a preview. Enter starts the call, F3–F9 too"),
    "greeting-ready": N_("The greeting is on screen: Enter when it is said"),
    "no-key": N_("No scenario has this key"),
    "no-copy": N_("To copy the phrase press Ctrl+Y, to quit Ctrl+Q"),
    "no-phrase": N_("There is no phrase here to copy"),
    "in-call": N_("End this call first"),
}


def refusal(code: str) -> str:
    """The words for a refusal's code."""
    return _(_REFUSALS[code])


def at_start(desk: Desk, settings: Settings) -> Typed | None:
    """What a restart found; None if nothing, or if the first draw reports trouble with the journal."""
    if desk.journal.trouble:
        return None
    if settings.damaged:
        text = _("The settings file was damaged: defaults are in use. Kept: {kept}")
        return Typed(message=text.format(kept=settings.damaged), bad=True)
    if desk.resumed:
        crashed = _("Restored after a failure: the call goes on")
        return Typed(message=crashed if desk.recovered else _("The call goes on where it was left"))
    if desk.journal.skipped:
        return Typed(message=_("Some records could not be read: written by a newer version?"), bad=True)
    return None


def ended(call: EndedCall, idle: bool = True) -> str:
    """The line after a call: how it ended, and what can still be done."""
    if call.hung and not idle:  # Ctrl+E ends the current call
        return " · ".join([_("The other call has ended"), *([call.outcome] if call.outcome else [])])
    if call.hung and not call.outcome:
        return " · ".join([_("The call is over: how did it end? Ctrl+E"), _("Ctrl+O note")])
    outcome = _("Outcome: {outcome}").format(outcome=call.outcome or _("interrupted"))
    if call.hung:
        return " · ".join([outcome, _("Ctrl+E another"), _("Ctrl+O note")])
    return " · ".join([outcome, _("Ctrl+O note"), _("Esc take back")])


def waiting(view: DeskView) -> Typed:
    """What is pending between calls: a call-back to mark as done, overdue ones, outcomes, gaps."""
    if any(norm.called for norm in view.norms):
        return Typed(message=_("You called back: is it done? Ctrl+B, 2"))
    if overdue := sum(norm.state == OVERDUE for norm in view.norms):
        text = ngettext("{n} call-back is overdue: Ctrl+B", "{n} call-backs are overdue: Ctrl+B", overdue)
        return Typed(message=text.format(n=overdue), bad=True)
    if view.untold:
        text = ngettext(
            "{n} call without an outcome: Ctrl+E", "{n} calls without an outcome: Ctrl+E", view.untold
        )
        return Typed(message=text.format(n=view.untold))
    if view.gaps:
        text = ngettext(
            "{n} gap without the caller's words: Ctrl+O",
            "{n} gaps without the caller's words: Ctrl+O",
            view.gaps,
        )
        return Typed(message=text.format(n=view.gaps))
    if view.reminder:
        message = _(_REMINDERS[view.reminder.code])
        return Typed(message=message.format(status=view.reminder.title, until=view.reminder.until))
    return Typed()


_REMINDERS = {
    "back": N_("Reminder: back on «{status}» after the call, Ctrl+T"),
    "closed": N_("Reminder: no «{status}» until {until}, Ctrl+T"),
    "unused": N_("Reminder: «{status}» was not set today, Ctrl+T"),
}


_TROUBLES = {
    "locked": N_("Not being recorded: another program holds the journal. The call goes on"),
    "full": N_("Not being recorded: the disk is full. The call goes on"),
    "unwritable": N_("Not being recorded: {path} cannot be written. The call goes on"),
    "failed": N_("Not being recorded: {reason}. The call goes on"),
    "newer": N_("Not being recorded: the journal was written by a newer version. Update the program"),
    "set_aside": N_(
        "The journal was damaged: a new one was started, calls and call-backs are in it. Kept: {moved}"
    ),
    "unread": N_(
        "The journal was damaged: a new one was started, earlier call-backs are unknown. Kept: {moved}"
    ),
    "gone": N_("The journal was removed: a new one was started, calls and call-backs are in it"),
}


def trouble(found: Trouble) -> str:
    """What keeps the journal from recording, or what happened to it."""
    args = dict(found.args)
    if "moved" in args:  # it lies beside the journal, and the line is short
        args["moved"] = PurePath(str(args["moved"])).name
    if "reason" in args:
        args["reason"] = in_words(str(args["reason"]))
    return _(_TROUBLES[found.code]).format(**args)


def copied(how: str, number: int, of: int, missing: tuple[str, ...]) -> tuple[str, bool]:
    """The result of copying wording `number` of `of`, and whether it is bad news.

    `how` names the tool that took it; "terminal" gives no answer; "" means failure.
    """
    if not how:
        return _("Not copied: neither the system's clipboard nor the terminal takes it"), True
    sent = how == "terminal"
    text = _("Sent to the terminal: check by pasting") if sent else _("Copied ({tool})").format(tool=how)
    parts = [text]
    if missing:
        names = missing_names()
        words = ", ".join(dict.fromkeys(names.get(source, source) for source in missing))
        parts.append(_("without: {words}").format(words=words))
    if of > 1:
        variant = _("wording {n} of {of}, Ctrl+Y again: the next")
        parts.append(variant.format(n=number, of=of))
    return " · ".join(parts), bool(missing)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that make a base unusable."""
    return tuple(problem for problem in problems if problem.severity == ERROR)


def unapproved(phrases: tuple[str, ...]) -> Typed:
    """What an edit hid from operators: approved texts that were changed."""
    text = _("Base updated; no longer approved: {phrase}").format(phrase=clean_line(phrases[0]))
    more = len(phrases) - 1
    also = ngettext("and {n} more phrase", "and {n} more phrases", more).format(n=more) if more else ""
    return Typed(message=" ".join(part for part in (text, also) if part), bad=True)


def broken(problems: Iterable[Problem]) -> Typed:
    """The scripts have errors and the last good ones are in use: the first error, and its place.

    Empty without errors. The place comes first: a narrow window shows no more.
    """
    found = errors(problems)
    if not found:
        return Typed()
    from prompter.kb.codes import describe

    reason, _hint = describe(found[0], _)
    place = f"{clean_line(found[0].place.file)}:{found[0].place.line}"  # a file's name may contain anything
    rest = len(found) - 1
    more = ngettext("and {n} more", "and {n} more", rest).format(n=rest) if rest else ""
    error = _("Scripts, {place}: {reason}").format(place=place, reason=clean_line(reason))
    text = " ".join(part for part in (error, more, "·", _("the last good ones stay in use")) if part)
    return Typed(message=text, bad=True)
