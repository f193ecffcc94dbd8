"""The real language server of VS Code's YAML extension over the bundled scripts, as a trainer meets it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from prompter.kb import jsonschema, source
from tests.editor.server import Server, installed

pytestmark = pytest.mark.npm

HEAD = "title:\n  ru: Пример\nsteps:\n  one:\n    title:\n      ru: Раз\n"


class Editor:
    """Files of a base, each opened under a name of its own with its schema named in the first line."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._number = count(1)

    def wrong(self, text: str, kind: str = "scenario") -> list[tuple[int, str]]:
        """Line, from 1 without the first, and words of each thing that is marked."""
        return [(one["range"]["start"]["line"], one["message"]) for one in self._open(text, kind)[1]]

    def offers(self, text: str, kind: str = "scenario") -> dict[str, str]:
        """What is offered at the `‹`: labels and what is told of each."""
        (name, line, col), _ = self._open(text, kind)
        return {label: told(item) for label, item in self.server.complete(name, line, col).items()}

    def hover(self, text: str, kind: str = "scenario") -> str:
        """What is told of the word at the `‹`."""
        return self.server.hover(*self._open(text, kind)[0])

    def _open(self, text: str, kind: str) -> tuple[tuple[str, int, int], list[dict[str, Any]]]:
        name = f"opened-{next(self._number)}.yaml"
        text = f"# yaml-language-server: $schema=.schema/{kind}.json\n{text}"
        before, _, after = text.partition("‹")
        place = name, before.count("\n"), len(before) - before.rfind("\n") - 1
        return place, self.server.open(name, before + after)


def told(item: dict[str, Any]) -> str:
    """The words beside an offered completion."""
    words = item.get("documentation") or ""
    return words["value"] if isinstance(words, dict) else words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled base, with what lies beside it for editors."""
    return Path(shutil.copytree(source.bundled(), tmp_path_factory.mktemp("editor") / "scripts"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """The server, told of the folder's own settings as VS Code tells them."""
    settings = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
    schemas = {(folder / path).as_uri(): files for path, files in settings["yaml.schemas"].items()}
    yaml: dict[str, Any] = {
        "schemas": schemas,
        "schemaStore": {"enable": settings["yaml.schemaStore.enable"]},
    }
    yaml |= {"validate": True, "hover": True, "completion": True}
    yaml |= {"hoverSchemaSource": settings["yaml.hoverSchemaSource"]}
    with Server(installed(), folder, {"yaml": yaml}) as running:
        yield running


@pytest.fixture(scope="module")
def editor(server: Server) -> Editor:
    return Editor(server)


def test_nothing_is_marked_in_the_bundled_scripts(server: Server, folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.name != source.LEDGER_FILE]
    assert len(files) > 20
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
    marked = {name: server.open(name, text) for name, text in texts.items()}
    assert {name: told for name, told in marked.items() if told} == {}


def test_the_settings_alone_find_the_schema(server: Server) -> None:
    marked = server.open("scenarios/by_hand.yaml", "titel:\n  ru: Пример\n")
    assert any(one["message"].startswith("Здесь могут стоять поля title, key") for one in marked)


def test_fields_are_offered_with_what_they_are_for(editor: Editor) -> None:
    offered = editor.offers(HEAD + "    ‹")
    assert set(offered) == {one.name for one in jsonschema.schema.STEP.fields} - {"title"}
    assert offered["clock"].startswith("Норматив, который здесь идёт")
    assert "Пример:" in offered["clock"]
    assert "clock: hold" in offered["clock"]


def test_norms_of_the_base_are_offered(editor: Editor) -> None:
    clocks = editor.offers(HEAD + "    clock: ‹\n")
    assert clocks == {"silence": "Сказать, если не слышно", "pause": "Подождать ответа", "hold": "Удержание"}
    promises = editor.offers(HEAD + "    promise: ‹\n")
    assert promises == {"callback": "Перезвонить", "manager": "Перезвонит менеджер"}


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (HEAD + "    marks: ‹\n", "farewell", "Прощание"),
        (HEAD + "    end: ‹\n", "hung-up", "Клиент положил трубку"),
        (HEAD + "    late:\n      - ‹\n", "clarify.sorry", "Уточнить информацию · Вернуться и извиниться"),
        (HEAD + "    say: ‹\n", "closing.goodbye", "Завершение · Попрощаться"),
        (
            HEAD + "    answers:\n      - when:\n          ru: Да\n        go: ‹\n",
            "talk",
            "Вернуться к разговору",
        ),
        ("title:\n  ru: Пример\ndepartments: [‹]\n", "sales", "Отдел продаж"),
        ("title:\n  ru: Пример\nafter:\n  ‹\n", "hung-up", "Клиент положил трубку"),
    ],
)
def test_other_names_of_the_base_are_offered(editor: Editor, text: str, name: str, said: str) -> None:
    assert editor.offers(text)[name] == said


def test_names_within_kb_yaml_are_offered(editor: Editor) -> None:
    text = "outcomes:\n  done:\n    title:\n      ru: Готово\n    requires:\n      - ‹\n"
    assert editor.offers(text, "kb")["questions"] == "Вопрос, всё ли решено"


def test_a_field_is_explained_where_the_pointer_rests(editor: Editor) -> None:
    told = editor.hover(HEAD + "    cl‹ock: hold\n    do:\n      ru: Ждать\n")
    assert told.startswith("Норматив, который здесь идёт: limit, respond или wait")
    assert "Пример:\n```yaml\nclock: hold\n```" in told
    assert "* `hold`: Удержание" in told
    assert "file:" not in told


@pytest.mark.parametrize(
    ("text", "kind", "line", "said"),
    [
        (HEAD + "    clok: hold\n", "scenario", 7, "Здесь могут стоять поля title, say, do,"),
        (HEAD + "    clock: hald\n", "scenario", 7, "Такого норматива нет. Есть: silence, pause, hold."),
        (HEAD + "    say:\n      rus: Да\n", "scenario", 8, "Здесь нужны слова, каждый язык с новой строки"),
        ("coffee:\n  titel:\n    ru: Кофе\n  title:\n    ru: А\n", "statuses", 2, "Здесь могут стоять поля"),
        ("rude:\n  title:\n    ru: А\n", "forbidden", 1, "Не хватает поля why."),
    ],
)
def test_a_mistake_is_marked_at_its_line(editor: Editor, text: str, kind: str, line: int, said: str) -> None:
    marked = editor.wrong(text, kind)
    assert len(marked) == 1, marked
    assert marked[0][0] == line
    assert marked[0][1].startswith(said)
