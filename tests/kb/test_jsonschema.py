"""The schemas that editors read: valid, of every field, and no stricter than the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from prompter.kb import editing, jsonschema, schema, source, yamlread
from prompter.kb.examples import examples
from prompter.kb.gather import read_sources
from prompter.kb.names import Names, names_of
from prompter.kb.read import read_by
from prompter.kb.yamlread import Mapping, Node, Scalar
from prompter.text.duration import UNITS
from tests.kb import bases

BUNDLED = source.bundled()
KINDS = {"scenarios": "scenario", "articles": "article"}


def as_editor(node: Node) -> Any:
    """What an editor sees in a YAML node: by the core rules of YAML 1.2 `1` is a number there."""
    if isinstance(node, Mapping):
        return {name: as_editor(value) for name, (_, value) in node.entries.items()}
    if not isinstance(node, Scalar):
        return [as_editor(item) for item in node.items]
    if node.plain and re.fullmatch(r"[-+]?[0-9]+", node.value):
        return int(node.value)
    known = {"true": True, "false": False, "": None, "null": None, "~": None}
    return known.get(node.value, node.value) if node.plain else node.value


def parsed(text: str) -> Any:
    """A YAML text as an editor sees it."""
    node, problems = yamlread.read(text.encode(), "x.yaml")
    assert node is not None, problems
    return as_editor(node)


def names(folder: Path) -> Names:
    """The names of a base."""
    sources, problems = read_sources(folder)
    assert sources is not None, problems
    return names_of(sources)


def wrong(text: str, kind: str = "scenario", of: Names | None = None) -> list[str]:
    """What an editor would say of a file of that kind."""
    validator = Draft7Validator(jsonschema.document(kind, of or Names(languages=("ru", "ky"))))
    return [_message(error) for error in validator.iter_errors(parsed(text))]


def _message(error: Any) -> str:
    inner = error.context[0] if error.context else error
    return inner.schema.get("errorMessage", inner.message)


@pytest.fixture(scope="module")
def bundled() -> Names:
    """The names of the bundled base."""
    return names(BUNDLED)


@pytest.mark.parametrize("kind", jsonschema.FILES)
def test_each_is_a_schema(kind: str, bundled: Names) -> None:
    Draft7Validator.check_schema(jsonschema.document(kind, bundled))
    Draft7Validator.check_schema(jsonschema.document(kind, Names()))


def test_what_lies_beside_the_bundled_base_is_current() -> None:
    assert editing.stale(BUNDLED, editing.wanted(BUNDLED)) == [], "run: prompter schema --kb scripts_kb"


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(BUNDLED.rglob("*.yaml")) if p.name != source.LEDGER_FILE],
    ids=lambda path: path.relative_to(BUNDLED).as_posix(),
)
def test_every_bundled_file_fits_and_names_its_schema(path: Path, bundled: Names) -> None:
    text = path.read_text(encoding="utf-8")
    kind = KINDS.get(path.parent.name, path.stem)
    assert wrong(text, kind, bundled) == []
    named = text.partition("\n")[0].partition("$schema=")[2]
    assert (path.parent / named).resolve() == BUNDLED / editing.schema_file(kind)


def test_the_settings_for_vs_code_cover_every_kind() -> None:
    settings = json.loads((BUNDLED / ".vscode/settings.json").read_text(encoding="utf-8"))
    files = {editing.schema_file(name): kind.files for name, kind in jsonschema.FILES.items()}
    assert settings["yaml.schemas"] == files


# Every field is explained


def records(type_: schema.Type) -> Iterator[schema.Record]:
    """Every record within a type."""
    match type_:
        case schema.Record():
            yield type_
            for one in type_.fields:
                yield from records(one.type)
        case schema.MapOf():
            yield from records(type_.value)
        case schema.ListOf():
            yield from records(type_.item)


FIELDS = [
    pytest.param(record, one, id=f"{kind}.{one.name}")
    for kind, file in jsonschema.FILES.items()
    for record in records(file.type)
    for one in record.fields
]


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_every_field_has_an_example_that_the_reader_takes(record: schema.Record, field: schema.Field) -> None:
    text = examples(record).get(field.name, "")
    node, problems = yamlread.read(text.encode(), "x.yaml")
    assert problems == []
    assert isinstance(node, Mapping)
    assert list(node.entries) == [field.name]
    only = schema.Record((field,))
    assert read_by(node, only, "x.yaml", ("ru", "ky"))[1] == []
    assert re.search("[ңөү]", text) is None, "no Kyrgyz that nobody approved"


def described(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema with its path."""
    if isinstance(value, dict):
        for name, one in value.get("properties", {}).items():
            yield f"{path}.{name}", one
        for name, one in value.items():
            yield from described(one, f"{path}.{name}" if name not in ("properties", "allOf") else path)
    elif isinstance(value, list):
        for one in value:
            yield from described(one, path)


