"""A folder of YAML -> one immutable `KnowledgeBase`, or every problem that prevents it."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from prompter.kb import approvalchecks, checks, entries
from prompter.kb.approvalchecks import HashOf
from prompter.kb.approvals import Ledger, text_hash
from prompter.kb.filetext import FileTexts
from prompter.kb.gather import read_sources
from prompter.kb.ledger import read_ledger
from prompter.kb.linking import Sources
from prompter.kb.model import RETURN, TALK, Answer, KnowledgeBase, Phrase, Scenario, Step, Wording
from prompter.kb.pinpoint import pinpointed
from prompter.kb.problems import ERROR, BaseUnusable, Problem
from prompter.kb.revision import name_of, uncollected
from prompter.kb.settled import Last, Unread


def load_sources(folder: Path, last: Last | None = None) -> tuple[KnowledgeBase, list[Problem]]:
    """The base in `folder` and its warnings. Raises BaseUnusable, with all problems in order, on errors.

    Given the last good revision of the same folder, only what changed since is read; the result is the same.
    """
    with uncollected():
        if last is not None:
            with contextlib.suppress(Unread):
                return _load(folder, last)
        return _load(folder)


def _load(folder: Path, last: Last | None = None) -> tuple[KnowledgeBase, list[Problem]]:
    looked = look(folder, last)
    return build(looked), looked.problems


class Looked(Struct, frozen=True):
    """The contents of a base's files, and every problem of loading it, in order.

    `sources` is None if some file cannot be parsed at all.
    """

    sources: Sources | None
    ledger: Ledger
    problems: list[Problem]
    hash_of: HashOf


def look(folder: Path, last: Last | None = None, texts: FileTexts | None = None) -> Looked:
    """Read the files and run the checks that must pass before the base may load.

    `texts`: their lines, if the caller needs them too.
    """
    hash_of = cache(text_hash)  # once for the checks, once for the base
    ledger, problems = read_ledger(folder)
    sources, found = read_sources(folder, last)
    problems += found
    if sources is not None:
        problems += pinpointed(texts or FileTexts(folder), checks.check(sources))
        problems += approvalchecks.check(sources, ledger, hash_of)
    problems.sort(key=lambda one: (one.place, one.code))
    return Looked(sources, ledger, problems, hash_of)


def build(looked: Looked, named: bool = True) -> KnowledgeBase:
    """Build the base from what was read. Raises BaseUnusable, with all problems, if it has errors.

    `named`: also compute the revision's name, which takes as long as serialising it.
    """
    if looked.sources is None or any(one.severity == ERROR for one in looked.problems):
        raise BaseUnusable(looked.problems)
    base = _Builder(looked.sources, looked.ledger, looked.hash_of).base()
    return replace(base, revision=name_of(base)) if named else base


class _Builder:
    """Turns checked sources into the model. Trusts them: whatever is missing was optional."""

    def __init__(self, sources: Sources, ledger: Ledger, hash_of: HashOf) -> None:
        self.sources = sources
        self.settled = sources.settled
        self.ledger, self.hash_of = ledger, hash_of
        self.phrases: dict[str, Phrase] = {}

    def base(self) -> KnowledgeBase:
        data = self.sources.base.data
        scenarios = {name: self._scenario(name) for name in self._order()}
        return KnowledgeBase(
            revision="",
            company=data["company"],
            languages=tuple(data["languages"]),
            open=data["open"],
            outgoing=data["outgoing"],
            talk=data["talk"],
            show_drafts=data.get("drafts") == "marked",
            approvers=entries.lists(data.get("approvers")),
            departments=data.get("departments", {}),
            marks=data.get("marks", {}),
            norms={name: entries.norm(name, one) for name, one in data.get("norms", {}).items()},
            outcomes={name: entries.outcome(name, one) for name, one in data["outcomes"].items()},
            words={name: entries.word(name, one) for name, one in data.get("words", {}).items()},
            practice=entries.practice(data.get("practice", {})),
            scenarios=scenarios,
            steps={step.id: step for name in scenarios for step in self._steps(name)},
            articles={name: entries.article(name, one.data) for name, one in self.sources.articles.items()},
            statuses={name: entries.status(name, one) for name, one in self.sources.statuses.data.items()},
            forbidden={
                name: entries.expression(name, one) for name, one in self.sources.forbidden.data.items()
            },
        )

    def _order(self) -> list[str]:
        """The opening scenario, talk, then those with a key in key order, then the rest by file name."""
        data = self.sources.base.data
        first = {data["open"]: 0, data["talk"]: 1}

        def rank(name: str) -> tuple[int, str, str]:
            key = self.sources.key_of(name)
            return first.get(name, 2 if key else 3), key, name

        return sorted(self.sources.order, key=rank)

    def _scenario(self, name: str) -> Scenario:
        if name in self.settled.scenarios:
            return self.settled.scenarios[name]
        data = self.sources.scenarios[name].data
        return Scenario(
            id=name,
            title=data["title"],
            steps=tuple(f"{name}.{step}" for step in data["steps"]),
            key=data.get("key", ""),
            interrupt=data.get("interrupt", False),
            source=data.get("source", ""),
            mood=data.get("mood", ""),
            caller=entries.lists(data.get("caller")),
            after={outcome: self._resolve(name, step) for outcome, step in data.get("after", {}).items()},
            departments=tuple(data.get("departments", ())),
        )

    def _steps(self, scenario: str) -> list[Step]:
        if scenario in self.settled.scenarios:
            return [self.settled.steps[id_] for id_ in self.settled.scenarios[scenario].steps]
        steps = self.sources.scenarios[scenario].data["steps"]
        return [self._step(scenario, name, data) for name, data in steps.items()]

    def _step(self, scenario: str, name: str, data: dict[str, Any]) -> Step:
        return Step(
            id=f"{scenario}.{name}",
            scenario=scenario,
            title=data["title"],
            say=self._phrase(scenario, name, data.get("say")),
            do=data.get("do", {}),
            never=entries.lists(data.get("never")),
            notice=data.get("notice", {}),
            until=data.get("until", ""),
            answers=tuple(self._answer(scenario, one) for one in data.get("answers", ())),
            listen=data.get("listen", False),
            clock=data.get("clock", ""),
            late=tuple(self._resolve(scenario, one) for one in data.get("late", ())),
            marks=data.get("marks", ""),
            once=data.get("once", False),
            again=self._resolve(scenario, data["again"]) if "again" in data else "",
            promise=data.get("promise", ""),
            end=data.get("end", ""),
            source=data.get("source", ""),
            must=entries.ideas(data.get("must")),
        )

    def _answer(self, scenario: str, data: dict[str, Any]) -> Answer:
        return Answer(
            when=data["when"],
            go=self._resolve(scenario, data["go"]),
            enter=data.get("enter", False),
            replies=entries.lists(data.get("replies")),
        )

    def _resolve(self, scenario: str, target: str) -> str:
        """The full `scenario.step` of a target already checked to exist."""
        return target if target in (TALK, RETURN) or "." in target else f"{scenario}.{target}"

    def _phrase(self, scenario: str, name: str, say: str | dict[str, list[str]] | None) -> Phrase | None:
        if say is None:
            return None
        owner = self._resolve(scenario, say) if isinstance(say, str) else f"{scenario}.{name}"
        if owner.partition(".")[0] in self.settled.scenarios:
            return self.settled.steps[owner].say
        if owner not in self.phrases:
            own = self.sources.own_words(owner) or {}
            wordings = {
                language: tuple(self._wording(text, language) for text in texts)
                for language, texts in own.items()
            }
            self.phrases[owner] = Phrase(owner, wordings)
        return self.phrases[owner]

    def _wording(self, text: str, language: str) -> Wording:
        name = self.hash_of(text)
        return Wording(text, name, self.ledger.holds(name, language))
