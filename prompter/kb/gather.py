"""Every file of a base, read by the schema; what fits together is `checks`' business."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from prompter.kb import schema, source, yamlread
from prompter.kb.linking import Sources
from prompter.kb.problems import WARNING, Place, Problem
from prompter.kb.read import Source, read_by

Languages = tuple[str, ...] | None


def read_sources(folder: Path) -> tuple[Sources | None, list[Problem]]:
    """Every file by the schema, unchecked between files; None when one of them cannot be understood."""
    base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, None)
    languages = base.data.get("languages") if base else None
    known = tuple(filter(None, languages)) if languages else None
    if base is not None and known:
        # Once more, now that it is known which languages a text may have.
        base, problems = _read_file(folder, source.BASE_FILE, schema.BASE, known)
    look = source.fingerprint(folder)
    for misnamed in source.misnamed_files(look):
        problems.append(Problem(Place(misnamed), "ignored-file", severity=WARNING))
    scenarios, told = _read_folder(folder, look, source.SCENARIOS, schema.SCENARIO, known)
    articles, found = _read_folder(folder, look, source.ARTICLES, schema.ARTICLE, known)
    problems += told + found
    statuses, told = _read_optional(folder, look, source.STATUSES_FILE, schema.STATUSES, known)
    forbidden, found = _read_optional(folder, look, source.FORBIDDEN_FILE, schema.FORBIDDEN, known)
    problems += told + found
    # Without one scenario every name that leads to it would be called unknown: noise.
    if base is None or scenarios is None or articles is None or statuses is None or forbidden is None:
        return None, problems
    return Sources(base, scenarios, articles, statuses, forbidden), problems


def _read_folder(
    folder: Path, look: source.Fingerprint, inside: str, type_: schema.Record, languages: Languages
) -> tuple[dict[str, Source] | None, list[Problem]]:
    """The files of a folder by their ids; None when one cannot be understood. No folder, no files."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    unreadable = False
    for name in source.yaml_files(look, inside):
        path = PurePosixPath(name)
        if not path.stem.replace("-", "_").isidentifier():
            problems.append(Problem(Place(name), "bad-file-name", {"name": path.name}))
            continue
        read, found = _read_file(folder, name, type_, languages)
        problems += found
        if read is None:
            unreadable = True
        else:
            sources[path.stem] = read
    return None if unreadable else sources, problems


def _read_optional(
    folder: Path, look: source.Fingerprint, name: str, type_: schema.MapOf, languages: Languages
) -> tuple[Source | None, list[Problem]]:
    """A file that a base may do without: then it holds nothing."""
    if all(entry[0] != name for entry in look):
        return Source(name), []
    return _read_file(folder, name, type_, languages)


def _read_file(
    folder: Path, name: str, type_: schema.Record | schema.MapOf, languages: Languages
) -> tuple[Source | None, list[Problem]]:
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return None, [Problem(Place(name), "no-file", {"name": name})]
    except OSError as error:
        return None, [Problem(Place(name), "unreadable-file", {"reason": str(error.strerror or error)})]
    node, problems = yamlread.read(data, name)
    if node is None:
        return None, problems
    if not isinstance(node, yamlread.Mapping):
        return None, [*problems, Problem(node.place, "not-a-mapping")]
    read, found = read_by(node, type_, name, languages)
    return read, problems + found
