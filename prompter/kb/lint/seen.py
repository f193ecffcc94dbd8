"""The input of a lint: the files of a base as read, and ways to point at a place in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from prompter.kb.approvals import Ledger, text_hash
from prompter.kb.codes import CODES
from prompter.kb.filetext import FileTexts
from prompter.kb.linking import Sources, Where
from prompter.kb.lint.texts import Text, gathered
from prompter.kb.problems import WARNING, Place, Problem


class SpokenText(Struct, frozen=True, gc=False):
    """One wording of a phrase, where it is written: variant `index` of `language` in the step's `say`."""

    step: Where
    language: str
    index: int
    text: str

    @property
    def place(self) -> Place:
        """Where the text begins."""
        return self.step.at("say", self.language, self.index)


class Seen(Struct):
    """A base as its files have it.

    Anything unreadable is missing from `sources` and reported in `problems`, those of loading: a lint must
    tolerate names that lead nowhere, None in a list, missing fields. `today` decides what is past. `written`
    are all texts of the files, `wordings` the distinct ones; `approved` are the phrases with some approved
    words, and the language.
    """

    folder: Path
    sources: Sources
    ledger: Ledger
    problems: list[Problem]
    today: date
    texts: FileTexts
    hash_of: Callable[[str], str] = text_hash
    codes: frozenset[str] = frozenset()
    written: list[Text] = []
    wordings: frozenset[str] = frozenset()
    approved: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        self.codes = frozenset(one.code for one in self.problems)
        self.written = gathered(self.sources)
        self.wordings = frozenset(one.text for one in self.written)
        self.approved = frozenset(
            (one.phrase, one.lang) for one in self.ledger.entries.values() if not one.revoked
        )

    def spoken(self) -> Iterator[SpokenText]:
        """Every wording of every phrase; borrowed words only where they are written."""
        for step in self.sources.steps():
            say = step.data.get("say")
            for language, texts in say.items() if isinstance(say, dict) else ():
                for index, text in enumerate(texts):
                    if text:
                        yield SpokenText(step, language, index, text)

    def within(self, start: Place, words: str) -> Place:
        """Where `words` occur in the text that begins at `start`; `start` if they do not.

        Any white space matches any other: a long text is folded in its file.
        """
        return self.texts.find(start, words)


def note(place: Place, code: str, other: Place | None = None, **args: str | int) -> Problem:
    """A problem found by a lint. It never keeps a base from loading."""
    assert not CODES[code].blocks, code
    return Problem(place, code, args, WARNING, other)
