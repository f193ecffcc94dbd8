"""`prompter search`: what it finds and prints, and what was learned."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from prompter.search.learned import FILE, Learned
from tests.call.builders import ROOT
from tests.commands import Run, run
from tests.kb.bases import write

__all__ = ["run"]  # the fixture

FIELDS = {"kind", "id", "title", "text", "scenario", "key", "score", "draft"}


def test_a_query_in_any_layout(run: Run) -> None:
    for words in (["менеджер"], ["vtytl;th"], ["просит", "менеджера"]):
        told = run("search", *words)
        assert (told.code, told.err) == (0, "")
        assert told.out.splitlines()[0].startswith("F8  сценарий"), words
        assert "manager" in told.out.splitlines()[0]


def test_json_has_the_same(run: Run) -> None:
    told = run("search", "менеджер", "--json", "--limit", "4")
    hits = json.loads(told.out)
    assert (told.code, len(hits)) == (0, 4)
    assert all(set(hit) == FIELDS for hit in hits)
    first = hits[0]
    assert (first["kind"], first["id"], first["scenario"], first["key"]) == (
        "scenario",
        "manager",
        "manager",
        "F8",
    )
    assert first["title"] == "Просит менеджера"
    assert 0.5 < first["score"] < 2
    assert run("search", "--limit", "4", "менеджер", "--json").out == told.out


@pytest.mark.parametrize(
    ("query", "kind", "id_"),
    [
        ("кофе-брейк", "status", "statuses/coffee"),
        ("я не знаю", "expression", "forbidden/dont_know"),
        ("рабочее время", "article", "articles/working_time"),
        ("удержание", "norm", "norms/hold"),
        ("всего доброго", "phrase", "closing.goodbye"),
    ],
)
def test_the_id_is_what_show_takes(run: Run, query: str, kind: str, id_: str) -> None:
    hits = json.loads(run("search", query, "--json").out)
    assert (kind, id_) in [(hit["kind"], hit["id"]) for hit in hits[:5]]
    for hit in hits:
        assert run("show", hit["id"]).code == 0, hit


@pytest.mark.parametrize("query", ["қққ", " ", "☎"])
def test_nothing_fits(run: Run, query: str) -> None:
    told = run("search", query)
    assert (told.code, told.out) == (1, "")
    assert "ничего не нашлось" in told.err
    as_json = run("search", query, "--json")
    assert (as_json.code, json.loads(as_json.out), as_json.err) == (1, [], "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--json"],
        ["менеджер", "--learned"],
        ["менеджер", "--forget"],
        ["--learned", "--forget"],
        ["менеджер", "--limit", "0"],
        ["менеджер", "--limit", "99999999999999999999"],
        ["менеджер", "--limit", "два"],
        ["менеджер", "--lang", "de"],
        ["менеджер", "--department", "nosuch"],
        ["менеджер", "--kb", "/nosuch"],
    ],
)
def test_what_cannot_be_done(run: Run, arguments: list[str]) -> None:
    told = run("search", *arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.strip()


def test_one_language(run: Run) -> None:
    (first, *_) = json.loads(run("search", "саламатсызбы", "--lang", "ky", "--json").out)
    assert first["scenario"] == "greeting"
    russian = run("search", "саламатсызбы", "--lang", "ru", "--json")
    assert "Саламатсызбы" not in russian.out


def test_a_draft_is_never_printed_as_approved(run: Run, tmp_path: Path) -> None:
    for drafts in ("hide", "marked"):
        folder = tmp_path / drafts
        shutil.copytree(ROOT / "scripts_kb", folder)
        settings = folder / "kb.yaml"
        settings.write_text(
            re.sub(r"(?m)^drafts: \w+", f"drafts: {drafts}", settings.read_text("utf-8")), "utf-8"
        )
        asked = ("search", "сураныч линияда", "--lang", "ky", "--kb", str(folder))
        told, hits = run(*asked).out, json.loads(run(*asked, "--json").out)
        (hit,) = [one for one in hits if one["id"] == "clarify.ask"]
        assert hit["draft"] is (drafts == "marked")
        assert ("Сураныч, линияда" in hit["text"]) is hit["draft"]
        rows = [row for row in told.splitlines() if "Сураныч, линияда" in row]
        assert [row.endswith("[черновик, не утверждено]") for row in rows] == [True] * hit["draft"]


def test_one_department(run: Run) -> None:
    def scenarios(department: str) -> set[str]:
        told = run("search", "ругается матом, нецензурная брань", "--department", department, "--json")
        return {hit["scenario"] for hit in json.loads(told.out)}

    assert "profanity" in scenarios("sales")
    assert "support_pranks" not in scenarios("sales")
    assert "profanity" not in scenarios("support")


def test_texts_are_harmless(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "kb")
    told = run("search", "привет\x1b[2J\u202e", "--kb", folder)
    assert "\x1b" not in told.out + told.err
    assert "\u202e" not in told.out + told.err


def test_it_is_unlearned_and_learns_nothing(run: Run, home: Path) -> None:
    before = run("search", "менеджер").out
    Learned.read(home / FILE).choose("менеджер", ("norm", "manager"))
    content = (home / FILE).read_bytes()
    assert run("search", "менеджер").out == before
    assert (home / FILE).read_bytes() == content


def test_what_was_learned_is_told_and_forgotten(run: Run, home: Path) -> None:
    empty = run("search", "--learned")
    assert (empty.code, empty.out) == (0, "")
    assert "ничего не запомнил" in empty.err
    learned = Learned.read(home / FILE)
    learned.choose("менеджер", ("scenario", "manager"))
    learned.choose("обед", ("status", "lunch"))
    told = run("search", "--learned")
    assert told.out.splitlines() == ["обед → статус lunch", "менеджер → сценарий manager"]
    assert run("search", "--forget")[:2] == (0, "забыто 2 запроса\n")
    assert run("search", "--learned").out == ""
    assert run("search", "--forget")[:2] == (0, "забыто 0 запросов\n")


def test_a_file_that_cannot_be_forgotten(run: Run, home: Path) -> None:
    (home / FILE / "in the way").mkdir(parents=True)
    told = run("search", "--forget")
    assert told.code == 2
    assert told.err.startswith("prompter: ")
