import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompter.kb import ledger as ledger_file
from prompter.kb.approvals import APPROVED, DRAFT, MISSING, STALE, Approval, Ledger, survey, text_hash
from prompter.kb.approving import Decision, Done, approve, revoke
from prompter.kb.build import load_sources
from prompter.kb.checking import check_folder
from prompter.kb.ledger import HEADER, SEALED, mend, read_ledger, write_ledger
from prompter.kb.problems import BaseUnusable, Problem
from tests.kb.bases import HELLO, KB, problems_of, scenario, write
from tests.kb.repository import commit, git, needs_git

AT = datetime(2026, 1, 2, 9, 30, tzinfo=timezone(timedelta(hours=6)))
BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")


def decide(folder: Path, phrase: str, lang: str, by: str, at: datetime = AT, **more: str) -> Done:
    return approve(folder, [phrase], Decision(lang, by, at, **more))


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
    done = decide(tmp_path, "hello.first", "ru", "Айгуль")
    assert done.problems == []
    words = "Добрый день"
    at = "2026-01-02T03:30:00Z"
    assert done.made == [Approval(text_hash(words), "ru", "Айгуль", at, phrase="hello.first", words=words)]
    assert approved(tmp_path) == [True]
    assert approved(tmp_path, lang="ky") == [False]


def test_a_translation_remembers_its_source(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    (made,) = decide(tmp_path, "hello.first", "ky", "Айгуль").made
    assert made.source_words == "Добрый день"
    assert made.source == text_hash("Добрый день")
    assert problems_of(tmp_path) == []
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.place.line, problem.place.col) == ("translation-outdated", 9, 11)
    assert problem.args == {"language": "ky", "then": "Добрый день"}
    write(tmp_path, hello=BOTH.replace("      ru: Добрый день\n", ""))
    assert [one.code for one in problems_of(tmp_path)] == ["translation-outdated"]
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    decide(tmp_path, "hello.first", "ky", "Айгуль")
    assert problems_of(tmp_path) == []


