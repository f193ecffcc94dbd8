"""Reads every file of a base by the schema; `checks` looks at what must agree between them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial
from pathlib import Path

from prompter.files import NotAFile, read_plain
from prompter.kb import schema, source, yamlread
from prompter.kb.linking import Sources
from prompter.kb.problems import WARNING, Place, Problem
from prompter.kb.read import Source, read_by
from prompter.kb.settled import Last, Settled, unchanged, untouched
from prompter.text.safe import clean_line

MOST_BYTES = 64_000_000
"""All files of a base together: ten times what 10,000 phrases take."""

Languages = tuple[str, ...] | None


def read_sources(folder: Path, last: Last | None = None) -> tuple[Sources | None, list[Problem]]:
    """Read every file by the schema, without cross-file checks; None if `kb.yaml` cannot be parsed.

    Scenarios that `last` already holds unchanged are not read: `Sources.settled`. Any other file that cannot
    be parsed is reported and left out: `Sources.opaque`.
    """
    look = source.fingerprint(folder)
    if refused := list(_refused(look)):
        return None, refused
    base, known, problems = _read_base(folder)
    for misnamed in source.misnamed_files(look):
        problems.append(Problem(Place(clean_line(misnamed)), "ignored-file", severity=WARNING))
    scenarios, settled, more = _read_scenarios(folder, look, known, last)
    articles, found = _read_folder(folder, look, source.ARTICLES, schema.ARTICLE, known)
    problems += more + found
    statuses, more = _read_optional(folder, look, source.STATUSES_FILE, schema.STATUSES, known)
    forbidden, found = _read_optional(folder, look, source.FORBIDDEN_FILE, schema.FORBIDDEN, known)
    problems += more + found
    if base is None:  # without it every name would be reported as unknown
        return None, problems
    files = {source.id_of(name): name for name in source.yaml_files(look, source.SCENARIOS)}
    order = [name for name in files if name in scenarios or name in settled.scenarios]
    wanted = [*source.yaml_files(look, source.ARTICLES), source.STATUSES_FILE, source.FORBIDDEN_FILE]
    read = [one.file for one in (*articles.values(), *filter(None, (statuses, forbidden)))]
    return (
        Sources(
            base,
            scenarios,
            articles,
            statuses or Source(source.STATUSES_FILE),
            forbidden or Source(source.FORBIDDEN_FILE),
            settled,
            order,
            opaque=frozenset(files) - set(order),
            whole=len(order) == len(files) and set(wanted) <= set(read),
        ),
        problems,
    )


def _read_base(folder: Path) -> tuple[Source | None, Languages, list[Problem]]:
    """Read `kb.yaml`; returns its languages too."""
    base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, None)
    languages = base.data.get("languages") if base else None
    known = tuple(filter(None, languages)) if languages else None
    if base is not None and known:
        # Again, now that the languages a text may have are known.
        base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, known)
    return base, known, problems


def _read_scenarios(
    folder: Path, look: source.Fingerprint, languages: Languages, last: Last | None
) -> tuple[dict[str, Source], Settled, list[Problem]]:
    """The scenarios that had to be read, and those that `last` settles."""
    settled = unchanged(last, look)
    read = partial(_read_folder, folder, look, source.SCENARIOS, schema.SCENARIO, languages)
    scenarios, more = read(settled.scenarios)
    if last is not None:
        fewer = untouched(settled, last.base, scenarios)
        if len(fewer.scenarios) < len(settled.scenarios):
            settled = fewer
            scenarios, more = read(settled.scenarios)
    return scenarios, settled, more


def _refused(look: source.Fingerprint) -> Iterator[Problem]:
    """Problems that stop reading: unreadable folders, size limits exceeded."""
    for inside in source.unlisted(look):
        yield Problem(Place(inside), "unreadable-folder")
    for inside in source.crowded(look):
        yield Problem(Place(inside), "too-many-files", {"most": source.MOST_FILES})
    # A single file that is too large is reported under its own name.
    if sum(min(size, yamlread.MAX_BYTES) for _, size, *_ in look) > MOST_BYTES:
        yield Problem(Place(source.BASE_FILE), "base-too-large", {"limit": MOST_BYTES // 1_000_000})


def _read_folder(
    folder: Path,
    look: source.Fingerprint,
    inside: str,
    type_: schema.Record,
    languages: Languages,
    but: Container[str] = (),
) -> tuple[dict[str, Source], list[Problem]]:
    """The files of a folder that can be parsed, by id, except those in `but`.

    Empty if the folder does not exist.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for name in source.yaml_files(look, inside):
        id_ = source.id_of(name)
        if id_ in but:
            continue
        if not id_.replace("-", "_").isidentifier():
            # Cleaned here: a problem is also written as JSON, which cannot hold every file name.
            place = Place(clean_line(name))
            problems.append(Problem(place, "bad-file-name", {"name": clean_line(name.rpartition("/")[2])}))
            continue
        read, found = _read_file(folder, name, type_, languages)
        problems += found
        if read is not None:
            sources[id_] = read
    return sources, problems


def _read_optional(
    folder: Path, look: source.Fingerprint, name: str, type_: schema.MapOf, languages: Languages
) -> tuple[Source | None, list[Problem]]:
    """Read a file that may be missing, which means empty. None if it cannot be parsed."""
    if all(entry[0] != name for entry in look):
        return Source(name), []
    return _read_file(folder, name, type_, languages)


def _read_file(
    folder: Path, name: str, type_: schema.Record | schema.MapOf, languages: Languages
) -> tuple[Source | None, list[Problem]]:
    try:
        data = read_plain(folder / name, yamlread.MAX_BYTES)
    except NotAFile:
        return None, [Problem(Place(name), "not-a-file")]
    except OSError as error:
        if name == source.BASE_FILE and isinstance(error, FileNotFoundError):
            return None, [Problem(Place(name), "no-file", {"name": name})]
        return None, [Problem(Place(name), "unreadable-file", {"reason": str(error.strerror or error)})]
    node, problems = yamlread.read(data, name)
    if node is None:
        return None, problems
    if not isinstance(node, yamlread.Mapping):
        return None, [*problems, Problem(node.place, "not-a-mapping")]
    read, found = read_by(node, type_, name, languages)
    problems += found
    return Source(name, read.data, text=data) if not problems else read, problems
