"""Codes about a field: its name, its value, a name in it that leads nowhere."""

from __future__ import annotations

from prompter.kb.codes.code import ERROR, N_, Code

FIELDS: dict[str, Code] = {
    # Fields
    "unknown-field": Code(
        N_("unknown field «{field}»"),
        N_("delete it or correct the name"),
    ),
    "missing-field": Code(
        N_("the field «{field}» is missing"),
        N_("add it"),
    ),
    "empty-value": Code(
        N_("nothing is written in «{field}»"),
        N_("fill it in or delete the field"),
    ),
    "expected-mapping": Code(
        N_("«{field}» needs fields below it"),
        N_("begin a new line with a deeper indent: «name: value»"),
    ),
    "expected-list": Code(
        N_("«{field}» must be a list"),
        N_("begin each item on a new line with «- »"),
    ),
    "expected-text": Code(
        N_("«{field}» must be a plain text"),
        N_("write it on the same line, without a list or fields below"),
    ),
    "needs-language": Code(
        N_("«{field}» does not say in which language its text is"),
        N_("write on a new line with a deeper indent: «ru: text»"),
    ),
    "no-main-language": Code(
        N_("«{field}» has no text in the main language «{language}»"),
        N_("add a line «{language}: text»"),
    ),
    "unknown-language": Code(
        N_("the base has no language «{field}»"),
        N_("use one of `languages` in kb.yaml or add it there"),
    ),
    "bad-language": Code(
        N_("«{value}» is no language code"),
        N_("write a code like ru or ky"),
    ),
    "language-twice": Code(
        N_("the language «{language}» is listed twice"),
        N_("delete one of them"),
    ),
    "unknown-format": Code(
        N_("format «{value}» is unknown to this version"),
        N_("write «format: {allowed}» or update the program"),
    ),
    "bad-choice": Code(
        N_("«{field}» cannot be «{value}»"),
        N_("choose one of: {allowed}"),
    ),
    "bad-key": Code(
        N_("«{value}» cannot be a scenario's key"),
        N_("choose one of: {allowed}"),
    ),
    "bad-flag": Code(
        N_("«{field}» must be true or false, not «{value}»"),
        N_("write true or false"),
    ),
    "bad-duration": Code(
        N_("«{value}» is not a time"),
        N_("write a number and a unit: 15 с, 2 мин, 1 ч"),
    ),
    "bad-date": Code(
        N_("«{value}» is not a day"),
        N_("write year, month and day: 2026-12-31"),
    ),
    "bad-name": Code(
        N_("«{value}» cannot be a name"),
        N_("use letters, digits, hyphens and underscores, no spaces and dots"),
    ),
    "bad-time": Code(
        N_("«{value}» is not a time of day"),
        N_('write hours and minutes in quotes: "09:00"'),
    ),
    "bad-form": Code(
        N_("«{value}» is neither m nor f"),
        N_("write m for a man and f for a woman"),
    ),
    "reserved-name": Code(
        N_("the name «{name}» is reserved"),
        N_("rename the step"),
    ),
    # Names that lead nowhere
    "unknown-scenario": Code(
        N_("there is no scenario «{name}»"),
        N_("check the name: it is the file's name without .yaml"),
    ),
    "unknown-step": Code(
        N_("there is no step «{name}»"),
        N_("check the name; a step elsewhere is written scenario.step"),
    ),
    "unknown-mark": Code(
        N_("there is no mark «{name}»"),
        N_("add it to `marks` in kb.yaml or correct the name"),
    ),
    "unknown-norm": Code(
        N_("there is no norm «{name}»"),
        N_("add it to `norms` in kb.yaml or correct the name"),
    ),
    "unknown-outcome": Code(
        N_("there is no outcome «{name}»"),
        N_("add it to `outcomes` in kb.yaml or correct the name"),
    ),
    "unknown-department": Code(
        N_("there is no department «{name}»"),
        N_("add it to `departments` in kb.yaml or correct the name"),
    ),
    "unknown-word": Code(
        N_("there is no word «{name}» for the braces"),
        N_("add it to `words` in kb.yaml or correct the name"),
    ),
    "unknown-phrase": Code(
        N_("there is no phrase «{phrase}»"),
        N_("a phrase is named scenario.step"),
        ERROR,
    ),
    "phrase-not-in-language": Code(
        N_("the phrase «{phrase}» has no text in «{language}»"),
        N_("write the text first"),
        ERROR,
    ),
}
