"""After any edit, reading only what changed gives what reading everything gives."""

import os
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec.json
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompter.kb import gather, opening
from prompter.kb.approvals import text_hash
from prompter.kb.build import load_sources
from prompter.kb.ledger import HEADER
from prompter.kb.opening import open_base
from prompter.kb.problems import BaseUnusable, Problem
from tests.kb.bases import ARTICLE, FORBIDDEN, HELLO, KB, path_of, scenario, write

NAMES = ("a", "b", "b-c", "d")
_moments = count(1)


def save(folder: Path, name: str, text: str | None) -> None:
    """Write or remove one file; every save bears a time of its own, as those of a person do."""
    path = path_of(folder, name)
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, next(_moments)))


def opened(tmp_path: Path, **files: str) -> tuple[Path, Path]:
    folder, cache = write(tmp_path / "kb", **files), tmp_path / "cache"
    open_base(folder, cache)
    return folder, cache


Result = tuple[str, list[Problem]]


def from_all(folder: Path) -> Result:
    """Revision and problems when every file is read."""
    try:
        base, problems = load_sources(folder)
    except BaseUnusable as broken:
        return "", broken.problems
    return base.revision, problems


def from_changes(folder: Path, cache: Path) -> Result:
    """Revision and problems as a program finds them that ran before."""
    try:
        opened = open_base(folder, cache)
    except BaseUnusable as broken:
        return "", broken.problems
    return ("" if opened.stale else opened.base.revision), opened.problems


# Edits of every kind: most are good by themselves, some only beside what another file holds just then

STEP = "    title:\n      ru: Шаг\n"
TWO = f"  two:\n{STEP}    do:\n      ru: Сделать\n    end: done\n"


def variant(body: str = "say:\n  ru: Раз", go: str = "two", head: str = "", more: str = TWO) -> str:
    """A scenario of two steps that lead into each other."""
    answers = f"\nanswers:\n  - when:\n      ru: Да\n    go: {go}"
    return scenario(body + answers, head, more)


def variants(other: str) -> list[str | None]:
    """What a file may be saved as; `other` is a scenario that it may name."""
    return [
        variant(),
        variant("say:\n  ru: Два"),
        variant("say:\n  ru: Раз\n  ky: Бир"),
        variant("say:\n  ru: Два\n  ky: Бир"),
        variant("do:\n  ru: Сделать"),
        variant(go="three", more=TWO.replace("two", "three")),
        variant(go="talk"),  # nothing leads to the second step
        variant(f"say: {other}.one"),
        variant(f"say: {other}.one", go=f"{other}.two"),
        variant(go=f"{other}.two", more=""),
        variant(f"say:\n  ru: Раз\nclock: hold\nlate:\n  - {other}.two"),
        variant(f"say:\n  ru: Раз\nonce: true\nagain: {other}.two"),
        variant(head=f"after:\n  done: {other}.two\n"),
        variant(head="key: F5\n"),
        variant(head="key: F5\ndepartments: [sales]\n"),
        variant(head="departments: [support]\n"),
        variant("say:\n  ru: Р\xadаз"),
        variant(go="nowhere"),
        "title: [",
        None,
    ]


def approved(text: str, lang: str, source: str = "") -> str:
    origin = f'  source: "{text_hash(source)}"\n' if source else ""
    return f'- text: "{text_hash(text)}"\n  lang: "{lang}"\n  by: "Я"\n  at: "2026-11-22T10:00:00Z"\n{origin}'


scenario_edits = st.sampled_from(NAMES).flatmap(
    lambda other: st.tuples(st.sampled_from(NAMES), st.sampled_from(variants(other)))
)
other_edits = st.sampled_from(
    [
        ("kb", KB.replace("[ru, ky]", "[ru]")),
        ("kb", KB),
        ("kb", KB.replace("outgoing: hello", "outgoing: a")),
        ("kb", KB.replace("support:", "other:")),
        ("hello", HELLO),
        ("hello", HELLO.replace("Добрый день", "Добрый вечер")),
        ("hello", HELLO.replace("first", "begin")),
        ("approvals", HEADER + approved("Раз", "ru") + approved("Бир", "ky", "Раз")),
        ("approvals", approved("Бир", "ky")),
        ("approvals", None),
        ("forbidden", FORBIDDEN),
        ("forbidden", FORBIDDEN.replace("hello.first", "a.one")),
        ("forbidden", None),
        ("articles/pay", ARTICLE),
        ("articles/pay", ARTICLE.replace("text:", "texts:")),
    ]
)
edits = st.lists(scenario_edits | scenario_edits | scenario_edits | other_edits, min_size=1, max_size=12)


