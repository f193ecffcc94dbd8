"""A base whose every written text is hostile, made from the bundled one by walking the schema.

Whatever field the schema gains is in it by itself: a text becomes hostile where the bundled base has it,
and is put in where it does not; ids, references, times and flags stay what they were.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from prompter.kb import schema, source

MARK = "[@click=app.bell]ж[/][/q] [b\u200b\xad"
"""Markup that would crash, act or vanish where it were parsed, and letters that nobody sees."""

_READ = frozenset({"pattern", "unless", "must"})
"""Texts that the program reads as patterns: a base whose patterns cannot be read is refused."""

_DAY = "2099-12-31"
"""What is to be shown until a day is shown."""

_BRACES = re.compile(r"\{[^{}]*\}")
_TYPES: dict[str, schema.Type] = {
    source.BASE_FILE: schema.BASE,
    source.STATUSES_FILE: schema.STATUSES,
    source.FORBIDDEN_FILE: schema.FORBIDDEN,
    source.SCENARIOS: schema.SCENARIO,
    source.ARTICLES: schema.ARTICLE,
}


def write_hostile(folder: Path) -> Path:
    """Write the base into `folder`: JSON in YAML's clothes, drafts shown."""
    bundled = source.bundled()
    for name, *_ in source.fingerprint(bundled):
        if name == source.LEDGER_FILE:
            continue
        node = yaml.load((bundled / name).read_bytes(), Loader=yaml.BaseLoader)  # texts alone
        spoilt = hostile(node, _TYPES[name.partition("/")[0]])
        if name == source.BASE_FILE:
            spoilt["drafts"] = "marked"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(spoilt, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def hostile(node: Any, type_: schema.Type) -> Any:
    """A node of the bundled base with every text of it hostile, and the texts that it lacks put in."""
    match type_:
        case schema.Record():
            written = {one.name: _text_alone(one.type) for one in type_.fields if one.name not in _READ}
            made = {name: text for name, text in written.items() if text is not None}
            languages = {} if type_.languages is None else {"ru": type_.languages, "ky": type_.languages}
            types = {one.name: one.type for one in type_.fields} | languages
            return made | {
                name: value if name in _READ else hostile(value, types[name]) for name, value in node.items()
            }
        case schema.MapOf():
            return {name: hostile(value, type_.value) for name, value in node.items()}
        case schema.ListOf():
            return (
                [hostile(one, type_.item) for one in node]
                if isinstance(node, list)
                else hostile(node, type_.item)
            )
        case schema.Either():
            return node if isinstance(node, str) else hostile(node, type_.mapping)
        case schema.Text():
            return MARK + "".join(_BRACES.findall(node))
    return node


def _text_alone(type_: schema.Type) -> Any:
    """A hostile value of a type that is texts and nothing else, a day for a day; None for other types."""
    match type_:
        case schema.Text():
            return MARK
        case schema.Date():
            return _DAY
        case schema.ListOf():
            return None if (item := _text_alone(type_.item)) is None else [item]
        case schema.MapOf(key=schema.LANGUAGE):
            value = _text_alone(type_.value)
            return None if value is None else {"ru": value, "ky": value}
    return None
