"""`prompter pending`: what is pending approval, each text beside the last approved one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from prompter.call.phrases import text_in
from prompter.commands.base import perhaps, tell
from prompter.commands.here import CouldNotRun, Here
from prompter.commands.options import where
from prompter.commands.problem_output import tell_problems
from prompter.commands.tables import diff_text, paper, state_text
from prompter.kb.approvals import DRAFT, STALE, Approval, Ledger
from prompter.kb.build import load_sources
from prompter.kb.ledger import read_ledger
from prompter.kb.model import KnowledgeBase
from prompter.kb.pending import Column, Recall, Variant, Waiting, by_hash, pending
from prompter.kb.problems import BaseUnusable
from prompter.kb.read import suggest
from prompter.kb.versions import NoHistory, versions
from prompter.locale import _, ngettext
from prompter.locale.formats import day_words


def options(parser: argparse.ArgumentParser) -> None:
    """Which scenarios or phrases, which language, and the format."""
    parser.description = _(
        "Shows each text that nobody approved and each translation whose source text changed since, word by "
        "word against the last approved one. Exit code 1 when something waits."
    )
    only = _("only these scenarios or phrases")
    parser.add_argument("names", nargs="*", metavar=_("SCENARIO[.STEP]"), help=only)
    waits = _("only phrases that wait in this language")
    parser.add_argument("--lang", dest="text_language", default="", metavar="ru|ky", help=waits)
    formats = _("for people or for programs; text by default")
    parser.add_argument("--format", choices=("text", "json"), default="text", help=formats)
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Show what is pending; returns 1 if anything is, or a name is unknown, else 0."""
    folder = here.sources()
    base, ledger = opened(folder)
    names = given.names
    if unknown := [one for one in names if one not in base.scenarios and one not in base.steps]:
        near = suggest(unknown[0], [*base.scenarios, *base.steps])
        tell(_("nothing is named «{name}».").format(name=unknown[0]) + perhaps(near))
        return 1
    if given.text_language and given.text_language not in base.languages:
        known = ", ".join(base.languages)
        tell(_("the scripts have no language «{id}»: {known}").format(id=given.text_language, known=known))
        return 2
    found = [
        one
        for one in pending(base, ledger, _recalling(folder))
        if one.waits(given.text_language)
        and (not names or one.phrase in names or one.phrase.partition(".")[0] in names)
    ]
    if given.format == "json":
        print(json.dumps({"pending": [_plain(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        _print(base, found, here.settings.ui)
    return 1 if found else 0


def opened(folder: Path) -> tuple[KnowledgeBase, Ledger]:
    """The base from its files, and its approvals. Raises CouldNotRun, errors printed, if it has any."""
    try:
        base, _problems = load_sources(folder)
    except BaseUnusable as unusable:
        tell_problems(unusable.problems, folder)
        raise CouldNotRun(1) from None
    return base, read_ledger(folder)[0]


def _recalling(folder: Path) -> Recall:
    """Older texts of a phrase from git; none without a history."""

    @cache
    def recall(phrase: str) -> dict[str, str]:
        try:
            found = versions(folder, phrase)
        except NoHistory:
            return {}
        return by_hash(text for one in found for texts in one.texts.values() for text in texts)

    return recall


def _print(base: KnowledgeBase, found: Sequence[Waiting], ui: str) -> None:
    console = paper()
    if found:
        legend = diff_text(_("taken out"), _("put in"))
        console.print(legend.append(f": {_('word by word against the last approved text')}", "dim"))
    for one in found:
        console.print()
        _print_phrase(console, base, one, ui)
    console.print()
    for line in _summed_up(found):
        console.print(Text(line))


def _print_phrase(console: Console, base: KnowledgeBase, waiting: Waiting, ui: str) -> None:
    """A heading, then the languages side by side."""
    title = text_in(base.steps[waiting.phrase].title, ui, base.languages)
    console.print(Text.assemble((waiting.phrase, "bold"), f"  {title}"))
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for _column in waiting.columns:
        table.add_column(ratio=1, overflow="fold")
    heads = [
        Text.assemble((f"{one.lang.upper()} ", "bold"), state_text(one.state)) for one in waiting.columns
    ]
    table.add_row(*heads)
    table.add_row(*(_cell(waiting, column) for column in waiting.columns))
    console.print(table)


def _cell(waiting: Waiting, column: Column) -> Text:
    """All wordings of a phrase in one language, one below the other."""
    several = len(column.variants) > 1
    parts = []
    for number, variant in enumerate(column.variants, 1):
        lead = f"{number}. " if several else ""
        parts += [Text(lead).append_text(_words(variant)), *_last_decision(waiting, variant)]
    return Text("\n").join(parts)


def _words(variant: Variant) -> Text:
    if variant.before is not None and variant.before.words:
        return diff_text(variant.before.words, variant.text)
    return Text(variant.text)


def _last_decision(waiting: Waiting, variant: Variant) -> Iterator[Text]:
    """The last decision about it, in small print."""
    if variant.revoked is not None:
        text = _("approval taken back {day}, {by}").format(
            day=_day(variant.revoked.revoked), by=variant.revoked.revoked_by
        )
        yield _small(f"{text}: {variant.revoked.reason}" if variant.revoked.reason else text)
    if variant.before is not None:
        yield _small(_who(_("the text before was approved {day}, {by}"), variant.before))
        if not variant.before.words:
            yield _small(_("that text is not known any more"))
    if variant.stale is not None:
        yield _small(_who(_("approved {day}, {by}"), variant.stale))
        if variant.stale.source_words:
            yield _small(_("for this text, changed since:"))
            yield diff_text(variant.stale.source_words, waiting.source)
        else:
            yield _small(_("for another text, which is not known any more"))


def _small(text: str) -> Text:
    return Text(f"· {text}", "dim")


def _who(text: str, approval: Approval) -> str:
    return text.format(day=_day(approval.at), by=approval.by)


def _day(moment: str) -> str:
    """The day of a moment in the ledger, in the interface's language; unchanged if invalid."""
    return day_words(moment[:10])


def _summed_up(found: Sequence[Waiting]) -> Iterator[str]:
    states = [column.state for one in found for column in one.columns]
    if not found:
        yield _("Nothing waits for approval.")
        return
    drafts, stale = states.count(DRAFT), states.count(STALE)
    parts = [ngettext("{n} text not approved", "{n} texts not approved", drafts).format(n=drafts)]
    if stale:
        parts.append(ngettext("{n} stale translation", "{n} stale translations", stale).format(n=stale))
    yield ", ".join(parts)
    first = found[0]
    lang = next(one.lang for one in first.columns if one.state in (DRAFT, STALE))
    text = _("To approve: prompter approve {phrase} --lang {language} --by NAME")
    yield text.format(phrase=first.phrase, language=lang)


def _plain(waiting: Waiting) -> dict[str, object]:
    """A phrase for programs; times are UTC."""
    return {
        "phrase": waiting.phrase,
        "languages": {
            column.lang: {
                "state": column.state,
                "variants": [_plain_variant(one) for one in column.variants],
            }
            for column in waiting.columns
        },
    }


def _plain_variant(variant: Variant) -> dict[str, str]:
    last = variant.before or variant.stale
    plain = {"text": variant.text, "state": variant.state}
    if last is not None:
        plain |= {"approved": last.words, "by": last.by, "at": last.at}
    if variant.stale is not None:
        plain["source_then"] = variant.stale.source_words
    if variant.revoked is not None:
        plain |= {"revoked": variant.revoked.revoked, "revoked_by": variant.revoked.revoked_by}
    return plain
