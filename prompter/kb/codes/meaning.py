"""Codes about what the fields say: norms, words, scenarios and their steps."""

from __future__ import annotations

from prompter.kb.codes.code import ERROR, N_, WARNING, Code

MEANING: dict[str, Code] = {
    # Norms, outcomes, words
    "warn-over-limit": Code(
        N_("the warning comes before the norm itself begins"),
        N_("make `warn` shorter than `limit`"),
    ),
    "step-not-in-limit": Code(
        N_("the norm cannot be reached by such steps"),
        N_("choose a `step` by which `limit` divides"),
    ),
    "respond-needs-since": Code(
        N_("the norm «{norm}» does not say since when it runs"),
        N_("add `since:` with a mark"),
    ),
    "promise-needs-who": Code(
        N_("the norm «{norm}» does not say who calls back"),
        N_("add `who: operator` or `who: manager`"),
    ),
    "norm-field-of-other-kind": Code(
        N_("«{field}» belongs only to a norm of kind {kind}"),
        N_("delete the field or change `kind`"),
    ),
    "word-field-of-other-kind": Code(
        N_("«{field}» does not go with `from: {from}`"),
        N_("delete the field or change `from`"),
    ),
    "word-needs-forms": Code(
        N_("the word «{word}» has no text"),
        N_("add a language and the forms below it"),
    ),
    "word-gender-forms": Code(
        N_("the word «{word}» needs a form for m and one for f"),
        N_("write both"),
    ),
    "word-clock-forms": Code(
        N_("the word «{word}» needs hours, not m and f"),
        N_('write hours in quotes: "05:00": text'),
    ),
    "operator-word-needs": Code(
        N_("the word «{word}» needs «{field}»"),
        N_("add the field"),
    ),
    "operator-word-norm-kind": Code(
        N_("the operator cannot name the time of the norm «{norm}»"),
        N_("take a norm of kind limit or promise"),
    ),
    "whole-minutes": Code(
        N_("the word «{word}» is said in whole minutes"),
        N_("make the norm, its step and `default` whole minutes"),
    ),
    "default-over-limit": Code(
        N_("the time is longer than the norm «{norm}»"),
        N_("make `default` no longer than the norm"),
    ),
    "too-many-outcomes": Code(
        N_("there are more than {most} outcomes"),
        N_("outcomes are chosen by the digits 1–9: leave out some"),
    ),
    "word-not-in-language": Code(
        N_("the word «{name}» has no form in «{language}»"),
        N_("add it to `words` in kb.yaml"),
    ),
    "brace-alone": Code(
        N_("a brace has no pair"),
        N_("write {{word}} with both braces, or leave the brace out"),
    ),
    # Scenarios and steps
    "key-clash": Code(
        N_("the key {key} already belongs to «{scenario}»"),
        N_("give one of them another key or another department"),
    ),
    "step-empty": Code(
        N_("the step «{step}» neither says nor does anything"),
        N_("add `say`, `do` or `listen: true`"),
    ),
    "listen-with-say": Code(
        N_("the step «{step}» both listens and speaks"),
        N_("keep either `listen` or `say`"),
    ),
    "no-way-out": Code(
        N_("nothing leads on from the step «{step}»"),
        N_("add `answers` or `end`"),
    ),
    "promise-no-answer": Code(
        N_("after the promise nothing leads on from the step «{step}»"),
        N_("add at least one answer"),
    ),
    "too-many-answers": Code(
        N_("the step «{step}» has more than {most} answers"),
        N_("answers are chosen by the digits 1–9: leave out some"),
    ),
    "enter-twice": Code(
        N_("two answers of the step «{step}» take Enter, the first on line {line}"),
        N_("leave `enter: true` in one of them"),
    ),
    "again-without-once": Code(
        N_("`again` has no effect in the step «{step}»"),
        N_("add `once: true` or delete `again`"),
        WARNING,
    ),
    "late-without-limit": Code(
        N_("`late` needs a clock of kind limit in the step «{step}»"),
        N_("add `clock` with such a norm or delete `late`"),
    ),
    "clock-is-promise": Code(
        N_("the norm «{norm}» is a promise, not a clock"),
        N_("write it in `promise`, or choose another norm"),
    ),
    "promise-is-clock": Code(
        N_("the norm «{norm}» is no promise"),
        N_("choose a norm of kind promise"),
    ),
    "borrowed-has-no-words": Code(
        N_("the step «{name}» has no words of its own"),
        N_("name the step where the text itself stands"),
    ),
    "notice-needs-until": Code(
        N_("the notice does not say until which day it is shown"),
        N_("add `until:` with its last day: 2026-12-31"),
    ),
    "until-without-notice": Code(
        N_("`until` has no effect in the step «{step}»"),
        N_("add the `notice` that is shown until then, or delete `until`"),
    ),
    "phrase-cycle": Code(
        N_("the step «{name}» borrows its words from itself, by way of others"),
        N_("write the text in one of them"),
    ),
    "step-unreached": Code(
        N_("nothing leads to the step «{step}»"),
        N_("add an answer that goes there, or delete the step"),
        ERROR,
    ),
    "must-without-words": Code(
        N_("the step «{step}» has no words of its own that `must` could speak of"),
        N_("write `must` at the step where the text itself stands"),
    ),
    "idea-not-in-phrase": Code(
        N_("the phrase itself does not say «{idea}» («{language}»)"),
        N_("write the idea with words of the phrase, synonyms beside them"),
        WARNING,
    ),
    "translation-outdated": Code(
        N_("this translation («{language}») was approved for another text: «{then}»"),
        N_("check the translation and approve it again"),
        WARNING,
    ),
}