def test_an_edit_loses_the_approval(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    write(tmp_path, hello=HELLO.replace("Добрый день", "Добрый день!"))
    assert approved(tmp_path) == [False]
    write(tmp_path)
    assert approved(tmp_path) == [True]


def test_a_renamed_step_keeps_it(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    write(tmp_path, hello=HELLO.replace("  first:", "  second:"))
    assert approved(tmp_path, "hello.second") == [True]


def test_variants_and_borrowed_words(tmp_path: Path) -> None:
    say = "say:\n  ru:\n    - Да\n    - Слушаю\nend: done"
    write(tmp_path, x=scenario(say), y=scenario("say: x.one\nend: done"))
    made = decide(tmp_path, "y.one", "ru", "Айгуль").made
    assert [one.phrase for one in made] == ["x.one", "x.one"]
    assert approved(tmp_path, "x.one") == [True, True]


def test_writes_are_stable(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    decide(tmp_path, "hello.first", "ky", "Айгуль")
    decide(tmp_path, "hello.first", "ru", 'Имя "с кавычками": \x1b\\')
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


def sealed(folder: Path) -> str:
    """The ledger of a base with a translation of two lines, as the program writes it."""
    write(folder, hello=BOTH.replace("ky: Саламатсызбы", "ky: |\n        Саламатсызбы\n        «Кош»"))
    decide(folder, "hello.first", "ru", "Айгуль", review="2027-03-01")
    decide(folder, "hello.first", "ky", "Нурбек")
    return (folder / "approvals.yaml").read_text(encoding="utf-8")


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
    assert (ledger_file._own_lines(data) is not None) is own
    monkeypatch.setattr(ledger_file, "_own_lines", lambda data: None)
    assert read == read_ledger(tmp_path)


def test_approving_twice_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    data = (tmp_path / "approvals.yaml").read_bytes()
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    assert (tmp_path / "approvals.yaml").read_bytes() == data


@pytest.mark.parametrize(
    ("text", "code", "line", "col"),
    [
        ("<<<<<<< HEAD\n- text: a\n", "ledger-conflict", 1, 1),
        ("- text a\n", "expected-mapping", 1, 3),
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
        decide(tmp_path, "hello.first", "ru", "Айгуль")
    assert (tmp_path / "approvals.yaml").read_text() == text


def test_an_empty_ledger_is_none(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, approvals=HEADER)) == []


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Decision("ru", "Айгуль", AT.astimezone(UTC).replace(tzinfo=None))


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


# What a person decides


def test_all_of_a_scenario_leaves_what_is_approved(tmp_path: Path) -> None:
    more = "  two:\n    title:\n      ru: Два\n    say:\n      ru: Второй\n    end: done\n"
    write(
        tmp_path, x=scenario("say:\n  ru: Первый\nanswers:\n  - when:\n      ru: А\n    go: two", more=more)
    )
    decide(tmp_path, "x.one", "ru", "Айгуль")
    done = approve(tmp_path, [], Decision("ru", "Методист", AT), ["x"])
    assert [one.phrase for one in done.made] == ["x.two"]
    assert [(one.phrase, one.by) for one in done.already] == [("x.one", "Айгуль")]
    assert approve(tmp_path, [], Decision("ky", "Методист", AT), ["x"]) == Done()
    (problem,) = approve(tmp_path, [], Decision("ru", "Методист", AT), ["y"]).problems
    assert problem.code == "unknown-scenario"


def overdue(folder: Path, today: date) -> list[Problem]:
    return [one for one in check_folder(folder, today).problems if one.code == "review-overdue"]


def test_a_day_of_review_is_kept_until_it_is_over(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    assert decide(tmp_path, "hello.first", "ru", "Айгуль", review="2026-03-01").made
    assert not decide(tmp_path, "hello.first", "ru", "Айгуль", AT + timedelta(days=57)).made
    before, on = date(2026, 2, 28), date(2026, 3, 1)
    assert overdue(tmp_path, before) == []
    assert load_sources(tmp_path)[1] == []
    (problem,) = overdue(tmp_path, on)
    assert (problem.code, problem.severity, problem.place.line) == ("review-overdue", "warning", 8)
    assert problem.args == {"language": "ru", "due": "2026-03-01"}
    assert approved(tmp_path) == [True]
    assert decide(tmp_path, "hello.first", "ru", "Айгуль", AT + timedelta(days=58)).made
    assert overdue(tmp_path, on) == []


def test_only_approvers_approve_where_they_are_named(tmp_path: Path) -> None:
    kb = KB + "approvers:\n  ky:\n    - Нурбек Асанов\n    - Айгуль\n"
    write(tmp_path, kb=kb, hello=BOTH)
    (problem,) = decide(tmp_path, "hello.first", "ky", "Я").problems
    assert (problem.code, problem.args["allowed"]) == ("not-an-approver", "Нурбек Асанов, Айгуль")
    assert not (tmp_path / "approvals.yaml").exists()
    assert decide(tmp_path, "hello.first", "ky", " нурбек  асанов").made
    assert decide(tmp_path, "hello.first", "ru", "Я").made
    assert revoke(tmp_path, ["hello.first"], Decision("ky", "Я", AT)).made
    assert (
        problems_of(write(tmp_path, kb=kb.replace("ky:\n    -", "kz:\n    -")))[0].code == "unknown-language"
    )


def test_a_revoked_text_is_approved_no_longer_and_may_be_again(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    decision = Decision("ru", "Методист", AT + timedelta(hours=1), reason="грубо")
    (made,) = revoke(tmp_path, ["hello.first"], decision).made
    assert (made.by, made.revoked, made.revoked_by, made.reason) == (
        "Айгуль",
        "2026-01-02T04:30:00Z",
        "Методист",
        "грубо",
    )
    assert approved(tmp_path) == [False]
    (problem,) = revoke(tmp_path, ["hello.first"], decision).problems
    assert problem.code == "nothing-to-revoke"
    decide(tmp_path, "hello.first", "ru", "Айгуль", AT + timedelta(hours=2))
    assert approved(tmp_path) == [True]


def test_states(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH, x=scenario("say:\n  ru:\n    - Да\n    - Слушаю\nend: done"))
    decide(tmp_path, "hello.first", "ru", "Айгуль")
    decide(tmp_path, "hello.first", "ky", "Айгуль")

    def states() -> dict[str, str]:
        base, _ = load_sources(tmp_path)
        return {f"{one.phrase} {one.lang}": one.state for one in survey(base, read_ledger(tmp_path)[0])}

    expected = {"x.one ru": DRAFT, "x.one ky": MISSING}
    assert states() == {"hello.first ru": APPROVED, "hello.first ky": APPROVED, **expected}
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    assert states() == {"hello.first ru": DRAFT, "hello.first ky": STALE, **expected}
    revoke(tmp_path, ["hello.first"], Decision("ky", "Я", AT))
    assert states() == {"hello.first ru": DRAFT, "hello.first ky": DRAFT, **expected}
    one, two = load_sources(tmp_path)[0].steps["x.one"].say.wordings["ru"]  # type: ignore[union-attr]
    ledger, _ = read_ledger(tmp_path)
    ledger.add(Approval(one.hash, "ru", "Я", "2026-01-02T03:30:00Z"))
    write_ledger(tmp_path, ledger)
    assert states()["x.one ru"] == DRAFT
    ledger.add(Approval(two.hash, "ru", "Я", "2026-01-02T03:30:00Z"))
    write_ledger(tmp_path, ledger)
    assert states()["x.one ru"] == APPROVED


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
