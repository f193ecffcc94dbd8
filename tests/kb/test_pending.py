"""What waits, and beside which words."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prompter.kb.approvals import APPROVED, DRAFT, MISSING, STALE, Approval, Ledger, survey, text_hash
from prompter.kb.approving import Decision, approve, revoke
from prompter.kb.build import load_sources
from prompter.kb.coverage import Row, coverage
from prompter.kb.ledger import read_ledger, write_ledger
from prompter.kb.pending import Recall, Waiting, by_hash, pending
from tests.kb.bases import HELLO, KB, TALK, scenario, write

AT = datetime(2026, 1, 2, tzinfo=UTC)
BOTH = HELLO.replace("ru: Добрый день\n", "ru: Добрый день\n      ky: Саламатсызбы\n")
SAY = "say:\n  ru: {}\nend: done"


def decide(folder: Path, phrase: str, lang: str = "ru", days: int = 0) -> None:
    assert approve(folder, [phrase], Decision(lang, "Айгуль", AT + timedelta(days=days))).made


def waiting(folder: Path, recall: Recall = lambda phrase: {}) -> dict[str, Waiting]:
    found = pending(load_sources(folder)[0], read_ledger(folder)[0], recall)
    return {one.phrase: one for one in found}


def before(folder: Path, phrase: str = "x.one", recall: Recall = lambda phrase: {}) -> list[str | None]:
    """The last approved Russian words that each wording is compared with."""
    (column,) = (one for one in waiting(folder, recall)[phrase].columns if one.lang == "ru")
    return [one.before.words if one.before else None for one in column.variants if one.state == DRAFT]


def test_only_what_waits_is_told(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH, x=scenario(SAY.format("Раз")))
    assert list(waiting(tmp_path)) == ["hello.first", "x.one"]
    decide(tmp_path, "hello.first")
    one = waiting(tmp_path)["hello.first"]
    assert [(column.lang, column.state) for column in one.columns] == [("ru", APPROVED), ("ky", DRAFT)]
    assert (one.waits("ru"), one.waits("ky"), one.waits()) == (False, True, True)
    decide(tmp_path, "hello.first", "ky")
    decide(tmp_path, "x.one")
    assert waiting(tmp_path) == {}, "a missing translation is the coverage's to tell"


def test_an_edit_stands_beside_the_words_approved_last(tmp_path: Path) -> None:
    for day, words in enumerate(("Первый текст", "Второй текст", "Третий текст")):
        write(tmp_path, x=scenario(SAY.format(words)))
        assert before(tmp_path) == [None if not day else "Второй текст" if day == 2 else "Первый текст"]
        if day < 2:
            decide(tmp_path, "x.one", days=day)


def test_of_several_wordings_each_has_its_own(tmp_path: Path) -> None:
    say = "say:\n  ru:\n    - Подождите, пожалуйста\n    - Я сейчас уточню\nend: done"
    write(tmp_path, x=scenario(say))
    decide(tmp_path, "x.one")
    say = say.replace("уточню", "всё уточню").replace("Подождите", "Прошу, подождите")
    write(tmp_path, x=scenario(say))
    assert before(tmp_path) == ["Подождите, пожалуйста", "Я сейчас уточню"]


def test_a_wording_that_is_added_has_no_words_before(tmp_path: Path) -> None:
    write(tmp_path, x=scenario("say:\n  ru:\n    - Раз\nend: done"))
    decide(tmp_path, "x.one")
    write(tmp_path, x=scenario("say:\n  ru:\n    - Раз\n    - Раз и два\nend: done"))
    assert before(tmp_path) == [None]


def test_a_step_that_was_renamed_and_edited_finds_its_words(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(SAY.format("Подождите на линии, я уточню")), y=scenario(SAY.format("Спасибо")))
    decide(tmp_path, "x.one")
    decide(tmp_path, "y.one")
    (tmp_path / "scenarios" / "x.yaml").unlink()
    write(tmp_path, z=scenario(SAY.format("Подождите на линии, я всё уточню")))
    assert before(tmp_path, "z.one") == ["Подождите на линии, я уточню"]
    write(tmp_path, z=scenario(SAY.format("Совсем другое")))
    assert before(tmp_path, "z.one") == [None]


def old_ledger(folder: Path, *approvals: Approval) -> None:
    """Records as older programs wrote them: hashes alone."""
    ledger = Ledger()
    for one in approvals:
        ledger.add(one)
    write_ledger(folder, ledger)


def test_words_that_the_ledger_lacks_are_recalled(tmp_path: Path) -> None:
    write(tmp_path, x=scenario(SAY.format("Новый текст")))
    old_ledger(
        tmp_path, Approval(text_hash("Старый текст"), "ru", "Я", "2026-01-01T00:00:00Z", phrase="x.one")
    )
    assert before(tmp_path) == [""]
    assert before(tmp_path, recall=lambda phrase: by_hash(["Старый текст"])) == ["Старый текст"]


def test_a_stale_translation_says_against_what_it_was_approved(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH)
    decide(tmp_path, "hello.first", "ru")
    decide(tmp_path, "hello.first", "ky")
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    one = waiting(tmp_path)["hello.first"]
    (kyrgyz,) = one.columns[1].variants
    assert (one.source, kyrgyz.state) == ("Добрый вечер", STALE)
    assert kyrgyz.stale is not None
    assert kyrgyz.stale.source_words == "Добрый день"


def test_the_source_of_an_old_translation_is_found(tmp_path: Path) -> None:
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"))
    at, source = "2026-01-01T00:00:00Z", text_hash("Добрый день")
    kyrgyz = Approval(text_hash("Саламатсызбы"), "ky", "Я", at, source, "hello.first")

    def then(recall: Recall = lambda phrase: {}) -> str | None:
        stale = waiting(tmp_path, recall)["hello.first"].columns[1].variants[0].stale
        return stale.source_words if stale else None

    old_ledger(tmp_path, kyrgyz)
    assert then() == ""
    assert then(lambda phrase: by_hash(["Добрый день"])) == "Добрый день"
    old_ledger(tmp_path, kyrgyz, Approval(source, "ru", "Я", at, words="Добрый день"))
    assert then() == "Добрый день"


def test_a_revoked_text_waits_and_says_so(tmp_path: Path) -> None:
    write(tmp_path)
    decide(tmp_path, "hello.first")
    revoke(tmp_path, ["hello.first"], Decision("ru", "Методист", AT, reason="сухо"))
    (variant,) = waiting(tmp_path)["hello.first"].columns[0].variants
    assert variant.before is None
    assert variant.revoked is not None
    assert (variant.revoked.revoked_by, variant.revoked.reason) == ("Методист", "сухо")


# Coverage


def test_coverage_counts_what_a_department_says(tmp_path: Path) -> None:
    own = scenario(SAY.format("Раз"), "departments: [support]\n")
    write(tmp_path, hello=BOTH, x=own, y=scenario("say: hello.first\nend: done"))
    decide(tmp_path, "hello.first")
    base, ledger = load_sources(tmp_path)[0], read_ledger(tmp_path)[0]
    assert coverage(base, ledger) == [
        Row("sales", "", "ru", {APPROVED: 1}),
        Row("sales", "", "ky", {DRAFT: 1}),
        Row("sales", "hello", "ru", {APPROVED: 1}),
        Row("sales", "hello", "ky", {DRAFT: 1}),
        Row("support", "", "ru", {APPROVED: 1, DRAFT: 1}),
        Row("support", "", "ky", {DRAFT: 1, MISSING: 1}),
        Row("support", "hello", "ru", {APPROVED: 1}),
        Row("support", "hello", "ky", {DRAFT: 1}),
        Row("support", "x", "ru", {DRAFT: 1}),
        Row("support", "x", "ky", {MISSING: 1}),
    ]
    assert [one.share for one in coverage(base, ledger)][:5] == [1.0, 0.0, 1.0, 0.0, 0.5]


def test_a_base_without_departments_is_covered_as_one(tmp_path: Path) -> None:
    kb = KB[: KB.index("departments:")] + KB[KB.index("marks:") :]
    base, _ = load_sources(write(tmp_path, kb=kb))
    assert [(one.department, one.scenario, one.lang) for one in coverage(base, Ledger())] == [
        ("", "", "ru"),
        ("", "", "ky"),
        ("", "hello", "ru"),
        ("", "hello", "ky"),
    ]


def test_pending_and_coverage_agree(tmp_path: Path) -> None:
    write(
        tmp_path, hello=BOTH, x=scenario(SAY.format("Раз")), y=scenario("say:\n  ru: Р\n  ky: К\nend: done")
    )
    decide(tmp_path, "hello.first", "ky")
    decide(tmp_path, "y.one", "ru")
    write(tmp_path, hello=BOTH.replace("Добрый день", "Добрый вечер"), talk=TALK)
    base, ledger = load_sources(tmp_path)[0], read_ledger(tmp_path)[0]
    told = {
        (one.phrase, column.lang): column.state for one in pending(base, ledger) for column in one.columns
    }
    states = {(one.phrase, one.lang): one.state for one in survey(base, ledger)}
    assert {key: state for key, state in states.items() if key in told} == told
    assert {state for key, state in states.items() if key not in told} <= {APPROVED, MISSING}
    counted = sum((Counter(one.counts) for one in coverage(base, ledger)[:2]), Counter[str]())
    assert counted == Counter(states.values())
