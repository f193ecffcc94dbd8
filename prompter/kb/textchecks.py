"""Checks of any text: its language, its {words}, whose words it borrows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from prompter.kb.linking import Sources, braces, known, unknown_step
from prompter.kb.problems import Place, Problem
from prompter.kb.read import Source, unknown


def main_language(sources: Sources, source: Source, value: Any, *path: str | int) -> tuple[Problem, ...]:
    """A text with translations must have the main language, which replaces missing ones.

    `value` is what was read at `path`; if it holds nothing readable, that was reported already.
    """
    main = sources.main_language
    if not main or not value or main in value or not isinstance(value, dict) or source.wrote(*path, main):
        return ()
    args: dict[str, str | int] = {"field": str(path[-1]), "language": main}
    return (Problem(source.key_at(*path), "no-main-language", args),)


def filled_words(sources: Sources, language: str, text: str, place: Place) -> Iterator[Problem]:
    """Check that braces are paired and contain a word of this language."""
    names, balanced = braces(text)
    if not balanced:
        yield Problem(place, "brace-alone")
    for name in names:
        if not sources.wrote_name("words", name):
            yield unknown(place, "unknown-word", {"name": name}, name, sources.names("words"))
            continue
        origin = (sources.named("words").get(name) or {}).get("from")
        if origin in ("gender", "clock") and not sources.base.wrote("words", name, language):
            args: dict[str, str | int] = {"name": name, "language": language}
            yield Problem(place, "word-not-in-language", args)


def borrowed_words(sources: Sources, scenario: str, target: str, place: Place) -> Iterator[Problem]:
    """Check that a step whose words are borrowed exists and has words of its own."""
    owner = sources.resolve(scenario, target)
    if owner is None:
        yield unknown_step(sources, scenario, target, place)
        return
    if not sources.may_lend(owner):
        code = "phrase-cycle" if _goes_round(sources, owner) else "borrowed-has-no-words"
        yield Problem(place, code, {"name": target})


def _goes_round(sources: Sources, step_id: str) -> bool:
    """Whether a step borrows from itself, by however many others."""
    first, met = step_id, set[str]()
    while step_id not in met:
        met.add(step_id)
        scenario, _, name = step_id.rpartition(".")
        if scenario in sources.opaque:
            return False
        say = (sources.written(scenario).data.get("steps") or {}).get(name, {}).get("say")
        owner = sources.resolve(scenario, say) if isinstance(say, str) else None
        if owner is None:
            return False
        step_id = owner
    return step_id == first


def named_departments(sources: Sources, source: Source, names: Any, *path: str | int) -> Iterator[Problem]:
    """Check that departments exist in `kb.yaml`. `names` is what was read at `path`."""
    for index, name in enumerate(names or []):
        if name:
            yield from known(sources, "departments", name, partial(source.at, *path, index))
