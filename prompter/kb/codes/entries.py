"""Codes about departments, articles, statuses and forbidden expressions."""

from __future__ import annotations

from prompter.kb.codes.code import N_, WARNING, Code

ENTRIES: dict[str, Code] = {
    # Departments
    "opening-limited": Code(
        N_("every call needs the scenario «{name}», so it cannot be limited to departments"),
        N_("delete its `departments`"),
    ),
    "leads-outside": Code(
        N_("this leads to the scenario «{scenario}», which the department «{department}» does not have"),
        N_("limit this scenario too, or open the other one to that department"),
        WARNING,
    ),
    # Forbidden expressions
    "star-alone": Code(
        N_("a * needs two letters of a word beside it: «{word}» fits nearly anything"),
        N_("write the beginning of a word before it: не уверен*"),
    ),
    "star-inside": Code(
        N_("a * may stand only at a word's beginning or end: «{word}»"),
        N_("move it to the end of the word or leave it out"),
    ),
    "pattern-without-letters": Code(
        N_("«{word}» has neither letters nor digits"),
        N_("write words only, without signs between them"),
    ),
    "pattern-empty": Code(
        N_("a | needs a word on both sides: «{word}»"),
        N_("write the ways to say one word without spaces: знаю|знаем"),
    ),
    "needs-pattern": Code(
        N_("`{field}` says nothing without a `pattern`"),
        N_("add the `pattern` or delete `{field}`"),
    ),
    "pattern-too-long": Code(
        N_("the expression has more than {most} words"),
        N_("keep the words by which it is recognised"),
    ),
}
