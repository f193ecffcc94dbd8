"""All files of a base together, and how a name in one of them resolves in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from prompter.kb.model import RETURN, TALK
from prompter.kb.problems import Place, Problem
from prompter.kb.read import Path, Source, suggest, unknown
from prompter.kb.settled import Settled, Unread

BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


class Sources(Struct):
    """All files of a base; scenarios and articles by name, in the order of the files.

    `settled` are the scenarios whose files were not read this time; `order` includes them. `opaque` are
    scenarios whose files cannot be parsed (already reported): their content is unknown, so a name that leads
    there is not reported. `whole`: every file could be parsed. `main_language` is the one that every text
    must have; "" if it could not be read.
    """

    base: Source
    scenarios: dict[str, Source]
    articles: dict[str, Source]
    statuses: Source
    forbidden: Source
    settled: Settled
    order: list[str]
    opaque: frozenset[str] = frozenset()
    whole: bool = True
    main_language: str = ""

    def __post_init__(self) -> None:
        self.main_language = (self.base.data.get("languages") or [None])[0] or ""

    def named(self, section: str) -> dict[str, Any]:
        """A section of `kb.yaml` (`norms`, `marks` …) by name."""
        return self.base.data.get(section) or {}

    def wrote_name(self, section: str, name: str) -> bool:
        """Whether the name exists in the section, even if its content is wrong."""
        return self.base.wrote(section, name)

    def names(self, section: str) -> list[str]:
        """Every name in a section of `kb.yaml`."""
        return self.base.names(section)

    def step_names(self, scenario: str) -> list[str]:
        """Every step name in a scenario."""
        source = self.scenarios.get(scenario)
        if source is None:
            return self.settled.step_names(scenario) if scenario in self.settled.scenarios else []
        return source.names("steps")

    def has_step(self, scenario: str, step: str) -> bool:
        """Whether the step exists, even if it is wrong inside; true if the scenario is opaque."""
        source = self.scenarios.get(scenario)
        if source is None:
            return scenario in self.opaque or self.settled.has_step(scenario, step)
        return step in (source.data.get("steps") or ()) or source.wrote("steps", step)

    def resolve(self, scenario: str, target: str) -> str | None:
        """The full `scenario.step` of a target in `scenario`; None if there is no such step."""
        owner, dot, step = target.rpartition(".")
        owner = owner if dot else scenario
        return f"{owner}.{step}" if self.has_step(owner, step) else None

    def resolve_go(self, scenario: str, target: str) -> str | None:
        """Like `resolve`, but also accepts the reserved `talk` and `return`."""
        return target if target in (TALK, RETURN) else self.resolve(scenario, target)

    def written(self, scenario: str) -> Source:
        """A scenario's file. Raises Unread if it was not read."""
        if scenario in self.settled.scenarios:
            raise Unread
        return self.scenarios[scenario]

    def own_words(self, step_id: str) -> dict[str, Any] | None:
        """A step's own words; None if it has none, or they could not be read."""
        scenario, _, step = step_id.rpartition(".")
        data = (self.scenarios[scenario].data.get("steps") or {}).get(step) or {}
        return say if isinstance(say := data.get("say"), dict) else None

    def may_lend(self, step_id: str) -> bool:
        """Whether an existing step has words of its own, right or wrong (which is reported there)."""
        scenario, _, step = step_id.rpartition(".")
        if scenario in self.opaque:
            return True
        if scenario in self.settled.scenarios:
            say = self.settled.steps[step_id].say
            return say is not None and say.id == step_id
        source = self.scenarios[scenario]
        data = (source.data.get("steps") or {}).get(step)
        if data is None or ("say" not in data and source.wrote("steps", step, "say")):
            return True
        return self.own_words(step_id) is not None

    def departments_of(self) -> dict[str, set[str]]:
        """The departments of every scenario; an empty set means all of them."""
        read, settled = self.scenarios, self.settled.scenarios
        named = {name: read[name].data.get("departments") for name in self.order if name in read}
        named |= {name: one.departments for name, one in settled.items()}
        return {name: set(filter(None, named[name] or ())) for name in self.order}

    def key_of(self, scenario: str) -> str:
        """The key that opens a scenario, or ""."""
        if scenario in self.settled.scenarios:
            return self.settled.scenarios[scenario].key
        return self.scenarios[scenario].data.get("key") or ""

    def steps(self) -> Iterator[Where]:
        """Every readable step of the files that were read."""
        for scenario in self.scenarios:
            yield from self.steps_of(scenario)

    def steps_of(self, scenario: str) -> Iterator[Where]:
        """Every readable step of a scenario."""
        source = self.scenarios[scenario]
        for name, data in (source.data.get("steps") or {}).items():
            yield Where(source, scenario, name, data)