@pytest.mark.parametrize("kind", jsonschema.FILES)
def test_every_property_is_described_in_russian(kind: str, bundled: Names) -> None:
    found = dict(described(jsonschema.document(kind, bundled)))
    assert found
    assert [path for path, one in found.items() if not re.search("[а-я]", one["description"])] == []
    fields = {
        path.rpartition(".")[2]
        for path, one in found.items()
        if "Пример:" in one.get("markdownDescription", "")
    }
    wanted = {f.name for record in records(jsonschema.FILES[kind].type) for f in record.fields}
    assert fields == wanted


# What is marked, and what is not

STEP = "title:\n  ru: А\nsteps:\n  one:\n    title:\n      ru: Б\n    do:\n      ru: В\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    clok: hold\n", "Здесь могут стоять поля title, say, do"),
        ("    clock: callback\n", "Такого норматива нет. Есть: hold."),
        ("    promise: hold\n", "Такого норматива нет. Есть: callback."),
        ("    marks: greting\n", "Такой обязанности нет. Есть: greeting."),
        ("    end: gone\n", "Такого итога нет. Есть: done."),
        ("    late: one\n", "Здесь нужен список"),
        ("    until: завтра\n", "День пишут так: 2026-12-31"),
        ("    once: может\n", "true или false, да или нет"),
        ("    say:\n      rus: Здравствуйте\n", "Здесь нужны слова, каждый язык с новой строки"),
        ("    say: Здравствуйте вам\n", "Здесь нужны слова, каждый язык с новой строки"),
        ("    never:\n      ru:\n        не: так\n", "Здесь нужен список"),
        ("    answers:\n      - when:\n          ru: Да\n", "Не хватает поля go."),
    ],
)
def test_a_mistake_is_told_in_russian(tmp_path: Path, line: str, said: str) -> None:
    title = wrong(STEP + line, of=names(bases.write(tmp_path)))
    assert len(title) == 1
    assert title[0].startswith(said) or said in title[0]


@pytest.mark.parametrize(
    "line",
    [
        "    once: Да\n",
        "    once: ДА\n",
        "    once: no\n",
        '    once: "true"\n',
        "    say: hello.first\n",
        "    say:\n      ru: 555\n      ky:\n        - раз\n        - 2\n",
        "    again: just_written\n",
        "    late: [elsewhere.step, here]\n",
        "    answers:\n      - when:\n          ru: Да\n        go: return\n",
        "    clock: hold\n",
        "    until: 2026-12-31\n",
        "    until: 1.2.2026\n",
    ],
)
def test_what_the_reader_takes_is_not_marked(tmp_path: Path, line: str) -> None:
    node, _ = yamlread.read((STEP + line).encode(), "x.yaml")
    assert node is not None
    assert read_by(node, schema.SCENARIO, "x.yaml", ("ru", "ky"))[1] == []
    assert wrong(STEP + line, of=names(bases.write(tmp_path))) == []


def durations() -> Iterator[str]:
    for units in UNITS.values():
        for unit in units:
            yield from (f"15 {unit}", f"015{unit.upper()}.", f" 2  {unit}")


