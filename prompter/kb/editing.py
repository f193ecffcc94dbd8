"""Files beside a base for the trainer's editor: JSON Schemas with its names, VS Code's settings.

None of it is read when a base is loaded, and it changes no revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from prompter.files import read_plain, write_whole
from prompter.kb import jsonschema, source
from prompter.kb.gather import read_sources
from prompter.kb.names import Names, names_of
from prompter.kb.problems import BaseUnusable
from prompter.kb.yamlread import MAX_BYTES

SCHEMAS = ".schema"
"""The folder of the schemas, inside the base's folder."""
EDITOR = (".vscode/settings.json", ".vscode/extensions.json", ".vscode/tasks.json")
"""Files copied once from the bundled base; existing ones are the trainer's and stay untouched."""


def schema_file(name: str) -> str:
    """The path of the schema of that name, relative to the base's folder."""
    return f"{SCHEMAS}/{name}.json"


def modeline(folder: Path, name: str, inside: str = "") -> str:
    """The comment that points the editor to the schema, for a file in `inside`; "" if there is no schema."""
    if not (folder / schema_file(name)).is_file():
        return ""
    return f"# yaml-language-server: $schema={'../' if inside else ''}{schema_file(name)}\n"


def read_names(folder: Path) -> Names:
    """The names of a base, whether or not its files agree. Raises BaseUnusable if one cannot be read."""
    sources, problems = read_sources(folder)
    if sources is None or not sources.whole:
        raise BaseUnusable(problems)
    return names_of(sources)


def wanted(folder: Path) -> dict[str, str]:
    """The schemas that belong beside the base, by file. Raises BaseUnusable if it cannot be read.

    Inconsistencies between files do not matter: completing the existing names helps to fix them.
    """
    texts = jsonschema.texts(read_names(folder))
    return {schema_file(name): text for name, text in texts.items()}


def stale(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """The files that are missing or differ; line endings do not count."""
    return [name for name, text in texts.items() if _read(folder / name) != text]


def missing_for_editor(folder: Path) -> dict[str, str]:
    """The files of `EDITOR` that the folder lacks, with their contents."""
    return {
        name: (source.bundled() / name).read_text(encoding="utf-8")
        for name in EDITOR
        if not (folder / name).exists()
    }


def write(folder: Path, texts: Mapping[str, str], names: Iterable[str]) -> None:
    """Write the named files, each atomically. Raises OSError."""
    for name in names:
        write_whole(folder / name, texts[name].encode())


def refresh(folder: Path) -> None:
    """Update the schemas to the base, if the folder has any. Raises BaseUnusable and OSError."""
    if (folder / SCHEMAS).is_dir():
        texts = wanted(folder)
        write(folder, texts, stale(folder, texts))


def _read(path: Path) -> str | None:
    try:
        data = read_plain(path, MAX_BYTES)
    except OSError:
        return None
    return data.decode(errors="replace").replace("\r\n", "\n")
