import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from prompter.kb import approvals
from prompter.kb.approvals import HEADER, Approval, Ledger, read_ledger, text_hash, write_ledger
from prompter.kb.approving import approve
from prompter.kb.build import load_sources
from prompter.kb.problems import BaseUnusable
from tests.kb.bases import HELLO, problems_of, scenario, write

AT = datetime(2026, 1, 2, 9, 30, tzinfo=timezone(timedelta(hours=6)))
BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")


def approved(folder: Path, step: str = "hello.first", lang: str = "ru") -> list[bool]:
    say = load_sources(folder)[0].steps[step].say
    assert say is not None
    return [one.approved for one in say.wordings[lang]]


def test_hash_is_of_the_trimmed_composed_text() -> None:
    assert text_hash(" Добрый\n") == text_hash("Добрый")
    assert text_hash(unicodedata.normalize("NFD", "й")) == text_hash("й")
    assert text_hash("Добрый") != text_hash("добрый")
    assert len(text_hash("")) == 16


def test_approve(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    assert approved(tmp_path) == [False]
    made, problems = approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    assert problems == []
    assert made == [
        Approval(text_hash("Добрый день"), "ru", "Айгуль", "2026-01-02T03:30:00Z", "", "hello.first")
    ]
    assert approved(tmp_path) == [True]
    assert approved(tmp_path, lang="ky") == [False]


def test_a_translation_remembers_its_source(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    ((made,), _) = approve(tmp_path, "hello.first", "ky", "Айгуль", AT)
    assert made.source == text_hash("Добрый день")
    assert problems_of(tmp_path) == []
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.place.line, problem.place.col) == ("translation-outdated", 9, 11)
    approve(tmp_path, "hello.first", "ky", "Айгуль", AT)
    assert problems_of(tmp_path) == []


def test_an_edit_loses_the_approval(tmp_path: Path) -> None:
    write(tmp_path)
    approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    write(tmp_path, hello=HELLO.replace("Добрый день", "Добрый день!"))
    assert approved(tmp_path) == [False]
    write(tmp_path)
    assert approved(tmp_path) == [True]


def test_a_renamed_step_keeps_it(tmp_path: Path) -> None:
    write(tmp_path)
    approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    write(tmp_path, hello=HELLO.replace("  first:", "  second:"))
    assert approved(tmp_path, "hello.second") == [True]


def test_variants_and_borrowed_words(tmp_path: Path) -> None:
    say = "say:\n  ru:\n    - Да\n    - Слушаю\nend: done"
    write(tmp_path, x=scenario(say), y=scenario("say: x.one\nend: done"))
    made, _ = approve(tmp_path, "y.one", "ru", "Айгуль", AT)
    assert [one.phrase for one in made] == ["x.one", "x.one"]
    assert approved(tmp_path, "x.one") == [True, True]


def test_writes_are_stable(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    approve(tmp_path, "hello.first", "ky", "Айгуль", AT)
    approve(tmp_path, "hello.first", "ru", 'Имя "с кавычками": \x1b\\', AT)
    data = (tmp_path / "approvals.yaml").read_bytes()
    assert data.decode().startswith(HEADER)
    assert b"\r" not in data
    assert b"\x1b" not in data
    ledger, problems = read_ledger(tmp_path)
    assert problems == []
    turned = Ledger()
    for one in reversed(ledger.entries.values()):
        turned.add(one)
    write_ledger(tmp_path, turned)
    assert (tmp_path / "approvals.yaml").read_bytes() == data
    assert not list(tmp_path.glob("*.tmp"))
    assert {one.by for one in ledger.entries.values()} == {"Айгуль", 'Имя "с кавычками": \\'}


ENTRY = (
    '- text: "0123456789abcdef"\n  lang: "ky"\n  by: "Айгуль"\n  at: "2026-11-22T10:00:00Z"\n'
    '  source: "fedcba9876543210"\n  phrase: "a.one"\n'
)
SHORT = ENTRY[: ENTRY.index("  source")]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (HEADER, True),
        (HEADER + ENTRY + SHORT.replace("012", "abc"), True),
        (HEADER + SHORT + "# by hand\n" + ENTRY, False),
        (HEADER + ENTRY.replace("Айгуль", "Айгуль  Я"), False),
        (HEADER + ENTRY.replace("Айгуль", " Айгуль"), False),
        (HEADER + ENTRY.replace("Айгуль", "\\u0410"), False),
        (HEADER + ENTRY.replace("Айгуль", "А\xad"), False),
        (HEADER + ENTRY.replace("Айгуль", ""), False),
        (HEADER + ENTRY.replace('"ky"', "ky"), False),
        (HEADER + ENTRY + ENTRY[:-3], False),
        (HEADER + ENTRY + "  phrase: twice\n", False),
        ("\ufeff" + HEADER + ENTRY, False),
        (ENTRY, False),
        (HEADER + ENTRY.replace("\n", "\r\n"), False),
    ],
)
def test_the_programs_own_lines_mean_what_they_mean_in_yaml(
    text: str, own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = text.encode()
    (tmp_path / "approvals.yaml").write_bytes(data)
    read = read_ledger(tmp_path)
    assert (approvals._own_lines(data) is not None) is own
    monkeypatch.setattr(approvals, "_own_lines", lambda data: None)
    assert read == read_ledger(tmp_path)


def test_approving_twice_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    data = (tmp_path / "approvals.yaml").read_bytes()
    approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    assert (tmp_path / "approvals.yaml").read_bytes() == data


@pytest.mark.parametrize(
    ("text", "code", "line", "col"),
    [
        ("<<<<<<< HEAD\n- text: a\n", "missing-colon", 1, 1),
        ('- text: "a"\n  lang: ru\n', "missing-field", 1, 3),
        ("- text: a\n  lang: ru\n  by: A\n  at: x\n  extra: 1\n", "unknown-field", 5, 3),
        ("text: a\n", "expected-list", 1, 1),
    ],
)
def test_a_broken_ledger_is_a_problem(text: str, code: str, line: int, col: int, tmp_path: Path) -> None:
    write(tmp_path, approvals=text)
    with pytest.raises(BaseUnusable) as caught:
        load_sources(tmp_path)
    (first, *_) = caught.value.problems
    assert (first.code, first.place.file, first.place.line, first.place.col) == (
        code,
        "approvals.yaml",
        line,
        col,
    )
    with pytest.raises(BaseUnusable):
        approve(tmp_path, "hello.first", "ru", "Айгуль", AT)
    assert (tmp_path / "approvals.yaml").read_text() == text


def test_an_empty_ledger_is_none(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, approvals=HEADER)) == []


def test_a_naive_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        approve(write(tmp_path), "hello.first", "ru", "Айгуль", AT.astimezone(UTC).replace(tzinfo=None))
