"""The template of a new scenario: required fields are empty, optional ones are comments.

The comments are Russian, whatever the interface language: lines from `schema` and pieces of `examples`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from prompter.kb import schema, yamlread
from prompter.kb.examples import examples
from prompter.kb.names import Names
from prompter.kb.yamlread import Mapping, Scalar

_COLUMN = 34
"""The column where comments begin."""

_HEAD = (
    "Новый сценарий. Впишите слова там, где после двоеточия пусто; что осталось, покажет prompter check.",
    "Строки с решёткой — то, что можно добавить: уберите решётку и пробел за ней или удалите строку.",
    "Пока что-то не заполнено, операторы работают по прежней версии базы.",
)

_MORE = {"interrupt": "Прерывает разговор и возвращается в него: тогда внизу go: return"}
"""Descriptions that differ from the schema's, because something else must change with the field."""


def skeleton(names: Names, title: str = "") -> str:
    """The text of the file; `title` is the scenario's, in the base's main language."""
    lines = [
        *(f"# {line}" for line in _HEAD),
        *_texts("title", "", names, _doc(schema.SCENARIO, "title"), _scalar(title)),
        *_optional(schema.SCENARIO, _of_scenario(names), ""),
        *_texts("caller", "", names, "Слова клиента: по ним сценарий находят в поиске", listed=True),
        _beside("steps:", _doc(schema.SCENARIO, "steps")),
        _beside("  first:", "Имя шага: латинские буквы, цифры, «_»; на экране его не видно"),
        *_texts("title", "    ", names, _doc(schema.STEP, "title")),
        *_texts("say", "    ", names, "Фраза дословно; оператор увидит её, когда она утверждена"),
        *_optional(schema.STEP, _of_step(names), "    "),
        _beside("    answers:", _doc(schema.STEP, "answers")),
        *_texts("when", "      - ", names, _doc(schema.ANSWER, "when")),
        _beside("        go: talk", "Куда дальше: talk — в разговор, или шаг, или сценарий.шаг"),
    ]
    return "\n".join(lines) + "\n"


def _of_scenario(names: Names) -> Iterator[str]:
    """Examples that suit this base."""
    own = examples(schema.SCENARIO)
    free = [key for key in schema.KEYS if key not in names.keys]
    if free:
        yield f"key: {free[0]}\n"
    yield own["interrupt"]
    if names.departments:
        yield f"departments: [{next(iter(names.departments))}]\n"
    yield own["source"]


def _of_step(names: Names) -> Iterator[str]:
    own = examples(schema.STEP)
    yield own["do"]
    yield own["never"]
    clocks = [name for name, norm in names.norms.items() if norm.kind == "limit"]
    if clocks:
        yield f"clock: {clocks[0]}\n"
    yield own["once"]
    yield own["source"]


def _texts(
    field: str, indent: str, names: Names, comment: str, text: str = "", *, listed: bool = False
) -> Iterator[str]:
    """A field with a text, or a list, per language: the main one to fill in, the others as comments."""
    main, *others = names.languages or ("ru",)
    inner = " " * len(indent) + "  "
    yield _beside(f"{indent}{field}:", comment)
    yield f"{inner}{main}:" + (f" {text}" if text else "")
    if listed:
        yield f"{inner}  -"
    for other in others:
        yield f"{inner}# {other}:"
        if listed:
            yield f"{inner}#   -"


def _optional(record: schema.Record, pieces: Iterable[str], indent: str) -> Iterator[str]:
    """Optional fields, as comments."""
    for piece in pieces:
        first, *rest = piece.splitlines()
        field = first.partition(":")[0]
        yield _beside(f"{indent}# {first}", _MORE.get(field, _doc(record, field)))
        yield from (f"{indent}# {line}" for line in rest)


def _doc(record: schema.Record, field: str) -> str:
    return record.by_name[field].doc


def _beside(line: str, comment: str) -> str:
    return f"{line:<{_COLUMN}}# {comment}"


def _scalar(text: str) -> str:
    """The text as YAML will read it back, quoted if necessary."""
    node, problems = yamlread.read(f"x: {text}".encode(), "")
    held = node.entries["x"][1] if isinstance(node, Mapping) and not problems else None
    plain = isinstance(held, Scalar) and held.plain and held.value == text
    return text if plain else json.dumps(text, ensure_ascii=False)
