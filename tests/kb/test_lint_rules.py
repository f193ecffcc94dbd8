"""Rules that only `prompter check` looks for: ways, promises, norms, forbidden words, records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from prompter.kb.build import load_sources
from prompter.kb.checking import check_folder
from prompter.kb.codes import CODES
from prompter.kb.filetext import FileTexts
from prompter.kb.problems import Place, Problem
from prompter.kb.source import bundled
from tests.kb.bases import FORBIDDEN, KB, SCENARIO, marked, scenario, write

TODAY = date(2026, 11, 29)
OUT = "do:\n  ru: Делать\nend: done\n"


def found(folder: Path, code: str, **files: str | bytes) -> list[Problem]:
    """The problems of one code; the base loads all the same."""
    checked = check_folder(write(folder, **files), TODAY)
    assert checked.base is not None, [one.code for one in checked.problems]
    return [one for one in checked.problems if one.code == code]


def step(name: str, *answers: str, more: str = "") -> str:
    """A step with answers that lead to these steps."""
    lines = "".join(f"      - when:\n          ru: К {to}\n        go: {to}\n" for to in answers)
    body = f"    answers:\n{lines}" if answers else "    end: done\n"
    return f"  {name}:\n    title:\n      ru: Шаг {name}\n    do:\n      ru: Делать\n{more}{body}"


def steps(*written: str, head: str = "") -> str:
    return f"title:\n  ru: Пример\n{head}steps:\n{''.join(written)}"


# Ways


def test_a_circle_is_told_once_where_it_begins(tmp_path: Path) -> None:
    text = steps(step("a", "b"), step("‹b", "c"), step("c", "b"))
    (problem,) = found(tmp_path, "endless-circle", x=text)
    assert problem.place == Place(SCENARIO, *marked(text))
    assert problem.args["steps"] == "b → c → b"


def test_a_circle_over_two_files(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "endless-circle", x=steps(step("a", "y.b")), y=steps(step("b", "x.a")))
    assert problem.args["steps"] == "a → y.b → a"


def test_what_only_a_clock_leaves_is_a_circle(tmp_path: Path) -> None:
    late = "    clock: hold\n    late:\n      - out\n"
    text = steps(step("a", "a", more=late), step("out"))
    assert len(found(tmp_path, "endless-circle", x=text)) == 1


@pytest.mark.parametrize("way", ["talk", "return", "out", "hello.first"])
def test_one_answer_that_leaves_is_enough(way: str, tmp_path: Path) -> None:
    assert found(tmp_path, "endless-circle", x=steps(step("a", "b"), step("b", "a", way), step("out"))) == []


def test_many_circles_take_no_time(tmp_path: Path) -> None:
    chain = [step(f"s{n}", f"s{n + 1}") for n in range(3000)]
    assert len(found(tmp_path, "endless-circle", x=steps(*chain, step("s3000", "s3000")))) == 1


@pytest.mark.parametrize(
    ("written", "lost"),
    [
        (step("a", "talk"), True),
        (step("a"), True),
        (step("a", "return"), False),
        (step("a", "b") + step("b", "return"), False),
        (step("a", "talk", more="    clock: hold\n    late:\n      - b\n") + step("b", "return"), False),
        (step("a", "talk", more="    once: true\n    again: b\n") + step("b", "return"), False),
    ],
)
def test_an_interrupt_returns_in_some_way(written: str, lost: bool, tmp_path: Path) -> None:
    problems = found(tmp_path, "interrupt-no-return", x=steps(written, head="interrupt: true\n"))
    assert [one.place for one in problems] == ([Place(SCENARIO, 3, 1)] if lost else [])
    assert found(tmp_path, "interrupt-no-return", x=steps(written)) == []


def test_a_mistyped_way_is_one_problem(tmp_path: Path) -> None:
    write(tmp_path, x=steps(step("a", "b"), step("b", "a", "tlak"), head="interrupt: true\n"))
    assert [one.code for one in check_folder(tmp_path, TODAY).problems if CODES[one.code].blocks] == [
        "unknown-step"
    ]
    assert not {"endless-circle", "interrupt-no-return"} & {
        one.code for one in check_folder(tmp_path, TODAY).problems
    }


# Promises

WITHIN = KB + "  within:\n    from: operator\n    norm: callback\n    default: 30 мин\n"
SAYS = "    never:\n      ru: x\n"


def within(name: str, *answers: str) -> str:
    return step(name, *answers).replace("ru: Делать", "ru: Обещать ‹{within} мин")


def test_a_time_is_promised_and_no_contact_taken(tmp_path: Path) -> None:
    text = steps(within("a", "talk"))
    (problem,) = found(tmp_path, "promise-no-contact", kb=WITHIN, x=text)
    assert problem.place == Place(SCENARIO, *marked(text))


@pytest.mark.parametrize(
    "written",
    [
        step("a", "b", more="    promise: callback\n") + within("b", "talk"),
        within("a", "b") + step("b", "talk", more="    promise: callback\n"),
        within("a", "talk").replace("    answers", "    promise: callback\n    answers"),
    ],
)
def test_the_contact_may_be_taken_before_or_after(written: str, tmp_path: Path) -> None:
    assert found(tmp_path, "promise-no-contact", kb=WITHIN, x=steps(written)) == []


# Norms


@pytest.mark.parametrize(
    ("kind", "limit", "wrong"),
    [
        ("limit", "4 с", True),
        ("limit", "5 с", False),
        ("limit", "30 мин", False),
        ("limit", "31 мин", True),
        ("wait", "1 мин", False),
        ("wait", "2 мин", True),
        ("respond", "10 мин", False),
        ("respond", "15 мин", True),
        ("promise", "30 с", True),
        ("promise", "72 ч", False),
        ("promise", "73 ч", True),
    ],
)
def test_norms_have_bounds(kind: str, limit: str, wrong: bool, tmp_path: Path) -> None:
    extra = {"respond": "    since: greeting\n", "promise": "    who: manager\n"}.get(kind, "")
    norm = f"  n:\n    title:\n      ru: Н\n    kind: {kind}\n{extra}    limit: {limit}\n"
    kb = KB.replace("outcomes:\n", f"{norm}outcomes:\n")
    problems = found(tmp_path, "norm-out-of-bounds", kb=kb)
    assert [one.args["norm"] for one in problems] == (["n"] if wrong else [])


# Forbidden expressions


def said(text: str) -> str:
    return scenario(f'say:\n  ru: "{text}"\nend: done')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Я ‹не уверен.", "не уверен"),
        ("Простите, ‹не очень уверена в этом.", "не очень уверена"),
        ("Мы ‹НЕ УВЕРЕНЫ", "НЕ УВЕРЕНЫ"),
        ("Будьте уверены. Не забудьте.", ""),
        ("Уверен, что это не так.", ""),
    ],
)
def test_a_phrase_does_not_say_what_is_forbidden(text: str, words: str, tmp_path: Path) -> None:
    forbidden = FORBIDDEN.replace("  departments: [support]\n", "")
    problems = found(tmp_path, "forbidden-in-phrase", forbidden=forbidden, x=said(text))
    assert [one.args["text"] for one in problems] == ([words] if words else [])
    if words:
        assert problems[0].place == Place(SCENARIO, *marked(said(text)))


def test_a_folded_text_is_looked_through(tmp_path: Path) -> None:
    text = scenario("say:\n  ru: >\n    Простите, я ‹не\n    уверена в этом.\nend: done")
    forbidden = FORBIDDEN.replace("  departments: [support]\n", "")
    (problem,) = found(tmp_path, "forbidden-in-phrase", forbidden=forbidden, x=text)
    assert problem.place == Place(SCENARIO, *marked(text))


def test_an_exception_and_another_department(tmp_path: Path) -> None:
    vetoed = FORBIDDEN.replace("  why:", "  unless:\n    ru: не уверен в погоде\n  why:", 1)
    text = said("Я не уверен в погоде")
    assert found(tmp_path, "forbidden-in-phrase", forbidden=vetoed, x=text) == []
    mine = text.replace("steps:", "departments: [sales]\nsteps:")
    assert found(tmp_path, "forbidden-in-phrase", forbidden=FORBIDDEN, x=mine) == []
    assert len(found(tmp_path, "forbidden-in-phrase", forbidden=FORBIDDEN, x=text)) == 1


def test_what_is_to_be_said_instead_is_looked_through_too(tmp_path: Path) -> None:
    forbidden = FORBIDDEN.replace("Я {operator}", "Я ‹не очень уверена, {operator}").replace(
        "  departments: [support]\n", ""
    )
    (problem,) = found(tmp_path, "forbidden-in-phrase", forbidden=forbidden)
    assert problem.place == Place("forbidden.yaml", *marked(forbidden))


# Records

RECORD = """\
- text: "{text}"
  lang: "{lang}"
  by: "Айгуль"
  at: "{at}"
  phrase: "hello.first"
