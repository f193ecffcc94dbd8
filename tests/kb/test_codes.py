"""Every code: the smallest base that has the problem, and exactly where it is reported."""

from pathlib import Path

import pytest

from prompter.kb.codes import CODES, describe
from prompter.kb.problems import Place
from tests.kb.bases import (
    ANSWERS,
    ARTICLE,
    FORBIDDEN,
    KB,
    OUT,
    STATUSES,
    TALK,
    marked,
    path_of,
    problems_of,
    scenario,
    word,
    write,
)

SAY = "say:\n  ru: {}\nend: done\n"


def kb(old: str, new: str) -> str:
    assert old in KB
    return KB.replace(old, new, 1)


def norm(fields: str) -> str:
    lines = "".join(f"    {line}\n" for line in fields.splitlines())
    return kb("outcomes:\n", f"  n:\n    title:\n      ru: Н\n{lines}outcomes:\n")


def norm_named(name: str, fields: str) -> str:
    return norm(fields).replace("  n:\n", f"  {name}:\n")


RESPOND = "kind: respond\nsince: greeting\nlimit: 15 с"


CASES: list[tuple[str, str, str]] = [
    # Files
    ("too-many-values", "x", "‹[" + "a," * 600_000 + "]"),
    ("file-too-large", "x", "‹# " + "x" * 4_000_000),
    ("empty-file", "x", "‹# nothing\n"),
    ("not-a-mapping", "x", "‹- title\n"),
    # Writing
    ("control-character", "x", scenario(SAY.format("При‹\u202eвет"))),
    ("control-character", "x", scenario(SAY.format('‹"\\x1b[2J"'))),
    ("invisible-character", "x", scenario(SAY.format("При‹\u200bвет"))),
    ("nbsp-indent", "x", scenario(OUT).replace("  ru: П", "‹\xa0\xa0ru: П")),
    ("nbsp-colon", "x", scenario(SAY.format("Да")).replace("ru: Раз", "ru:‹\xa0Раз")),
    ("tab-indent", "x", "title:\n‹\tru: Пример\n"),
    ("colon-in-text", "x", scenario(SAY.format("Ответ‹: да"))),
    ("missing-colon", "x", "‹title\nsteps: 1\n"),
    ("missing-colon", "x", "title:\n  ru: Пример\n‹steps\nkey: F2\n"),
    (
        "missing-dash",
        "x",
        scenario(OUT, "caller:\n  ru:\n      ‹нет сети\n    - нет связи  # вечером\n    - пропала\n"),
    ),
    ("missing-colon", "x", scenario(OUT, "caller:\n  ‹ru\n    - нет сети\n  ky:\n    - тармак жок\n")),
    ("bad-indent", "x", scenario(OUT).replace("steps:\n  one:", "steps:\n    ‹one:") + "  two:\n"),
    ("unclosed-quote", "x", scenario('do:\n  ru: ‹"Да\nend: done\nsource: "слайд"')),
    ("bad-indent", "x", "title:\n    ru: Пример\n  ‹ky: Мисал\n"),
    ("bad-indent", "x", "title: Пример\n  ‹ky: Мисал\n"),
    ("list-on-same-line", "x", "title: ‹- Пример\n"),
    ("brace-text", "x", scenario(SAY.format("‹{operator}, да"))),
    ("brace-text", "x", scenario(SAY.format("‹{operator}"))),
    ("comma-in-braces", "x", "title: {ru: Говорите, ‹пожалуйста}\n" + scenario(OUT).split("\n", 2)[2]),
    ("unclosed-quote", "x", scenario(SAY.format('‹"Да'))),
    ("text-after-quote", "x", scenario(SAY.format('"Да" ‹нет'))),
    ("unclosed-bracket", "x", scenario("late: ‹[one, two")),
    ("bad-escape", "x", scenario(SAY.format('"‹\\д"'))),
    ("bad-start", "x", scenario(SAY.format("‹@да"))),
    ("bad-start", "x", scenario(SAY.format("‹*Важно*"))),
    ("anchor", "x", scenario(SAY.format("‹*da"))),
    ("anchor", "x", scenario(SAY.format("‹&da нет"))),
    ("tag", "x", scenario(SAY.format("‹!da"))),
    ("bad-start", "x", scenario(SAY.format("‹!Внимание"))),
    ("several-documents", "x", scenario(OUT) + "‹---\na: 1\n"),
    ("duplicate-key", "x", scenario(OUT) + "‹title:\n  ru: Ещё\n"),
    ("key-not-text", "x", "‹[title]: 1\n"),
    ("too-deep", "x", "[" * 20 + "‹["),
    ("yaml-syntax", "x", "title: > ‹Пример\n"),
    # Fields
    ("unknown-field", "x", scenario(OUT, "‹tittle: x\n")),
    ("missing-field", "x", "‹" + scenario(OUT).replace("title:\n  ru: Пример\n", "", 1)),
    ("missing-field", "x", scenario(OUT).replace("  one:\n    title:\n      ru: Раз\n", "  ‹one:\n")),
    ("empty-value", "x", scenario("‹do:\nend: done")),
    ("empty-value", "x", scenario("do:\n  ‹ru:\nend: done")),
    ("expected-mapping", "x", "title:\n  ru: П\nsteps: ‹text\n"),
    ("expected-list", "x", scenario("do:\n  ru: Д\nanswers: ‹text\n")),
    ("expected-text", "x", scenario("do:\n  ru: Д\nend:\n  ‹- done")),
    ("needs-language", "x", scenario("say: ‹Добрый день\nend: done")),
    ("needs-language", "x", scenario("say: ‹Здравствуйте\nend: done")),
    ("needs-language", "x", scenario("do: ‹Ждать\nend: done")),
    ("unknown-language", "x", scenario("do:\n  ‹kg: Д\nend: done")),
    ("bad-language", "kb", kb("[ru, ky]", "[ru, ky, ‹Русский]")),
    ("language-twice", "kb", kb("[ru, ky]", "[ru, ky, ‹ru]")),
    ("unknown-format", "kb", kb("format: 1", "format: ‹2")),
    ("bad-choice", "kb", kb("kind: limit", "kind: ‹limits")),
    ("bad-key", "x", scenario(OUT, "key: ‹F10\n")),
    ("bad-flag", "x", scenario(OUT + "once: ‹maybe")),
    ("bad-duration", "kb", kb("limit: 2 мин", "limit: ‹2 минуты")),
    ("bad-duration", "kb", kb("limit: 2 мин", "limit: ‹0 мин")),
    ("bad-date", "articles/pay", ARTICLE + "until: ‹2026-02-30\n"),
    ("bad-date", "x", scenario("notice:\n  ru: Работы\nuntil: ‹до вечера\n" + OUT)),
    ("bad-name", "x", scenario(OUT).replace("  one:", "  ‹one two:")),
    ("bad-time", "kb", word('from: clock\nru:\n  "09:00": Утро\n  ‹"25:00": Вечер')),
    ("bad-form", "kb", word("from: gender\nru:\n  m: Он\n  f: Она\n  ‹x: Оно")),
    ("reserved-name", "x", scenario(OUT).replace("  one:", "  ‹return:")),
    # Names that lead nowhere
    ("unknown-scenario", "kb", kb("open: hello", "open: ‹helo")),
    ("unknown-scenario", "x", scenario(ANSWERS + "  - when:\n      ru: А\n    go: ‹helo.first")),
    ("unknown-step", "x", scenario(ANSWERS + "  - when:\n      ru: А\n    go: ‹tow")),
    ("unknown-step", "x", scenario(ANSWERS + "  - when:\n      ru: А\n    go: ‹hello.frist")),
    ("unknown-step", "x", scenario("say: ‹hello.frist\nend: done")),
    ("unknown-step", "x", scenario(OUT + "once: true\nagain: ‹two")),
    ("unknown-step", "x", scenario(OUT + "clock: hold\nlate:\n  - ‹two")),
    ("unknown-step", "x", scenario(OUT, "after:\n  done: ‹two\n")),
    ("unknown-outcome", "x", scenario(OUT, "after:\n  ‹dome: one\n")),
    ("unknown-outcome", "x", scenario("do:\n  ru: Д\nend: ‹dome")),
    ("unknown-outcome", "kb", kb("      ru: Готово\n", "      ru: Готово\n    promised: ‹dome\n")),
    ("unknown-mark", "x", scenario(OUT + "marks: ‹greting")),
    ("unknown-mark", "kb", kb("      ru: Готово\n", "      ru: Готово\n    requires: [‹greting]\n")),
    ("unknown-mark", "kb", norm("kind: respond\nsince: ‹greting\nlimit: 15 с")),
    ("unknown-norm", "x", scenario(OUT + "clock: ‹holt")),
    ("unknown-norm", "kb", word("from: operator\nnorm: ‹holt\ndefault: 1 мин")),
    ("unknown-department", "x", scenario(OUT, "departments: [‹sale]\n")),
    ("unknown-department", "articles/pay", ARTICLE.replace("[sales]", "[‹sale]")),
    ("unknown-department", "statuses", STATUSES.replace("[sales]", "[‹sale]")),
    ("unknown-department", "forbidden", FORBIDDEN.replace("[support]", "[‹suport]")),
    ("unknown-step", "forbidden", FORBIDDEN.replace("hello.first", "‹hello.frist")),
    ("unknown-scenario", "forbidden", FORBIDDEN.replace("hello.first", "‹helo.first")),
    ("borrowed-has-no-words", "forbidden", FORBIDDEN.replace("hello.first", "‹talk.listen")),
    ("unknown-word", "x", scenario(SAY.format("Я ‹{operater}"))),
    ("unknown-word", "x", scenario("do:\n  ru: |\n    Да\n\n    Я ‹{ operater }, да\nend: done")),
    # Norms and words
    ("warn-over-limit", "kb", norm("kind: limit\nlimit: 1 мин\nwarn: ‹2 мин")),
    ("step-not-in-limit", "kb", norm("kind: limit\nlimit: 5 мин\nstep: ‹2 мин")),
    ("respond-needs-since", "kb", norm_named("‹n", "kind: respond\nlimit: 15 с")),
    ("promise-needs-who", "kb", norm_named("‹n", "kind: promise\nlimit: 15 мин")),
    ("norm-field-of-other-kind", "kb", norm("kind: limit\nlimit: 15 с\n‹who: manager")),
    ("word-field-of-other-kind", "kb", word("from: settings\n‹norm: hold")),
    ("word-field-of-other-kind", "kb", word("from: settings\n‹ru:\n  m: Он\n  f: Она")),
    ("word-needs-forms", "kb", KB + "  ‹w:\n    from: gender\n"),
    ("word-gender-forms", "kb", word("from: gender\n‹ru:\n  m: Он")),
    ("word-gender-forms", "kb", word('from: gender\n‹ru:\n  "09:00": Он')),
    ("word-clock-forms", "kb", word("from: clock\n‹ru:\n  m: Он\n  f: Она")),
    ("operator-word-needs", "kb", KB + "  ‹w:\n    from: operator\n    default: 2 мин\n"),
    (
        "operator-word-norm-kind",
        "kb",
        norm(RESPOND) + "  w:\n    from: operator\n    norm: ‹n\n    default: 1 мин\n",
    ),
    ("whole-minutes", "kb", word("from: operator\nnorm: hold\ndefault: ‹90 с")),
    (
        "whole-minutes",
        "kb",
        norm("kind: limit\nlimit: 90 с") + "  w:\n    from: operator\n    norm: ‹n\n    default: 1 мин\n",
    ),
    ("default-over-limit", "kb", word("from: operator\nnorm: hold\ndefault: ‹3 мин")),
    ("brace-alone", "x", scenario(SAY.format("Я {operator} ‹{operator"))),
    ("brace-alone", "forbidden", FORBIDDEN.replace("Я {operator}", "Я ‹{operator")),
    ("unknown-word", "forbidden", FORBIDDEN.replace("{operator}", "‹{operater}")),
    (
        "too-many-outcomes",
        "kb",
        kb(
            "words:\n",
            "".join(f"  {'‹' * (n == 9)}o{n}:\n    title:\n      ru: И\n" for n in range(1, 11)) + "words:\n",
        ),
    ),
    # Departments
    (
        "opening-limited",
        "talk",
        "‹departments: [sales]\n" + TALK,
    ),
    # The main language
    ("no-main-language", "kb", kb("  sales:\n    ru: Про", "  ‹sales:\n    ky: Са")),
    ("no-main-language", "kb", kb("    title:\n      ru: Уд", "    ‹title:\n      ky: Ка")),
    ("no-main-language", "x", scenario(OUT).replace("title:\n  ru", "‹title:\n  ky", 1)),
    ("no-main-language", "x", scenario(OUT).replace("title:\n      ru", "‹title:\n      ky")),
    ("no-main-language", "x", scenario("‹do:\n  ky: Кыл\nend: done")),
    ("no-main-language", "x", scenario(ANSWERS + "  - ‹when:\n      ky: А\n    go: talk")),
    ("no-main-language", "articles/pay", ARTICLE.replace("text:\n  ru", "‹text:\n  ky")),
    ("no-main-language", "statuses", STATUSES.replace("rule:\n    ru", "‹rule:\n    ky")),
    ("no-main-language", "forbidden", FORBIDDEN.replace("why:\n    ru: Это", "‹why:\n    ky: Бул")),
    # Articles, statuses, forbidden expressions
    ("missing-field", "articles/pay", "‹" + ARTICLE[: ARTICLE.index("text:")]),
    ("empty-value", "articles/pay", ARTICLE.replace("text:", "‹text:").partition("  ru: |")[0]),
    ("missing-field", "statuses", "‹coffee:\n  daily: true\n"),
    ("not-a-mapping", "statuses", "‹- coffee\n"),
    ("empty-file", "forbidden", "‹# nothing yet\n"),
    ("duplicate-key", "statuses", STATUSES + "‹coffee:\n  title:\n    ru: Ещё\n"),
    ("bad-name", "statuses", "‹кофе брейк:\n  title:\n    ru: Кофе\n"),
    ("needs-language", "forbidden", FORBIDDEN.replace("hello.first", "‹Добрый день")),
    ("star-alone", "forbidden", FORBIDDEN.replace("не уверен*", "‹не *")),
    ("star-inside", "forbidden", FORBIDDEN.replace("не уверен*", "‹не увер*ен")),
    ("pattern-without-letters", "forbidden", FORBIDDEN.replace("не уверен*", "‹не - уверен*")),
    ("pattern-empty", "forbidden", FORBIDDEN.replace("не уверен*", "‹не |уверен*")),
    ("star-alone", "forbidden", FORBIDDEN.replace("why:", "unless:\n    ru:\n      - ‹не *\n  why:", 1)),
    ("needs-pattern", "forbidden", FORBIDDEN.replace("why:\n    ru: Это", "‹window: 2\n  why:\n    ru: Это")),
    (
        "needs-pattern",
        "forbidden",
        FORBIDDEN.replace("why:\n    ru: Это", "‹order: any\n  why:\n    ru: Это"),
    ),
    ("pattern-too-long", "forbidden", FORBIDDEN.replace("не уверен*", "‹а б в г д е ж з и")),
    ("empty-value", "forbidden", FORBIDDEN.replace("- не уверен*", '- ‹""')),
    # Scenarios and steps
    ("step-empty", "x", scenario("end: done").replace("  one:", "  ‹one:")),
    ("listen-with-say", "x", scenario("‹listen: true\n" + SAY.format("Да"))),
    ("notice-needs-until", "x", scenario("‹notice:\n  ru: Работы\n" + OUT)),
    ("until-without-notice", "x", scenario("‹until: 2026-12-31\n" + OUT)),
    ("no-main-language", "x", scenario("‹notice:\n  ky: Иштер\nuntil: 2026-12-31\n" + OUT)),
    ("no-way-out", "x", scenario("do:\n  ru: Д").replace("  one:", "  ‹one:")),
    ("promise-no-answer", "x", scenario("do:\n  ru: Д\n‹promise: callback")),
    (
        "too-many-answers",
        "x",
        scenario(
            ANSWERS + "  - when:\n      ru: А\n    go: talk\n" * 9 + "  - ‹when:\n      ru: А\n    go: talk\n"
        ),
    ),
    (
        "enter-twice",
        "x",
        scenario(
            ANSWERS
            + "  - when:\n      ru: А\n    go: talk\n    enter: true\n"
            + "  - when:\n      ru: Б\n    go: talk\n    ‹enter: true\n"
        ),
    ),
    ("must-without-words", "x", scenario(OUT + "‹must:\n  ru: слово")),
    ("idea-not-in-phrase", "x", scenario(SAY.format("Да") + "must:\n  ru:\n    - да\n    - ‹нет|никак")),
    ("star-alone", "x", scenario(SAY.format("Да") + "must:\n  ru: ‹н*")),
    ("again-without-once", "x", scenario(OUT + "‹again: one")),
    ("late-without-limit", "x", scenario(OUT + "‹late:\n  - one")),
    ("clock-is-promise", "x", scenario(OUT + "clock: ‹callback")),
    ("promise-is-clock", "x", scenario(ANSWERS + "  - when:\n      ru: А\n    go: talk\npromise: ‹hold")),
    ("borrowed-has-no-words", "x", scenario("say: ‹talk.listen\nend: done")),
    ("phrase-cycle", "x", scenario("say: ‹x.one\nend: done")),
    (
        "step-unreached",
        "x",
        scenario(OUT, more="  ‹two:\n    title:\n      ru: Два\n    do:\n      ru: Д\n    end: done\n"),
    ),
]