class Where(Struct, gc=False):
    """One step, and the places of its fields."""

    source: Source
    scenario: str
    name: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """`scenario.step`."""
        return f"{self.scenario}.{self.name}"

    def at(self, *path: str | int) -> Place:
        """The place of a field's value."""
        return self.source.at("steps", self.name, *path)

    def key_at(self, *path: str | int) -> Place:
        """The place of a field's name; without a path, of the step's name."""
        return self.source.key_at("steps", self.name, *path)

    def wrote(self, field: str) -> bool:
        """Whether the field exists, readable or not."""
        return field in self.data or self.source.wrote("steps", self.name, field)

    def answers(self) -> list[tuple[int, dict[str, Any]]]:
        """The readable answers with their indexes, from 0."""
        return [(i, one) for i, one in enumerate(self.data.get("answers") or []) if one]


def other_targets(step: Where) -> Iterator[tuple[str, Path]]:
    """The steps that a step names outside its answers, and in which field."""
    if again := step.data.get("again"):
        yield again, ("again",)
    for index, target in enumerate(step.data.get("late") or []):
        if target:
            yield target, ("late", index)


def targets_of(step: Where) -> Iterator[tuple[str, Path]]:
    """Every target of a step, as written, and its field."""
    for index, answer in step.answers():
        if go := answer.get("go"):
            yield go, ("answers", index, "go")
    yield from other_targets(step)


def braces(text: str) -> tuple[list[str], bool]:
    """The names in `{braces}` in a text, and whether every brace is paired."""
    found = list(BRACES.finditer(text))
    return [one[1].strip() for one in found if one[1] is not None], all(one[1] is not None for one in found)


def known(sources: Sources, section: str, name: str, place: Callable[[], Place]) -> Iterator[Problem]:
    """A problem unless `kb.yaml` has `name` in `section`; the code is `unknown-mark` and so on.

    `place` is called only then: finding it may mean parsing the file again.
    """
    if not sources.wrote_name(section, name):
        args: dict[str, str | int] = {"name": name}
        problem = unknown(place(), f"unknown-{section[:-1]}", args, name, sources.names(section))
        near = problem.args.get("suggestion")
        yield replace(problem, other=sources.base.key_at(section, str(near))) if near else problem


def unknown_step(
    sources: Sources, scenario: str, target: str, place: Place, reserved: tuple[str, ...] = ()
) -> Problem:
    """The problem for a target that leads nowhere; for a scenario's bare name its first step is suggested.

    `reserved` are further valid words. If the step that was meant can be guessed, its place is given too: the
    slip may be there. Raises Unread if that step was not read.
    """
    problem = _unknown_step(sources, scenario, target, place, reserved)
    near = str(problem.args.get("suggestion", ""))
    meant = sources.resolve(scenario, near) if near and near not in reserved else None
    if meant is None:
        return problem
    owner, _, step = meant.rpartition(".")
    return replace(problem, other=sources.written(owner).key_at("steps", step))


def _unknown_step(
    sources: Sources, scenario: str, target: str, place: Place, reserved: tuple[str, ...]
) -> Problem:
    args: dict[str, str | int] = {"name": target}
    if target in sources.order and (steps := sources.step_names(target)):
        return Problem(place, "unknown-step", {**args, "suggestion": f"{target}.{steps[0]}"})
    if "." not in target:
        return unknown(place, "unknown-step", args, target, [*sources.step_names(scenario), *reserved])
    owner, _, step = target.rpartition(".")
    if owner in sources.order:
        steps = sources.step_names(owner)
        return unknown(place, "unknown-step", args, target, [f"{owner}.{one}" for one in steps])
    near = suggest(owner, sources.order)
    if near and sources.has_step(near, step):
        near = f"{near}.{step}"
    return Problem(place, "unknown-scenario", {"name": owner, **({"suggestion": near} if near else {})})
