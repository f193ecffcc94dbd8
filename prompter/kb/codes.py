"""Every code a problem may have, and its words in English: the msgids that the interface translates.

A message says what is wrong, a hint what to do about it. The words of a language are made at the
edge, which gives `describe` its translator; nothing here knows which language that is.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from prompter.kb.problems import Problem


def N_(text: str) -> str:
    """Mark a text for the translators' catalogue."""
    return text


class Code(Struct, frozen=True):
    """The words of one code; `{placeholders}` are named as the problem's arguments."""

    message: str
    hint: str


GUESS = N_("did you mean «{suggestion}»?")

CODES: dict[str, Code] = {
    # Files
    "no-file": Code(
        N_("there is no file «{name}»"),
        N_("the folder of a base must hold it"),
    ),
    "unreadable-file": Code(
        N_("the file cannot be read: {reason}"),
        N_("check that it is not open elsewhere and may be read"),
    ),
    "file-too-large": Code(
        N_("the file is larger than {limit} MB"),
        N_("split it into several"),
    ),
    "bad-file-name": Code(
        N_("«{name}» cannot be a scenario's name"),
        N_("use letters, digits and hyphens, for example inaudible.yaml"),
    ),
    "ignored-file": Code(
        N_("the file is not read"),
        N_("if it is a scenario, make its name end in .yaml"),
    ),
    "empty-file": Code(
        N_("the file is empty"),
        N_("write at least a title and steps, or delete the file"),
    ),
    "not-utf8": Code(
        N_("the file is not saved as UTF-8"),
        N_("save it again with the encoding UTF-8"),
    ),
    "not-a-mapping": Code(
        N_("the file must consist of fields like «title:»"),
        N_("begin with a field's name and a colon"),
    ),
    # Writing
    "control-character": Code(
        N_("a control or reversing character {char} hides here"),
        N_("delete it and type the text anew"),
    ),
    "invisible-character": Code(
        N_("an invisible character {char} hides here"),
        N_("it is left out; better delete it"),
    ),
    "nbsp-indent": Code(
        N_("the line is indented with no-break spaces"),
        N_("replace them with plain spaces"),
    ),
    "nbsp-colon": Code(
        N_("a no-break space stands after the colon"),
        N_("replace it with a plain space"),
    ),
    "tab-indent": Code(
        N_("the line is indented with a tab"),
        N_("replace the tab with spaces"),
    ),
    "colon-in-text": Code(
        N_("a colon and a space inside a text"),
        N_("put the whole text in double quotes"),
    ),
    "missing-colon": Code(
        N_("there is no colon after the field's name"),
        N_("write «name:» and the value after a space"),
    ),
    "bad-indent": Code(
        N_("the line does not stand under its neighbours"),
        N_("align it with the lines of the same level; a long text goes in quotes"),
    ),
    "list-on-same-line": Code(
        N_("a list begins on the line of its name"),
        N_("begin each item on a new line with «- »"),
    ),
    "brace-text": Code(
        N_("a text begins with a brace"),
        N_("put the whole text in double quotes"),
    ),
    "comma-in-braces": Code(
        N_("the text in braces is cut off at the comma before «{text}»"),
        N_("write each language on its own line, without braces"),
    ),
    "unclosed-quote": Code(
        N_("the quote that opens here is not closed"),
        N_("put the same quote at the text's end"),
    ),
    "text-after-quote": Code(
        N_("something stands after the closing quote"),
        N_("put the whole text in quotes; inside use «»"),
    ),
    "unclosed-bracket": Code(
        N_("the bracket that opens here is not closed"),
        N_("close it, or write the list line by line"),
    ),
    "bad-escape": Code(
        N_("a backslash stands before an unknown sign"),
        N_("delete the backslash or use single quotes"),
    ),
    "bad-start": Code(
        N_("a text may not begin with this sign"),
        N_("put the whole text in double quotes"),
    ),
    "anchor": Code(
        N_("the signs & and * have a special meaning at a text's start"),
        N_("put the whole text in double quotes"),
    ),
    "tag": Code(
        N_("the sign ! has a special meaning at a text's start"),
        N_("put the whole text in double quotes"),
    ),
    "several-documents": Code(
        N_("a second document begins here"),
        N_("delete the line «---»"),
    ),
    "duplicate-key": Code(
        N_("«{field}» is already written on line {line}"),
        N_("keep one of them"),
    ),
    "key-not-text": Code(
        N_("a name must be a plain text"),
        N_("write «name:» without brackets"),
    ),
    "too-deep": Code(
        N_("too many levels of nesting"),
        N_("check the brackets and the indents"),
    ),
    "yaml-syntax": Code(
        N_("this line cannot be understood"),
        N_("compare its indent, colons and quotes with the lines above"),
    ),
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
    ),
    "phrase-not-in-language": Code(
        N_("the phrase «{phrase}» has no text in «{language}»"),
        N_("write the text first"),
    ),
    # Norms and words
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
    "step-unreached": Code(
        N_("nothing leads to the step «{step}»"),
        N_("add an answer that goes there, or delete the step"),
    ),
    "translation-outdated": Code(
        N_("the text that this translation («{language}») was approved for has changed"),
        N_("check the translation and approve it again"),
    ),
}


def describe(problem: Problem, gettext: Callable[[str], str]) -> tuple[str, str | None]:
    """What is wrong and what to do, in the language of `gettext`; an unknown code stands for itself.

    When it is known what was probably meant, the hint is that.
    """
    code = CODES.get(problem.code)
    if code is None:
        return problem.code, None
    hint = GUESS if "suggestion" in problem.args else code.hint
    return _filled(code.message, problem, gettext), _filled(hint, problem, gettext)


def _filled(template: str, problem: Problem, gettext: Callable[[str], str]) -> str:
    try:
        return gettext(template).format_map(problem.args)
    except (KeyError, IndexError, ValueError):
        # A translation with a wrong placeholder must not hide the problem from the trainer.
        return template.format_map(problem.args)
