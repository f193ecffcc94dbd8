"""`prompter search`: what the search finds, as text or JSON, and what it learned from choices."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from prompter.commands.base import tell, viewer_of
from prompter.commands.here import Here
from prompter.commands.options import count, where
from prompter.commands.pages import SECTIONS, pages
from prompter.kb.model import KnowledgeBase
from prompter.locale import _, ngettext
from prompter.locale.errors import why
from prompter.search.finder import Finder
from prompter.search.index import Thing
from prompter.search.learned import FILE, Learned
from prompter.search.rank import Context
from prompter.settings import Settings
from prompter.text.safe import clean_line
from prompter.wording.results import SHORT_KINDS, kind_word, of_page, result


class FoundText(Struct, frozen=True):
    """A hit as it is printed. `id` is what `prompter show` takes, `score` about 1 if all of the query fits.

    `kind` is scenario, phrase, step, article, status, norm or expression. `text` is what matched if it is not
    the title, or the answer to a question about a norm or a status; "" for none, and for a draft if the base
    hides drafts. `draft`: the text was not approved by any person.
    """

    kind: str
    id: str
    title: str
    text: str
    scenario: str
    key: str
    score: float
    draft: bool


def options(parser: argparse.ArgumentParser) -> None:
    """The query and its scope, or what was learned."""
    parser.description = _("Finds what the operator's search finds, best first. Exit code 1 if nothing fits.")
    suppressed = argparse.SUPPRESS
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("what a caller says, in any layout"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))
    parser.add_argument("--limit", type=count, default=10, metavar="N", help=_("at most N, 10 by default"))
    texts = _("only texts of this language")
    parser.add_argument("--lang", dest="language", metavar="ru|ky", default=suppressed, help=texts)
    parser.add_argument("--department", metavar="ID", default=suppressed, help=_("department"))
    instead = parser.add_mutually_exclusive_group()
    learned = _("what was chosen on this computer for which words")
    instead.add_argument("--learned", action="store_true", help=learned)
    instead.add_argument("--forget", action="store_true", help=_("forget what was chosen"))
    where(parser)


def run(given: argparse.Namespace, here: Here) -> int:
    """Print the hits, returning 1 if there are none; or what was learned, which needs no scripts."""
    if given.query and not (given.learned or given.forget):
        scripts = here.scripts()
        language = getattr(given, "language", "")
        query = " ".join(given.query)
        return search(scripts.base, here.settings, query, given.json, given.limit, language)
    if given.query or given.learned == given.forget:
        tell(_("search: give a query, or --learned or --forget alone"))
        return 2
    return forget(here.home) if given.forget else show_learned(here.home)


def search(
    base: KnowledgeBase, settings: Settings, query: str, as_json: bool, limit: int, language: str
) -> int:
    """Print what fits the query, best first, ignoring learned choices; returns 1 if nothing does.

    `language` restricts the texts to one language, "" takes all.
    """
    found = _found(base, settings, query, limit, language)
    if as_json:
        lines = [{name: getattr(one, name) for name in FoundText.__struct_fields__} for one in found]
        print(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        _print(found)
        if not found:
            tell(_("nothing fits «{query}»").format(query=query))
    return 0 if found else 1


def _found(
    base: KnowledgeBase, settings: Settings, query: str, limit: int, language: str
) -> Sequence[FoundText]:
    viewer = viewer_of(settings)
    shown = {of_page(page): page for page in pages(base, settings)}
    hits = Finder(base, language).find(query, Context(department=viewer.department), limit=limit)
    lines = []
    for hit in hits:
        if one := result(hit, base, viewer, shown):
            page = shown.get(one.page)
            id_ = f"{SECTIONS[page.kind]}/{page.id}" if page else one.id
            kind = SHORT_KINDS[one.kind]
            line = FoundText(kind, id_, one.title, one.text, one.scenario, one.key, hit.score, one.draft)
            lines.append(line)
    return lines


def _print(found: Sequence[FoundText]) -> None:
    """At most two rows per hit: key, kind, id, title, then the matching text."""
    kinds = [kind_word(one.kind) for one in found]
    wide, ids = max(map(len, kinds), default=0), max((len(one.id) for one in found), default=0)
    for kind, one in zip(kinds, found, strict=True):
        print(f"{one.key or '–':<3} {kind:<{wide}}  {one.id:<{ids}}  {one.title}")
        if one.text:
            mark = f"  [{_('draft, not approved')}]" if one.draft else ""
            print(f"{'':<4}{'':<{wide}}  {' '.join(one.text.split())}{mark}")


# what was learned


def show_learned(home: Path) -> int:
    """Print what was chosen for which words, latest first. Always returns 0."""
    chosen = Learned.read(home / FILE).chosen
    for query, things in reversed(chosen.items()):
        print(clean_line(f"{query} → {', '.join(map(_thing, things))}"))
    if not chosen:
        tell(_("the search has learned nothing yet"))
    return 0


def _thing(thing: Thing) -> str:
    kind, id_ = thing
    return f"{kind_word(kind) if kind in SHORT_KINDS else kind} {id_}"


def forget(home: Path) -> int:
    """Forget learned choices. Returns 0, or 2 if the file stays."""
    try:
        count = Learned.read(home / FILE).forget()
    except OSError as error:
        tell(_("Not forgotten: {reason}").format(reason=why(error)))
        return 2
    print(ngettext("forgotten: {n} query", "forgotten: {n} queries", count).format(n=count))
    return 0
