"""The independent parts of a base, built from checked sources: norms, outcomes, words, articles …

Each function trusts its input: whatever is missing was optional.
"""

from __future__ import annotations

from typing import Any

from prompter.kb.model import OPERATOR, Article, Forbidden, Norm, Outcome, Practice, Status, Word

Data = dict[str, Any]


def lists(value: dict[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    """Several texts per language."""
    return {language: tuple(texts) for language, texts in value.items()} if value else {}


def ideas(value: dict[str, list[list[str]]] | None) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Ideas per language, each as its synonyms."""
    return {language: tuple(map(tuple, one)) for language, one in value.items()} if value else {}


def norm(name: str, data: Data) -> Norm:
    """A norm of `kb.yaml`."""
    return Norm(
        id=name,
        title=data["title"],
        kind=data["kind"],
        limit=data["limit"],
        warn=data.get("warn", 0),
        step=data.get("step", 0),
        since=data.get("since", ""),
        who=data.get("who", OPERATOR),
        asked=lists(data.get("asked")),
        source=data.get("source", ""),
    )


def outcome(name: str, data: Data) -> Outcome:
    """An outcome of `kb.yaml`."""
    return Outcome(name, data["title"], tuple(data.get("requires", ())), data.get("promised", ""))


def word(name: str, data: Data) -> Word:
    """A word of `kb.yaml`."""
    forms = {language: dict(sorted(one.items())) for language, one in data.items() if isinstance(one, dict)}
    return Word(name, data["from"], forms, data.get("norm", ""), data.get("default", 0))


def practice(data: Data) -> Practice:
    """How drills are marked."""
    weights = {part: int(weight) for part, weight in data.get("weights", {}).items()}
    return Practice(int(data.get("pass", Practice().pass_mark)), weights)


def article(name: str, data: Data) -> Article:
    """A file of `articles/`."""
    return Article(
        id=name,
        title=data["title"],
        text=data["text"],
        asked=lists(data.get("asked")),
        departments=tuple(data.get("departments", ())),
        source=data.get("source", ""),
        until=data.get("until", ""),
    )


def status(name: str, data: Data) -> Status:
    """An entry of `statuses.yaml`."""
    return Status(
        id=name,
        title=data["title"],
        daily=data.get("daily", False),
        remind=data.get("remind", 0),
        after_call=data.get("after_call", False),
        closed={_padded(start): _padded(end) for start, end in data.get("closed", {}).items()},
        forbidden=tuple(data.get("forbidden", ())),
        rule=data.get("rule", {}),
        asked=lists(data.get("asked")),
        source=data.get("source", ""),
    )


def _padded(clock: str) -> str:
    """9:30 as 09:30, so that times of day compare as texts."""
    return clock.strip().zfill(5)


def expression(name: str, data: Data) -> Forbidden:
    """An entry of `forbidden.yaml`."""
    instead = data.get("instead", {})
    borrowed = isinstance(instead, str)
    return Forbidden(
        id=name,
        title=data["title"],
        why=data["why"],
        pattern=lists(data.get("pattern")),
        window=int(data.get("window", 1)),
        ordered=data.get("order") != "any",
        unless=lists(data.get("unless")),
        instead={} if borrowed else instead,
        phrase=instead if borrowed else "",
        departments=tuple(data.get("departments", ())),
        source=data.get("source", ""),
    )