@given(edits)
@settings(deadline=None, max_examples=60)
def test_any_edits(edits: list[tuple[str, str | None]]) -> None:
    with TemporaryDirectory() as top:
        folder, cache = opened(Path(top), **dict.fromkeys(NAMES, variant()))
        for name, text in edits:
            save(folder, name, text)
            assert from_changes(folder, cache) == from_all(folder), (name, text)


# What is read


def read_names(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Which scenarios are read when the folder is opened."""
    names: set[str] = set()
    read_file = gather._read_file

    def noting(folder: Path, name: str, *args: object) -> object:
        names.add(name)
        return read_file(folder, name, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(gather, "_read_file", noting)
        assert from_changes(folder, cache)[0]
    return {name for name in names if name.startswith("scenarios/")}


ONE = scenario("say:\n  ru: Раз\nend: done")
BORROWING = scenario("say: a.one\nend: done")
NAMING = scenario("do:\n  ru: Д\nanswers:\n  - when:\n      ru: Да\n    go: a.one")


def test_only_the_edited_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = opened(tmp_path, a=ONE, b=NAMING)
    save(folder, "a", ONE.replace("Раз", "Два"))
    assert read_names(folder, cache, monkeypatch) == {"scenarios/a.yaml"}


def test_who_borrows_the_words_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = opened(tmp_path, a=ONE, b=BORROWING)
    save(folder, "a", ONE.replace("Раз", "Два"))
    assert read_names(folder, cache, monkeypatch) == {"scenarios/a.yaml", "scenarios/b.yaml"}


def test_who_names_a_step_that_is_gone_is_told(tmp_path: Path) -> None:
    folder, cache = opened(tmp_path, a=ONE, b=NAMING)
    save(folder, "a", ONE.replace("one:", "other:"))
    revision, problems = from_changes(folder, cache)
    assert (revision, [(one.place.file, one.code) for one in problems]) == (
        "",
        [("scenarios/b.yaml", "unknown-step")],
    )


NAMED = {
    "after": variant(head="after:\n  done: a.two\n"),
    "answer": variant("do:\n  ru: Д", go="a.two", more=""),
    "late": variant("say:\n  ru: Раз\nclock: hold\nlate:\n  - a.two"),
}


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize("edit", ["gone", "departments"])
def test_whatever_names_a_step_is_read_when_the_step_is_not_what_it_was(
    how: str, edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = opened(tmp_path, a=variant(), b=NAMED[how])
    if edit == "gone":
        save(folder, "a", variant(go="three", more=TWO.replace("two", "three")))
        assert [one.place.file for one in from_changes(folder, cache)[1]] == ["scenarios/b.yaml"]
    else:
        save(folder, "a", variant(head="departments: [support]\n"))
        assert "scenarios/b.yaml" in read_names(folder, cache, monkeypatch)
    assert from_changes(folder, cache) == from_all(folder)


def test_a_file_with_a_warning_is_read_until_it_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = opened(tmp_path, a=ONE, b=ONE.replace("Раз", "Р\xadаз"))
    save(folder, "a", ONE.replace("Раз", "Два"))
    assert read_names(folder, cache, monkeypatch) == {"scenarios/a.yaml", "scenarios/b.yaml"}


@pytest.mark.parametrize("name", ["kb", "approvals"])
def test_what_concerns_every_file_has_all_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = opened(tmp_path, a=ONE)
    save(folder, name, {"kb": KB + "# ", "approvals": HEADER}[name])
    assert len(read_names(folder, cache, monkeypatch)) == 3


def test_another_version_of_the_program_reads_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = opened(tmp_path, a=ONE)
    monkeypatch.setattr(opening, "__version__", "0.0")
    assert len(read_names(folder, cache, monkeypatch)) == 3


def test_another_version_keeps_the_last_good_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = opened(tmp_path, a=ONE)
    save(folder, "a", "title: [")
    monkeypatch.setattr(opening, "__version__", "0.0")
    assert open_base(folder, cache).stale


def test_a_damaged_index_or_revision_has_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = opened(tmp_path, a=ONE)
    for pattern in ("current-*.json", "revisions/*.json"):
        (file,) = cache.glob(pattern)
        file.write_bytes(file.read_bytes()[:-20])
        save(folder, "a", ONE.replace("Раз", pattern.replace("*", "Два")))
        assert len(read_names(folder, cache, monkeypatch)) == 3
        for old in cache.glob("revisions/*.json"):
            if old.stem != msgspec.json.decode(next(cache.glob("current-*.json")).read_bytes())["revision"]:
                old.unlink()
