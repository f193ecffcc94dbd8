import unicodedata
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from prompter.kb import ledger as ledger_file
from prompter.kb.approvals import APPROVED, DRAFT, MISSING, STALE, Approval, Ledger, survey, text_hash
from prompter.kb.approving import Decision, Done, approve, revoke
from prompter.kb.build import load_sources
from prompter.kb.checking import check_folder
from prompter.kb.ledger import HEADER, read_ledger, write_ledger
from prompter.kb.problems import BaseUnusable, Problem
from tests.kb.bases import HELLO, KB, problems_of, scenario, write
from tests.kb.ledgers import AT, BOTH, ENTRY, SHORT, approved, decide


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