"""
GOOD = {"text": "0123456789abcdef", "lang": "ru", "at": "2026-11-29T10:00:00Z"}


@pytest.mark.parametrize(
    ("field", "value", "line"), [("text", "0123", 501), ("lang", "en", 502), ("at", "вчера", 504)]
)
def test_a_broken_record_of_many(field: str, value: str, line: int, tmp_path: Path) -> None:
    sound = "".join(RECORD.format(**GOOD | {"text": f"{number:016x}"}) for number in range(100))
    ledger = sound + RECORD.format(**GOOD | {field: value})
    (problem,) = found(tmp_path, "broken-record", approvals=ledger)
    assert (problem.args["field"], problem.args["value"], problem.place.line) == (field, value, line)


def test_sound_records(tmp_path: Path) -> None:
    assert found(tmp_path, "broken-record", approvals=RECORD.format(**GOOD)) == []


def test_a_file_that_changes_while_it_is_checked(tmp_path: Path) -> None:
    texts = FileTexts(tmp_path)
    assert texts.find(Place("gone.yaml", 7, 3), "слово") == Place("gone.yaml", 7, 3)


# The whole


def test_the_bundled_scripts_have_no_errors() -> None:
    problems = check_folder(bundled(), TODAY).problems
    assert [one for one in problems if CODES[one.code].severity == "error"] == []


def test_a_lint_never_keeps_a_base_from_loading(tmp_path: Path) -> None:
    text = steps(step("a", "a"), head="interrupt: true\n")
    assert load_sources(write(tmp_path, x=text))[1] == []
    codes = [one.code for one in check_folder(tmp_path, TODAY).problems]
    assert {"endless-circle", "interrupt-no-return"} <= set(codes)
