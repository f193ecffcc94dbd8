"""Problems that need more than one file of text, and how problems are worded."""

import string
from pathlib import Path

import pytest

from prompter.kb.approving import Decision, approve
from prompter.kb.codes import CODES, GUESS, describe
from prompter.kb.problems import ERROR, WARNING, Place, Problem
from tests.kb.bases import (
    ANSWERS,
    ARTICLE,
    KB,
    OUT,
    TALK,
    marked,
    problems_of,
    scenario,
    word,
    write,
)


def test_no_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "kb.yaml").unlink()
    assert [(one.code, one.place) for one in problems_of(tmp_path)] == [("no-file", Place("kb.yaml"))]


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "scenarios" / "x.yaml").mkdir()
    assert [one.code for one in problems_of(tmp_path)] == ["not-a-file"]


def test_bad_file_name(tmp_path: Path) -> None:
    write(tmp_path, **{"my call": scenario(OUT)})
    assert [(one.code, one.place) for one in problems_of(tmp_path)] == [
        ("bad-file-name", Place("scenarios/my call.yaml"))
    ]


@pytest.mark.parametrize(
    "name",
    [
        "scenarios/x.yml",
        "scenarios/x.yaml.txt",
        "scenarios/x.txt",
        "articles/x.yml",
        "statuses.yml",
        "forbidden.yaml.txt",
        "pereezd2.yaml",
        "pereezd2.yml",
        "Переезд.yaml.txt",
    ],
)
def test_ignored_file(name: str, tmp_path: Path) -> None:
    write(tmp_path, **{"articles/pay": ARTICLE})
    (tmp_path / name).write_text("title: x")
    for other in ("scenarios/x.yaml.swp", ".gitlab-ci.yml", "spelling.txt", "approvals.yaml.broken-1"):
        (tmp_path / other).write_text("an editor's own")
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.place) == ("ignored-file", Place(name))
    assert problem.severity == WARNING


def test_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, x=b"title:\n  ru: " + "Пример".encode("cp1251"))
    assert [(one.code, one.place) for one in problems_of(tmp_path)] == [
        ("not-utf8", Place("scenarios/x.yaml", 2, 7))
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [("", "", True), ("sales", "", True), ("sales", "support", False), ("sales", "sales, support", True)],
)
def test_key_clash_within_a_department(mine: str, theirs: str, clash: bool, tmp_path: Path) -> None:
    def limited(departments: str) -> str:
        return scenario(OUT, f"key: F3\ndepartments: [{departments}]\n")

    found = problems_of(write(tmp_path, x=limited(mine), y=limited(theirs)))
    if not clash:
        assert found == []
        return
    (problem,) = found
    assert (problem.code, problem.place) == ("key-clash", Place("scenarios/y.yaml", 3, 6))
    assert problem.other == Place("scenarios/x.yaml", 3, 6)


@pytest.mark.parametrize(
    ("mine", "theirs", "lost"),
    [
        ("", "sales", "support"),
        ("sales", "support", "sales"),
        ("sales, support", "sales", "support"),
        ("sales", "sales", ""),
        ("sales", "", ""),
        ("", "sales, support", ""),
    ],
)
@pytest.mark.parametrize("way", ["go", "late", "again", "after"])
def test_a_way_into_a_scenario_that_the_department_lacks(
    mine: str, theirs: str, lost: str, way: str, tmp_path: Path
) -> None:
    step, head = OUT, f"departments: [{mine}]\n"
    match way:
        case "go":
            step = ANSWERS + "  - when:\n      ru: А\n    go: ‹y.one\n"
        case "late":
            step += "clock: hold\nlate:\n  - ‹y.one\n"
        case "again":
            step += "once: true\nagain: ‹y.one\n"
        case "after":
            head += "after:\n  done: ‹y.one\n"
    text = scenario(step, head)
    found = problems_of(write(tmp_path, x=text, y=scenario(OUT, f"departments: [{theirs}]\n")))
    if not lost:
        assert found == []
        return
    (problem,) = found
    assert (problem.code, problem.place) == ("leads-outside", Place("scenarios/x.yaml", *marked(text)))
    assert problem.args == {"scenario": "y", "department": lost}
    assert problem.severity == WARNING


def test_word_not_in_language(tmp_path: Path) -> None:
    text = scenario('say:\n  ru: "{w} да"\n  ky: Мен ‹{w}\nend: done')
    found = problems_of(write(tmp_path, kb=word("from: gender\nru:\n  m: Он\n  f: Она"), x=text))
    assert [(one.code, one.place) for one in found] == [
        ("word-not-in-language", Place("scenarios/x.yaml", *marked(text)))
    ]