# Those that need more than one file of text; each has its own test below, or in test_approvals.
ELSEWHERE = {
    "no-file",
    "unreadable-file",
    "not-a-file",
    "unreadable-folder",
    "too-many-files",
    "base-too-large",
    "bad-file-name",
    "ignored-file",
    "not-utf8",
    "key-clash",
    "leads-outside",
    "word-not-in-language",
    "unknown-phrase",
    "phrase-not-in-language",
    "translation-outdated",
    "review-overdue",
    "ledger-conflict",
    "approval-damaged",
    "not-an-approver",
    "nothing-to-revoke",
}


@pytest.mark.parametrize(("code", "name", "text"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_code_and_place(code: str, name: str, text: str, tmp_path: Path) -> None:
    assert "‹" in text
    found = problems_of(write(tmp_path, **{name: text}))
    file = str(path_of(tmp_path, name).relative_to(tmp_path).as_posix())
    assert [(one.code, one.place) for one in found] == [(code, Place(file, *marked(text)))]
    told = describe(found[0], str)
    assert "{" not in told[0].replace("{word}", "")


def test_every_code_that_blocks_loading_is_told_at_its_place() -> None:
    blocking = {name for name, code in CODES.items() if code.blocks}
    assert blocking <= {case[0] for case in CASES} | ELSEWHERE <= set(CODES)
