"""`prompter history`: what a phrase said before and who approved it, from git and from the ledger."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from time import time

from msgspec import Struct
from rich.padding import Padding
from rich.text import Text

from prompter.call.phrases import text_in
from prompter.commands.base import perhaps, tell
from prompter.commands.here import Here
from prompter.commands.options import where
from prompter.commands.pending import opened
from prompter.commands.tables import diff_text, paper
from prompter.kb.approvals import Approval, Ledger, text_hash
from prompter.kb.model import KnowledgeBase
from prompter.kb.read import suggest
from prompter.kb.versions import FAILED, NO_GIT, NO_REPOSITORY, NoHistory, Texts, Version, versions
from prompter.locale import N_, _
from prompter.locale.formats import clock_time, day_words

_WHY = {
    NO_GIT: N_("git is not installed: only what approvals.yaml knows"),
    NO_REPOSITORY: N_("the scripts are not in git: only what approvals.yaml knows"),
    FAILED: N_("git says nothing ({reason}): only what approvals.yaml knows"),
}


class Act(Struct, frozen=True):
    """An event in the history of a phrase: when (Unix seconds), what, and the words."""

    at: float
    head: str
    lines: tuple[Text, ...] = ()


def options(parser: argparse.ArgumentParser) -> None:
    """Which phrase."""
    parser.description = _(
        "Tells how a phrase came to its words: each change from git, and who approved or revoked which text. "
        "Without git only what approvals.yaml knows."
    )
    parser.add_argument("phrase", metavar=_("PHRASE"), help=_("scenario.step"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print the history, latest first; returns 1 if there is none."""
    folder = here.sources()
    base, ledger = opened(folder)
    step = base.steps.get(given.phrase)
    said = step.say if step else None
    phrase = said.id if said else given.phrase
    present = {lang: tuple(one.text for one in of) for lang, of in said.wordings.items()} if said else {}
    found = _versions(folder, phrase)
    acts = [*_changes(found, present), *_decisions(ledger, phrase, found, present)]
    if not acts:
        near = suggest(phrase, [one.id for one in base.steps.values() if one.say and one.id != phrase])
        tell(_("nothing is known of the phrase «{phrase}».").format(phrase=phrase) + perhaps(near))
        return 1
    _print(base, phrase, sorted(acts, key=lambda one: one.at, reverse=True), here.settings.ui)
    return 0


def _versions(folder: Path, phrase: str) -> list[Version]:
    """The versions in git; prints a note if there are none."""
    try:
        found = versions(folder, phrase)
    except NoHistory as why:
        tell(_(_WHY[why.code]).format(reason=why.reason))
        return []
    if not found:
        tell(_("git has not seen this phrase: only what approvals.yaml knows"))
    return found


def _changes(found: Sequence[Version], present: Texts) -> Iterator[Act]:
    """How the words changed, commit by commit."""
    if found and found[0].texts != present:
        yield Act(time(), _("not in git yet"), tuple(_compared(found[0].texts, present)))
    for one, before in zip_longest(found, found[1:]):
        head = f"{one.commit[:8]}  {one.author}: {one.subject}"
        lines = list(_compared(before.texts if before else {}, one.texts))
        if before and before.phrase != one.phrase:
            lines.append(Text(_("called {phrase} before").format(phrase=before.phrase), "dim"))
        yield Act(one.at, head, tuple(lines))


def _compared(before: Texts, after: Texts) -> Iterator[Text]:
    """What changed in each language."""
    for lang in dict.fromkeys([*after, *before]):
        old, new = "\n".join(before.get(lang, ())), "\n".join(after.get(lang, ()))
        if old != new:
            yield Text.assemble((f"{lang.upper()}  ", "bold"), diff_text(old, new) if old else new)


def _decisions(ledger: Ledger, phrase: str, found: Sequence[Version], present: Texts) -> Iterator[Act]:
    """What persons decided about any text that the phrase ever had."""
    names = {phrase, *(one.phrase for one in found)}
    texts = [
        text for of in (present, *(one.texts for one in found)) for words in of.values() for text in words
    ]
    words = {text_hash(text): text for text in texts}
    for one in ledger.entries.values():
        if one.phrase in names or one.text in words:
            yield from _decision(one, words.get(one.text, one.words))


def _decision(one: Approval, words: str) -> Iterator[Act]:
    text = Text(words or _("that text is not known any more"), "" if words else "dim")
    lines = [Text.assemble((f"{one.lang.upper()}  ", "bold"), text)]
    if one.review:
        lines.append(Text(_("to be reviewed by {day}").format(day=day_words(one.review)), "dim"))
    yield Act(_seconds(one.at), f"✓ {_('approved by {by}').format(by=one.by)}", tuple(lines))
    if one.revoked:
        head = f"✗ {_('approval taken back by {by}').format(by=one.revoked_by)}"
        reason = (Text(one.reason),) if one.reason else ()
        yield Act(_seconds(one.revoked), head, (*lines[:1], *reason))


def _seconds(moment: str) -> float:
    """A moment of the ledger in Unix seconds; 0 if invalid."""
    try:
        return datetime.fromisoformat(moment).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _print(base: KnowledgeBase, phrase: str, acts: Sequence[Act], ui: str) -> None:
    console = paper()
    step = base.steps.get(phrase)
    title = text_in(step.title, ui, base.languages) if step else _("no longer in the scripts")
    console.print(Text.assemble((phrase, "bold"), f"  {title}"))
    for act in acts:
        day = day_words(datetime.fromtimestamp(act.at).date().isoformat())
        console.print()
        console.print(Text.assemble((f"{day}, {clock_time(act.at)}", "bold"), f"  {act.head}"))
        for line in act.lines:
            console.print(Padding(line, (0, 0, 0, 4), expand=False))
