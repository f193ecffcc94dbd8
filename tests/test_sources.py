"""`docs/sources.md`: every statement of the standard has its place in the scripts, and the place is there."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import yaml
from msgspec import Struct

from prompter.kb.model import KnowledgeBase
from tests.call.builders import ROOT, bundled

DOCUMENT = ROOT / "docs" / "sources.md"
SCRIPTS = ROOT / "scripts_kb"
SLIDES = range(2, 22)
OUR_OWN = {"scenarios/talk.yaml", "scenarios/outgoing.yaml"}
"""Scenarios that the standard does not have."""

PLACE = re.compile(r"`([\w/]+\.yaml): ([\w.-]+)`")
CODE = re.compile(r"`[^`]*`")
QUOTED = re.compile(r"«([^»]+)»")
ROW = re.compile(r"^\| (\d[\d, ]*) \|(.*)\|$", re.MULTILINE)


class Place(Struct, frozen=True):
    """A file of the scripts and a dotted way into it; a list's items count from 0."""

    file: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(self.path)}"


class Statement(Struct, frozen=True):
    """A row of a table: its slides, its cells but the last, and the places in the last."""

    slides: tuple[int, ...]
    cells: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def phrases(self) -> list[str]:
        """The words that are said to callers, where the row has any."""
        return QUOTED.findall(self.cells[1]) if self.cells[0] == "фраза" else []


def places(text: str) -> tuple[Place, ...]:
    """The places that a text names."""
    return tuple(Place(file, tuple(path.split("."))) for file, path in PLACE.findall(text))


def statements(text: str) -> list[Statement]:
    """The rows of the document's tables."""
    rows = []
    for slides, rest in ROW.findall(text):
        *cells, last = (cell.strip() for cell in rest.split("|"))
        rows.append(Statement(tuple(map(int, slides.split(","))), tuple(cells), places(last)))
    return rows


TEXT = DOCUMENT.read_text(encoding="utf-8")
STATEMENTS = statements(TEXT)


def spoken_of(row: Statement) -> str:
    return f"{row.slides[0]} {row.places[0]}"


@cache
def written(file: str) -> Any:
    """A file of the scripts, every scalar a text."""
    path = SCRIPTS / file
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) if path.is_file() else None


def way(place: Place) -> list[Any]:
    """What stands at each point of the way to a place, the file first; KeyError where it breaks off."""
    found = [written(place.file)]
    for name in place.path:
        here = found[-1]
        try:
            found.append(here[int(name)] if isinstance(here, list) else here[name])
        except (IndexError, KeyError, TypeError, ValueError):
            raise KeyError(str(place)) from None
    return found


def missing(rows: list[Statement]) -> list[str]:
    """The places that are not in the scripts."""
    lost = []
    for place in (place for row in rows for place in row.places):
        try:
            way(place)
        except KeyError:
            lost.append(str(place))
    return lost


def texts(value: Any) -> set[str]:
    """The texts at a place; words that a step borrows stand for it."""
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    scenario, _, step = value.partition(".")
    owner = (written(f"scenarios/{scenario}.yaml") or {}).get("steps", {}).get(step)
    return texts(owner["say"]) if owner else {value}


def approved(base: KnowledgeBase) -> set[str]:
    """Every text that the ledger holds, as it stands in the scripts."""
    phrases = (step.say for step in base.steps.values() if step.say)
    return {w.text for phrase in phrases for of in phrase.wordings.values() for w in of if w.approved}


def test_every_row_names_places() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("|")]
    heads = [line for line in rows if line.startswith(("| Слайд |", "| --- |"))]
    assert len(STATEMENTS) == len(rows) - len(heads)
    for row in STATEMENTS:
        assert row.places, row.cells
        assert row.cells[0] in ("фраза", "правило") or len(row.cells) == 2
        assert (row.cells[0] == "фраза") == bool(row.phrases)


def test_every_place_is_written_as_one() -> None:
    """A mistyped one would not be looked for."""
    odd = [code for code in CODE.findall(TEXT) if ".yaml" in code and not PLACE.fullmatch(code)]
    assert odd == []
    last_cells = [row.rpartition("|")[2] for _, row in ROW.findall(TEXT)]
    assert [cell for cell in last_cells if PLACE.sub("", cell).strip(", ")] == []


def test_every_place_is_in_the_scripts() -> None:
    assert missing(STATEMENTS) == []
    assert [str(place) for place in places(TEXT) if way(place)[-1] in (None, "", [], {})] == []


@pytest.mark.parametrize(
    "place",
    [
        "scenarios/nosuch.yaml: steps",
        "statuses.yaml: nosuch.daily",
        "scenarios/clarify.yaml: steps.ask.never.ru.99",
        "scenarios/clarify.yaml: steps.ask.say.ru.0.more",
        "scenarios/greeting.yaml: steps.hello.say.ru.x",
    ],
)
def test_a_place_that_is_not_there_is_seen(place: str) -> None:
    assert missing(statements(f"| 2 | правило | Нечто | `{place}` |")) == [place]


def test_every_slide_is_there() -> None:
    first_table = {slide for row in STATEMENTS if len(row.cells) == 2 for slide in row.slides}
    told = {row.slides[0] for row in STATEMENTS if row.cells[0] in ("фраза", "правило")}
    assert told == set(SLIDES)
    assert first_table <= set(SLIDES)


@pytest.mark.parametrize("row", [row for row in STATEMENTS if row.phrases], ids=spoken_of)
def test_phrases_stand_word_for_word_and_are_approved(row: Statement) -> None:
    there = set().union(*(texts(way(place)[-1]) for place in row.places))
    assert set(row.phrases) <= there
    assert set(row.phrases) <= approved(bundled())


def test_nothing_else_is_approved() -> None:
    told = {phrase for row in STATEMENTS for phrase in row.phrases}
    assert approved(bundled()) == told


@pytest.mark.parametrize("row", STATEMENTS, ids=spoken_of)
def test_the_place_names_the_slide(row: Statement) -> None:
    """What is written at a place bears the slide of the statement: its own, or its scenario's."""
    for place in row.places:
        sources = [point["source"] for point in way(place) if isinstance(point, dict) and "source" in point]
        if sources:
            numbers = {int(number) for source in sources for number in re.findall(r"\d+", source)}
            assert numbers & set(row.slides), place


def test_everything_in_the_scripts_has_its_statement() -> None:
    """No scenario, article, status or expression comes from nowhere."""
    named = {place for row in STATEMENTS for place in row.places}
    files = {place.file for place in named}
    folders = (SCRIPTS / "scenarios", SCRIPTS / "articles")
    there = {path.relative_to(SCRIPTS).as_posix() for folder in folders for path in folder.glob("*.yaml")}
    assert there - files == OUR_OWN
    for file in ("statuses.yaml", "forbidden.yaml"):
        assert set(written(file)) == {place.path[0] for place in named if place.file == file}
