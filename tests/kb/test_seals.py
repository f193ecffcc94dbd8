"""Seals of the ledger's records: what a hand, a merge or another program did to the file."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompter.kb import ledger as ledger_file
from prompter.kb.approvals import Approval, text_hash
from prompter.kb.ledger import HEADER, SEALED, mend, read_ledger, write_ledger
from tests.kb.bases import problems_of, scenario, write
from tests.kb.ledgers import AT, BOTH, approved, decide, sealed
from tests.kb.repository import commit, git, needs_git

# Seals: what a hand or a merge did to the file


def test_the_program_knows_its_own_lines_again(tmp_path: Path) -> None:
    text = sealed(tmp_path)
    own = ledger_file._own_lines(text.encode())
    assert own is not None
    assert sorted(own, key=lambda one: one.lang) == [
        Approval(
            text=text_hash("Саламатсызбы\n«Кош»"),
            lang="ky",
            by="Нурбек",
            at="2026-01-02T03:30:00Z",
            source=text_hash("Добрый день"),
            phrase="hello.first",
            words="Саламатсызбы\n«Кош»",
            source_words="Добрый день",
        ),
        Approval(
            text=text_hash("Добрый день"),
            lang="ru",
            by="Айгуль",
            at="2026-01-02T03:30:00Z",
            phrase="hello.first",
            review="2027-03-01",
            words="Добрый день",
        ),
    ]


@pytest.mark.parametrize(
    "edit",
    [
        ('by: "Нурбек"', 'by: "Я"'),
        ('by: "Нурбек"', "by: Я"),
        ("«Кош»", "Кош"),
        ('  source_words: "Добрый день"\n', ""),
        ("  phrase:", "  reason: да\n  phrase:"),
    ],
)
def test_a_record_changed_by_hand_is_told_and_approves_nothing(edit: tuple[str, str], tmp_path: Path) -> None:
    text = sealed(tmp_path)
    write(tmp_path, hello=BOTH, approvals=text.replace(*edit, 1))
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.args, problem.place.line) == (
        "approval-damaged",
        {"phrase": "hello.first"},
        3,
    )
    assert [one.lang for one in read_ledger(tmp_path)[0].entries.values()] == ["ru"]


def test_a_record_without_its_seal_is_told(tmp_path: Path) -> None:
    lines = sealed(tmp_path).splitlines(keepends=True)
    lines = [line for line in lines if "seal:" not in line or line.startswith("#")]
    write(tmp_path, hello=BOTH, approvals="".join(lines))
    assert [one.code for one in problems_of(tmp_path)] == ["approval-damaged"] * 2


def test_another_way_of_writing_the_same_breaks_no_seal(tmp_path: Path) -> None:
    text = sealed(tmp_path).replace('by: "Нурбек"', "by: Нурбек").replace("\n", "\r\n")
    write(tmp_path, approvals=text)
    assert problems_of(tmp_path) == []
    assert approved(tmp_path) == [True]


def test_a_record_may_be_taken_out_whole(tmp_path: Path) -> None:
    text = sealed(tmp_path)
    start = text.index("- text")
    write(tmp_path, hello=BOTH, approvals=text[:start] + text[text.index("- text", start + 1) :])
    assert problems_of(tmp_path) == []
    assert approved(tmp_path) == [True]


def test_an_older_ledger_gets_words_and_seals_when_it_is_written(tmp_path: Path) -> None:
    old = f'- text: "{text_hash("Добрый день")}"\n  lang: "ru"\n  by: "Стандарт"\n'
    old += '  at: "2025-01-02T03:30:00Z"\n'
    write(tmp_path, hello=BOTH, approvals=HEADER + old)
    assert approved(tmp_path) == [True]
    decide(tmp_path, "hello.first", "ky", "Нурбек")
    text = (tmp_path / "approvals.yaml").read_text(encoding="utf-8")
    assert text.startswith(HEADER + SEALED)
    (russian,) = [one for one in read_ledger(tmp_path)[0].entries.values() if one.lang == "ru"]
    assert (russian.by, russian.at, russian.words) == ("Стандарт", "2025-01-02T03:30:00Z", "Добрый день")
    assert problems_of(tmp_path) == []


def git_conflict(ours: str, theirs: str, base: str = "") -> str:
    """What git leaves where two people wrote at the same place, in either of its styles."""
    middle = f"||||||| 1234567\n{base}" if base else ""
    return f"{HEADER}{SEALED}<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> branch\n"


@pytest.mark.parametrize("base", ["", "- text: x\n"])
def test_both_sides_of_a_merge_are_kept(base: str, tmp_path: Path) -> None:
    text = sealed(tmp_path)
    start = text.index("- text")
    second = text.index("- text", start + 1)
    write(tmp_path, hello=BOTH, approvals=git_conflict(text[start:second], text[second:], base))
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.place.line) == ("ledger-conflict", 3)
    found, lost = mend((tmp_path / "approvals.yaml").read_text(encoding="utf-8"))
    assert lost == []
    write_ledger(tmp_path, found)
    assert (tmp_path / "approvals.yaml").read_text(encoding="utf-8") == text


def test_of_one_text_approved_twice_the_later_stands(tmp_path: Path) -> None:
    early = sealed(tmp_path)
    later = tmp_path / "later"
    write(later, hello=BOTH)
    decide(later, "hello.first", "ru", "Методист", AT + timedelta(days=1))
    theirs = (later / "approvals.yaml").read_text(encoding="utf-8").removeprefix(HEADER + SEALED)
    ours = early.removeprefix(HEADER + SEALED)
    for text in (git_conflict(ours, theirs), git_conflict(theirs, ours)):
        found, lost = mend(text)
        assert lost == []
        assert {(one.lang, one.by) for one in found.entries.values()} == {
            ("ky", "Нурбек"),
            ("ru", "Методист"),
        }


def test_mending_drops_what_a_hand_changed(tmp_path: Path) -> None:
    found, lost = mend(sealed(tmp_path).replace("Нурбек", "Я"))
    assert [one.lang for one in found.entries.values()] == ["ru"]
    assert lost == ["hello.first"]


def test_mending_a_file_of_anything_else_is_no_crash() -> None:
    assert mend('\x00<<<<<<<\n- text: "\\u12"\n=======')[1] == ["?"]


# git: what two people approved apart


@needs_git
@pytest.mark.parametrize("theirs", ["a.one", "b.one", "y.one", "z.one"])
def test_what_two_people_approved_apart_is_put_together(theirs: str, tmp_path: Path) -> None:
    names = ("a", "b", "x", "y", "z")
    base = {name: scenario(f"say:\n  ru: Слова {name}\nend: done") for name in names}
    write(tmp_path, **base)
    for name in ("a", "x", "z"):
        decide(tmp_path, f"{name}.one", "ru", "Стандарт")
    commit(tmp_path, "1")
    git(tmp_path, "checkout", "-b", "other")
    decide(tmp_path, theirs, "ru", "Нурбек", AT + timedelta(days=2), review="2027-01-01")
    commit(tmp_path, "2")
    git(tmp_path, "checkout", "main")
    decide(tmp_path, "y.one", "ru", "Айгуль", AT + timedelta(days=1), review="2027-02-02")
    commit(tmp_path, "3")
    if git(tmp_path, "merge", "--no-edit", "other"):
        assert "ledger-conflict" in [one.code for one in problems_of(tmp_path)]
        found, lost = mend((tmp_path / "approvals.yaml").read_text(encoding="utf-8"))
        assert lost == []
        write_ledger(tmp_path, found)
    assert problems_of(tmp_path) == []
    by = {one.phrase: one.by for one in read_ledger(tmp_path)[0].entries.values()}
    assert by == {"a.one": "Стандарт", "x.one": "Стандарт", "z.one": "Стандарт", "y.one": "Айгуль"} | {
        theirs: "Нурбек"
    }


@cache
def two_records() -> tuple[str, dict[tuple[str, str, str], Approval]]:
    """A ledger's text, and what it says."""
    with TemporaryDirectory() as place:
        return sealed(Path(place)), read_ledger(Path(place))[0].entries


@settings(max_examples=200)
@given(data=st.data())
def test_no_slip_of_a_hand_approves_other_words(data: st.DataObject) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        text, approvals = two_records()
        lines = text.splitlines(keepends=True)
        at = data.draw(st.integers(2, len(lines) - 1), "line")
        line = lines[at]
        where = data.draw(st.integers(0, len(line) - 1), "place")
        slip = data.draw(st.sampled_from(["а", " ", '"', "\\", "\n", "- ", ": ", "<<<<<<< x\n", ""]), "slip")
        lines[at] = data.draw(
            st.sampled_from(
                [line[:where] + slip + line[where + 1 :], line[:where] + slip + line[where:], "", line * 2]
            ),
            "edit",
        )
        damaged = "".join(lines)
        (folder / "approvals.yaml").write_text(damaged, encoding="utf-8")
        found, problems = read_ledger(folder)
        assert found.entries.items() <= approvals.items()
        assert problems or found.entries == approvals
        assert mend(damaged)[0].entries.items() <= approvals.items()
