"""Approved texts: which exact words a person approved, when, and for which source text.

An approval belongs to a text in a language, not to a step: a renamed step keeps it, an edit of the
text loses it at once. For a translation it also holds which source text was translated. What has become
of a text by that is its *state*; `text_state` alone decides it, for the checks, for what waits and for the
coverage. The file is `kb.ledger`'s.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from msgspec import Struct, field

from prompter.kb.model import KnowledgeBase, Phrase

APPROVED, STALE, DRAFT, MISSING = "approved", "stale", "draft", "missing"
STATES = (APPROVED, STALE, DRAFT, MISSING)
"""What may be the state of a text, the best first.

`stale` is a translation that was approved while the source text said something else: operators go on seeing
it, since a person did approve these words; a trainer is warned.
"""


class Approval(Struct, frozen=True, gc=False):
    """One approved text: `text` and `source` are hashes, `at` is UTC ISO time to the second.

    `source` is empty for a text in the source language; `phrase` is where it stood then, for reading only.
    `words` is the text itself and `source_words` what it translates, so that a later edit can be shown
    against them; older records lack both. `review` is the day (ISO) by which a person should look again.
    A `revoked` (when, UTC) record approves nothing any more and stays as what was once approved.
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
        """When a person last decided about it, as UTC ISO time."""
        return max(self.at, self.revoked)


class Ledger(Struct):
    """Every record, one for each text, language and source text."""

    entries: dict[tuple[str, str, str], Approval] = field(default_factory=dict)
    _sources: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def add(self, approval: Approval) -> None:
        """Put in a record; it takes the place of an earlier one of the same text."""
        self.entries[(approval.text, approval.lang, approval.source)] = approval
        text = (approval.text, approval.lang)
        others = tuple(one for one in self._sources.get(text, ()) if one != approval.source)
        self._sources[text] = others if approval.revoked else (*others, approval.source)

    def merge(self, approval: Approval) -> None:
        """Put in a record from a file, where the same text may stand twice: what was done last counts."""
        there = self.entries.get((approval.text, approval.lang, approval.source))
        if there is None or approval.last_act >= there.last_act:
            self.add(approval)

    def holds(self, text: str, lang: str) -> bool:
        """Whether the text with this hash is approved in this language."""
        return bool(self._sources.get((text, lang)))

    def outdated(self, text: str, lang: str, source: str) -> bool:
        """Whether that text is approved, but only as a translation of other source texts."""
        sources = self._sources.get((text, lang), ())
        return bool(sources) and source not in sources and "" not in sources

    def of(self, text: str, lang: str) -> list[Approval]:
        """The approvals in force of a text, the latest first."""
        found = [self.entries[text, lang, source] for source in self._sources.get((text, lang), ())]
        return sorted(found, key=lambda one: one.at, reverse=True)


def text_hash(text: str) -> str:
    """The name of a text: the first 16 hex digits of SHA-256 over it, composed (NFC) and trimmed."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()[:16]


def source_hash(texts: list[str]) -> str:
    """The hash of the source text a translation was made from, all its variants together; empty if none."""
    return text_hash(source_text(texts)) if texts else ""


def source_text(texts: list[str]) -> str:
    """A source text whose variants stand one a line, as `source_hash` sees it."""
    return "\n".join(texts)


def text_state(ledger: Ledger, text: str, lang: str, source: str | None) -> str:
    """The state of a text that is there, by its hash.

    `source` names the text it translates, "" where that is missing; None for a text in the source language.
    """
    if not ledger.holds(text, lang):
        return DRAFT
    return STALE if source is not None and ledger.outdated(text, lang, source) else APPROVED


class Standing(Struct, frozen=True):
    """What has become of a phrase in one language; of several variants the worst counts."""

    phrase: str
    scenario: str
    lang: str
    state: str


def origin_of(base: KnowledgeBase, phrase: Phrase, lang: str) -> list[str]:
    """The source texts that a translation into this language is made from; none for the source itself."""
    main = base.languages[0]
    return [] if lang == main else [one.text for one in phrase.wordings.get(main, ())]


def origin_hash(base: KnowledgeBase, phrase: Phrase, lang: str) -> str | None:
    """What a translation into this language is made from, as `text_state` asks for it."""
    return None if lang == base.languages[0] else source_hash(origin_of(base, phrase, lang))


def phrase_state(base: KnowledgeBase, ledger: Ledger, phrase: Phrase, lang: str) -> str:
    """The state of all variants of a phrase in a language together."""
    wordings = phrase.wordings.get(lang, ())
    origin = origin_hash(base, phrase, lang)
    states = {text_state(ledger, one.hash, lang, origin) for one in wordings}
    return max(states, key=STATES.index, default=MISSING)


def spoken_phrases(base: KnowledgeBase) -> list[Phrase]:
    """Every phrase once, where it has its own words, in the order of the scenarios."""
    steps = (base.steps[id_] for scenario in base.scenarios.values() for id_ in scenario.steps)
    return [step.say for step in steps if step.say and step.say.id == step.id]


def survey(base: KnowledgeBase, ledger: Ledger, phrases: Iterable[Phrase] | None = None) -> list[Standing]:
    """The state of every phrase in every language of the base."""
    return [
        Standing(phrase.id, phrase.id.partition(".")[0], lang, phrase_state(base, ledger, phrase, lang))
        for phrase in (spoken_phrases(base) if phrases is None else phrases)
        for lang in base.languages
    ]
