"""What must be consistent before a base may load: names that exist, numbers that agree."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from prompter.kb import departments, entrychecks, stepchecks
from prompter.kb.linking import Sources, known, unknown_step
from prompter.kb.model import LIMIT, PROMISE, RESPOND
from prompter.kb.problems import ERROR, MOST_ERRORS, Problem
from prompter.kb.read import Source, unknown
from prompter.kb.textchecks import main_language

MOST_OUTCOMES = 9
_MINUTE = 60


def check(sources: Sources) -> list[Problem]:
    """The cross-file problems of the sources: every warning, and errors up to `MOST_ERRORS`."""
    found: list[Problem] = []
    errors = 0
    for problem in _all(sources):
        found.append(problem)
        errors += problem.severity == ERROR
        if errors == MOST_ERRORS:
            break
    return found


def _all(sources: Sources) -> Iterator[Problem]:
    yield from _languages(sources)
    yield from _openings(sources)
    yield from _titles(sources)
    yield from _norms(sources)
    yield from _outcomes(sources)
    yield from _words(sources)
    yield from _scenarios(sources)
    yield from stepchecks.check(sources)
    yield from departments.check(sources)
    yield from entrychecks.check(sources)


def _languages(sources: Sources) -> Iterator[Problem]:
    languages = sources.base.data.get("languages") or []
    for index, language in enumerate(languages):
        if language and language in languages[:index]:
            yield Problem(sources.base.at("languages", index), "language-twice", {"language": language})


def _openings(sources: Sources) -> Iterator[Problem]:
    for name in ("open", "outgoing", "talk"):
        scenario = sources.base.data.get(name)
        if scenario and scenario not in sources.order and scenario not in sources.opaque:
            args: dict[str, str | int] = {"name": scenario}
            yield unknown(sources.base.at(name), "unknown-scenario", args, scenario, sources.order)


def _titles(sources: Sources) -> Iterator[Problem]:
    base = sources.base
    for section in ("departments", "marks"):
        for name, title in sources.named(section).items():
            yield from main_language(sources, base, title, section, name)
    for section in ("norms", "outcomes"):
        for name, data in sources.named(section).items():
            yield from main_language(sources, base, data.get("title"), section, name, "title")


def _norms(sources: Sources) -> Iterator[Problem]:
    for name, norm in sources.named("norms").items():
        yield from _norm_numbers(sources.base, name, norm)
        yield from _norm_kind(sources, name, norm)


def _norm_numbers(base: Source, name: str, norm: dict[str, Any]) -> Iterator[Problem]:
    limit, warn, step = norm.get("limit"), norm.get("warn"), norm.get("step")
    if limit and warn and warn > limit:
        yield Problem(base.at("norms", name, "warn"), "warn-over-limit")
    if limit and step and limit % step:
        yield Problem(base.at("norms", name, "step"), "step-not-in-limit")


def _norm_kind(sources: Sources, name: str, norm: dict[str, Any]) -> Iterator[Problem]:
    base, kind = sources.base, norm.get("kind")
    if kind is None:
        return
    if kind == RESPOND and not base.wrote("norms", name, "since"):
        yield Problem(base.key_at("norms", name), "respond-needs-since", {"norm": name})
    if kind == PROMISE and not base.wrote("norms", name, "who"):
        yield Problem(base.key_at("norms", name), "promise-needs-who", {"norm": name})
    for field, owner in (("since", RESPOND), ("who", PROMISE)):
        if kind != owner and base.wrote("norms", name, field):
            args: dict[str, str | int] = {"field": field, "kind": owner}
            yield Problem(base.key_at("norms", name, field), "norm-field-of-other-kind", args)
    if norm.get("since"):
        yield from known(sources, "marks", norm["since"], partial(base.at, "norms", name, "since"))


def _outcomes(sources: Sources) -> Iterator[Problem]:
    base = sources.base
    if len(written := sources.names("outcomes")) > MOST_OUTCOMES:
        place = base.key_at("outcomes", written[MOST_OUTCOMES])
        yield Problem(place, "too-many-outcomes", {"most": MOST_OUTCOMES})
    for name, outcome in sources.named("outcomes").items():
        for index, mark in enumerate(outcome.get("requires") or []):
            if mark:
                yield from known(
                    sources, "marks", mark, partial(base.at, "outcomes", name, "requires", index)
                )
        if outcome.get("promised"):
            promised = partial(base.at, "outcomes", name, "promised")
            yield from known(sources, "outcomes", outcome["promised"], promised)


# Which fields of a word go with which `from`.
_FORMS = "forms"
_WORD_FIELDS = {
    "settings": set[str](),
    "gender": {_FORMS},
    "clock": {_FORMS},
    "operator": {"norm", "default"},
}


def _words(sources: Sources) -> Iterator[Problem]:
    base = sources.base
    for name, word in sources.named("words").items():
        origin = word.get("from")
        if origin is None:
            continue
        for field in _written(base, name):
            kind = field if field in ("norm", "default") else _FORMS
            if kind not in _WORD_FIELDS[origin]:
                args: dict[str, str | int] = {"field": field, "from": origin}
                yield Problem(base.key_at("words", name, field), "word-field-of-other-kind", args)
        if origin == "operator":
            yield from _named_duration(sources, name, word)
        elif origin != "settings":
            yield from _word_forms(base, name, word, origin)


def _written(base: Source, name: str) -> list[str]:
    return [field for field in base.names("words", name) if field != "from"]


def _word_forms(base: Source, name: str, word: dict[str, Any], origin: str) -> Iterator[Problem]:
    if not _written(base, name):
        yield Problem(base.key_at("words", name), "word-needs-forms", {"word": name})
    for language, forms in word.items():
        if not isinstance(forms, dict) or not forms:
            continue
        by_gender = {"m", "f"} >= set(forms)
        if by_gender != (origin == "gender"):
            yield Problem(base.key_at("words", name, language), f"word-{origin}-forms", {"word": name})
        elif by_gender and len(forms) < 2 and not _both_written(base, name, language):
            yield Problem(base.key_at("words", name, language), "word-gender-forms", {"word": name})


def _both_written(base: Source, name: str, language: str) -> bool:
    return all(base.wrote("words", name, language, form) for form in ("m", "f"))


def _named_duration(sources: Sources, name: str, word: dict[str, Any]) -> Iterator[Problem]:
    """The operator names whole minutes, so everything about such a word must be whole minutes."""
    base = sources.base
    for field in ("norm", "default"):
        if not base.wrote("words", name, field):
            yield Problem(base.key_at("words", name), "operator-word-needs", {"word": name, "field": field})
    default = word.get("default") or 0
    if default % _MINUTE:
        yield Problem(base.at("words", name, "default"), "whole-minutes", {"word": name})
    if not word.get("norm"):
        return
    yield from known(sources, "norms", word["norm"], partial(base.at, "words", name, "norm"))
    place = base.at("words", name, "norm")
    norm = sources.named("norms").get(word["norm"]) or {}
    if norm.get("kind") not in (LIMIT, PROMISE, None):
        yield Problem(place, "operator-word-norm-kind", {"norm": word["norm"]})
    elif (norm.get("limit") or 0) % _MINUTE or (norm.get("step") or 0) % _MINUTE:
        yield Problem(place, "whole-minutes", {"word": name})
    elif default > (norm.get("limit") or default):
        yield Problem(base.at("words", name, "default"), "default-over-limit", {"norm": word["norm"]})


def _scenarios(sources: Sources) -> Iterator[Problem]:
    for name, source in sources.scenarios.items():
        yield from main_language(sources, source, source.data.get("title"), "title")
        for outcome, target in (source.data.get("after") or {}).items():
            yield from known(sources, "outcomes", outcome, partial(source.key_at, "after", outcome))
            if sources.resolve(name, target) is None:
                yield unknown_step(sources, name, target, source.at("after", outcome))
