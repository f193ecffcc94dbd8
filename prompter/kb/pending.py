"""Texts that need a person's decision: unapproved ones and translations whose source changed, each with the
last approved words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from prompter.kb.approvals import (
    DRAFT,
    STALE,
    Approval,
    Ledger,
    origin_hash,
    phrase_state,
    source_text,
    spoken_phrases,
    text_hash,
    text_state,
)
from prompter.kb.model import KnowledgeBase, Phrase, Wording

Recall = Callable[[str], Mapping[str, str]]
"""Older texts of a phrase (`scenario.step`) by hash: for records without words."""

_ALIKE = 60.0
"""Minimum likeness (per cent) for another phrase's approved text to count as this one's predecessor."""


class Variant(Struct, frozen=True):
    """One wording, and what a person last approved.

    `before` is the approval of the words that this wording replaced, `stale` that of the same words for an
    older source text, and `revoked` that of the same words if it was taken back; else None.
    """

    text: str
    state: str
    before: Approval | None = None
    stale: Approval | None = None
    revoked: Approval | None = None


class Column(Struct, frozen=True):
    """A phrase in one language: the state of all its wordings together, and each of them."""

    lang: str
    state: str
    variants: tuple[Variant, ...]


class Waiting(Struct, frozen=True):
    """A phrase pending in at least one language; `source` is its current source text."""

    phrase: str
    source: str
    columns: tuple[Column, ...]

    def waits(self, lang: str = "") -> bool:
        """Whether a text is pending in this language, or in any."""
        return any(one.state in (DRAFT, STALE) for one in self.columns if lang in ("", one.lang))


def pending(base: KnowledgeBase, ledger: Ledger, recall: Recall = lambda phrase: {}) -> list[Waiting]:
    """The pending phrases, in the order of the scenarios."""
    past = _Past(base, ledger, recall)
    found = []
    for phrase in spoken_phrases(base):
        source = source_text([one.text for one in phrase.wordings.get(base.languages[0], ())])
        columns = tuple(past.column(phrase, lang) for lang in base.languages)
        waiting = Waiting(phrase.id, source, columns)
        if waiting.waits():
            found.append(waiting)
    return found


class _Past:
    """Finds the last approved words among the records of texts that no longer occur in the base."""

    def __init__(self, base: KnowledgeBase, ledger: Ledger, recall: Recall) -> None:
        self.base, self.ledger, self.recall = base, ledger, recall
        phrases = spoken_phrases(base)
        present = {one.hash for phrase in phrases for of in phrase.wordings.values() for one in of}
        self._own: dict[tuple[str, str], list[Approval]] = {}
        self._others: dict[str, list[Approval]] = {}
        self._revoked: dict[tuple[str, str], Approval] = {}
        for one in ledger.entries.values():
            if one.revoked:
                self._revoked[(one.text, one.lang)] = one
            elif one.text not in present:
                self._own.setdefault((one.phrase, one.lang), []).append(one)
                if one.words and one.phrase not in base.steps:
                    self._others.setdefault(one.lang, []).append(one)

    def column(self, phrase: Phrase, lang: str) -> Column:
        """A phrase in one language."""
        origin = origin_hash(self.base, phrase, lang)
        wordings = phrase.wordings.get(lang, ())
        variants = tuple(self._variant(phrase, lang, one, origin) for one in wordings)
        return Column(lang, phrase_state(self.base, self.ledger, phrase, lang), variants)

    def _variant(self, phrase: Phrase, lang: str, wording: Wording, origin: str | None) -> Variant:
        state = text_state(self.ledger, wording.hash, lang, origin)
        if state == STALE:
            return Variant(wording.text, state, stale=self._spoken_for(self.ledger.of(wording.hash, lang)[0]))
        if state != DRAFT:
            return Variant(wording.text, state)
        revoked = self._revoked.get((wording.hash, lang))
        return Variant(wording.text, state, self._before(phrase, lang, wording), revoked=revoked)

    def _before(self, phrase: Phrase, lang: str, wording: Wording) -> Approval | None:
        """The last approved text that this one replaced.

        Among the phrase's own records the most recent; if it has none, the most similar text of a step that
        no longer exists, since a step may have been renamed.
        """
        own = [self._with_words(one) for one in self._own.get((phrase.id, lang), ())]
        if own:
            last = max(one.at for one in own)
            latest = [one for one in own if one.at == last]
            return _most_like(wording.text, latest, 0.0) or latest[0]
        return _most_like(wording.text, self._others.get(lang, []), _ALIKE)

    def _with_words(self, approval: Approval) -> Approval:
        if approval.words or not approval.phrase:
            return approval
        return replace(approval, words=self.recall(approval.phrase).get(approval.text, ""))

    def _spoken_for(self, approval: Approval) -> Approval:
        """The approval of a translation with the source text it was approved for, if known."""
        if approval.source_words:
            return approval
        records = (one for one in self.ledger.entries.values() if one.text == approval.source and one.words)
        known = next((one.words for one in records), "")
        if not known and approval.phrase:
            known = self.recall(approval.phrase).get(approval.source, "")
        return replace(approval, source_words=known)


def _most_like(text: str, approvals: list[Approval], least: float) -> Approval | None:
    """The approval whose words are most like `text`, provided they reach `least` per cent."""
    from rapidfuzz import fuzz, process

    words = [one.words for one in approvals]
    found = process.extractOne(text, words, scorer=fuzz.ratio, score_cutoff=least)
    return approvals[found[2]] if found else None


def by_hash(texts: Iterable[str]) -> dict[str, str]:
    """Texts by hash, as `Recall` returns them."""
    return {text_hash(text): text for text in texts}
