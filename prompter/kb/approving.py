"""Approving and revoking: records a person's decisions about current texts in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from prompter.kb.approvals import (
    APPROVED,
    Approval,
    Ledger,
    origin_hash,
    origin_of,
    source_hash,
    source_text,
    spoken_phrases,
    text_state,
)
from prompter.kb.build import load_sources
from prompter.kb.ledger import read_ledger, write_ledger
from prompter.kb.model import KnowledgeBase, Phrase, Wording
from prompter.kb.problems import Place, Problem
from prompter.kb.read import unknown
from prompter.kb.source import BASE_FILE, LEDGER_FILE
from prompter.text.safe import clean_line


class Decision(Struct, frozen=True):
    """Who decides, when, and about texts of which language.

    `at` must be time zone aware. `review` is the day (ISO) to look at the texts again, "" for none; `reason`
    is why an approval is revoked.
    """

    lang: str
    by: str
    at: datetime
    review: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an approval needs a time zone")

    @property
    def moment(self) -> str:
        """The time as the ledger writes it."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Done(Struct):
    """The result: records made, texts that were approved `already`, and why others were refused."""

    made: list[Approval] = field(default_factory=list)
    already: list[Approval] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def approve(folder: Path, phrases: Iterable[str], decision: Decision, scenarios: Iterable[str] = ()) -> Done:
    """Approve every variant of these phrases in one language, and all pending texts of these scenarios.

    A step that borrows its words means the step that owns them. A text already approved is left as it is,
    unless a new review day is given or its own has passed. Raises BaseUnusable while the base has errors,
    OSError if the ledger cannot be written.
    """
    base, _ = load_sources(folder)
    if refused := _no_language(base, decision) or _not_an_approver(base, decision):
        return Done(problems=[refused])
    ledger, problems = read_ledger(folder)
    done = Done(problems=problems)
    if problems:
        return done
    named = _named(base, phrases, decision.lang, done, "--all-of ") + _of_scenarios(
        base, scenarios, decision.lang, done
    )
    for phrase in {one.id: one for one in named}.values():
        for wording in phrase.wordings[decision.lang]:
            _approve(base, ledger, phrase, wording, decision, done)
    if done.made:
        _recall_words(base, ledger)
        write_ledger(folder, ledger)
    return done


def revoke(folder: Path, phrases: Iterable[str], decision: Decision) -> Done:
    """Revoke the approval of these phrases' current texts in one language; anybody may.

    The records stay in the ledger with who revoked them, when and why. Raises as `approve` does.
    """
    base, _ = load_sources(folder)
    if refused := _no_language(base, decision):
        return Done(problems=[refused])
    ledger, problems = read_ledger(folder)
    done = Done(problems=problems)
    if problems:
        return done
    for phrase in _named(base, phrases, decision.lang, done):
        in_force = [one for w in phrase.wordings[decision.lang] for one in ledger.of(w.hash, decision.lang)]
        if not in_force:
            args: dict[str, str | int] = {"phrase": phrase.id, "language": decision.lang}
            done.problems.append(Problem(Place(LEDGER_FILE), "nothing-to-revoke", args))
        for one in in_force:
            by, reason = clean_line(decision.by), clean_line(decision.reason)
            revoked = replace(one, revoked=decision.moment, revoked_by=by, reason=reason)
            ledger.add(revoked)
            done.made.append(revoked)
    if done.made:
        _recall_words(base, ledger)
        write_ledger(folder, ledger)
    return done


def _approve(
    base: KnowledgeBase, ledger: Ledger, phrase: Phrase, wording: Wording, decision: Decision, done: Done
) -> None:
    texts = origin_of(base, phrase, decision.lang)
    origin = origin_hash(base, phrase, decision.lang)
    standing = ledger.of(wording.hash, decision.lang)
    if text_state(ledger, wording.hash, decision.lang, origin) == APPROVED and not decision.review:
        today = decision.at.date().isoformat()
        if not (standing[0].review and standing[0].review <= today):
            done.already.append(standing[0])
            return
    approval = Approval(
        text=wording.hash,
        lang=decision.lang,
        by=clean_line(decision.by),
        at=decision.moment,
        source=origin or "",
        phrase=phrase.id,
        review=decision.review,
        words=wording.text,
        source_words=source_text(texts),
    )
    ledger.add(approval)
    done.made.append(approval)


def _named(base: KnowledgeBase, names: Iterable[str], lang: str, done: Done, whole: str = "") -> list[Phrase]:
    """The phrases with these names that have a text in the language; the others become problems.

    `whole` is the option that takes a whole scenario: suggested where a scenario was named.
    """
    found = []
    for name in names:
        step = base.steps.get(name)
        if step is None or step.say is None:
            known = [one.id for one in base.steps.values() if one.say]
            args: dict[str, str | int] = {"phrase": clean_line(name)}
            if whole and name in base.scenarios:
                args["suggestion"] = whole + name
                done.problems.append(Problem(Place(LEDGER_FILE), "unknown-phrase", args))
                continue
            done.problems.append(unknown(Place(LEDGER_FILE), "unknown-phrase", args, name, known))
        elif not step.say.wordings.get(lang):
            args = {"phrase": step.say.id, "language": lang}
            done.problems.append(Problem(Place(LEDGER_FILE), "phrase-not-in-language", args))
        else:
            found.append(step.say)
    return found


def _of_scenarios(base: KnowledgeBase, names: Iterable[str], lang: str, done: Done) -> list[Phrase]:
    """The phrases of these scenarios that have a text in the language."""
    found = []
    for name in names:
        if name not in base.scenarios:
            args: dict[str, str | int] = {"name": clean_line(name)}
            done.problems.append(unknown(Place(LEDGER_FILE), "unknown-scenario", args, name, base.scenarios))
            continue
        own = [one for one in spoken_phrases(base) if one.id.partition(".")[0] == name]
        found += [one for one in own if one.wordings.get(lang)]
    return found


def _no_language(base: KnowledgeBase, decision: Decision) -> Problem | None:
    if decision.lang in base.languages:
        return None
    args: dict[str, str | int] = {"field": clean_line(decision.lang)}
    return unknown(Place(BASE_FILE), "unknown-language", args, decision.lang, base.languages)


def _not_an_approver(base: KnowledgeBase, decision: Decision) -> Problem | None:
    """A problem if `kb.yaml` names the approvers of this language and this is somebody else.

    It guards against a slip only: a person who enters another's name is believed.
    """
    allowed = base.approvers.get(decision.lang, ())
    name = clean_line(decision.by)
    if not allowed or name.casefold() in (one.casefold() for one in allowed):
        return None
    args: dict[str, str | int] = {
        "name": name,
        "language": decision.lang,
        "allowed": ", ".join(allowed),
    }
    return Problem(Place(BASE_FILE), "not-an-approver", args)


def _recall_words(base: KnowledgeBase, ledger: Ledger) -> None:
    """Fill in the words of older records, which hold hashes alone, where the scripts still have them."""
    for phrase in spoken_phrases(base):
        for lang, wordings in phrase.wordings.items():
            texts = origin_of(base, phrase, lang)
            for wording in wordings:
                one = ledger.entries.get((wording.hash, lang, source_hash(texts)))
                if one is not None and not one.words:
                    ledger.add(replace(one, words=wording.text, source_words=source_text(texts)))
