"""Approved texts: which exact words a person approved, when, and for which source text.

An approval belongs to a text in a language, not to a step: a renamed step keeps it, an edit of the text loses
it at once. For a translation it also records which source text was translated. What this makes of a text is
its *state*; `text_state` alone decides it, for the checks, the pending list and the coverage. The file itself
is handled by `kb.ledger`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from msgspec import Struct, field

from prompter.kb.model import KnowledgeBase, Phrase

APPROVED, STALE, DRAFT, MISSING = "approved", "stale", "draft", "missing"
STATES = (APPROVED, STALE, DRAFT, MISSING)
"""The possible states of a text, best first.

`stale` is a translation that was approved while the source text said something else: operators still see it,
since a person did approve these words; a trainer is warned.
"""


class Approval(Struct, frozen=True, gc=False):
    """One approved text: `text` and `source` are hashes, `at` is UTC ISO time to the second.

    `source` is empty for a text in the source language; `phrase` is where the text was at the time, for
    readers only. `words` is the text itself and `source_words` what it translates, so that a later edit can
    be shown against them; older records lack both. `review` is the day (ISO) by which a person should look
    again. A `revoked` record (UTC time) no longer approves anything and is kept as history.
    """

    text: str
    lang: str
    by: str
    at: str
    source: str = ""
    phrase: str = ""
    review: str = ""
    words: str = ""
    source_words: str = ""
    revoked: str = ""
    revoked_by: str = ""
    reason: str = ""

    @property
    def last_act(self) -> str:
        """When a person last decided about the text, as UTC ISO time."""
        return max(self.at, self.revoked)


class Ledger(Struct):
    """All records, one per text, language and source text."""

    entries: dict[tuple[str, str, str], Approval] = field(default_factory=dict)
    _sources: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def add(self, approval: Approval) -> None:
        """Add a record, replacing an earlier one of the same text."""
        self.entries[(approval.text, approval.lang, approval.source)] = approval
        text = (approval.text, approval.lang)
        others = tuple(one for one in self._sources.get(text, ()) if one != approval.source)
        self._sources[text] = others if approval.revoked else (*others, approval.source)

    def merge(self, approval: Approval) -> None:
        """Add a record from a file, where a text may occur twice: the latest decision counts."""
        there = self.entries.get((approval.text, approval.lang, approval.source))
        if there is None or approval.last_act >= there.last_act:
            self.add(approval)

    def holds(self, text: str, lang: str) -> bool:
        """Whether the text with this hash is approved in this language."""
        return bool(self._sources.get((text, lang)))

    def outdated(self, text: str, lang: str, source: str) -> bool:
        """Whether the text is approved, but only as a translation of other source texts."""
        sources = self._sources.get((text, lang), ())
        return bool(sources) and source not in sources and "" not in sources

    def of(self, text: str, lang: str) -> list[Approval]:
        """The approvals of a text in force, latest first."""
        found = [self.entries[text, lang, source] for source in self._sources.get((text, lang), ())]
        return sorted(found, key=lambda one: one.at, reverse=True)


def text_hash(text: str) -> str:
    """The identifier of a text: the first 16 hex digits of the SHA-256 of its NFC form, trimmed."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()[:16]


def source_hash(texts: list[str]) -> str:
    """The hash of the source text of a translation, all its variants together; empty if there is none."""
    return text_hash(source_text(texts)) if texts else ""


def source_text(texts: list[str]) -> str:
    """A source text with one variant a line, as `source_hash` hashes it."""
    return "\n".join(texts)


def text_state(ledger: Ledger, text: str, lang: str, source: str | None) -> str:
    """The state of an existing text, given its hash.

    `source` is the hash of the text it translates, "" if that is missing; None if it is no translation.
    """
    if not ledger.holds(text, lang):
        return DRAFT
    return STALE if source is not None and ledger.outdated(text, lang, source) else APPROVED


class PhraseState(Struct, frozen=True):
    """The state of a phrase in one language: that of its worst variant."""

    phrase: str
    scenario: str
    lang: str
    state: str


def origin_of(base: KnowledgeBase, phrase: Phrase, lang: str) -> list[str]:
    """The source texts that a translation into this language is made from; none for the source language."""
    main = base.languages[0]
    return [] if lang == main else [one.text for one in phrase.wordings.get(main, ())]


def origin_hash(base: KnowledgeBase, phrase: Phrase, lang: str) -> str | None:
    """The hash of what a translation into this language is made from, as `text_state` takes it."""
    return None if lang == base.languages[0] else source_hash(origin_of(base, phrase, lang))


def phrase_state(base: KnowledgeBase, ledger: Ledger, phrase: Phrase, lang: str) -> str:
    """The state of a phrase in a language, all variants together."""
    wordings = phrase.wordings.get(lang, ())
    origin = origin_hash(base, phrase, lang)
    states = {text_state(ledger, one.hash, lang, origin) for one in wordings}
    return max(states, key=STATES.index, default=MISSING)


def spoken_phrases(base: KnowledgeBase) -> list[Phrase]:
    """Every phrase once, at the step that owns its words, in the order of the scenarios."""
    steps = (base.steps[id_] for scenario in base.scenarios.values() for id_ in scenario.steps)
    return [step.say for step in steps if step.say and step.say.id == step.id]


def survey(base: KnowledgeBase, ledger: Ledger, phrases: Iterable[Phrase] | None = None) -> list[PhraseState]:
    """The state of every phrase (or of those given) in every language of the base."""
    return [
        PhraseState(phrase.id, phrase.id.partition(".")[0], lang, phrase_state(base, ledger, phrase, lang))
        for phrase in (spoken_phrases(base) if phrases is None else phrases)
        for lang in base.languages
    ]