def test_duplicate_key_tells_both_places(tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, x=scenario(OUT) + "title:\n  ru: Ещё\n"))
    assert problem.other == Place("scenarios/x.yaml", 1, 1)
    assert problem.args == {"field": "title", "line": 1}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (scenario(OUT, "interupt: true\n"), "interrupt"),
        (scenario(ANSWERS + "  - when:\n      ru: А\n    go: hello"), "hello.first"),
        (scenario(ANSWERS + "  - when:\n      ru: А\n    go: helo.first"), "hello.first"),
        (scenario(ANSWERS + "  - when:\n      ru: А\n    go: retrun"), "return"),
        (scenario(OUT + "marks: greting"), "greeting"),
    ],
)
def test_did_you_mean(text: str, suggestion: str, tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, x=text))
    assert problem.args["suggestion"] == suggestion
    assert describe(problem, str)[1] == f"did you mean «{suggestion}»?"


def test_nothing_is_suggested_for_nonsense(tmp_path: Path) -> None:
    (problem,) = problems_of(write(tmp_path, x=scenario(OUT, "qqq: true\n")))
    assert "suggestion" not in problem.args
    assert describe(problem, str) == ("unknown field «qqq»", "delete it or correct the name")


def test_all_problems_are_told_beside_a_file_that_cannot_be_understood(tmp_path: Path) -> None:
    lost = scenario(ANSWERS + "  - when:\n      ru: А\n    go: tow", "key: F3\n")
    found = problems_of(write(tmp_path, x="title: [", y=lost, statuses="coffee:\n  titel:\n    ru: Кофе\n"))
    assert [(one.place.file, one.code) for one in found] == [
        ("scenarios/x.yaml", "unclosed-bracket"),
        ("scenarios/y.yaml", "unknown-step"),
        ("statuses.yaml", "unknown-field"),
    ]


def test_what_leads_to_a_file_that_cannot_be_understood_is_not_called_wrong(tmp_path: Path) -> None:
    leads = ANSWERS + "  - when:\n      ru: А\n    go: x.one\n  - when:\n      ru: Б\n    go: two"
    borrows = "  two:\n    title:\n      ru: Два\n    say: x.one\n    end: done\n"
    kb_text = KB.replace("outgoing: hello", "outgoing: x")
    found = problems_of(write(tmp_path, kb=kb_text, x="title: [", y=scenario(leads, more=borrows)))
    assert [one.code for one in found] == ["unclosed-bracket"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("title:", "titel:"), ("steps:", "stepps:"), ("do:", "doo:"), ("end:", "ent:"), ("answers:", "answer:")],
)
def test_a_misspelt_field_is_one_problem(right: str, wrong: str, tmp_path: Path) -> None:
    answers = "do:\n  ru: Делать\nanswers:\n  - when:\n      ru: А\n    go: talk\n"
    text = scenario(answers if right == "answers:" else OUT)
    found = problems_of(write(tmp_path, x=text.replace(right, wrong, 1)))
    assert [(one.code, one.args["suggestion"]) for one in found] == [("unknown-field", right[:-1])]


def test_a_broken_field_causes_no_second_problem(tmp_path: Path) -> None:
    found = problems_of(write(tmp_path, x=scenario("say: Да, слушаю\nend:\n  - done")))
    assert [one.code for one in found] == ["needs-language", "expected-text"]


def test_a_mistyped_target_is_one_problem(tmp_path: Path) -> None:
    more = "  two:\n    title:\n      ru: Два\n    do:\n      ru: Д\n    end: done\n"
    text = scenario(ANSWERS + "  - when:\n      ru: А\n    go: tow", more=more)
    (problem,) = problems_of(write(tmp_path, x=text))
    assert (problem.code, problem.args["suggestion"]) == ("unknown-step", "two")


def test_the_talk_step_alone_may_have_no_way_out(tmp_path: Path) -> None:
    more = "    answers:\n      - when:\n          ru: А\n        go: two\n"
    more += "  two:\n    title:\n      ru: Два\n    listen: true\n"
    (problem,) = problems_of(write(tmp_path, talk=TALK + more))
    assert (problem.code, problem.place.line) == ("no-way-out", 12)


def test_describe_translates_and_survives_a_wrong_translation() -> None:
    problem = Problem(Place("x"), "unknown-field", {"field": "a"}, ERROR)
    assert describe(problem, lambda text: f"RU {text}")[0] == "RU unknown field «a»"
    assert describe(problem, lambda text: "поле {filed}")[0] == "unknown field «a»"
    assert describe(Problem(Place("x"), "no-such-code"), str) == ("no-such-code", None)


def test_templates_are_well_formed() -> None:
    texts = [GUESS] + [text for code in CODES.values() for text in (code.message, code.hint)]
    for text in texts:
        assert text
        list(string.Formatter().parse(text))


def test_approving_unknown_things(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    write(tmp_path)
    now = datetime(2026, 1, 2, tzinfo=UTC)

    def refused(phrase: str, lang: str) -> Problem:
        (problem,) = approve(tmp_path, [phrase], Decision(lang, "Айгуль", now)).problems
        return problem

    problem = refused("hello.frist", "ru")
    assert (problem.code, problem.args["suggestion"]) == ("unknown-phrase", "hello.first")
    assert refused("hello.first", "ky").code == "phrase-not-in-language"
    assert refused("hello.first", "kz").code == "unknown-language"
    assert not (tmp_path / "approvals.yaml").exists()
