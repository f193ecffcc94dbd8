"""What departments may and may not share: keys, openings, links from one scenario into another."""

from __future__ import annotations

from collections.abc import Iterator

from prompter.kb.linking import Sources, targets_of
from prompter.kb.problems import WARNING, Problem
from prompter.kb.read import Path
from prompter.kb.textchecks import named_departments


def check(sources: Sources) -> Iterator[Problem]:
    """Problems with what belongs to which department."""
    for source in sources.scenarios.values():
        yield from named_departments(sources, source, source.data.get("departments"), "departments")
    yield from _openings(sources)
    yield from _keys(sources)
    yield from _leading_outside(sources)


def _openings(sources: Sources) -> Iterator[Problem]:
    """These must belong to every department: any call opens with them and rests in talk."""
    limited = {name for name, departments in sources.departments_of().items() if departments}
    for name in dict.fromkeys(sources.base.data.get(one) for one in ("open", "outgoing", "talk")):
        if name in limited:
            yield Problem(sources.written(name).key_at("departments"), "opening-limited", {"name": name})


def _keys(sources: Sources) -> Iterator[Problem]:
    """Two scenarios that one operator sees may not share a key; without departments everybody sees them."""
    taken: dict[str, list[tuple[str, set[str]]]] = {}
    for name, departments in sources.departments_of().items():
        key = sources.key_of(name)
        if not key:
            continue
        for other, theirs in taken.get(key, []):
            if not departments or not theirs or departments & theirs:
                args: dict[str, str | int] = {"key": key, "scenario": other}
                place, first = (sources.written(one).at("key") for one in (name, other))
                yield Problem(place, "key-clash", args, other=first)
                break
        taken.setdefault(key, []).append((name, departments))


def _leading_outside(sources: Sources) -> Iterator[Problem]:
    """Warn of a link that leads an operator into a scenario that her department does not have."""
    limits = sources.departments_of()
    limited = {name for name, departments in limits.items() if departments}
    everyone = set(sources.names("departments"))
    for name in sources.scenarios if limited else ():
        for owner, path in _ways(sources, name, limited):
            if lost := (limits[name] or everyone) - limits[owner]:
                first = next((one for one in sources.names("departments") if one in lost), min(lost))
                args: dict[str, str | int] = {"scenario": owner, "department": first}
                yield Problem(sources.scenarios[name].at(*path), "leads-outside", args, WARNING)


def _ways(sources: Sources, name: str, into: set[str]) -> Iterator[tuple[str, Path]]:
    """Every link from a scenario to a step of another one in `into`, and where it is written."""
    after = sources.scenarios[name].data.get("after") or {}
    written: list[tuple[str, Path]] = [(target, ("after", outcome)) for outcome, target in after.items()]
    for step in sources.steps_of(name):
        written += [(to, ("steps", step.name, *path)) for to, path in targets_of(step)]
    for target, path in written:
        owner = target.rpartition(".")[0]
        if owner != name and owner in into and sources.resolve(name, target):
            yield owner, path