@pytest.mark.parametrize("written", [*durations(), "0 с", "15", "15 лет", "-1 с", "100000 с", "с"])
def test_a_duration_is_marked_where_the_reader_refuses_it(written: str) -> None:
    norm = f"hold:\n    title:\n      ru: А\n    kind: limit\n    limit: '{written}'\n"
    node, _ = yamlread.read(norm.encode(), "x.yaml")
    assert node is not None
    refused = bool(read_by(node, schema.MapOf(schema.ID, schema.NORM), "x.yaml", ("ru",))[1])
    title = wrong(f"norms:\n  {norm}", "kb")
    assert ("Время пишут числом и единицей: 15 с, 2 мин, 1 ч." in title) == refused


@pytest.mark.parametrize("written", ["0", "5", "'5'", "6", "-1", "'05'", "много"])
def test_a_number_is_marked_where_the_reader_refuses_it(written: str) -> None:
    text = f"x:\n  title:\n    ru: А\n  pattern:\n    ru: да\n  why:\n    ru: Б\n  window: {written}\n"
    node, _ = yamlread.read(text.encode(), "x.yaml")
    assert node is not None
    refused = bool(read_by(node, schema.FORBIDDEN, "x.yaml", ("ru",))[1])
    assert wrong(text, "forbidden") == (["Здесь может стоять целое число от 0 до 5."] if refused else [])


@pytest.mark.parametrize(
    "name", ["раз", "two-3", "4", "a_b", "-x", "_x", "a b", "a.b", "a:b", "x" * 60, "x" * 61]
)
def test_names_that_the_reader_takes_are_not_marked(name: str) -> None:
    text = f"title:\n  ru: А\nsteps:\n  '{name}':\n    title:\n      ru: Б\n"
    node, _ = yamlread.read(text.encode(), "x.yaml")
    assert node is not None
    refused = bool(read_by(node, schema.SCENARIO, "x.yaml", ("ru",))[1])
    assert bool(wrong(text)) == refused


# Names of this base


def test_the_names_are_those_of_the_base(tmp_path: Path) -> None:
    found = names(bases.write(tmp_path))
    assert found.languages == ("ru", "ky")
    assert found.departments == {"sales": "Продажи", "support": "Поддержка"}
    assert [(name, one.kind, one.title) for name, one in found.norms.items()] == [
        ("hold", "limit", "Удержание"),
        ("callback", "promise", "Перезвонить"),
    ]
    assert found.steps == {"hello.first": "Приветствие · Поздороваться", "talk.listen": "Разговор · Слушать"}
    assert found.phrases == {"hello.first": "Приветствие · Поздороваться"}


def test_a_base_with_mistakes_between_its_files_has_names(tmp_path: Path) -> None:
    broken = bases.HELLO.replace("go: talk", "go: nowhere").replace("    say:", "    clock: none\n    say:")
    assert "hello.first" in names(bases.write(tmp_path, hello=broken)).steps


def test_within_kb_yaml_a_name_may_be_just_being_written(bundled: Names) -> None:
    text = (BUNDLED / source.BASE_FILE).read_text(encoding="utf-8")
    assert wrong(text.replace("since: greeting", "since: brand_new"), "kb", bundled) == []
    assert wrong(text.replace("open: greeting", "open: brand_new"), "kb", bundled) != []


def test_targets_are_offered_with_their_titles(bundled: Names) -> None:
    offered = jsonschema.document("scenario", bundled)["definitions"]["target"]["defaultSnippets"]
    title = {one["label"]: one["description"] for one in offered}
    assert title["clarify.wait"] == "Уточнить информацию · Клиент ждёт"
    assert list(title)[:2] == ["talk", "return"]


def test_of_very_many_steps_the_openings_are_offered() -> None:
    steps = {f"s{number // 2}.{'ab'[number % 2]}": "" for number in range(jsonschema.MOST_OFFERED + 2)}
    found = jsonschema.document("scenario", Names(steps=steps, scenarios={"s0": ""}))["definitions"]
    labels = [one["label"] for one in found["step"]["defaultSnippets"]]
    assert labels == [f"s{number}.a" for number in range(jsonschema.MOST_OFFERED // 2 + 1)]


def test_a_message_does_not_list_every_name() -> None:
    many = {f"s{number}": "" for number in range(jsonschema.MOST_LISTED + 1)}
    title = jsonschema.document("kb", Names(scenarios=many))["properties"]["open"]["errorMessage"]
    assert f"s{jsonschema.MOST_LISTED - 1} …" in title
